//! # DT-03: completed by the last day
//! **Checks** that the delivery was completed by the voucher's last day.
//! **Why** reservation, delivery and redemption all happen before expiry (PC-DPS, commit b87ee36e).
//! **Example** last day 2021-07-03: completed that day is fine, a day later DT-03.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset};
use crate::verdicts::answers::by_last_day;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateCompletion], run: completed_in_time };

fn completed_in_time(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    by_last_day(case, terms, case.steps.completed, Dataset::Completions, "completed", Code::LateCompletion)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            (
                "vouchers.expires_on=2021-03-05; redemptions.redeemed_on=2021-03-05; completions.reported_on=2021-03-05; completions.deliverable_on=2021-03-05; as_of=2021-03-31",
                "ok",
            ),
            ("vouchers.expires_on=2021-03-04", "DT-03 DT-08"),
        ]);
    }
}
