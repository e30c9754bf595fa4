//! `payments`: payment requests and payments of the online payment tool.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, MoneyColumns, Strictness};
use crate::model::{Dataset, InvoiceNumber, LocationId, PartnerId, Payment, PaymentStatus, Reference, Text, VoucherId};

const STATUSES: [(&str, PaymentStatus); 5] = [
    ("Submitted", PaymentStatus::Submitted),
    ("Approved", PaymentStatus::Approved),
    ("Paid", PaymentStatus::Paid),
    ("Rejected", PaymentStatus::Rejected),
    ("Cancelled", PaymentStatus::Cancelled),
];

columns! {
    reference: required(Kind::Id),
    invoice_number: optional(Kind::Id),
    voucher_id: optional(Kind::Id),
    amount: required(Kind::Amount),
    currency: required(Kind::Currency),
    status: required(Kind::Word(&words(&STATUSES))),
    requested_on: optional(Kind::Day),
    paid_on: optional(Kind::Day),
    reason: optional(Kind::Text),
    partner_id: optional(Kind::Id),
    location_id: optional(Kind::Id),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Payments,
    columns: COLUMNS,
    key: &[AT.reference, AT.voucher_id, AT.invoice_number],
    moves_on: &[AT.status],
    subject: &[AT.voucher_id, AT.invoice_number],
    voucher: Some(AT.voucher_id),
    money: Some(MoneyColumns { amount: AT.amount, currency: AT.currency }),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

/// The payer's reference of a row.
pub(crate) fn reference(cells: Cells<'_>) -> Reference {
    Reference::new(cells.the_text(AT.reference))
}

impl Record for Payment {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Payment {
            place: cells.place(),
            reference: reference(cells),
            invoice_number: cells.text(AT.invoice_number).map(InvoiceNumber::new),
            voucher: cells.text(AT.voucher_id).map(VoucherId::new),
            amount: cells.the_amount(),
            status: cells.the_meaning(AT.status, &STATUSES),
            requested_on: cells.day(AT.requested_on),
            paid_on: cells.day(AT.paid_on),
            reason: cells.text(AT.reason).map(Text::new),
            partner: cells.text(AT.partner_id).map(PartnerId::new),
            location: cells.text(AT.location_id).map(LocationId::new),
        }
    }
}
