//! `reconciliation.xlsx`: the pack that a controller opens and signs. Real types, one table per sheet, totals as
//! formulas with cached results, so that a preview and a recalculation show the same. Data is never a formula.

mod aging_sheet;
mod checklist_sheet;
mod conflicts_sheet;
mod cover;
mod deadlines_sheet;
mod exceptions_sheet;
mod grid;
mod lists;
mod standing_sheet;
mod statement_sheet;
mod summary;
mod tie_out_sheet;

use rust_xlsxwriter::{DocProperties, Workbook};

use super::ReportError;
use crate::results::{Figures, Results, TieOut};
use crate::store::Document;

pub(crate) use grid::TABLE_ROW;

/// The workbook.
pub(crate) const PATH: &str = "reconciliation.xlsx";

/// The workbook over all results of a run.
pub(super) fn workbook(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Document, ReportError> {
    let mut book = Workbook::new();
    let created = results.as_of.to_chrono().and_time(chrono::NaiveTime::MIN);
    book.set_properties(&DocProperties::new().set_title("Reconciliation").set_creation_datetime(&created));
    let footer = footer(results);
    let mut sheets = vec![
        cover::sheet(results, figures, ties)?,
        tie_out_sheet::sheet(results, figures, ties)?,
        statement_sheet::sheet(results)?,
        summary::sheet(&figures.summaries)?,
        aging_sheet::sheet(results, &figures.aged)?,
        exceptions_sheet::sheet(results)?,
        lists::decisions(results)?,
        lists::changes(results)?,
        lists::vouchers(results)?,
        lists::invoices(results)?,
        lists::matches(results)?,
        lists::suggestions(results)?,
        lists::after_close(results)?,
        deadlines_sheet::sheet(results)?,
        lists::letters(results)?,
        standing_sheet::standing(results)?,
        standing_sheet::renewals(results)?,
    ];
    if !results.program.conflicts.is_empty() {
        sheets.push(conflicts_sheet::conflicts(results)?);
        sheets.push(conflicts_sheet::what_ifs(results)?);
    }
    if !results.program.checklist.is_empty() {
        sheets.push(checklist_sheet::sheet(results)?);
    }
    sheets.push(lists::inputs(results)?);
    sheets.push(lists::rejects(results)?);
    for mut sheet in sheets {
        sheet.sheet.set_footer(&footer);
        book.push_worksheet(sheet.sheet);
    }
    let bytes = book.save_to_buffer().map_err(ReportError::of(PATH))?;
    Ok(Document { path: PATH.to_owned(), bytes })
}

fn footer(results: &Results<'_>) -> String {
    let run = results.run.number.map_or("dry run".to_owned(), |number| format!("run {number}"));
    let seal = results.run.seal.as_ref().map_or(String::new(), |seal| format!(", seal {}", &seal[..16]));
    format!("&L{} {}, {run}{seal}&C&A&RPage &P of &N", results.job.name, results.as_of)
}
