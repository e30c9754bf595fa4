//! # EL-09: the engagement was not retired when the voucher was created
//! **Checks** that the voucher was created before the day on which its engagement was retired. Vouchers created
//! earlier keep their life.
//! **Why** cloud engagements were retired on 2020-02-01 (PC-DPS, link of 2020-03-27 to the list of retired engagements).
//! **Example** created 2020-02-01 for an engagement that was retired that day.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Failure};
use crate::verdicts::answers::{passed, taken, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::RetiredEngagement], run: retired };

fn retired(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(row) = case.row() else {
        return unknown(case, Dataset::Vouchers, "the engagement");
    };
    let Some(retired_on) = terms.program.engagement(&row.engagement).retired_on else {
        return Answer::NotApplicable("the engagement is not retired");
    };
    let created = match taken(case, case.steps.created, Dataset::Vouchers, "not created yet") {
        Ok(created) => created,
        Err(answer) => return answer,
    };
    if created.day < retired_on {
        return passed(&[created.place]);
    }
    let message = format!("created on {}; {} was retired on {retired_on}", created.day, row.engagement);
    Failure::new(Code::RetiredEngagement, message, Some(created.day), &[created.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        // Before the first table of competencies, so nothing is known of the partner's.
        let created = |day: &str| {
            format!(
                "vouchers.engagement=azure; enrollments.offering=AZDPS; enrollments.enrolled_on=2019-12-02; \
                 enrollments.agreement_signed_on=2019-12-02; enrollments.training_completed_on=2019-12-02; \
                 vouchers.created_on={day}; vouchers.assigned_on=2020-02-03; vouchers.expires_on=2021-07-03; \
                 redemptions.reserved_on=2020-02-04; completions.started_on=2020-02-05; rates.valid_from=2020-01-01"
            )
        };
        check(&[(&created("2020-01-31"), "PO-02"), (&created("2020-02-01"), "EL-09 PO-02")]);
        check(&[("vouchers.created_on=2021-01-04", "ok")]);
    }
}
