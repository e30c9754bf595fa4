//! What `run.json` states, beside what was read again.
#![expect(clippy::disallowed_methods, reason = "what was written is read back")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::model::{Currency, Totals};
use crate::report::PageError;
use crate::report::csv::ReadError;
use crate::results::totals_text;

/// Why a staged file cannot be compared with `run.json`.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadbackError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("run.json: {0}")]
    Page(#[from] PageError),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Workbook(#[from] calamine::XlsxError),
    #[error("{0} is no amount")]
    NoAmount(String),
    #[error("\"{0}\" is no currency")]
    NoCurrency(String),
}

/// A staged file.
pub(super) fn bytes(staged: &Path, path: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(staged.join(path))
}

/// A currency by its code.
pub(super) fn currency(code: &str) -> Result<Currency, ReadbackError> {
    Currency::from_code(code).ok_or_else(|| ReadbackError::NoCurrency(code.to_owned()))
}

/// Compares sums by currency; one that is nothing need not be stated.
pub(super) fn differing_sums(what: &str, read: &Totals, stated: &Totals) -> Option<String> {
    let differs = |currency: Currency| read.of(currency) != stated.of(currency);
    let any = read.iter().chain(stated.iter()).any(|sum| differs(sum.currency));
    any.then(|| format!("{what}: {}, run.json says {}", totals_text(read), totals_text(stated)))
}

/// Compares counts by name with all that `run.json` states, and with nothing where it states none.
pub(super) fn differing_counts(what: &str, mut read: BTreeMap<String, u64>, stated: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (name, stated) in stated.as_object().into_iter().flatten() {
        let count = read.remove(name).unwrap_or(0);
        if stated.as_u64() != Some(count) {
            found.push(format!("{count} {what} are {name}, run.json counts {stated}"));
        }
    }
    found.extend(read.into_iter().map(|(name, count)| format!("{count} {what} are {name}, run.json counts none")));
    found
}

/// Compares a number of rows.
pub(super) fn differing_count(what: &str, read: usize, stated: u64) -> Option<String> {
    (stated != read as u64).then(|| format!("{read} {what}, run.json counts {stated}"))
}
