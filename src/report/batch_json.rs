//! `invoices/batch.json`: counts and control sums of the batches of this run.

use serde::Serialize;

use super::error::ReportError;
use super::json;
use crate::invoice::{Batch, BatchRelease};
use crate::model::Total;
use crate::results::Results;
use crate::store::{Document, sha256_hex};

pub(crate) const PATH: &str = "invoices/batch.json";

/// A batch: counts and control sums.
#[derive(Serialize)]
struct BatchTotals<'a> {
    batch: &'a str,
    state: &'static str,
    waits_because: Option<&'a str>,
    buyer: &'a str,
    content_sha256: &'a str,
    currency: &'static str,
    invoices: u64,
    vouchers: u64,
    net: Total,
    gross: Total,
    /// Sum over vouchers of the first 16 hex digits of SHA-256 of the id, modulo 2^64: independent of order.
    hash_total: String,
}

pub(super) fn batches(results: &Results<'_>) -> Result<Document, ReportError> {
    let totals: Vec<BatchTotals<'_>> = results.batches.iter().map(|batch| totals(batch, results.buyer)).collect();
    json::document(PATH, &totals)
}

fn totals<'a>(batch: &'a Batch, buyer: &'a str) -> BatchTotals<'a> {
    let waits_because = match &batch.release {
        BatchRelease::Issued => None,
        BatchRelease::Waits(why) => Some(why.as_str()),
    };
    BatchTotals {
        batch: &batch.id,
        state: if waits_because.is_some() { "draft" } else { "issued" },
        waits_because,
        buyer,
        content_sha256: &batch.content,
        currency: batch.currency.code(),
        invoices: batch.invoices.len() as u64,
        vouchers: batch.lines().count() as u64,
        net: batch.total().of(batch.currency),
        gross: batch.total().of(batch.currency),
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
