//! The columns of machine CSV, in order, as structs; reading back expects the same.

use serde::{Deserialize, Serialize};

use crate::model::Day;

/// A row of `sealed-reports.csv`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "named as the columns of completion reports")]
pub struct ReportRow {
    pub voucher_id: String,
    pub consultant_id: String,
    pub country: String,
    pub started_on: String,
    pub completed_on: String,
    pub reported_on: String,
    pub deliverable: String,
    pub offsite_days: String,
}

/// Columns of `sealed-reports.csv`.
pub(super) const REPORT_COLUMNS: &[&str] = &[
    "voucher_id",
    "consultant_id",
    "country",
    "started_on",
    "completed_on",
    "reported_on",
    "deliverable",
    "offsite_days",
];

/// A row of `verdicts.csv`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns are documented in README and DESIGN")]
pub struct VerdictRow {
    pub voucher_id: String,
    pub state: String,
    pub outcome: String,
    pub primary_code: String,
    pub codes: String,
    pub partner_id: String,
    pub location_id: String,
    pub country: String,
    pub customer_name: String,
    pub engagement: String,
    pub days: Option<u32>,
    pub created_on: Option<Day>,
    pub assigned_on: Option<Day>,
    pub reserved_on: Option<Day>,
    pub started_on: Option<Day>,
    pub completed_on: Option<Day>,
    pub reported_on: Option<Day>,
    pub redeemed_on: Option<Day>,
    pub expires_on: Option<Day>,
    pub claim_by: Option<Day>,
    pub turns_on: Option<Day>,
    pub entitled: String,
    pub invoiced: String,
    pub paid: String,
    pub currency: String,
    pub source: String,
}

#[derive(Serialize)]
pub(super) struct FindingRow<'a> {
    pub(super) finding_id: String,
    pub(super) code: &'a str,
    pub(super) outcome: &'a str,
    pub(super) priority: u8,
    pub(super) lifecycle: &'a str,
    pub(super) voucher_id: &'a str,
    pub(super) partner_id: String,
    pub(super) location_id: String,
    pub(super) amount: String,
    pub(super) currency: &'a str,
    pub(super) opened_on: Day,
    pub(super) age_days: i64,
    pub(super) due_on: Option<Day>,
    pub(super) rule: &'a str,
    pub(super) citation: &'a str,
    pub(super) source_file: &'a str,
    pub(super) source_sheet: &'a str,
    pub(super) source_row: Option<u32>,
    pub(super) message: &'a str,
}

#[derive(Serialize)]
pub(super) struct RejectRow<'a> {
    pub(super) dataset: &'a str,
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
    pub(super) row: u32,
    pub(super) column: &'a str,
    pub(super) code: &'a str,
    pub(super) value: &'a str,
    pub(super) message: String,
}

#[derive(Serialize)]
pub(super) struct LetterRow<'a> {
    pub(super) letter_id: &'a str,
    pub(super) topic: &'a str,
    pub(super) stage: i64,
    pub(super) partner_id: &'a str,
    pub(super) location_id: &'a str,
    pub(super) language: &'a str,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) status: &'a str,
    pub(super) reason: &'a str,
    pub(super) due_on: Day,
    pub(super) file: &'a str,
}

/// A row of `batch.csv`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns are documented in README and DESIGN")]
pub struct InvoiceRow {
    pub batch: String,
    pub invoice_number: String,
    pub line: u32,
    pub voucher_id: String,
    pub partner_id: String,
    pub location_id: String,
    pub country: String,
    pub engagement: String,
    pub days: u32,
    pub redeemed_on: Day,
    pub claim_by: Option<Day>,
    pub net: String,
    pub tax: String,
    pub gross: String,
    pub currency: String,
}

/// A batch in `batch.json`: counts and control sums, in minor units.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the keys are documented in README and DESIGN")]
pub struct BatchTotals {
    pub batch: String,
    pub state: String,
    pub waits_because: Option<String>,
    pub buyer: String,
    pub content_sha256: String,
    pub currency: String,
    pub invoices: u64,
    pub vouchers: u64,
    pub net: i128,
    pub gross: i128,
    /// Sum over vouchers of the first 16 hex digits of SHA-256 of the id, modulo 2^64: independent of order.
    pub hash_total: String,
}

pub(super) const VERDICT_COLUMNS: &[&str] = &[
    "voucher_id",
    "state",
    "outcome",
    "primary_code",
    "codes",
    "partner_id",
    "location_id",
    "country",
    "customer_name",
    "engagement",
    "days",
    "created_on",
    "assigned_on",
    "reserved_on",
    "started_on",
    "completed_on",
    "reported_on",
    "redeemed_on",
    "expires_on",
    "claim_by",
    "turns_on",
    "entitled",
    "invoiced",
    "paid",
    "currency",
    "source",
];
pub(super) const FINDING_COLUMNS: &[&str] = &[
    "finding_id",
    "code",
    "outcome",
    "priority",
    "lifecycle",
    "voucher_id",
    "partner_id",
    "location_id",
    "amount",
    "currency",
    "opened_on",
    "age_days",
    "due_on",
    "rule",
    "citation",
    "source_file",
    "source_sheet",
    "source_row",
    "message",
];
pub(super) const REJECT_COLUMNS: &[&str] = &["dataset", "file", "sheet", "row", "column", "code", "value", "message"];
pub(super) const LETTER_COLUMNS: &[&str] = &[
    "letter_id",
    "topic",
    "stage",
    "partner_id",
    "location_id",
    "language",
    "to",
    "subject",
    "status",
    "reason",
    "due_on",
    "file",
];
pub(super) const BATCH_COLUMNS: &[&str] = &[
    "batch",
    "invoice_number",
    "line",
    "voucher_id",
    "partner_id",
    "location_id",
    "country",
    "engagement",
    "days",
    "redeemed_on",
    "claim_by",
    "net",
    "tax",
    "gross",
    "currency",
];
