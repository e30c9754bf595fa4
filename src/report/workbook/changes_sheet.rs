//! What is another than in the last run, and why.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::report::csv::changes::change_row;
use crate::results::Results;
use crate::verdicts::VerdictSummary;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Voucher", 20),
        column("Partner", 14),
        column("State before", 16),
        column("State", 12),
        column("Outcome before", 18),
        column("Outcome", 13),
        column("Codes before", 22),
        column("Codes", 22),
        column("Because", 34),
        column("Facts that differ", 60),
        column("Entitled before", 20),
        column("Entitled", 20),
    ];
    let entitled = |short: &Option<VerdictSummary>| Cell::money(short.as_ref().and_then(|short| short.facts.entitled));
    let rows: Vec<Vec<Cell<'_>>> = results
        .changes
        .iter()
        .map(|change| {
            let row = change_row(change);
            vec![
                Cell::owned(row.voucher_id),
                Cell::owned(row.partner_id),
                Cell::text(row.from_state),
                Cell::text(row.to_state),
                Cell::text(row.from_outcome),
                Cell::text(row.to_outcome),
                Cell::owned(row.from_codes),
                Cell::owned(row.to_codes),
                Cell::owned(row.causes),
                Cell::owned(row.facts),
                entitled(&change.before),
                entitled(&change.now),
            ]
        })
        .collect();
    let note = format!(
        "{} vouchers come to something else than in the last run. Each was judged again with one factor as it was then; what makes a difference is a cause.",
        rows.len()
    );
    list("Changes", "Changes since the last run", &note, &columns, &rows, 1)
}
