//! # AM-06: paid in full
//! **Checks** that where money arrived and nothing is open, it is not less than the entitled amount by more than
//! the tolerance. Money in another currency than the rate's is not compared.
//! **Why** paid equals entitled, or the difference has a reason (house).
//! **Example** entitled 5000.00 EUR, paid 4500.00 EUR.

use super::{Terms, passed};
use crate::casebook::Case;
use crate::model::{Answer, Code, Failure, Money, PaymentStatus, Place};

pub(super) fn look(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let of = |statuses: &[PaymentStatus]| -> Vec<_> {
        case.payments.iter().filter(|applied| statuses.contains(&applied.status)).copied().collect()
    };
    let paid = of(&[PaymentStatus::Paid]);
    if paid.is_empty() {
        return Answer::NotApplicable("nothing was paid");
    }
    if !of(&[PaymentStatus::Submitted, PaymentStatus::Approved]).is_empty() {
        return Answer::NotApplicable("a request is still open");
    }
    if !case.prior.is_empty() {
        return Answer::NotApplicable("claimed before the tool, and settled elsewhere");
    }
    let Some(entitled) = case.entitlement.amount() else {
        return Answer::NotApplicable("the entitled amount is not known");
    };
    let currency = entitled.currency();
    if case.payments.iter().any(|applied| applied.share.currency() != currency) {
        return Answer::NotApplicable("paid in another currency");
    }
    let sum: i128 = paid.iter().map(|applied| i128::from(applied.share.minor())).sum();
    let short = i128::from(entitled.minor()) - sum;
    let places: Vec<Place> = paid.iter().map(|applied| applied.payment.place).collect();
    if short <= i128::from(terms.tolerance.minor(currency)) {
        return passed(&places);
    }
    let Ok(missing) = i64::try_from(short) else {
        return Answer::NotApplicable("amounts out of range");
    };
    let missing = Money::new(missing, currency);
    let message = format!(
        "entitled {entitled} {currency}, paid {} {currency}: {missing} short",
        crate::model::money::decimal_text(sum, currency)
    );
    let since = paid.iter().filter_map(|applied| applied.payment.paid_on.get()).max();
    Failure::new(Code::Am06, message, since, &places).about(missing).into()
}

#[cfg(test)]
mod tests {
    use crate::casekit::check;

    #[test]
    fn cases() {
        check(&[
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-11,2021-05-20,,,", "ok"),
            ("+payments=R-1,,V-1,4999.99,EUR,Paid,2021-05-11,2021-05-20,,,", "AM-06"),
            ("tolerance=0.01; +payments=R-1,,V-1,4999.99,EUR,Paid,2021-05-11,2021-05-20,,,", "ok"),
            (
                "+payments=R-1,,V-1,4000.00,EUR,Paid,2021-05-11,2021-05-20,,,; +payments=R-2,,V-1,1000.00,EUR,Paid,2021-05-11,2021-05-20,,,",
                "ok",
            ),
            (
                "+payments=R-1,,V-1,4000.00,EUR,Paid,2021-05-11,2021-05-20,,,; +payments=R-2,,V-1,1000.00,EUR,Approved,2021-05-11,,,,",
                "PD-04",
            ),
            ("+payments=R-1,,V-1,4000.00,SEK,Paid,2021-05-11,2021-05-20,,,", "ok"),
            ("+payments=R-1,,V-1,4000.00,EUR,Rejected,2021-05-11,,no report,,", "ok"),
        ]);
    }
}
