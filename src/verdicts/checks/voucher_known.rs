//! # RF-03: the voucher is known to the list of vouchers
//! **Checks** that an id in `redemptions`, `completions`, `milestones` or `payments` stands in `vouchers`, in an accepted or a
//! refused row. Stands alone: nothing else is known of such a voucher.
//! **Why** what no customer created cannot be redeemed (house).
//! **Example** a redemption of V-9, which the list of vouchers does not have.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Failure};
use crate::verdicts::answers::{is_whole, passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::UnknownVoucher], run: voucher_known };

fn voucher_known(case: &Case<'_>, _: Terms<'_>) -> Answer {
    if let Some(row) = case.row() {
        return passed(&[row.place]);
    }
    if !is_whole(case, case.coverage.vouchers, Dataset::Vouchers) {
        return unknown(case, Dataset::Vouchers, "the voucher");
    }
    let redemptions = case.redemptions.iter().map(|row| row.place);
    let completions = case.completions.iter().map(|row| row.place);
    let payments = case.payments.iter().map(|applied| applied.payment.place);
    let milestones = case.milestones.rows().iter().map(|row| row.place);
    let places: Vec<_> = redemptions.chain(completions).chain(payments).chain(milestones).collect();
    let message = format!("voucher {} stands here, but in no row of vouchers", case.voucher);
    Failure::new(Code::UnknownVoucher, message, None, &places).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn a_voucher_that_only_milestones_name_has_a_place() {
        let edits = "program=deployment-vouchers; vouchers=; redemptions=; completions=; payments=";
        let verdict = verdict("V-1", edits);
        let unknown = verdict.findings.iter().find(|finding| finding.code.as_str() == "RF-03").expect("RF-03");
        assert!(unknown.place.is_some(), "{unknown:?}");
    }

    #[test]
    fn cases() {
        check(&[
            ("vouchers.voucher_id=V-2", "RF-03"),
            ("vouchers=", "RF-03"),
            // A refused row names it, so it is known; what rests on the row is not.
            ("vouchers.days=five", "IN-11"),
            ("vouchers.created_on=2021-02-30", "IN-11"),
        ]);
    }
}
