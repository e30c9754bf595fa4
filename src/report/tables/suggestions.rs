//! `suggestions.csv` and the sheet Suggestions: what unapplied payments may be for.

use crate::books::{Proposal, Suggestion};
use crate::model::{Tables, Total};
use crate::report::column::{Column, ColumnKind, number, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "suggestions.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A payment and one thing that it may be for; a payment for which there is none has a row too.
pub(crate) struct SuggestionRow<'a> {
    of: &'a Suggestion,
    /// From 1; none where there is no proposal.
    rank: Option<i64>,
    proposal: Option<&'a Proposal>,
    tables: &'a Tables,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<SuggestionRow<'a>> {
    let tables = &results.intake.tables;
    let of_one = |of: &'a Suggestion| -> Vec<SuggestionRow<'a>> {
        if of.proposals.is_empty() {
            return vec![SuggestionRow { of, rank: None, proposal: None, tables }];
        }
        let ranked = (1..).zip(&of.proposals);
        ranked.map(|(rank, of_it)| SuggestionRow { of, rank: Some(rank), proposal: Some(of_it), tables }).collect()
    };
    results.suggestions.iter().flat_map(of_one).collect()
}

type SuggestionColumn<'a> = Column<SuggestionRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<SuggestionColumn<'a>> {
    vec![
        SuggestionColumn::text("reference", "the payer's reference", |row| text(row.of.reference.as_str()))
            .titled("Reference", 22),
        SuggestionColumn::amount("amount", "the amount of the payment", |row| Some(Total::from(row.of.amount)))
            .titled("Amount", 20),
        SuggestionColumn::text("currency", "the currency of the amounts", |row| text(row.of.amount.currency().code()))
            .titled("Currency", 13),
        SuggestionColumn::count("candidates", "how many candidates there are", |row| number(row.of.proposals.len()))
            .titled("Candidates", 14),
        SuggestionColumn::count("rank", "the rank of this one, from 1; 0 where there is none", |row| {
            Some(row.rank.unwrap_or(0))
        }),
        SuggestionColumn::sheet("Rank", 9, ColumnKind::Count(|row| row.rank)),
        SuggestionColumn::text("likeness", "why it may be for that", |row| {
            row.proposal.map(|of| of.likeness.as_str().into())
        })
        .titled("Because of", 14),
        SuggestionColumn::text("vouchers", "the vouchers, separated by a space", |row| {
            let vouchers = row.proposal?.vouchers.iter().map(|voucher| voucher.as_str());
            printed(vouchers.collect::<Vec<_>>().join(" "))
        })
        .titled("Vouchers", 50),
        SuggestionColumn::amount("open", "what is open of them together", |row| {
            row.proposal.map(|of| of.open.of(row.of.amount.currency()))
        })
        .titled("Open", 20),
        SuggestionColumn::text("source", "the payment row: file, sheet and row", |row| {
            printed(row.tables.address(row.of.place))
        })
        .titled("Source", 52),
    ]
}
