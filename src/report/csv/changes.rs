//! `changes.csv`: what is another than in the last run, and why.

use serde::Serialize;

use super::tables::csv_bytes;
use crate::compare::{Cause, Change};
use crate::model::Money;
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::VerdictSummary;

/// A row of `changes.csv`, and a change as `vouchsafe diff --json` prints it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the columns are documented in README")]
pub struct ChangeRow {
    pub voucher_id: String,
    pub partner_id: String,
    pub from_state: &'static str,
    pub to_state: &'static str,
    pub from_outcome: &'static str,
    pub to_outcome: &'static str,
    pub from_codes: String,
    pub to_codes: String,
    pub from_entitled: String,
    pub to_entitled: String,
    pub currency: String,
    pub causes: String,
    pub facts: String,
}

const COLUMNS: &[&str] = &[
    "voucher_id",
    "partner_id",
    "from_state",
    "to_state",
    "from_outcome",
    "to_outcome",
    "from_codes",
    "to_codes",
    "from_entitled",
    "to_entitled",
    "currency",
    "causes",
    "facts",
];

/// A change as a row. Causes are separated by a semicolon, as are the facts that differ.
pub fn change_row(change: &Change) -> ChangeRow {
    let (before, now) = (change.before.as_ref(), change.now.as_ref());
    let entitled = |short: Option<&VerdictSummary>| short.and_then(|short| short.facts.entitled);
    let amount = |money: Option<Money>| money.map_or(String::new(), |money| money.to_string());
    let currency = entitled(now).or(entitled(before)).map_or("", |money| money.currency().code());
    let causes: Vec<&str> = change.causes.iter().copied().map(Cause::as_str).collect();
    let or_blank = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
    let facts = change.facts.iter().filter(|fact| fact.field != "entitled");
    let facts: Vec<String> =
        facts.map(|of| format!("{} {} -> {}", of.field, or_blank(&of.before), or_blank(&of.after))).collect();
    let word = |short: Option<&VerdictSummary>, of: fn(&VerdictSummary) -> &'static str| short.map_or("", of);
    ChangeRow {
        voucher_id: change.voucher.to_string(),
        partner_id: change.partner.as_ref().map_or(String::new(), |id| id.to_string()),
        from_state: word(before, |short| short.state.as_str()),
        to_state: word(now, |short| short.state.as_str()),
        from_outcome: word(before, |short| short.outcome.as_str()),
        to_outcome: word(now, |short| short.outcome.as_str()),
        from_codes: before.map_or(String::new(), |short| short.codes.to_string()),
        to_codes: now.map_or(String::new(), |short| short.codes.to_string()),
        from_entitled: amount(entitled(before)),
        to_entitled: amount(entitled(now)),
        currency: currency.to_owned(),
        causes: causes.join("; "),
        facts: facts.join("; "),
    }
}

/// `changes.csv`.
pub fn table(results: &Results<'_>) -> Result<Document, String> {
    let bytes = csv_bytes(COLUMNS, results.changes.iter().map(change_row))?;
    Ok(Document { path: "changes.csv".to_owned(), bytes })
}
