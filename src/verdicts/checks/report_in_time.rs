//! # LC-08: report and deliverable are not after the redemption
//! **Checks** that the report was submitted and the deliverable uploaded by the redemption; the same day is in
//! order. Where `deliverable_on` is not known it changes nothing.
//! **Why** a partner delivers and reports, then redeems (X-264, X-PROC).
//! **Example** redeemed 2021-05-10, reported 2021-05-11.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{passed, taken, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateReport], run: report_in_time };

fn report_in_time(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let redeemed = match taken(case, case.steps.redeemed, Dataset::Redemptions, "not redeemed") {
        Ok(redeemed) => redeemed,
        Err(answer) => return answer,
    };
    let late = |step: Fact<Step>| step.get().filter(|step| step.day > redeemed.day);
    let found = late(case.steps.reported)
        .map(|step| ("reported", step))
        .or_else(|| late(case.steps.deliverable_on).map(|step| ("deliverable uploaded", step)));
    match found {
        Some((what, step)) => {
            let message = format!("{what} on {}, after the redemption on {}", step.day, redeemed.day);
            Failure::new(Code::LateReport, message, Some(redeemed.day), &[step.place, redeemed.place]).into()
        }
        None if case.steps.reported.is_unknown() => unknown(case, Dataset::Completions, "the report"),
        None => case.steps.reported.get().map_or(Answer::NotApplicable("not reported"), |step| passed(&[step.place])),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("completions.reported_on=2021-05-10", "ok"),
            ("completions.reported_on=2021-05-11", "LC-08"),
            ("completions.deliverable_on=2021-05-11", "LC-08"),
            ("completions.deliverable_on=2021-05-10", "ok"),
            ("completions.deliverable_on=", "ok"),
        ]);
    }
}
