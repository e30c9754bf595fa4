//! # MT-04: no unapplied payment may be for this voucher
//! **Checks** that no payment of an unknown voucher comes from the voucher's location (else partner) when the
//! voucher is unclaimed and was redeemed by the day of that request; and that none which names the voucher or its invoice was
//! made to another company, or names an invoice of others.
//! **Why** a voucher that may have been claimed already is not claimed (house).
//! **Example** L-1 was paid for V-9, which nobody knows; V-1 of L-1 waits until that is cleared.

use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Code, Failure, Payment};
use crate::verdicts::answers::{left_open, passed, references};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::SuspectPayment], run: suspect_payment };

fn suspect_payment(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    // DT-10 says it where the program has a last day for the request.
    if let (Some(_), Claimed::Unknown(code, why, place) | Claimed::MayBe(code, why, place)) =
        (case.steps.redeemed.get(), &case.claimed)
        && !terms.program.has_rule(Code::LateRequest)
    {
        return left_open(*code, why, *place);
    }
    let contested = case.contested.iter().filter_map(|of| Some((of.payment, of.contest?)));
    if let Some((payment, contest)) = contested.min_by_key(|(payment, _)| (&payment.reference, payment.amount.minor()))
    {
        let message = format!("payment {} names this voucher, or its invoice; {contest}", payment.reference);
        let seen: Vec<&Payment> = case.contested.iter().map(|of| of.payment).collect();
        let places: Vec<_> = seen.iter().map(|payment| payment.place).collect();
        return Failure::new(Code::SuspectPayment, message, payment.requested_on.get(), &places)
            .seeing(references(&seen))
            .into();
    }
    let Some(payment) = case.suspects.iter().min_by_key(|payment| (&payment.reference, payment.amount.minor())) else {
        return passed(&[]);
    };
    let who = match (payment.location.value(), payment.partner.value()) {
        (Some(location), _) => format!("location {location}"),
        (None, Some(partner)) => format!("partner {partner}"),
        (None, None) => "nobody".to_owned(),
    };
    let reference = &payment.reference;
    let message = match payment.voucher.value() {
        Some(voucher) => {
            format!("payment {reference} of {who} names unknown voucher {voucher} and may be for this voucher")
        }
        None => format!("payment {reference} of {who} names no voucher and may be for this voucher"),
    };
    let places: Vec<_> = case.suspects.iter().map(|payment| payment.place).collect();
    Failure::new(Code::SuspectPayment, message, payment.requested_on.get(), &places)
        .seeing(references(&case.suspects))
        .into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,L-1", "MT-04"),
            ("+payments=R-1,,V-9,5000.00,EUR,Rejected,2021-05-10,,,,L-1", "MT-04"),
            ("+payments=R-1,,,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,L-1", "MT-04"),
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,,,,,L-1", "MT-04"),
            // An export without the column says of no payment which voucher it is for; a blank cell names nobody's.
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,; -payments.voucher_id", "MT-04"),
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,L-2; -payments.voucher_id", "ok"),
            ("+payments=R-1,,,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,", "ok"),
            // Redeemed after the request, another location, or claimed: not suspect.
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,2021-05-09,2021-05-20,,,L-1", "ok"),
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,2021-05-10,2021-05-20,,P-1,L-2", "ok"),
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,2021-05-10,2021-05-20,,P-1,", "MT-04"),
            ("+payments=R-1,,V-9,5000.00,EUR,Paid,2021-05-10,2021-05-20,,,L-1; +claims=V-1,OLD-1,2021-05-11", "ok"),
        ]);
        // A program without a last day for requests says as much.
        let deployment = |edit: &str| format!("program=deployment-vouchers; {edit}");
        check(&[
            (&deployment("+payments=R-9,,,100.00,EUR,Sent,2025-12-01,,,,"), "IN-15"),
            (&deployment("-payments"), "IN-01"),
            (&deployment("+payments=R-9,,v-1,100.00,EUR,Paid,2025-12-01,2025-12-02,,,"), "MT-04"),
        ]);
    }
}
