//! # LC-10: milestones are reached in their order
//! **Checks**, for each milestone of the program that a step requires, that it was reached by the day of that
//! step; for each that follows a step, that it was not reached before; for each that a step rules out, that it did not
//! come after; and that none was reached before the voucher was created. The same day is in order.
//! **Why** the program file says, for each milestone: as the statement of work before delivery, and the proof of execution
//! after it (FPC-1841).
//! **Example** delivery started on 2025-09-10, the statement of work was approved on 2025-09-11.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Day, Fact, Failure, Place};
use crate::program::{Anchor, Milestone};
use crate::verdicts::answers::{dataset_of, passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::MilestoneOutOfOrder], run: milestone_order };

fn milestone_order(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let mut found: Vec<(String, Day, Vec<Place>)> = Vec::new();
    let (mut shown, mut open) = (Vec::new(), None);
    for milestone in &terms.program.milestones {
        if let Some((what, day, places)) = before_its_voucher(case, milestone) {
            found.push((what, day, places));
            continue;
        }
        let pairs =
            [(&milestone.by, before as Placement), (&milestone.after, not_before), (&milestone.never_after, not_after)];
        for (anchor, compare) in pairs.into_iter().filter_map(|(anchor, compare)| Some((anchor.as_ref()?, compare))) {
            match compare(case, milestone, anchor) {
                Ok(Answered::Fails(what, day, places)) => found.push((what, day, places)),
                Ok(Answered::Holds(places)) => shown.extend(places),
                Ok(Answered::Nothing) => {}
                Err(unknown) => open = Some(unknown),
            }
        }
    }
    // What is wrong is wrong, whatever else is not known.
    let Some(since) = found.iter().map(|(_, day, _)| *day).min() else {
        if let Some(unknown) = open {
            return unknown;
        }
        return if shown.is_empty() {
            Answer::NotApplicable("no step requires a milestone yet")
        } else {
            passed(&shown)
        };
    };
    let message = found.iter().map(|(what, ..)| what.as_str()).collect::<Vec<_>>().join("; ");
    let places: Vec<Place> = found.into_iter().flat_map(|(_, _, places)| places).collect();
    Failure::new(Code::MilestoneOutOfOrder, message, Some(since), &places).into()
}

