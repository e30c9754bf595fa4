//! # DT-04: reserved by the last day
//! **Checks** that the voucher was reserved by its last day.
//! **Why** reservation, delivery and redemption all happen before expiry (PC-DPS, commit b87ee36e).
//! **Example** last day 2021-01-10: reserved that day is fine, a day later DT-04.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset};
use crate::verdicts::answers::by_last_day;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateReservation], run: reserved_in_time };

fn reserved_in_time(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    by_last_day(case, terms, case.steps.reserved, Dataset::Redemptions, "reserved", Code::LateReservation)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("vouchers.expires_on=2021-01-11", "DT-03 DT-08"),
            ("vouchers.expires_on=2021-01-10", "DT-03 DT-04 DT-08"),
        ]);
    }
}
