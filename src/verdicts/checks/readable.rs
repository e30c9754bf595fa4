//! # IN-11 to IN-16: every row of the voucher can be read
//! **Checks** that no row that carries the voucher's id was refused. What rests on such a row is unknown.
//! **Why** unknown is never a pass (house).
//! **Example** a redemption row whose date is 2021-02-30.

use crate::casebook::Case;
use crate::model::{Answer, Code};
use crate::verdicts::answers::passed;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec {
    codes: &[
        Code::UnreadableCell,
        Code::BlankRequiredCell,
        Code::AmbiguousDate,
        Code::UnreadableAmount,
        Code::UnknownWord,
        Code::MalformedId,
    ],
    run: readable,
};

fn readable(case: &Case<'_>, _: Terms<'_>) -> Answer {
    match case.doubts.iter().find(|doubt| !doubt.contradiction) {
        None => passed(&[]),
        Some(doubt) => Answer::Unknown {
            code: Some(doubt.code),
            why: format!("a row of {} that carries this voucher was refused", doubt.dataset),
            places: case.doubts.iter().map(|doubt| doubt.place).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn cases() {
        check(&[
            ("redemptions.redeemed_on=2021-02-30", "IN-11"),
            ("vouchers.customer_name=", "IN-12"),
            ("+payments=R-1,,V-1,1e3,EUR,Paid,2021-05-11,2021-05-20,,,", "IN-14"),
            ("completions.country=Atlantis", "IN-15"),
            ("completions.consultant_id=C 1", "IN-16"),
            ("+redemptions=V-1,L-2,Lost,2021-01-12,,", "IN-15"),
        ]);
    }

    #[test]
    fn codes_of_several_refused_rows_stand_together() {
        let codes = verdict("V-1", "redemptions.redeemed_on=2021-02-30; completions.country=Atlantis").codes();
        assert_eq!(codes, "IN-11 IN-15");
    }
}
