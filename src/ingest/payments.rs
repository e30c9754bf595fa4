//! `payments`: payment requests and payments of the online payment tool.

use super::cell::{Kind, Refusal, not_an_amount};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{
    InvoiceNumber, LocationId, Money, PartnerId, Payment, PaymentStatus, Place, Reference, Vocabulary, VoucherId,
};

pub(super) struct Payments;

const STATUSES: [PaymentStatus; 5] = [
    PaymentStatus::Submitted,
    PaymentStatus::Approved,
    PaymentStatus::Paid,
    PaymentStatus::Rejected,
    PaymentStatus::Cancelled,
];

impl Rows for Payments {
    type Row = Payment;
    const COLUMNS: &'static [Column] = &[
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
    ];
    const KEY: &'static [&'static str] = &["reference", "voucher_id", "invoice_number"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Payment, (usize, Refusal)> {
        let amount = cells.need_amount(3)?;
        Ok(Payment {
            place,
            reference: Reference::new(&cells.need_id(0)?),
            invoice_number: cells.id(1).map(|id| InvoiceNumber::new(&id)),
            voucher: cells.id(2).map(|id| VoucherId::new(&id)),
            amount: Money::parse(&amount, cells.need_currency(4)?).map_err(|_| (3, not_an_amount(&amount)))?,
            status: STATUSES[cells.need_word(5)?],
            requested_on: cells.day(6),
            paid_on: cells.day(7),
            reason: cells.text(8),
            partner: cells.id(9).map(|id| PartnerId::new(&id)),
            location: cells.id(10).map(|id| LocationId::new(&id)),
        })
    }

    fn place(row: &Payment) -> Place {
        row.place
    }
}
