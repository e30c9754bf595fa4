//! Results become documents: machine files, workbook, `run.json`. Everything here returns bytes; nothing is
//! written, and no business fact is computed.

pub mod csv;
mod run_json;
mod workbook;

use crate::config::job::Output;
use crate::results::{Figures, Results, TieOut, parquet};
use crate::store::Document;

pub use run_json::run_json;

/// The page over a run.
pub const RUN_JSON: &str = "run.json";

/// All documents of a run but `run.json`, in the order of their paths.
///
/// # Errors
/// A text when a library refuses to make a document.
pub fn render(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    if results.job.writes(Output::Tables) {
        documents.extend(csv::verdict_tables(results)?);
        documents.extend(csv::item_tables(results)?);
        documents.push(csv::after_close(results)?);
        documents.push(csv::changes(results)?);
        documents.push(csv::deadlines(results)?);
        documents.extend(csv::match_tables(results)?);
        documents.push(csv::accounts(results)?);
        documents.push(csv::statement(results)?);
        documents.push(parquet(results)?);
    }
    if results.job.writes(Output::Workbook) {
        documents.push(workbook::workbook(results, figures, ties)?);
    }
    if results.job.writes(Output::Invoices) {
        documents.extend(csv::batch_tables(results)?);
    }
    if results.job.writes(Output::Reminders) {
        documents.push(csv::letter_table(results)?);
        documents.extend(results.letters.letters.iter().map(|letter| letter.document.clone()));
    }
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(documents)
}
