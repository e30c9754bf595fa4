//! Rows of a staged file, and sums of their amounts beside those that `run.json` states.

use std::path::Path;

use serde_json::Value;

use crate::model::{Currency, MinorUnits, Total, Totals};
use crate::results::totals_text;

pub(super) fn rows<R: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<R>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    reader.deserialize().collect::<Result<Vec<R>, csv::Error>>().map_err(|error| error.to_string())
}

/// Counts in an amount that is read again from a file; a blank one is none.
pub(super) fn add(sums: &mut Totals, amount: &str, code: &str) -> Result<(), String> {
    if !amount.is_empty() {
        sums.add(total(amount, code)?);
    }
    Ok(())
}

/// A decimal text and the code of its currency; sums may be greater than a single amount.
pub(super) fn total(text: &str, code: &str) -> Result<Total, String> {
    let currency = currency(code)?;
    let units = MinorUnits::parse(text, currency).ok_or_else(|| format!("\"{text}\" is no amount"))?;
    Ok(units.of(currency))
}

pub(super) fn currency(code: &str) -> Result<Currency, String> {
    Currency::from_code(code).ok_or_else(|| format!("\"{code}\" is no currency"))
}

/// Sums as `run.json` states them: minor units by currency.
pub(super) fn stated_sums(stated: &Value) -> Result<Totals, String> {
    let sum = |(code, sum): (&String, &Value)| {
        let minor = sum.as_i64().ok_or_else(|| format!("run.json: {sum} is no amount"))?;
        Ok(MinorUnits::from(minor).of(currency(code)?))
    };
    stated.as_object().into_iter().flatten().map(sum).collect()
}

/// Compares sums by currency; one that is nothing need not be stated.
pub(super) fn compare(what: &str, read: &Totals, stated: &Totals) -> Vec<String> {
    let apart = |currency: Currency| read.of(currency) != stated.of(currency);
    if read.iter().chain(stated.iter()).all(|sum| !apart(sum.currency)) {
        return Vec::new();
    }
    vec![format!("{what}: {}, run.json says {}", totals_text(read), totals_text(stated))]
}
