//! What exports say differently about the closed period, and what came late.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::report::csv::after_close::rows;
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Period", 12),
        column("Voucher", 20),
        column("What", 12),
        column("Fact", 18),
        column("Closed period", 30),
        column("Now", 30),
        column("Finding", 20),
    ];
    let note = match results.sealed.ends_on {
        Some(ends_on) => format!(
            "{} was closed with run {}. Restated: sealed, and another now (IN-21). Late: dated to {ends_on}, and not known then; it counts in this period.",
            results.sealed.period, results.sealed.run
        ),
        None => "No period was closed yet.".to_owned(),
    };
    let lines = rows(results);
    let cells: Vec<Vec<Cell<'_>>> = lines
        .iter()
        .map(|row| {
            vec![
                Cell::text(row.period),
                Cell::text(row.voucher_id),
                Cell::text(row.what),
                Cell::text(row.fact),
                Cell::text(row.sealed),
                Cell::text(row.now),
                Cell::text(&row.finding_id),
            ]
        })
        .collect();
    list("AfterClose", "What came after the close", &note, &columns, &cells, 1)
}
