//! `money-clock.csv`: of every voucher whose money may still come, by when something has to happen.

use serde::Serialize;

use super::tables::csv_bytes;
use crate::books::ExpectedReceipt;
use crate::model::Day;
use crate::results::Results;
use crate::store::Document;

/// A row of `money-clock.csv`.
#[derive(Serialize)]
pub(in crate::report) struct ClockRow<'a> {
    pub(in crate::report) voucher_id: &'a str,
    pub(in crate::report) partner_id: &'a str,
    pub(in crate::report) location_id: &'a str,
    pub(in crate::report) state: &'static str,
    pub(in crate::report) outcome: &'static str,
    pub(in crate::report) codes: String,
    pub(in crate::report) waits_for: &'static str,
    pub(in crate::report) turns_on: Option<Day>,
    pub(in crate::report) last_day: Option<Day>,
    pub(in crate::report) days_left: Option<i64>,
    pub(in crate::report) expected_on: Option<Day>,
    pub(in crate::report) worth: String,
    pub(in crate::report) currency: &'static str,
    pub(in crate::report) estimate: &'static str,
}

const COLUMNS: &[&str] = &[
    "voucher_id",
    "partner_id",
    "location_id",
    "state",
    "outcome",
    "codes",
    "waits_for",
    "turns_on",
    "last_day",
    "days_left",
    "expected_on",
    "worth",
    "currency",
    "estimate",
];

pub(in crate::report) fn row<'a>(of: &ExpectedReceipt<'a>, as_of: Day) -> ClockRow<'a> {
    let verdict = of.verdict;
    ClockRow {
        voucher_id: verdict.voucher.as_str(),
        partner_id: verdict.partner.as_ref().map_or("", |id| id.as_str()),
        location_id: verdict.location.as_ref().map_or("", |id| id.as_str()),
        state: verdict.state.as_str(),
        outcome: verdict.outcome.as_str(),
        codes: verdict.codes(),
        waits_for: of.waits_for,
        turns_on: verdict.turns_on,
        last_day: of.last_day,
        days_left: of.last_day.map(|last| last.days_since(as_of)),
        expected_on: of.expected_on,
        worth: of.worth.map_or(String::new(), |worth| worth.to_string()),
        currency: of.worth.map_or("", |worth| worth.currency().code()),
        estimate: if of.is_estimate && of.worth.is_some() { "yes" } else { "no" },
    }
}

/// `money-clock.csv`.
pub fn table(results: &Results<'_>) -> Result<Document, String> {
    let rows = results.expected_receipts.iter().map(|of| row(of, results.as_of));
    Ok(Document { path: "money-clock.csv".to_owned(), bytes: csv_bytes(COLUMNS, rows)? })
}
