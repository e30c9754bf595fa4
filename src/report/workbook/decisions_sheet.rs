//! Decisions: what people have put down, and what became of it.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::report::csv::items::decision_lines;
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Finding", 20),
        column("Code", 10),
        column("AccountSubject", 20),
        column("Decision", 18),
        column("Reason", 40),
        column("Initials 1", 12),
        column("Initials 2", 12),
        column("Amount", 20),
        column("Currency", 13),
        column("Taken on", 13),
        column("Until", 13),
        column("Status", 12),
        column("RejectionReason", 12),
        column("Why", 60),
        column("Source", 52),
    ];
    let lines = decision_lines(results);
    let note = format!(
        "{} decisions, all of them shown. One that is refused changes nothing: the item stays as it is.",
        lines.len()
    );
    let rows: Vec<Vec<Cell<'_>>> = lines
        .into_iter()
        .map(|line| {
            vec![
                Cell::owned(line.finding_id),
                Cell::text(line.code),
                Cell::text(line.subject),
                Cell::text(line.decision),
                Cell::text(line.reason),
                Cell::text(line.initials_1),
                Cell::text(line.initials_2),
                Cell::money(line.money),
                Cell::text(line.currency),
                Cell::Day(line.taken_on),
                Cell::Day(line.until),
                Cell::text(line.status),
                Cell::text(line.objection),
                Cell::owned(line.why),
                Cell::owned(line.source),
            ]
        })
        .collect();
    list("Decisions", "Decisions about open items", &note, &columns, &rows, 1)
}