type Placement = fn(&Case<'_>, &Milestone, &Anchor) -> Result<Answered, Answer>;

/// What one milestone says beside one step.
enum Answered {
    Holds(Vec<Place>),
    Fails(String, Day, Vec<Place>),
    Nothing,
}

/// The milestone is to be reached by the step.
fn before(case: &Case<'_>, milestone: &Milestone, anchor: &Anchor) -> Result<Answered, Answer> {
    let step = match case.step(anchor) {
        Fact::Is(step) => step,
        Fact::No => return Ok(Answered::Nothing),
        Fact::Unknown => return Err(unknown(case, dataset_of(anchor), "the step that requires a milestone")),
    };
    let name = &milestone.name;
    match case.milestones.reached(&milestone.id) {
        Fact::Is(on) if on.day <= step.day => Ok(Answered::Holds(vec![on.place])),
        Fact::Is(on) => {
            let what = format!("{anchor} on {}, {name} only on {}", step.day, on.day);
            Ok(Answered::Fails(what, step.day, vec![on.place, step.place]))
        }
        Fact::No => {
            let what = format!("{anchor} on {} without {name}", step.day);
            Ok(Answered::Fails(what, step.day, vec![step.place]))
        }
        Fact::Unknown => Err(unknown(case, Dataset::Milestones, "whether a milestone was reached")),
    }
}

/// Nothing can be reached before there is a voucher.
fn before_its_voucher(case: &Case<'_>, milestone: &Milestone) -> Option<(String, Day, Vec<Place>)> {
    let (on, created) = (case.milestones.reached(&milestone.id).get()?, case.steps.created.get()?);
    let what = || format!("{} on {}, created only on {}", milestone.name, on.day, created.day);
    (on.day < created.day).then(|| (what(), on.day, vec![on.place, created.place]))
}

/// The milestone is not to come after the step.
fn not_after(case: &Case<'_>, milestone: &Milestone, anchor: &Anchor) -> Result<Answered, Answer> {
    let (Fact::Is(on), Fact::Is(step)) = (case.milestones.reached(&milestone.id), case.step(anchor)) else {
        return Ok(Answered::Nothing);
    };
    if on.day <= step.day {
        return Ok(Answered::Holds(vec![on.place, step.place]));
    }
    let what = format!("{anchor} on {}, and {} on {}", step.day, milestone.name, on.day);
    Ok(Answered::Fails(what, on.day, vec![on.place, step.place]))
}

/// The milestone is not to be reached before the step.
fn not_before(case: &Case<'_>, milestone: &Milestone, anchor: &Anchor) -> Result<Answered, Answer> {
    let Fact::Is(on) = case.milestones.reached(&milestone.id) else { return Ok(Answered::Nothing) };
    let name = &milestone.name;
    match case.step(anchor) {
        Fact::Is(Step { day, place }) if day <= on.day => Ok(Answered::Holds(vec![on.place, place])),
        Fact::Is(Step { day, place }) => {
            let what = format!("{name} on {}, {anchor} only on {day}", on.day);
            Ok(Answered::Fails(what, on.day, vec![on.place, place]))
        }
        // only LC-04 is raised for a delivery without a row.
        Fact::No if matches!(anchor, Anchor::Started | Anchor::Completed) && case.completions.is_empty() => {
            Ok(Answered::Nothing)
        }
        Fact::No => Ok(Answered::Fails(format!("{name} on {}, not {anchor} yet", on.day), on.day, vec![on.place])),
        Fact::Unknown => Err(unknown(case, dataset_of(anchor), "the step that a milestone follows")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    const PROGRAM: &str = "program=deployment-vouchers; ";

    #[test]
    fn cases() {
        let rows = [
            ("", "ok"),
            // By a step: the same day, the day after, never.
            ("milestones.on=2025-09-08", "ok"),
            ("milestones.on=2025-09-09", "LC-10"),
            ("milestones=; +milestones=V-1,Proof of execution,2025-11-20,Approved", "LC-10"),
            ("milestones.status=Rejected", "LC-10"),
            // What was refused and handed in again counts from then.
            ("+milestones=V-1,SOW,2025-09-05,Rejected; +milestones=V-1,SOW,2025-09-06,Approved", "ok"),
            ("+milestones=V-1,SOW,2025-09-05,Rejected; +milestones=V-1,SOW,2025-09-09,Approved", "LC-10"),
            // After a step.
            ("+milestones=V-1,Proof of execution,2025-11-10,Rejected; +milestones=V-1,POE,2025-11-14,Approved", "ok"),
            ("completions.completed_on=2025-11-21; completions.reported_on=2025-11-21", "LC-10"),
            ("completions.completed_on=2025-11-20; completions.reported_on=2025-11-21", "ok"),
            // Before there was a voucher.
            ("milestones.on=2025-08-03", "LC-10"),
            (
                "vouchers.created_on=2025-05-20; vouchers.assigned_on=2025-05-20; +milestones=V-1,Extension,2025-05-19,Granted",
                "DT-08 LC-10",
            ),
            (
                "vouchers.created_on=2025-05-20; vouchers.assigned_on=2025-05-20; +milestones=V-1,Extension,2025-11-18,Granted",
                "ok",
            ),
            // A second one that is declined takes nothing back.
            (
                "vouchers.created_on=2025-05-20; vouchers.assigned_on=2025-05-20; +milestones=V-1,Extension,2025-11-18,Granted; +milestones=V-1,Extension,2025-11-24,Rejected",
                "ok",
            ),
            // What is wrong is wrong, whatever else is not known.
            ("milestones.on=2025-09-09; -redemptions.redeemed_on", "IN-01 LC-10"),
            // Not known.
            ("-milestones", "IN-01"),
            ("-milestones.status", "IN-01"),
            ("+milestones=V-1,SOW,soon,Approved", "IN-11"),
            ("-completions", "IN-01"),
        ];
        let rows: Vec<(String, &str)> = rows.map(|(edit, codes)| (format!("{PROGRAM}{edit}"), codes)).to_vec();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }
}
