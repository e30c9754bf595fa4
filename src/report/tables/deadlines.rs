//! `money-clock.csv` and the second table of the sheet of deadlines: of every voucher whose money may still come, by when
//! something has to happen, and from when on a payment can be expected.

use crate::books::ExpectedReceipt;
use crate::model::{Day, Total};
use crate::report::column::{Column, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "money-clock.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A voucher whose money may still come.
pub(crate) struct DeadlineRow<'a> {
    of: &'a ExpectedReceipt<'a>,
    as_of: Day,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<DeadlineRow<'a>> {
    results.expected_receipts.iter().map(|of| DeadlineRow { of, as_of: results.as_of }).collect()
}

type DeadlineColumn<'a> = Column<DeadlineRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<DeadlineColumn<'a>> {
    vec![
        DeadlineColumn::text("voucher_id", "the voucher", |row| text(row.of.verdict.voucher.as_str()))
            .titled("Voucher", 20),
        DeadlineColumn::text("partner_id", "the partner", |row| {
            row.of.verdict.partner.as_ref().map(|id| id.as_str().into())
        })
        .titled("Of partner", 14),
        DeadlineColumn::text("location_id", "its location", |row| {
            row.of.verdict.location.as_ref().map(|id| id.as_str().into())
        }),
        DeadlineColumn::text("state", "where it stands", |row| text(row.of.verdict.state.as_str())).titled("State", 12),
        DeadlineColumn::text("outcome", "ok, pending, blocked or exception", |row| {
            text(row.of.verdict.outcome.as_str())
        })
        .titled("Outcome", 13),
        DeadlineColumn::text("codes", "all codes, separated by a space", |row| printed(row.of.verdict.codes()))
            .titled("Codes", 22),
        DeadlineColumn::text("waits_for", "the next step", |row| text(row.of.waits_for)).titled("Waits for", 18),
        DeadlineColumn::day("turns_on", "when what is pending turns", |row| row.of.verdict.turns_on)
            .titled("Turns on", 13),
        DeadlineColumn::day("last_day", "the last day for the next step", |row| row.of.last_day).titled("Last day", 13),
        DeadlineColumn::count("days_left", "days to it; negative: it is over", |row| {
            row.of.last_day.map(|last| last.days_since(row.as_of))
        })
        .titled("Days left", 12),
        DeadlineColumn::day("expected_on", "the earliest day of a payment, if every step is taken at once", |row| {
            row.of.expected_on
        })
        .titled("Payment from", 15),
        DeadlineColumn::amount("worth", "the entitled amount, or the rate of today", |row| {
            row.of.amount.map(Total::from)
        })
        .titled("Amount", 22),
        DeadlineColumn::text("currency", "the currency of the amount", |row| {
            row.of.amount.map(|amount| amount.currency().code().into())
        }),
        DeadlineColumn::text("estimate", "yes where the amount is the rate of today, before delivery", |row| {
            text(if row.of.is_estimate && row.of.amount.is_some() { "yes" } else { "no" })
        })
        .titled("Estimate", 12),
    ]
}
