//! Why a document cannot be made: never for what exports say, always for a fault of this program.

use std::error::Error;

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{document}: {source}")]
pub struct ReportError {
    /// Which document, or which sheet of the workbook.
    document: String,
    /// What the library says that makes it.
    source: Box<dyn Error + Send + Sync>,
}

impl ReportError {
    /// Why a document cannot be made, from what a library says.
    pub(super) fn of<E: Into<Box<dyn Error + Send + Sync>>>(document: &str) -> impl Fn(E) -> ReportError {
        move |error| ReportError { document: document.to_owned(), source: error.into() }
    }
}
