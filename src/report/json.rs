//! Pages of JSON.

use serde::Serialize;

use super::error::ReportError;
use crate::store::Document;

/// A page of JSON, with a line end.
pub(super) fn document(path: &'static str, page: &impl Serialize) -> Result<Document, ReportError> {
    let mut bytes = serde_json::to_vec_pretty(page).map_err(ReportError::of(path))?;
    bytes.push(b'\n');
    Ok(Document { path: path.to_owned(), bytes })
}
