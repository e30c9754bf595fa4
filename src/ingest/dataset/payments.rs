//! `payments`: payment requests and payments of the online payment tool.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Dataset, InvoiceNumber, LocationId, PartnerId, Payment, PaymentStatus, Reference, Text, VoucherId};

const STATUSES: [PaymentStatus; 5] = [
    PaymentStatus::Submitted,
    PaymentStatus::Approved,
    PaymentStatus::Paid,
    PaymentStatus::Rejected,
    PaymentStatus::Cancelled,
];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Payments,
    columns: &[
        required("reference", Kind::Id),
        optional("invoice_number", Kind::Id),
        optional("voucher_id", Kind::Id),
        required("amount", Kind::Amount),
        required("currency", Kind::Currency),
        required("status", Kind::Word(&["Submitted", "Approved", "Paid", "Rejected", "Cancelled"])),
        optional("requested_on", Kind::Day),
        optional("paid_on", Kind::Day),
        optional("reason", Kind::Text),
        optional("partner_id", Kind::Id),
        optional("location_id", Kind::Id),
    ],
    key: &["reference", "voucher_id", "invoice_number"],
    voucher: Some(2),
    money: Some((3, 4)),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

/// The payer's reference of a row.
pub(crate) fn reference(cells: Cells<'_>) -> Reference {
    Reference::new(cells.the_text(0))
}

impl Record for Payment {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Payment {
            place: cells.place(),
            reference: reference(cells),
            invoice_number: cells.text(1).map(InvoiceNumber::new),
            voucher: cells.text(2).map(VoucherId::new),
            amount: cells.the_amount(),
            status: STATUSES[cells.the_word(5)],
            requested_on: cells.day(6),
            paid_on: cells.day(7),
            reason: cells.text(8).map(Text::new),
            partner: cells.text(9).map(PartnerId::new),
            location: cells.text(10).map(LocationId::new),
        }
    }
}
