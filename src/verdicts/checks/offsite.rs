//! # LC-09: delivered on site
//! **Checks** that no consultant worked more days off site than the program allows. Not required of starts while the
//! program file suspends the rule.
//! **Why** delivery is on site by design, with up to three days off site (T-POL); remote delivery was allowed in the
//! spring of 2020 (B-KURT).
//! **Example** four days off site in an engagement that started 2021-03-01.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Fact, Failure, Places, counted};
use crate::verdicts::answers::{passed, taken};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::ExcessOffsiteDays], run: offsite };

fn offsite(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let start = match taken(case, case.steps.started, Dataset::Completions, "nothing is known of the start") {
        Ok(start) => start,
        Err(answer) => return answer,
    };
    let Some(most) = terms.program.voucher.offsite_days else {
        return Answer::NotApplicable("the program does not limit days off site");
    };
    let away = case.completions.iter().filter_map(|row| row.offsite_days.get().map(|days| (days, row)));
    match away.max_by_key(|(days, _)| *days) {
        Some((days, row)) if days > most => {
            let message = format!("{} off site; at most {most} are allowed", counted(days, "day", "days"));
            Failure::new(Code::ExcessOffsiteDays, message, Some(start.day), &[row.place])
                .seeing(days.to_string())
                .into()
        }
        _ if case.completions.iter().any(|row| row.offsite_days == Fact::Unknown) => Answer::Unknown {
            code: Some(Code::MissingData),
            why: "completions has no column offsite_days".to_owned(),
            places: Places::new(),
        },
        _ => passed(&case.completions.iter().map(|row| row.place).collect::<Places>()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("completions.offsite_days=3", "ok"),
            ("completions.offsite_days=4", "LC-09"),
            ("completions.offsite_days=", "ok"),
            ("-completions.offsite_days", "IN-01"),
            ("completions=", "LC-04"),
        ]);
        let started = |day: &str| {
            format!(
                "completions.offsite_days=4; completions.started_on={day}; vouchers.created_on=2020-02-03; \
                 vouchers.assigned_on=2020-02-03; redemptions.reserved_on=2020-02-04; \
                 enrollments.enrolled_on=2020-02-03; enrollments.agreement_signed_on=2020-02-03; \
                 enrollments.training_completed_on=2020-02-03"
            )
        };
        check(&[
            (&started("2020-02-29"), "LC-09 PO-02"),
            (&started("2020-03-01"), "PO-02"),
            (&started("2020-06-30"), "PO-02"),
            (&started("2020-07-01"), "LC-09 PO-02"),
        ]);
    }
}
