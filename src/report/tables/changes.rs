//! `changes.csv` and the sheet Changes: what changed since the last run, and why.

use crate::compare::{Cause, Change};
use crate::model::{Money, Total};
use crate::report::column::{Column, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::VerdictSummary;

/// The machine file.
pub(crate) const PATH: &str = "changes.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A voucher whose verdict has changed.
pub(crate) struct ChangeRow<'a>(pub(crate) &'a Change);

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<ChangeRow<'a>> {
    results.changes.iter().map(ChangeRow).collect()
}

impl ChangeRow<'_> {
    fn before(&self) -> Option<&VerdictSummary> {
        self.0.before.as_ref()
    }

    fn now(&self) -> Option<&VerdictSummary> {
        self.0.now.as_ref()
    }

    fn entitled_before(&self) -> Option<Money> {
        self.before()?.facts.entitled
    }

    fn entitled(&self) -> Option<Money> {
        self.now()?.facts.entitled
    }

    /// Why, each cause once.
    pub(crate) fn causes(&self) -> String {
        let causes: Vec<&str> = self.0.causes.iter().copied().map(Cause::as_str).collect();
        causes.join("; ")
    }

    /// What its rows say differently, but for the entitled amount.
    pub(crate) fn facts(&self) -> String {
        let or_blank = |text: &str| if text.is_empty() { "blank".to_owned() } else { text.to_owned() };
        let facts = self.0.facts.iter().filter(|fact| fact.field != "entitled");
        let facts: Vec<String> = facts
            .map(|fact| format!("{} {} -> {}", fact.field, or_blank(&fact.before), or_blank(&fact.after)))
            .collect();
        facts.join("; ")
    }
}

/// Why stands beside what.
pub(crate) const SHEET_ORDER: &[&str] = &[
    "Voucher",
    "Partner",
    "State before",
    "State",
    "Outcome before",
    "Outcome",
    "Codes before",
    "Codes",
    "Because",
    "Facts that differ",
];

type ChangeColumn<'a> = Column<ChangeRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<ChangeColumn<'a>> {
    let mut all = verdicts();
    all.extend([
        ChangeColumn::amount("from_entitled", "the entitled amount before", |row| {
            row.entitled_before().map(Total::from)
        })
        .titled("Entitled before", 20),
        ChangeColumn::amount("to_entitled", "the entitled amount now", |row| row.entitled().map(Total::from))
            .titled("Entitled", 20),
        ChangeColumn::text("currency", "the currency of the amounts", |row| {
            row.entitled().or(row.entitled_before()).map(|entitled| entitled.currency().code().into())
        }),
        ChangeColumn::text("causes", "why, separated by a semicolon", |row| printed(row.causes()))
            .titled("Because", 34),
        ChangeColumn::text("facts", "facts that differ, separated by a semicolon", |row| printed(row.facts()))
            .titled("Facts that differ", 60),
    ]);
    all
}

fn verdicts<'a>() -> Vec<ChangeColumn<'a>> {
    vec![
        ChangeColumn::text("voucher_id", "the voucher", |row| text(row.0.voucher.as_str())).titled("Voucher", 20),
        ChangeColumn::text("partner_id", "the partner now", |row| row.0.partner.as_ref().map(|id| id.as_str().into()))
            .titled("Partner", 14),
        ChangeColumn::text("from_state", "the state before; blank where it was not known", |row| {
            row.before().map(|before| before.state.as_str().into())
        })
        .titled("State before", 16),
        ChangeColumn::text("to_state", "the state now; blank where no export has it", |row| {
            row.now().map(|now| now.state.as_str().into())
        })
        .titled("State", 12),
        ChangeColumn::text("from_outcome", "the outcome before", |row| {
            row.before().map(|before| before.outcome.as_str().into())
        })
        .titled("Outcome before", 18),
        ChangeColumn::text("to_outcome", "the outcome now", |row| row.now().map(|now| now.outcome.as_str().into()))
            .titled("Outcome", 13),
        ChangeColumn::text("from_codes", "the codes before", |row| {
            row.before().map(|before| before.codes.as_str().into())
        })
        .titled("Codes before", 22),
        ChangeColumn::text("to_codes", "the codes now", |row| row.now().map(|now| now.codes.as_str().into()))
            .titled("Codes", 22),
    ]
}
