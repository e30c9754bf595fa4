//! # DT-08: redeemed by the last day
//! **Checks** that the voucher was redeemed by its last day: the printed one, otherwise creation + 180 days.
//! **Why** reservation, delivery and redemption all happen before expiry (PC-DPS, commit b87ee36e).
//! **Example** created 2021-01-04, no last day printed: redeemed 2021-07-03 is fine, a day later DT-08.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::CheckSpec;
use crate::verdicts::Terms;
use crate::verdicts::answers::{passed, taken, undated};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateRedemption], run: redeemed_in_time };

fn redeemed_in_time(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    by_last_day(case, terms, case.steps.redeemed, Dataset::Redemptions, "redeemed", Code::LateRedemption)
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

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("vouchers.expires_on=2021-05-10", "ok"),
            ("vouchers.expires_on=2021-05-09", "DT-08"),
            ("vouchers.expires_on=; redemptions.redeemed_on=2021-07-03; as_of=2021-07-04", "ok"),
            ("vouchers.expires_on=; redemptions.redeemed_on=2021-07-04; as_of=2021-07-04", "DT-08"),
            ("-vouchers.expires_on; redemptions.redeemed_on=2021-07-04; as_of=2021-07-04", "DT-08"),
        ]);
    }
}
