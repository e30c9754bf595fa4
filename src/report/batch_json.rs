//! `invoices/batch.json`: counts and control sums of the batches of this run.

use serde::{Deserialize, Serialize};

use super::error::ReportError;
use super::json;
use crate::invoice::{Batch, BatchRelease};
use crate::results::Results;
use crate::store::{Document, sha256_hex};

pub(crate) const PATH: &str = "invoices/batch.json";

/// A batch: counts and control sums, in minor units.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BatchTotals {
    pub(crate) batch: String,
    pub(crate) state: String,
    waits_because: Option<String>,
    buyer: String,
    content_sha256: String,
    pub(crate) currency: String,
    invoices: u64,
    pub(crate) vouchers: u64,
    net: i128,
    pub(crate) gross: i128,
    /// Sum over vouchers of the first 16 hex digits of SHA-256 of the id, modulo 2^64: independent of order.
    hash_total: String,
}

pub(super) fn batches(results: &Results<'_>) -> Result<Document, ReportError> {
    let totals: Vec<BatchTotals> = results.batches.iter().map(|batch| totals(batch, results.buyer)).collect();
    json::document(PATH, &totals)
}

fn totals(batch: &Batch, buyer: &str) -> BatchTotals {
    let waits_because = match &batch.release {
        BatchRelease::Issued => None,
        BatchRelease::Waits(why) => Some(why.clone()),
    };
    BatchTotals {
        batch: batch.id.clone(),
        state: if waits_because.is_some() { "draft" } else { "issued" }.to_owned(),
        waits_because,
        buyer: buyer.to_owned(),
        content_sha256: batch.content.clone(),
        currency: batch.currency.to_string(),
        invoices: batch.invoices.len() as u64,
        vouchers: batch.lines().count() as u64,
        net: batch.total().minor(),
        gross: batch.total().minor(),
        hash_total: hash_total(batch.lines().map(|line| line.voucher.as_str())),
    }
}

/// A sum over ids that changes when one of them is altered, lost or doubled, and not when they change places.
fn hash_total<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let sum = ids.fold(0_u64, |sum, id| {
        let digits = sha256_hex(id.as_bytes());
        sum.wrapping_add(u64::from_str_radix(&digits[..16], 16).unwrap_or(0))
    });
    format!("{sum:016x}")
}
