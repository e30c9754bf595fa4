//! # MT-03: payments belong to a known voucher or invoice
//! **Checks** that a payment names an invoice of this ledger, or a voucher that another data set knows. A payment
//! that names neither stands on the cover; one that names an unknown voucher stands here, beside RF-03.
//! **Why** money received is applied (house).
//! **Example** a payment for V-9, which stands nowhere else.

use crate::casebook::Case;
use crate::model::{Answer, Code, Failure, Places};
use crate::verdicts::answers::{passed, references};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::UnappliedPayment], run: payment_known };

fn payment_known(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let Some(payment) = case.unapplied.iter().min_by_key(|payment| (&payment.reference, payment.amount.minor())) else {
        return passed(&case.payments.iter().map(|applied| applied.payment.place).collect::<Places>());
    };
    let message = format!(
        "payment {} of {} {} names voucher {}, which stands in no other data set",
        payment.reference,
        payment.amount,
        payment.amount.currency(),
        case.voucher
    );
    let places: Vec<_> = case.unapplied.iter().map(|payment| payment.place).collect();
    Failure::new(Code::UnappliedPayment, message, payment.requested_on.get(), &places)
        .about(payment.amount)
        .seeing(references(&case.unapplied))
        .into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_voucher};

    #[test]
    fn cases() {
        let payment = "+payments=R-1,,V-9,5000.00,EUR,Paid,2021-04-11,2021-04-20,,,";
        check(&[(payment, "ok")]);
        check_voucher(
            "V-9",
            &[(payment, "RF-03 MT-03"), (&format!("{payment}; +claims=V-9,OLD-1,2021-01-01"), "RF-03")],
        );
    }
}
