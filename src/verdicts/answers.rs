//! Answers that several checks give in the same words, what ends a check early, and the evidence that they share. A check
//! does not call another; what two of them need stands here.

use std::collections::BTreeSet;

use super::Terms;
use crate::casebook::{Case, Step};
use crate::ingest::{Coverage, Doubt};
use crate::model::{Answer, Code, Dataset, Fact, Failure, Payment, Place, Places};
use crate::program::{Anchor, Deadline};

/// The answer where a step or row that a check needs is unknown.
pub(super) fn unknown(case: &Case<'_>, dataset: Dataset, what: &str) -> Answer {
    match case.doubt_in(dataset) {
        Some(doubt) if doubt.contradiction => Answer::Unknown {
            code: Some(Code::MissingData),
            why: format!("{what}: two rows of {dataset} contradict each other"),
            places: Places::from_slice(&[doubt.place]),
        },
        Some(doubt) => Answer::Unknown {
            code: Some(doubt.code),
            why: format!("{what}: a row of {dataset} was refused"),
            places: Places::from_slice(&[doubt.place]),
        },
        None => Answer::Unknown {
            code: Some(Code::MissingData),
            why: format!("{what}: {dataset} or a column of it is not there"),
            places: Places::new(),
        },
    }
}

/// The answer where a last day rests on something unknown.
pub(super) fn undated(case: &Case<'_>, deadline: &Deadline) -> Answer {
    let open = deadline.rests_on().find(|anchor| case.step(anchor).is_unknown());
    unknown(case, open.map_or(Dataset::Vouchers, |anchor| dataset_of(&anchor)), "the last day")
}

/// The data set whose rows say when a step was taken.
pub(super) fn dataset_of(anchor: &Anchor) -> Dataset {
    match anchor {
        Anchor::Created | Anchor::Assigned => Dataset::Vouchers,
        Anchor::Reserved | Anchor::Redeemed => Dataset::Redemptions,
        Anchor::Started | Anchor::Completed => Dataset::Completions,
        Anchor::Milestone(_) => Dataset::Milestones,
    }
}

/// The answer where gathering the case has left something open, and said why.
pub(super) fn left_open(code: Code, why: &str, place: Option<Place>) -> Answer {
    Answer::Unknown { code: Some(code), why: why.to_owned(), places: place.into_iter().collect() }
}

/// The step if it was taken; otherwise the answer that ends the check.
pub(super) fn taken(case: &Case<'_>, step: Fact<Step>, dataset: Dataset, name: &'static str) -> Result<Step, Answer> {
    match step {
        Fact::Is(step) => Ok(step),
        Fact::No => Err(Answer::NotApplicable(name)),
        Fact::Unknown => Err(unknown(case, dataset, name)),
    }
}

pub(super) fn passed(places: &[Place]) -> Answer {
    Answer::Passed(Places::from_slice(places))
}

/// Whether the absence of a row says that there is none.
pub(super) fn is_whole(case: &Case<'_>, coverage: Coverage, dataset: Dataset) -> bool {
    coverage == Coverage::Whole && case.doubt_in(dataset).is_none()
}

/// Whether a step was taken by the voucher's last day.
pub(super) fn by_last_day(
    case: &Case<'_>,
    terms: Terms<'_>,
    step: Fact<Step>,
    dataset: Dataset,
    what: &'static str,
    code: Code,
) -> Answer {
    let step = match taken(case, step, dataset, what) {
        Ok(step) => step,
        Err(Answer::NotApplicable(_)) => return Answer::NotApplicable("the step was not taken"),
        Err(unknown) => return unknown,
    };
    match case.last_day(terms.program) {
        Fact::Is(last) if step.day <= last.day => passed(&[step.place, last.place]),
        Fact::Is(last) => {
            let message = format!("{what} on {}, after the last day {}", step.day, last.day);
            Failure::new(code, message, Some(step.day), &[step.place, last.place]).into()
        }
        Fact::No => Answer::NotApplicable("the voucher has no last day yet"),
        Fact::Unknown => undated(case, &terms.program.voucher.life),
    }
}

/// The answer where nothing can be told about the partner. RF-01 has said it if the profile lacks the location.
pub(super) fn partner_unknown(case: &Case<'_>) -> Answer {
    let code = match (case.partner, case.partner_doubt) {
        (Fact::No, _) => None,
        (_, Some(doubt)) => Some(doubt.code),
        (_, None) => Some(Code::MissingData),
    };
    Answer::Unknown {
        code,
        why: "the partner of the location is unknown".to_owned(),
        places: case.partner_doubt.map(|doubt| doubt.place).into_iter().collect(),
    }
}

/// The answer where a report that cannot be used may be of a voucher that concerns this one.
pub(super) fn may_concern(doubt: &Doubt) -> Answer {
    let why = "a report that cannot be used may be of another voucher of this customer";
    left_open(doubt.code, why, Some(doubt.place))
}

/// The references of payments, each once, in order.
pub(super) fn references(payments: &[&Payment]) -> String {
    let all: BTreeSet<&str> = payments.iter().map(|payment| payment.reference.as_str()).collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}
