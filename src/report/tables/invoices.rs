//! `invoices/batch.csv` and the sheet Invoices: the lines of all invoices of this run.

use crate::invoice::{Batch, BatchRelease, Invoice, Line};
use crate::model::{Money, Total};
use crate::report::column::{Column, ColumnKind, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "invoices/batch.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A line of an invoice.
pub(crate) struct InvoiceRow<'a> {
    pub(crate) batch: &'a Batch,
    invoice: &'a Invoice,
    /// Its position, from 1.
    at: u32,
    line: &'a Line,
}

impl InvoiceRow<'_> {
    pub(crate) fn net(&self) -> Money {
        self.line.net
    }

    /// None, as it is not configured.
    pub(crate) fn tax(&self) -> Option<Money> {
        None
    }

    pub(crate) fn gross(&self) -> Money {
        self.line.net
    }
}

/// The lines of all invoices.
pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<InvoiceRow<'a>> {
    let invoices = results.batches.iter().flat_map(|batch| batch.invoices.iter().map(move |invoice| (batch, invoice)));
    let lines = invoices.flat_map(|(batch, invoice)| {
        (1..).zip(&invoice.lines).map(move |(at, line)| InvoiceRow { batch, invoice, at, line })
    });
    lines.collect()
}

type InvoiceColumn<'a> = Column<InvoiceRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<InvoiceColumn<'a>> {
    vec![
        InvoiceColumn::text("batch", "the batch", |row| text(&row.batch.id)).titled("Batch", 50),
        InvoiceColumn::sheet(
            "State",
            12,
            ColumnKind::Text(|row| match row.batch.release {
                BatchRelease::Issued => text("issued"),
                BatchRelease::Waits(_) => text("draft"),
            }),
        ),
        InvoiceColumn::text("invoice_number", "the invoice; blank until the batch is issued", |row| {
            row.invoice.number.as_ref().map(|number| number.as_str().into())
        })
        .titled("Invoice", 28),
        InvoiceColumn::count("line", "the position on the invoice, from 1", |row| Some(i64::from(row.at)))
            .titled("Line", 9),
        InvoiceColumn::text("voucher_id", "the voucher", |row| text(row.line.voucher.as_str())).titled("Voucher", 20),
        InvoiceColumn::text("partner_id", "the partner", |row| text(row.invoice.partner.as_str()))
            .titled("Partner", 14),
        InvoiceColumn::text("location_id", "its location, which redeemed", |row| text(row.invoice.location.as_str()))
            .titled("Location", 14),
        InvoiceColumn::text("country", "where it was delivered, as two letters", |row| printed(row.line.country))
            .titled("Country", 12),
        InvoiceColumn::text("engagement", "the engagement, as the program file calls it", |row| {
            text(row.line.engagement.as_str())
        })
        .titled("Engagement", 26),
        InvoiceColumn::count("days", "its level: days of work", |row| Some(i64::from(row.line.days))).titled("Days", 9),
        InvoiceColumn::day("redeemed_on", "when it was redeemed", |row| Some(row.line.redeemed_on))
            .titled("Redeemed", 13),
        InvoiceColumn::day("claim_by", "the last day for the payment request", |row| row.line.claim_by)
            .titled("Claim by", 13),
        InvoiceColumn::amount("net", "net amount", |row| Some(Total::from(row.net()))),
        InvoiceColumn::amount("tax", "tax; blank, as it is not configured", |row| row.tax().map(Total::from)),
        InvoiceColumn::amount("gross", "net and tax", |row| Some(Total::from(row.gross()))).titled("Gross", 20),
        InvoiceColumn::text("currency", "the currency of the amounts", |row| text(row.batch.currency.code()))
            .titled("Currency", 13),
    ]
}
