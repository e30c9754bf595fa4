//! # DT-12, PD-08: milestones by their last day
//! **Checks** that each milestone with a last day was reached by it (DT-12), or is still waited for (PD-08); and that one
//! that was handed in is answered in the time that the program gives. Whoever redeemed before the last day had nothing
//! left to do.
//! **Why** the program file says, for each milestone: as the consent of the customer within 30 days, and the dispute of a
//! rejection within 30 days of it (K-CLAIM, claim expiration timelines).
//! **Example** created on 2023-10-02, no consent on 2023-11-02: DT-12; on 2023-11-01 it was PD-08.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Day, Fact, Failure, Place};
use crate::program::{Deadline, Milestone};
use crate::verdicts::answers::{passed, undated, unknown};
use crate::verdicts::current_state::cancelled;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec =
    CheckSpec { codes: &[Code::OverdueMilestone, Code::AwaitingMilestone], run: milestone_due };

fn milestone_due(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let (mut dues, mut open) = (Vec::new(), None);
    for milestone in &terms.program.milestones {
        let due = milestone.due.as_ref().map(|due| reached_in_time(case, terms, milestone, due));
        for due in due.into_iter().chain([answered_in_time(case, terms, milestone)]) {
            match due {
                Ok(due) => dues.extend(due),
                Err(unknown) => open = Some(unknown),
            }
        }
    }
    let (late, in_time): (Vec<DueMilestone>, Vec<DueMilestone>) = dues.into_iter().partition(|due| due.is_late);
    let (waiting, reached): (Vec<DueMilestone>, Vec<DueMilestone>) = in_time.into_iter().partition(|due| due.is_open);
    // What is late is late, whatever else is not known.
    if let Some(unknown) = open.filter(|_| late.is_empty()) {
        return unknown;
    }
    match (late.is_empty(), waiting.is_empty()) {
        (false, _) => failure(Code::OverdueMilestone, &late),
        (true, false) => failure(Code::AwaitingMilestone, &waiting),
        (true, true) if reached.is_empty() => Answer::NotApplicable("no milestone is due"),
        (true, true) => passed(&reached.iter().map(|due| due.place).collect::<Vec<_>>()),
    }
}

/// A last day of a milestone.
struct DueMilestone {
    what: String,
    /// From when it runs.
    since: Day,
    last: Day,
    place: Place,
    /// It was, or is, missed.
    is_late: bool,
    /// It is still waited for.
    is_open: bool,
}

fn failure(code: Code, dues: &[DueMilestone]) -> Answer {
    let first = dues.iter().map(|due| due.last).min();
    let message = dues.iter().map(|due| due.what.as_str()).collect::<Vec<_>>().join("; ");
    let places: Vec<Place> = dues.iter().map(|due| due.place).collect();
    let waiting = || dues.iter().map(|due| due.since).min();
    let since = if code == Code::OverdueMilestone { first.map(|last| last.plus_days(1)) } else { waiting() };
    Failure::new(code, message, since, &places).due(first.map(|last| last.plus_days(1))).into()
}

fn reached_in_time(
    case: &Case<'_>,
    terms: Terms<'_>,
    milestone: &Milestone,
    due: &Deadline,
) -> Result<Option<DueMilestone>, Answer> {
    let Step { day: last, place } = match case.end_of(due, terms.program) {
        Fact::Is(last) => last,
        Fact::No => return Ok(None),
        Fact::Unknown => return Err(undated(case, due)),
    };
    let name = &milestone.name;
    let since = case.step(&due.from).get().map_or(last, |step| step.day);
    let of =
        |what: String, place, is_late, is_open| Ok(Some(DueMilestone { what, since, last, place, is_late, is_open }));
    match case.milestones.reached(&milestone.id) {
        Fact::Is(on) if on.day <= last => return of(String::new(), on.place, false, false),
        Fact::Is(on) => return of(format!("{name} on {}, the last day was {last}", on.day), on.place, true, false),
        Fact::No => {}
        Fact::Unknown => return Err(unknown(case, Dataset::Milestones, "whether a milestone was reached")),
    }
    match (is_over_by(case, last)?, terms.as_of > last) {
        (true, _) => Ok(None),
        (false, true) => of(format!("no {name} by the last day {last}"), place, true, false),
        (false, false) => of(format!("waits for {name}, until {last}"), place, false, true),
    }
}

/// Whether the voucher was redeemed by a day, or is cancelled: nothing more is waited for then.
fn is_over_by(case: &Case<'_>, last: Day) -> Result<bool, Answer> {
    match (case.steps.redeemed, cancelled(case)) {
        (Fact::Is(redeemed), _) if redeemed.day <= last => Ok(true),
        (_, Fact::Is(())) => Ok(true),
        (Fact::Unknown, _) => Err(unknown(case, Dataset::Redemptions, "whether it was redeemed")),
        (Fact::Is(_) | Fact::No, Fact::No | Fact::Unknown) => Ok(false),
    }
}

