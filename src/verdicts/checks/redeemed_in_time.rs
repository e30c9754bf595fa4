//! # DT-08: redeemed by the last day
//! **Checks** that the voucher was redeemed by its last day: the printed one, otherwise creation + 180 days.
//! **Why** reservation, delivery and redemption all happen before expiry (PC-DPS, commit b87ee36e).
//! **Example** created 2021-01-04, no last day printed: redeemed 2021-07-03 is fine, a day later DT-08.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset};
use crate::verdicts::answers::by_last_day;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateRedemption], run: redeemed_in_time };

fn redeemed_in_time(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    by_last_day(case, terms, case.steps.redeemed, Dataset::Redemptions, "redeemed", Code::LateRedemption)
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
