//! What a person has to ask, since no export shows it: printed, to be answered with initials.

use super::grid::{Sheet, list};
use crate::program::Question;
use crate::report::ReportError;
use crate::report::column::{Cell, Column, ColumnKind, text};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let columns = [
        Column::sheet("To be asked", 80, ColumnKind::Text(|asked: &Question| text(&asked.ask))),
        Column::sheet("From", 12, ColumnKind::Day(|asked: &Question| asked.validity.from)),
        Column::sheet("To", 12, ColumnKind::Day(|asked: &Question| asked.validity.to)),
        Column::sheet("Source", 60, ColumnKind::Text(|asked: &Question| text(&asked.citation))),
        Column::sheet("Answer", 30, ColumnKind::Input(Cell::Blank)),
        Column::sheet("Initials", 10, ColumnKind::Input(Cell::Blank)),
    ];
    let note = "Rules of the program about which no export says anything. No verdict rests on them.";
    list(Sheet::new("Checklist", "To be asked", note)?, &columns, &[], &results.program.checklist, 1)
}
