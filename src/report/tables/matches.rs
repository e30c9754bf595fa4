//! `matches.csv` and the sheet Matches: who paid what. A row is the part of a payment row that is for a voucher; without a
//! reference, it is a claim of which no payment is known.

use crate::books::{ClaimPosition, MatchGroup, claim_positions, match_group_name};
use crate::matching::Allocation;
use crate::model::{Currency, Day, MinorUnits, Tables, Total};
use crate::report::column::{Column, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::Verdict;

/// The machine file.
pub(crate) const PATH: &str = "matches.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// An allocation, or a claim without any.
pub(crate) struct MatchRow<'a> {
    group: &'a MatchGroup<'a>,
    verdict: &'a Verdict,
    allocation: Option<&'a Allocation>,
    currency: Currency,
    /// The position of the voucher in this currency, in the first row of both, so that columns add up.
    position: Option<ClaimPosition>,
    tables: &'a Tables,
}

/// All allocations, group by group.
pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<MatchRow<'a>> {
    let members = results.match_groups.iter().flat_map(|group| group.members.iter().map(move |of| (group, *of)));
    members.flat_map(|(group, verdict)| rows_of(group, verdict, results)).collect()
}

fn rows_of<'a>(group: &'a MatchGroup<'a>, verdict: &'a Verdict, results: &'a Results<'_>) -> Vec<MatchRow<'a>> {
    let tables = &results.intake.tables;
    let positions = claim_positions(verdict, results.tolerance);
    let mut rows = Vec::new();
    for (currency, position) in &positions {
        let of_currency = verdict.applied.iter().filter(|allocation| allocation.share.currency() == *currency);
        let mut allocations: Vec<Option<&Allocation>> = of_currency.map(Some).collect();
        if allocations.is_empty() {
            allocations.push(None);
        }
        rows.extend(allocations.into_iter().enumerate().map(|(at, allocation)| {
            let position = (at == 0).then_some(*position);
            MatchRow { group, verdict, allocation, currency: *currency, position, tables }
        }));
    }
    let is_shown = |currency: Currency| positions.iter().any(|(shown, _)| *shown == currency);
    let others = verdict.applied.iter().filter(|allocation| !is_shown(allocation.share.currency()));
    rows.extend(others.map(|allocation| {
        let currency = allocation.share.currency();
        MatchRow { group, verdict, allocation: Some(allocation), currency, position: None, tables }
    }));
    rows
}

impl MatchRow<'_> {
    fn requested_on(&self) -> Option<Day> {
        self.allocation?.requested_on
    }

    fn paid_on(&self) -> Option<Day> {
        self.allocation?.paid_on
    }

    /// What counts of the payment row: nothing, once it was rejected or cancelled.
    fn allocated(&self) -> Option<Total> {
        let Allocation { status, share, .. } = self.allocation?;
        let counted = if status.is_live() { share.units() } else { MinorUnits::ZERO };
        Some(counted.of(self.currency))
    }

    fn position(&self, of: fn(ClaimPosition) -> MinorUnits) -> Option<Total> {
        self.position.map(|position| of(position).of(self.currency))
    }
}

type MatchColumn<'a> = Column<MatchRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<MatchColumn<'a>> {
    let mut all = members();
    all.extend(amounts());
    all.extend([
        MatchColumn::day("requested_on", "when it was requested", |row| row.requested_on()).titled("Requested", 13),
        MatchColumn::day("paid_on", "when it was paid", |row| row.paid_on()).titled("Paid", 13),
        MatchColumn::count("gap_days", "days between both", |row| Some(row.paid_on()?.days_since(row.requested_on()?)))
            .titled("Days", 9),
        MatchColumn::text("matched_by", "invoice, voucher, or decision", |row| {
            row.allocation.map(|allocation| allocation.matched_by.as_str().into())
        })
        .titled("Matched by", 14),
        MatchColumn::text("source", "the payment row: file, sheet and row", |row| {
            row.allocation.map(|allocation| row.tables.address(allocation.place).into())
        })
        .titled("Source", 52),
    ]);
    all
}

fn members<'a>() -> Vec<MatchColumn<'a>> {
    vec![
        MatchColumn::text("group", "claims and payments that are linked", |row| printed(match_group_name(row.group)))
            .titled("Group", 22),
        MatchColumn::text("mode", "how many payments for how many vouchers", |row| text(row.group.mode.as_str()))
            .titled("Mode", 10),
        MatchColumn::text("fit", "how payments fit what was expected", |row| text(row.group.fit.as_str()))
            .titled("Fit", 14),
        MatchColumn::text("voucher_id", "the voucher", |row| text(row.verdict.voucher.as_str())).titled("Voucher", 20),
        MatchColumn::text("invoice_number", "the invoice that the payment is for", |row| {
            row.allocation?.invoice.as_ref().map(|number| number.as_str().into())
        })
        .titled("Invoice", 28),
        MatchColumn::text("reference", "the payer's reference", |row| {
            row.allocation.map(|allocation| allocation.reference.as_str().into())
        })
        .titled("Reference", 22),
        MatchColumn::text("status", "the status of the payment row", |row| {
            row.allocation.and_then(|allocation| printed(allocation.status))
        })
        .titled("Status", 12),
    ]
}

fn amounts<'a>() -> Vec<MatchColumn<'a>> {
    vec![
        MatchColumn::amount("allocated", "the part that is for the voucher", |row| row.allocated())
            .titled("Allocated", 20),
        MatchColumn::text("currency", "the currency of the amounts", |row| text(row.currency.code()))
            .titled("Currency", 13),
        MatchColumn::amount("expected", "what the voucher is to be paid", |row| {
            row.position(|position| position.expected)
        })
        .titled("Expected", 20),
        MatchColumn::amount("tolerated", "a difference that is tolerated", |row| {
            row.position(|position| position.tolerated)
        })
        .titled("Tolerated", 18),
        MatchColumn::amount("adjusted", "booked away by decisions", |row| row.position(|position| position.adjusted))
            .titled("Booked away", 18),
        MatchColumn::amount("left", "still to come; negative: too much", |row| row.position(ClaimPosition::left))
            .titled("Left", 20),
    ]
}
