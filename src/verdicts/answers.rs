//! Answers that several checks give in the same words, and what ends a check early.

use crate::casebook::{Case, Step};
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Dataset, Fact, Place, Places};
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
