//! What a payment row names, as far as that is known: a voucher of another data set, an invoice of ours.

use std::collections::HashSet;

use crate::ingest::{Coverage, Intake, VoucherRows};
use crate::model::{Dataset, InvoiceNumber, OpeningClaims, Payment, Text, VoucherId};

/// Whether data sets other than payments know a voucher.
pub struct KnownVouchers<'a> {
    /// A data set that the job does not name may know any voucher.
    all_named: bool,
    /// A refused row may have named it.
    in_doubt: HashSet<&'a VoucherId>,
}

impl<'a> KnownVouchers<'a> {
    /// Of what was read.
    pub fn new(intake: &'a Intake) -> KnownVouchers<'a> {
        let coverage = &intake.records.coverage;
        let all_named = ![coverage.vouchers, coverage.redemptions, coverage.completions].contains(&Coverage::None);
        let elsewhere = intake.doubts.iter().filter(|doubt| doubt.dataset != Dataset::Payments);
        KnownVouchers { all_named, in_doubt: elsewhere.filter_map(|doubt| doubt.keys.voucher.as_ref()).collect() }
    }

    /// Whether rows are of a voucher that is known.
    pub fn contain(&self, rows: &VoucherRows) -> bool {
        let elsewhere = [Dataset::Vouchers, Dataset::Redemptions, Dataset::Completions, Dataset::Claims];
        elsewhere.iter().any(|dataset| rows.has(*dataset)) || !self.all_named || self.in_doubt.contains(&rows.voucher)
    }
}

/// The invoice of ours that a payment row names.
pub(super) fn own_invoice<'a>(payment: &'a Payment, opening: &OpeningClaims) -> Option<&'a InvoiceNumber> {
    payment.invoice_number.value().filter(|number| opening.invoices.contains_key(*number))
}

/// Whether the voucher that a payment row names stands on an invoice of ours.
pub(super) fn names_line_of(payment: &Payment, number: &InvoiceNumber, opening: &OpeningClaims) -> bool {
    let mut lines = opening.invoices.get(number).into_iter().flatten();
    lines.any(|line| payment.voucher.value() == Some(&line.voucher))
}

/// All that a payment row names: its voucher, or an invoice of ours and the vouchers on it.
pub(super) fn names(payment: &Payment, opening: &OpeningClaims) -> Vec<Text> {
    let number = own_invoice(payment, opening);
    let lines = number.and_then(|number| opening.invoices.get(number)).into_iter().flatten();
    let vouchers = payment.voucher.value().into_iter().chain(lines.map(|line| &line.voucher));
    let number = number.map(|number| number.as_str());
    number.into_iter().chain(vouchers.map(|voucher| voucher.as_str())).map(Text::new).collect()
}
