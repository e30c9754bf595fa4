//! `matches.csv` and `suggestions.csv`: who paid what, and what payments that belong to nothing may be for.

use serde::Serialize;

use super::tables::csv_bytes;
use crate::books::{MatchGroup, Suggestion, claim_positions, match_group_name};
use crate::matching::Allocation;
use crate::model::{Currency, Day, MinorUnits};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::Verdict;

/// A row of `matches.csv`: the part of a payment row that is for a voucher; without a reference, a claim of which no
/// payment is known.
#[derive(Serialize)]
pub(in crate::report) struct MatchRow {
    pub(in crate::report) group: String,
    pub(in crate::report) mode: &'static str,
    pub(in crate::report) fit: &'static str,
    pub(in crate::report) voucher_id: String,
    pub(in crate::report) invoice_number: String,
    pub(in crate::report) reference: String,
    pub(in crate::report) status: String,
    pub(in crate::report) allocated: String,
    pub(in crate::report) currency: String,
    pub(in crate::report) expected: String,
    pub(in crate::report) tolerated: String,
    pub(in crate::report) adjusted: String,
    pub(in crate::report) left: String,
    pub(in crate::report) requested_on: Option<Day>,
    pub(in crate::report) paid_on: Option<Day>,
    pub(in crate::report) gap_days: Option<i64>,
    pub(in crate::report) matched_by: &'static str,
    pub(in crate::report) source: String,
}

const MATCH_COLUMNS: &[&str] = &[
    "group",
    "mode",
    "fit",
    "voucher_id",
    "invoice_number",
    "reference",
    "status",
    "allocated",
    "currency",
    "expected",
    "tolerated",
    "adjusted",
    "left",
    "requested_on",
    "paid_on",
    "gap_days",
    "matched_by",
    "source",
];

/// A row of `suggestions.csv`.
#[derive(Serialize)]
pub(in crate::report) struct SuggestionRow {
    pub(in crate::report) reference: String,
    pub(in crate::report) amount: String,
    pub(in crate::report) currency: &'static str,
    pub(in crate::report) candidates: usize,
    pub(in crate::report) rank: usize,
    pub(in crate::report) likeness: &'static str,
    pub(in crate::report) vouchers: String,
    pub(in crate::report) open: String,
    pub(in crate::report) source: String,
}

const SUGGESTION_COLUMNS: &[&str] =
    &["reference", "amount", "currency", "candidates", "rank", "likeness", "vouchers", "open", "source"];

/// `matches.csv` and `suggestions.csv`.
pub fn tables(results: &Results<'_>) -> Result<Vec<Document>, String> {
    let matches = csv_bytes(MATCH_COLUMNS, match_rows(results).into_iter())?;
    let suggestions = csv_bytes(SUGGESTION_COLUMNS, suggestion_rows(results).into_iter())?;
    Ok(vec![
        Document { path: "matches.csv".to_owned(), bytes: matches },
        Document { path: "suggestions.csv".to_owned(), bytes: suggestions },
    ])
}

/// All allocations, group by group. What was expected, tolerated, booked away and is left stands in the first row of each
/// voucher and currency, so that columns add up.
pub(in crate::report) fn match_rows(results: &Results<'_>) -> Vec<MatchRow> {
    let of_group = |group: &MatchGroup<'_>| -> Vec<MatchRow> {
        group.members.iter().flat_map(|verdict| rows_of(group, verdict, results)).collect()
    };
    results.match_groups.iter().flat_map(of_group).collect()
}

fn rows_of(group: &MatchGroup<'_>, verdict: &Verdict, results: &Results<'_>) -> Vec<MatchRow> {
    let blank = || MatchRow {
        group: match_group_name(group).to_string(),
        mode: group.mode.as_str(),
        fit: group.fit.as_str(),
        voucher_id: verdict.voucher.to_string(),
        invoice_number: String::new(),
        reference: String::new(),
        status: String::new(),
        allocated: String::new(),
        currency: String::new(),
        expected: String::new(),
        tolerated: String::new(),
        adjusted: String::new(),
        left: String::new(),
        requested_on: None,
        paid_on: None,
        gap_days: None,
        matched_by: "",
        source: String::new(),
    };
    let mut rows = Vec::new();
    for (currency, side) in claim_positions(verdict, results.tolerance) {
        let text = |units: MinorUnits| units.of(currency).to_string();
        let mut of_currency: Vec<MatchRow> = verdict
            .applied
            .iter()
            .filter(|allocation| allocation.share.currency() == currency)
            .map(|allocation| allocated(allocation, currency, blank(), results))
            .collect();
        if of_currency.is_empty() {
            of_currency.push(MatchRow { currency: currency.to_string(), ..blank() });
        }
        let first = &mut of_currency[0];
        first.expected = text(side.expected);
        first.tolerated = text(side.tolerated);
        first.adjusted = text(side.adjusted);
        first.left = text(side.left());
        rows.extend(of_currency);
    }
    let others = verdict
        .applied
        .iter()
        .filter(|allocation| !rows.iter().any(|row: &MatchRow| row.currency == allocation.share.currency().code()));
    let others: Vec<MatchRow> =
        others.map(|allocation| allocated(allocation, allocation.share.currency(), blank(), results)).collect();
    rows.extend(others);
    rows
}

fn allocated(allocation: &Allocation, currency: Currency, blank: MatchRow, results: &Results<'_>) -> MatchRow {
    let (requested_on, paid_on) = (allocation.requested_on, allocation.paid_on);
    let share = if allocation.status.is_live() { allocation.share.units() } else { MinorUnits::ZERO };
    MatchRow {
        invoice_number: allocation.invoice.as_ref().map_or(String::new(), |number| number.to_string()),
        reference: allocation.reference.to_string(),
        status: allocation.status.to_string(),
        allocated: share.of(currency).to_string(),
        currency: currency.to_string(),
        requested_on,
        paid_on,
        gap_days: requested_on.zip(paid_on).map(|(requested, paid)| paid.days_since(requested)),
        matched_by: allocation.matched_by.as_str(),
        source: results.intake.tables.address(allocation.place),
        ..blank
    }
}

/// All suggestions, and a row for each payment for which there is none.
pub(in crate::report) fn suggestion_rows(results: &Results<'_>) -> Vec<SuggestionRow> {
    let one = |suggestion: &Suggestion| -> Vec<SuggestionRow> {
        let currency = suggestion.amount.currency();
        let row = || SuggestionRow {
            reference: suggestion.reference.to_string(),
            amount: suggestion.amount.to_string(),
            currency: currency.code(),
            candidates: suggestion.proposals.len(),
            rank: 0,
            likeness: "",
            vouchers: String::new(),
            open: String::new(),
            source: results.intake.tables.address(suggestion.place),
        };
        if suggestion.proposals.is_empty() {
            return vec![row()];
        }
        let proposals = (1..).zip(&suggestion.proposals);
        proposals
            .map(|(rank, proposal)| {
                let vouchers: Vec<&str> = proposal.vouchers.iter().map(|voucher| voucher.as_str()).collect();
                SuggestionRow {
                    rank,
                    likeness: proposal.likeness.as_str(),
                    vouchers: vouchers.join(" "),
                    open: proposal.open.of(currency).to_string(),
                    ..row()
                }
            })
            .collect()
    };
    results.suggestions.iter().flat_map(one).collect()
}
