//! Matches, who paid what; and Suggestions, what payments that belong to nothing may be for.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::model::{Currency, Money};
use crate::report::csv::matches::{match_rows, suggestion_rows};
use crate::results::Results;

pub(super) fn matches(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Group", 22),
        column("Mode", 10),
        column("Fit", 14),
        column("Voucher", 20),
        column("Invoice", 28),
        column("Reference", 22),
        column("Status", 12),
        column("Allocated", 20),
        column("Currency", 13),
        column("Expected", 20),
        column("Tolerated", 18),
        column("Booked away", 18),
        column("Left", 20),
        column("Requested", 13),
        column("Paid", 13),
        column("Days", 9),
        column("Matched by", 14),
        column("Source", 52),
    ];
    let rows: Vec<Vec<Cell<'_>>> = match_rows(results)
        .into_iter()
        .map(|row| {
            let amount = |text: &str| money(text, &row.currency);
            vec![
                Cell::owned(row.group.clone()),
                Cell::text(row.mode),
                Cell::text(row.fit),
                Cell::owned(row.voucher_id.clone()),
                Cell::owned(row.invoice_number.clone()),
                Cell::owned(row.reference.clone()),
                Cell::owned(row.status.clone()),
                amount(&row.allocated),
                Cell::owned(row.currency.clone()),
                amount(&row.expected),
                amount(&row.tolerated),
                amount(&row.adjusted),
                amount(&row.left),
                Cell::Day(row.requested_on),
                Cell::Day(row.paid_on),
                row.gap_days.map_or(Cell::Blank, |days| Cell::Count(i128::from(days))),
                Cell::text(row.matched_by),
                Cell::owned(row.source.clone()),
            ]
        })
        .collect();
    let note = "Expected = allocated + tolerated + booked away + left, per voucher and currency; rows that were rejected or cancelled count for nothing.";
    list("Matches", "Claims and payments", note, &columns, &rows, 1)
}

pub(super) fn suggestions(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Reference", 22),
        column("Amount", 20),
        column("Currency", 13),
        column("Candidates", 14),
        column("Rank", 9),
        column("Because of", 14),
        column("Vouchers", 50),
        column("Open", 20),
        column("Source", 52),
    ];
    let rows: Vec<Vec<Cell<'_>>> = suggestion_rows(results)
        .into_iter()
        .map(|row| {
            vec![
                Cell::owned(row.reference),
                money(&row.amount, row.currency),
                Cell::text(row.currency),
                Cell::count(row.candidates as u64),
                if row.rank == 0 { Cell::Blank } else { Cell::count(row.rank as u64) },
                Cell::text(row.likeness),
                Cell::owned(row.vouchers),
                money(&row.open, row.currency),
                Cell::owned(row.source),
            ]
        })
        .collect();
    let note = "Nothing here is matched: decide \"resolve\" in Exceptions, with the voucher. All candidates are shown. \"same payment\": a later export names the voucher; resolved, it counts once.";
    list("Suggestions", "What unapplied payments may be for", note, &columns, &rows, 1)
}

fn money<'a>(text: &str, currency: &str) -> Cell<'a> {
    let amount = Currency::from_code(currency).and_then(|currency| Money::parse(text, currency).ok());
    Cell::money(amount)
}
