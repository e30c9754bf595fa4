//! Results become documents: machine files, workbook, `run.json`. Everything here returns bytes; nothing is
//! written, and no business fact is computed.

pub(crate) mod batch_json;
pub(crate) mod column;
pub(crate) mod csv;
mod documents;
mod error;
mod json;
mod parquet;
mod run_json;
mod run_page;
pub(crate) mod tables;
pub(crate) mod workbook;

use crate::config::job::Output;
use crate::results::{Figures, Results, TieOut};
use crate::store::Document;

pub use documents::documents_page;
pub use error::ReportError;
pub(crate) use run_json::PATH as RUN_JSON;
pub use run_json::run_json;
pub(crate) use run_page::{PageError, RunPage};
use tables::{
    accounts, after_close, changes, deadlines, decisions, findings, invoices, items, letters, matches, rejects,
    statement, suggestions, verdicts,
};

/// All documents of a run but `run.json`, in the order of their paths.
///
/// # Errors
/// When a library refuses to make a document.
pub fn render(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Vec<Document>, ReportError> {
    let mut documents = Vec::new();
    if results.job.writes(Output::Tables) {
        documents.extend([
            verdicts::document(results)?,
            findings::document(results)?,
            rejects::document(results)?,
            items::document(results)?,
            decisions::document(results)?,
            after_close::document(results)?,
            changes::document(results)?,
            deadlines::document(results)?,
            matches::document(results)?,
            suggestions::document(results)?,
            accounts::document(results)?,
            statement::document(results)?,
            parquet::document(results)?,
        ]);
    }
    if results.job.writes(Output::Workbook) {
        documents.push(workbook::workbook(results, figures, ties)?);
    }
    if results.job.writes(Output::Invoices) {
        documents.push(invoices::document(results)?);
        documents.push(batch_json::batches(results)?);
    }
    if results.job.writes(Output::Reminders) {
        documents.push(letters::document(results)?);
        documents.extend(results.letters.letters.iter().map(|letter| letter.document.clone()));
    }
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(documents)
}
