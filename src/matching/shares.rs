//! How an amount is shared out among the lines of an invoice of ours.

use std::collections::{BTreeMap, HashMap};

use super::known::names_line_of;
use crate::model::{
    Currency, InvoiceNumber, IssuedLine, Money, OpeningClaims, Payment, PaymentStatus, Place, VoucherId,
};

/// A voucher's part of a payment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share {
    /// The voucher.
    pub(super) voucher: VoucherId,
    /// The part.
    pub(super) amount: Money,
}

/// A line of an invoice of ours, and what is still open of it.
struct OpenLine {
    voucher: VoucherId,
    full: i64,
    open: i64,
    currency: Currency,
}

/// For payments that name an invoice of ours: what each of its vouchers gets of it. Amounts are applied line by
/// line until they are used up, paid ones before requests, dead rows apart; a surplus goes to the last line. What is taken
/// back is taken from the lines that have got something, the last first.
pub(super) fn invoice_shares(
    mut payments: Vec<(&Payment, &InvoiceNumber)>,
    opening: &OpeningClaims,
) -> HashMap<Place, Vec<Share>> {
    let mut open_lines: BTreeMap<(&InvoiceNumber, bool), Vec<OpenLine>> = BTreeMap::new();
    let mut shares = HashMap::new();
    // Rows that name their voucher come before the others; then who paid first is served first, whatever the order of rows.
    payments.sort_by_key(|(payment, number)| {
        let names_line = names_line_of(payment, number, opening);
        let day = payment.paid_on.get().or(payment.requested_on.get());
        let is_request = payment.status != PaymentStatus::Paid;
        (!names_line, is_request, day, &payment.reference, std::cmp::Reverse(payment.amount.minor()), payment.place)
    });
    for (payment, number) in payments {
        let lines = open_lines.entry((number, payment.status.is_live())).or_insert_with(|| {
            let line = |line: &IssuedLine| {
                let (full, currency) = (line.amount.minor(), line.amount.currency());
                OpenLine { voucher: line.voucher.clone(), full, open: full, currency }
            };
            opening.invoices[number].iter().map(line).collect()
        });
        let named = lines.iter().position(|line| payment.voucher.value() == Some(&line.voucher));
        shares.insert(payment.place, share_out(payment.amount, lines, named));
    }
    shares
}

/// Takes an amount from the lines that are still open, or gives back what they have got. Where the row names one of them, that
/// one gets it, unless it is more than was invoiced for that and just what is open of all, or takes back more than that has got.
/// Every line is named, also with nothing.
fn share_out(amount: Money, lines: &mut [OpenLine], named: Option<usize>) -> Vec<Share> {
    let currency = amount.currency();
    let mut left = amount.minor();
    let mut shares = vec![0; lines.len()];
    let open: i64 = lines.iter().filter(|line| line.currency == currency).map(|line| line.open.max(0)).sum();
    let named = named.filter(|at| match &lines[*at] {
        // What was paid for all of them is taken back from all of them.
        line if left < 0 => -left <= line.full - line.open,
        line => left <= line.full || left != open,
    });
    let order: Vec<usize> = match named {
        Some(_) => Vec::new(),
        None if left < 0 => (0..lines.len()).rev().collect(),
        None => (0..lines.len()).collect(),
    };
    for at in order {
        let line = &mut lines[at];
        let (least, most) =
            if line.currency == currency { ((line.open - line.full).min(0), line.open.max(0)) } else { (0, 0) };
        shares[at] = left.clamp(least, most);
        left -= shares[at];
        line.open -= shares[at];
    }
    // What fits nowhere is too much, or too little, on the line that is named, else on the last.
    let at = named.unwrap_or(lines.len().saturating_sub(1));
    if let (Some(share), Some(line)) = (shares.get_mut(at), lines.get_mut(at)) {
        *share += left;
        line.open -= if line.currency == currency { left } else { 0 };
    }
    let share =
        |(line, minor): (&OpenLine, i64)| Share { voucher: line.voucher.clone(), amount: Money::new(minor, currency) };
    lines.iter().zip(shares).map(share).collect()
}
