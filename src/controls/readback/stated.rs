//! What `run.json` states, beside what was read again.
#![expect(clippy::disallowed_methods, reason = "what was written is read back")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::model::{Currency, MinorUnits, Totals};
use crate::report::csv::ReadError;
use crate::results::totals_text;

/// Why a staged file cannot be compared with `run.json`.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadbackError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Workbook(#[from] calamine::XlsxError),
    #[error("run.json: {0} is no amount of {1}")]
    NoAmount(Value, Currency),
    #[error("{0} is no amount")]
    NoNumber(f64),
    #[error("run.json: \"{0}\" is no currency")]
    NoCurrency(String),
}

/// A staged file.
pub(super) fn bytes(staged: &Path, path: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(staged.join(path))
}

/// A currency that `run.json` names.
pub(super) fn currency(code: &str) -> Result<Currency, ReadbackError> {
    Currency::from_code(code).ok_or_else(|| ReadbackError::NoCurrency(code.to_owned()))
}

/// An amount as `run.json` states it.
pub(super) fn amount(stated: &Value, currency: Currency) -> Result<MinorUnits, ReadbackError> {
    let minor = stated.as_i64().ok_or_else(|| ReadbackError::NoAmount(stated.clone(), currency))?;
    Ok(MinorUnits::from(minor))
}

/// Sums as `run.json` states them, by currency.
pub(super) fn sums<'v>(stated: impl IntoIterator<Item = (&'v String, &'v Value)>) -> Result<Totals, ReadbackError> {
    let sum = |(code, sum): (&String, &Value)| {
        let currency = currency(code)?;
        Ok(amount(sum, currency)?.of(currency))
    };
    stated.into_iter().map(sum).collect()
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
pub(super) fn differing_count(what: &str, read: usize, stated: &Value) -> Option<String> {
    (stated.as_u64() != Some(read as u64)).then(|| format!("{read} {what}, run.json counts {stated}"))
}
