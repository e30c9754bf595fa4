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
pub(in crate::report) const REPORT_COLUMNS: &[&str] = &[
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
pub(in crate::report) struct FindingRow<'a> {
    pub(in crate::report) finding_id: String,
    pub(in crate::report) code: &'a str,
    pub(in crate::report) outcome: &'a str,
    pub(in crate::report) priority: u8,
    pub(in crate::report) lifecycle: &'a str,
    pub(in crate::report) voucher_id: &'a str,
    pub(in crate::report) partner_id: String,
    pub(in crate::report) location_id: String,
    pub(in crate::report) amount: String,
    pub(in crate::report) currency: &'a str,
    pub(in crate::report) opened_on: Day,
    pub(in crate::report) age_days: i64,
    pub(in crate::report) due_on: Option<Day>,
    pub(in crate::report) rule: &'a str,
    pub(in crate::report) citation: &'a str,
    pub(in crate::report) source_file: &'a str,
    pub(in crate::report) source_sheet: &'a str,
    pub(in crate::report) source_row: Option<u32>,
    pub(in crate::report) message: &'a str,
}

#[derive(Serialize)]
pub(in crate::report) struct RejectRow<'a> {
    pub(in crate::report) dataset: &'a str,
    pub(in crate::report) file: &'a str,
    pub(in crate::report) sheet: &'a str,
    pub(in crate::report) row: u32,
    pub(in crate::report) column: &'a str,
    pub(in crate::report) code: &'a str,
    pub(in crate::report) value: &'a str,
    pub(in crate::report) message: String,
}

#[derive(Serialize)]
pub(in crate::report) struct LetterRow<'a> {
    pub(in crate::report) letter_id: &'a str,
    pub(in crate::report) topic: &'a str,
    pub(in crate::report) stage: i64,
    pub(in crate::report) partner_id: &'a str,
    pub(in crate::report) location_id: &'a str,
    pub(in crate::report) language: &'a str,
    pub(in crate::report) to: &'a str,
    pub(in crate::report) subject: &'a str,
    pub(in crate::report) status: &'a str,
    pub(in crate::report) reason: &'a str,
    pub(in crate::report) due_on: Day,
    pub(in crate::report) file: &'a str,
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

pub(in crate::report) const VERDICT_COLUMNS: &[&str] = &[
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
pub(in crate::report) const FINDING_COLUMNS: &[&str] = &[
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
pub(in crate::report) const REJECT_COLUMNS: &[&str] =
    &["dataset", "file", "sheet", "row", "column", "code", "value", "message"];
pub(in crate::report) const LETTER_COLUMNS: &[&str] = &[
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
pub(in crate::report) const BATCH_COLUMNS: &[&str] = &[
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
