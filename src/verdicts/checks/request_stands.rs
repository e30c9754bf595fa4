//! # AM-09: a request still stands
//! **Checks** that not every request was rejected or cancelled by the payer; such a voucher is never claimed again by
//! itself.
//! **Why** what was refused needs a person: a better report, another request, or a write-off.
//! **Example** requested 2021-05-11 and rejected: AM-09, until another request is made.

use crate::casebook::Case;
use crate::model::{Answer, ClaimOrigin, Code, Dataset, Failure, Payment, Places};
use crate::verdicts::answers::{is_whole, passed, references, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::RejectedRequest], run: request_stands };

fn request_stands(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let Some(last) =
        case.payments.iter().max_by_key(|applied| (applied.payment.requested_on.get(), &applied.payment.reference))
    else {
        return no_row_stands(case);
    };
    let places: Places = case.payments.iter().map(|applied| applied.payment.place).collect();
    if case.payments.iter().any(|applied| applied.status.is_live()) {
        return passed(&places);
    }
    if !case.prior.is_empty() {
        return Answer::NotApplicable("claimed before the tool, and settled elsewhere");
    }
    if !is_whole(case, case.coverage.payments, Dataset::Payments) {
        return unknown(case, Dataset::Payments, "whether a request stands");
    }
    let reason = last.payment.reason.value().map_or(String::new(), |reason| format!(": {reason}"));
    let message = format!("every request was rejected or cancelled by the payer{reason}");
    let seen: Vec<&Payment> = case.payments.iter().map(|applied| applied.payment).collect();
    Failure::new(Code::RejectedRequest, message, last.payment.requested_on.get(), &places)
        .seeing(references(&seen))
        .into()
}

/// A request that was rejected or cancelled is remembered by the ledger, also when no row is for the voucher any more.
fn no_row_stands(case: &Case<'_>) -> Answer {
    let rejected = case.claim.filter(|claim| !claim.live && case.prior.is_empty());
    let Some((ClaimOrigin::Payment(reference), since)) = rejected.map(|claim| (&claim.origin, claim.requested_on))
    else {
        return Answer::NotApplicable("no payment was requested");
    };
    if !is_whole(case, case.coverage.payments, Dataset::Payments) {
        return unknown(case, Dataset::Payments, "whether a request stands");
    }
    let message = format!(
        "request {reference} was rejected or cancelled by the payer, and no payment row is for this voucher any more"
    );
    Failure::new(Code::RejectedRequest, message, since, &[]).seeing(reference.clone()).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("+payments=R-1,,V-1,5000.00,EUR,Rejected,2021-05-11,,,,", "AM-09"),
            ("+payments=R-1,,V-1,1.00,EUR,Cancelled,2021-05-11,,,,", "AM-09"),
            ("+payments=R-1,,V-1,5000.00,SEK,Rejected,2021-05-11,,,,", "AM-09"),
            ("+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-11,,,,", "PD-04"),
            // Settled elsewhere.
            ("+claims=V-1,OLD-1,2021-05-11; +payments=R-1,,V-1,4000.00,EUR,Rejected,2021-05-11,,,,", "ok"),
        ]);
    }
}
