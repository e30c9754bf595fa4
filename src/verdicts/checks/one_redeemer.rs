//! # DU-02: one location redeemed the voucher, once
//! **Checks** that no two live rows redeemed, be it of two locations or of one on two days. A cancelled reservation takes no part.
//! Stands alone: who may claim is in dispute.
//! **Why** a voucher is redeemed once (house).
//! **Example** redeemed by L-1 on 2021-05-10 and by L-2 on 2021-05-12.

use crate::casebook::Case;
use crate::model::{Answer, Code, Failure};
use crate::verdicts::answers::passed;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::DoubleRedemption], run: one_redeemer };

fn one_redeemer(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let Some(first) = case.redeemed_by.first() else {
        return Answer::NotApplicable("nobody redeemed");
    };
    let Some(other) =
        case.redeemed_by.iter().find(|row| row.location != first.location || row.redeemed_on != first.redeemed_on)
    else {
        return passed(&[first.place]);
    };
    let day = |row: &crate::model::Redemption| row.redeemed_on.get().map_or(String::new(), |day| day.to_string());
    let message = format!(
        "redeemed by location {} on {} and by location {} on {}",
        first.location,
        day(first),
        other.location,
        day(other)
    );
    Failure::new(Code::DoubleRedemption, message, other.redeemed_on.get(), &[first.place, other.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("+redemptions=V-1,L-2,Redeemed,2021-01-12,2021-05-12,", "DU-02"),
            ("+redemptions=V-1,L-2,Redeemed,2021-01-12,2021-06-01,", "LC-07 DT-06"),
            ("+redemptions=V-1,L-2,Cancelled,2021-01-05,,2021-01-06", "ok"),
            ("+redemptions=V-1,L-2,Reserved,2021-01-12,,", "LC-07"),
            // The same location a second time.
            ("+redemptions=V-1,L-1,Redeemed,2021-02-12,2021-05-20,", "DU-02"),
            ("+redemptions=V-1,L-1,Cancelled,2021-02-12,,2021-02-13", "ok"),
        ]);
    }
}
