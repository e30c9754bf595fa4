//! What a person has to ask, since no export shows it: printed, to be answered with initials.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::program::Question;
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("To be asked", 80),
        column("From", 12),
        column("To", 12),
        column("Source", 60),
        column("Answer", 30),
        column("Initials", 10),
    ];
    let row = |asked: &Question| -> Vec<Cell<'static>> {
        vec![
            Cell::owned(asked.ask.clone()),
            Cell::Day(asked.validity.from),
            Cell::Day(asked.validity.to),
            Cell::owned(asked.citation.clone()),
            Cell::Blank,
            Cell::Blank,
        ]
    };
    let rows: Vec<Vec<Cell<'_>>> = results.program.checklist.iter().map(row).collect();
    let note = "Rules of the program about which no export says anything. No verdict rests on them.";
    list("Checklist", "To be asked", note, &columns, &rows, 1)
}
