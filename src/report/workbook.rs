//! `reconciliation.xlsx`: the pack that a controller opens and signs. Real types, one table per sheet, totals as
//! formulas with cached results, so that a preview and a recalculation show the same. Data is never a formula.

mod after_close_sheet;
mod aging_sheet;
mod changes_sheet;
mod checklist_sheet;
mod clock_sheet;
mod conflicts_sheet;
mod cover;
mod decisions_sheet;
mod exceptions_sheet;
mod grid;
mod lists;
mod matches_sheet;
mod standing_sheet;
mod statement_sheet;
mod summary;
mod tie_out_sheet;

use rust_xlsxwriter::{DocProperties, Workbook};

use crate::results::{Figures, Results, TieOut};
use crate::store::Document;

/// The workbook over all results of a run.
///
/// # Errors
/// A text when the library refuses a cell or a sheet.
pub(super) fn workbook(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Document, String> {
    let mut book = Workbook::new();
    let created = results.as_of.to_chrono().and_time(chrono::NaiveTime::MIN);
    book.set_properties(&DocProperties::new().set_title("Reconciliation").set_creation_datetime(&created));
    let footer = footer(results);
    let mut sheets = vec![
        cover::sheet(results, figures, ties)?,
        tie_out_sheet::sheet(results, figures, ties)?,
        statement_sheet::sheet(results)?,
        summary::sheet(results, &figures.summaries)?,
        aging_sheet::sheet(results, &figures.aged)?,
        exceptions_sheet::sheet(results)?,
        decisions_sheet::sheet(results)?,
        changes_sheet::sheet(results)?,
        lists::vouchers(results)?,
    ];
    sheets.push(lists::invoices(results)?);
    sheets.push(matches_sheet::matches(results)?);
    sheets.push(matches_sheet::suggestions(results)?);
    sheets.push(after_close_sheet::sheet(results)?);
    sheets.push(clock_sheet::sheet(results)?);
    sheets.push(lists::mails(results)?);
    sheets.push(standing_sheet::standing(results)?);
    sheets.push(standing_sheet::renewals(results)?);
    if !results.program.conflicts.is_empty() {
        sheets.push(conflicts_sheet::conflicts(results)?);
        sheets.push(conflicts_sheet::flips(results)?);
    }
    if !results.program.checklist.is_empty() {
        sheets.push(checklist_sheet::sheet(results)?);
    }
    sheets.push(lists::inputs(results)?);
    sheets.push(lists::rejects(results)?);
    for mut sheet in sheets {
        sheet.set_footer(&footer);
        book.push_worksheet(sheet);
    }
    let bytes = book.save_to_buffer().map_err(|error| error.to_string())?;
    Ok(Document { path: "reconciliation.xlsx".to_owned(), bytes })
}

fn footer(results: &Results<'_>) -> String {
    let run = results.run.number.map_or("dry run".to_owned(), |number| format!("run {number}"));
    let seal = results.run.seal.as_ref().map_or(String::new(), |seal| format!(", seal {}", &seal[..16]));
    format!("&L{} {}, {run}{seal}&C&A&RPage &P of &N", results.job.name, results.as_of)
}