fn answered_in_time(case: &Case<'_>, terms: Terms<'_>, milestone: &Milestone) -> Result<Option<DueMilestone>, Answer> {
    let Some(answer) = milestone.answer else { return Ok(None) };
    let since = match case.milestones.open(&milestone.id) {
        Fact::Is(since) => since,
        Fact::No => return Ok(None),
        Fact::Unknown => return Err(unknown(case, Dataset::Milestones, "whether a milestone was answered")),
    };
    let last = answer.after(since.day, &terms.program.calendar);
    if is_over_by(case, terms.as_of)? {
        return Ok(None);
    }
    let name = &milestone.name;
    let is_late = terms.as_of > last;
    let what = if is_late {
        format!("{name} handed in on {} without an answer by {last}", since.day)
    } else {
        format!("{name} handed in on {}, waits for an answer until {last}", since.day)
    };
    Ok(Some(DueMilestone { what, since: since.day, last, place: since.place, is_late, is_open: !is_late }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn consent_submission_and_dispute() {
        let claim = |edit: &str| format!("program=commerce-incentives; {edit}");
        let consent = "milestones=; +milestones=V-1,Consent,2023-10-05,Received; ";
        let rejected = "+milestones=V-1,Rejection,2024-01-10,; ";
        let disputed = format!("{rejected}+milestones=V-1,Dispute,2024-02-09,; +milestones=V-1,Dispute,2024-02-28,; ");
        let open = "redemptions.redeemed_on=; redemptions.status=Customer consent received; ";
        let rows = [
            ("".to_owned(), "ok"),
            // Consent within 30 days of 2023-10-02.
            ("milestones.on=2023-11-01; completions.started_on=2023-11-01".to_owned(), "ok"),
            ("milestones.on=2023-11-02; completions.started_on=2023-11-02".to_owned(), "DT-12"),
            (format!("{open}milestones=; completions=; as_of=2023-11-01"), "PD-02 PD-08"),
            (format!("{open}milestones=; completions=; as_of=2023-11-02"), "DT-12 PD-02"),
            (format!("{open}milestones=; completions=; vouchers.status=Canceled; as_of=2023-11-02"), "ok"),
            // Submission within 90 days of the consent of 2023-10-05, approval within 120.
            (format!("{open}{consent}+milestones=V-1,Submitted,2024-01-03,"), "DT-02 PD-03"),
            (format!("{open}{consent}+milestones=V-1,Submitted,2024-01-04,"), "DT-02 DT-12 PD-03"),
            (format!("{open}{consent}as_of=2024-01-03"), "DT-02 PD-03 PD-08"),
            (format!("{open}{consent}as_of=2024-01-04"), "DT-02 DT-12 PD-03"),
            ("redemptions.redeemed_on=2024-02-02; as_of=2024-02-28".to_owned(), "ok"),
            ("redemptions.redeemed_on=2024-02-03; as_of=2024-02-28".to_owned(), "DT-08"),
            // Rejected on 2024-01-10: a dispute by 2024-02-09, and 30 days from there, once.
            (format!("{open}{rejected}as_of=2024-01-31"), "DT-02 PD-03 PD-08"),
            (format!("{open}{rejected}as_of=2024-02-10"), "DT-01 DT-12"),
            (format!("{open}{rejected}+milestones=V-1,Disputed,2024-02-09,; as_of=2024-02-10"), "DT-02 PD-03"),
            (format!("{open}{rejected}+milestones=V-1,Disputed,2024-02-10,; as_of=2024-02-10"), "DT-01 DT-12"),
            (format!("{disputed}redemptions.redeemed_on=2024-03-10; as_of=2024-03-31"), "ok"),
            (format!("{disputed}redemptions.redeemed_on=2024-03-11; as_of=2024-03-31"), "DT-08"),
            // A dispute without a rejection brings no time; an end ends; what was approved is not rejected.
            (
                "+milestones=V-1,Dispute,2024-01-20,; redemptions.redeemed_on=2024-02-03; as_of=2024-02-28".to_owned(),
                "DT-08 LC-10",
            ),
            (format!("{open}+milestones=V-1,Rejected final,2024-01-20,; as_of=2024-01-31"), "DT-01"),
            (
                "+milestones=V-1,Rejection,2024-01-11,; +milestones=V-1,Dispute,2024-01-12,; as_of=2024-01-31"
                    .to_owned(),
                "LC-10",
            ),
            // A word that the program does not know for a milestone.
            ("+milestones=V-1,Rejection,2024-01-05,Rejected".to_owned(), "IN-15"),
        ];
        let rows: Vec<(String, &str)> = rows.iter().map(|(edit, codes)| (claim(edit), *codes)).collect();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }
}
