//! Rows of a staged file, and sums of their amounts.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::model::{Currency, Money};

pub(super) fn rows<R: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<R>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    reader.deserialize().collect::<Result<Vec<R>, csv::Error>>().map_err(|error| error.to_string())
}

/// Sums of decimal texts in minor units per currency, read again from the file.
#[derive(Default)]
pub(super) struct Sums(pub(super) BTreeMap<String, i128>);

impl Sums {
    pub(super) fn add(&mut self, amount: &str, code: &str) -> Result<(), String> {
        if amount.is_empty() {
            return Ok(());
        }
        let currency = Currency::from_code(code).ok_or_else(|| format!("\"{code}\" is no currency"))?;
        let money = Money::parse(amount, currency).map_err(|_| format!("\"{amount}\" is no amount"))?;
        *self.0.entry(code.to_owned()).or_default() += i128::from(money.minor());
        Ok(())
    }

    pub(super) fn compare(&self, what: &str, stated: &Value) -> Vec<String> {
        let stated: BTreeMap<String, i128> = stated
            .as_object()
            .map(|sums| sums.iter().filter_map(|(code, sum)| Some((code.clone(), i128::from(sum.as_i64()?)))).collect())
            .unwrap_or_default();
        let read: BTreeMap<&String, &i128> = self.0.iter().filter(|(_, sum)| **sum != 0).collect();
        let said: BTreeMap<&String, &i128> = stated.iter().filter(|(_, sum)| **sum != 0).collect();
        if read == said { Vec::new() } else { vec![format!("{what}: {:?}, run.json says {stated:?}", self.0)] }
    }
}
