//! # FX-02, DU-05, AM-01, AM-02, AM-06, AM-07: what was requested and paid is the entitled amount
//! **Checks**, in this order and the first only, that open and paid rows are in the currency of the rate; that two or more
//! of them are together not more than the entitled amount; and that what is requested, or where nothing is open what was
//! paid, is neither more nor less than it by more than the tolerance. Rejected and cancelled rows count for nothing.
//! **Why** money is paid once, for one delivery, by the rate of the contract (house).
//! **Example** entitled 5000.00 EUR: 4500.00 EUR paid and nothing open is AM-06; two payments of 5000.00 EUR are DU-05.

use crate::casebook::{Case, EarlierRequest};
use crate::matching::Applied;
use crate::model::{Answer, ClaimOrigin, Code, Dataset, Failure, MinorUnits, Payment, PaymentStatus, Places};
use crate::verdicts::answers::{is_whole, passed, references, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec {
    codes: &[
        Code::ShortPayment,
        Code::Overpayment,
        Code::OverClaim,
        Code::UnderClaim,
        Code::DuplicateClaim,
        Code::CurrencyMismatch,
    ],
    run: amounts,
};

fn amounts(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    if let Some(answer) = claimed_twice(case).or_else(|| requested_before_our_invoice(case)) {
        return answer;
    }
    let live: Vec<&Applied<'_>> = case.payments.iter().filter(|applied| applied.status.is_live()).collect();
    if live.is_empty() {
        return Answer::NotApplicable("nothing is requested or paid");
    }
    let Some(entitled) = case.entitlement.amount() else {
        return Answer::NotApplicable("the entitled amount is not known");
    };
    let places: Places = live.iter().map(|applied| applied.payment.place).collect();
    let paid_on = |payment: &Payment| payment.paid_on.get().filter(|day| *day <= terms.as_of);
    let day = |applied: &&Applied<'_>| paid_on(applied.payment).or(applied.payment.requested_on.get());
    let since = live.iter().filter_map(day).max();
    let currency = entitled.currency();
    let others = live.iter().filter(|applied| applied.share.currency() != currency);
    let order =
        |applied: &&&Applied<'_>| (applied.share.currency(), applied.share.minor(), applied.payment.reference.clone());
    if let Some(other) = others.min_by_key(order) {
        let (amount, of) = (other.share, other.share.currency());
        let message = format!("{amount} {of}; the rate is in {currency}");
        let seen = live.iter().map(|applied| applied.payment).collect::<Vec<_>>();
        return Failure::new(Code::CurrencyMismatch, message, since, &[other.payment.place])
            .about(amount)
            .seeing(references(&seen))
            .into();
    }
    let sum: MinorUnits = live.iter().map(|applied| applied.share.units()).sum();
    let difference = sum - entitled.units();
    let is_more = difference > MinorUnits::ZERO;
    if difference.abs() <= terms.tolerance.of(entitled) {
        return passed(&places);
    }
    let is_open = live.iter().any(|applied| applied.status != PaymentStatus::Paid);
    let is_settled_elsewhere = !case.prior.is_empty();
    let code = match (is_more, is_open) {
        (true, _) if live.len() >= 2 => Code::DuplicateClaim,
        _ if is_settled_elsewhere => return Answer::NotApplicable("claimed before the tool, and settled elsewhere"),
        (true, true) => Code::OverClaim,
        (true, false) => Code::Overpayment,
        // What is missing may stand in a row that could not be read.
        (false, _) if !is_whole(case, case.coverage.payments, Dataset::Payments) => {
            return unknown(case, Dataset::Payments, "what was paid");
        }
        (false, true) => Code::UnderClaim,
        (false, false) => Code::ShortPayment,
    };
    let Some(apart) = difference.abs().money(currency) else {
        return Answer::NotApplicable("amounts out of range");
    };
    let what = if is_open { "requested and paid" } else { "paid" };
    let sum = sum.of(currency);
    let side = if is_more { "too much" } else { "short" };
    let message = format!("entitled {entitled} {currency}, {what} {sum} {currency}: {apart} {side}");
    Failure::new(code, message, since, &places).about(apart).into()
}

/// A voucher that was claimed before the tool, and by an invoice of ours too, is claimed twice.
fn claimed_twice(case: &Case<'_>) -> Option<Answer> {
    let (prior, claim) = (case.prior.first()?, case.claim?);
    let ClaimOrigin::Invoice(number) = &claim.origin else { return None };
    let message = format!("claimed as {} on {}, and by invoice {number}", prior.reference, prior.claimed_on);
    let failure = Failure::new(Code::DuplicateClaim, message, claim.requested_on, &[prior.place]);
    Some(claim.amount.map_or(failure.clone(), |amount| failure.about(amount)).into())
}

/// A request from before our invoice claims the voucher a second time, whatever was paid.
fn requested_before_our_invoice(case: &Case<'_>) -> Option<Answer> {
    let EarlierRequest { applied, made_on, number, went_out_on } = case.request_before_our_invoice()?;
    let reference = &applied.payment.reference;
    let message =
        format!("requested as {reference} on {made_on}, and by invoice {number}, which went out on {went_out_on}");
    let failure = Failure::new(Code::DuplicateClaim, message, Some(went_out_on), &[applied.payment.place])
        .seeing(format!("{reference} {number}"));
    let amount = case.claim.and_then(|claim| claim.amount);
    Some(amount.map_or(failure.clone(), |amount| failure.about(amount)).into())
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    const PAID: &str = "+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-11,2021-05-20,,,";

    /// One more row: number, amount, currency, status.
    fn row(number: u32, amount: &str, currency: &str, status: &str) -> String {
        let paid_on = if status == "Paid" { "2021-05-20" } else { "" };
        format!("+payments=R-{number},,V-1,{amount},{currency},{status},2021-05-11,{paid_on},,,")
    }

    #[test]
    fn one_row() {
        let cases = [
            ("", "5000.00", "Paid", "ok"),
            ("", "4999.99", "Paid", "AM-06"),
            ("", "5000.01", "Paid", "AM-07"),
            ("tolerance=0.01; ", "4999.99", "Paid", "ok"),
            ("tolerance=0.01; ", "5000.01", "Paid", "ok"),
            ("", "5000.00", "Submitted", "PD-04"),
            ("", "5000.01", "Submitted", "AM-01 PD-04"),
            ("", "4999.99", "Approved", "AM-02 PD-04"),
            ("", "5000.00", "Rejected", "AM-09"),
            ("", "1.00", "Cancelled", "AM-09"),
            // Settled elsewhere.
            ("+claims=V-1,OLD-1,2021-05-11; ", "4000.00", "Paid", "ok"),
            ("+claims=V-1,OLD-1,2021-05-11; ", "4000.00", "Rejected", "ok"),
            // No rate, no comparison.
            ("rates=; ", "1.00", "Paid", "AM-03"),
        ];
        for (edit, amount, status, codes) in cases {
            check(&[(&format!("{edit}{}", row(1, amount, "EUR", status)), codes)]);
        }
        check(&[(&row(1, "5000.00", "SEK", "Paid"), "FX-02"), (&row(1, "5000.00", "SEK", "Rejected"), "AM-09")]);
    }

    #[test]
    fn a_request_from_before_our_invoice_is_never_its_payment() {
        // Our invoice is of 2021-05-15.
        let row = |number: &str, status: &str, requested: &str, paid: &str| {
            format!(
                "ledger=L-1,data-estate,5,5000.00; +payments=R-1,{number},V-1,5000.00,EUR,{status},{requested},{paid},,,"
            )
        };
        check(&[
            (&row("", "Paid", "2021-05-12", "2021-05-28"), "DU-05"),
            (&row("PARTNER-7", "Paid", "2021-05-12", "2021-05-28"), "DU-05"),
            (&row("", "Submitted", "2021-05-14", ""), "DU-05 PD-04"),
            (&row("", "Paid", "", "2021-05-14"), "DU-05"),
            // From the day on which it went out, with its number, or without any day: the payment of our invoice.
            (&row("", "Paid", "2021-05-15", "2021-05-28"), "ok"),
            (&row("INV-1", "Paid", "2021-05-12", "2021-05-28"), "ok"),
            (&row("", "Paid", "", ""), "ok"),
            (&row("", "Rejected", "2021-05-12", ""), "AM-09"),
        ]);
    }

    #[test]
    fn a_day_after_the_as_of_date_opens_nothing() {
        let opened = |paid_on: &str| {
            let verdict = verdict("V-1", &format!("+payments=R-1,,V-1,6000.00,EUR,Paid,2021-05-11,{paid_on},,,"));
            let more =
                verdict.findings.iter().find(|finding| finding.amount.is_some_and(|apart| apart.minor() == 100_000));
            more.expect("1000.00 too much").opened_on.to_string()
        };
        assert_eq!(opened("2021-05-20"), "2021-05-20");
        assert_eq!(opened("2021-06-10"), "2021-05-11");
    }

    #[test]
    fn several_rows() {
        let cases = [
            ("4000.00", "Paid", "1000.00", "Paid", "ok"),
            ("4000.00", "Paid", "1000.00", "Approved", "PD-04"),
            ("4000.00", "Paid", "999.99", "Paid", "AM-06"),
            ("4000.00", "Paid", "999.99", "Submitted", "AM-02 PD-04"),
            ("5000.00", "Paid", "5000.00", "Paid", "DU-05"),
            ("5000.00", "Paid", "0.01", "Submitted", "DU-05 PD-04"),
            ("5000.00", "Submitted", "5000.00", "Submitted", "DU-05 PD-04"),
            ("5000.00", "Paid", "5000.00", "Rejected", "ok"),
            ("5000.00", "Cancelled", "5000.00", "Rejected", "AM-09"),
            // Paid too much, and taken back.
            ("6000.00", "Paid", "-1000.00", "Paid", "ok"),
        ];
        for (first, one, second, two, codes) in cases {
            check(&[(&format!("{}; {}", row(1, first, "EUR", one), row(2, second, "EUR", two)), codes)]);
        }
        check(&[(&format!("{PAID}; {}", row(2, "5000.00", "SEK", "Paid")), "FX-02")]);
        // A row that could not be read may be what is missing; it cannot take back what is too much.
        let refused = "+payments=R-9,,V-1,1000.00,EUR,Sent,2021-05-11,,,,";
        check(&[
            (&format!("{}; {refused}", row(1, "4000.00", "EUR", "Paid")), "IN-15"),
            (&format!("{}; {refused}", row(1, "5000.00", "EUR", "Rejected")), "IN-15"),
            (&format!("{}; {refused}", row(1, "6000.00", "EUR", "Paid")), "AM-07 IN-15"),
        ]);
    }
}
