//! `verdicts.csv`, `verdicts.parquet` and the sheet Vouchers: one row per voucher.

use crate::model::{Tables, Total};
use crate::report::column::{Column, ColumnKind, RowText, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::Verdict;

/// The machine file.
pub(crate) const PATH: &str = "verdicts.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A verdict, and the tables that its rows stand in.
pub(crate) struct VerdictRow<'a> {
    verdict: &'a Verdict,
    tables: &'a Tables,
}

/// All verdicts, by voucher.
pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<VerdictRow<'a>> {
    let tables = &results.intake.tables;
    results.verdicts.iter().map(|verdict| VerdictRow { verdict, tables }).collect()
}

type VerdictColumn<'a> = Column<VerdictRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<VerdictColumn<'a>> {
    let [mut all, dates, money] = [about(), dates(), money()];
    all.extend(dates);
    all.extend(money);
    all.extend([
        VerdictColumn::text("source", "the row of the voucher: file, sheet and row", |row| {
            row.verdict.source.map(|place| row.tables.address(place).into())
        })
        .not_in_parquet(),
        VerdictColumn::sheet(
            "Source",
            52,
            ColumnKind::Text(|row| row.verdict.source.map(|place| row.tables.describe(place).into())),
        ),
    ]);
    all
}

fn about<'a>() -> Vec<VerdictColumn<'a>> {
    vec![
        VerdictColumn::text("voucher_id", "the voucher", |row| text(row.verdict.voucher.as_str()))
            .titled("Voucher", 20),
        VerdictColumn::text("state", "where it stands at the end of the as-of date", |row| {
            text(row.verdict.state.as_str())
        })
        .titled("State", 12),
        VerdictColumn::text("outcome", "ok, pending, blocked or exception", |row| text(row.verdict.outcome.as_str()))
            .titled("Outcome", 13),
        VerdictColumn::text("primary_code", "the first code that makes the outcome", |row| {
            row.verdict.primary().map(|code| code.as_str().into())
        }),
        VerdictColumn::text("codes", "all codes, separated by a space", |row| printed(row.verdict.codes()))
            .titled("Codes", 24),
        VerdictColumn::text("partner_id", "the partner", partner).titled("Partner", 14),
        VerdictColumn::text("location_id", "its location", location).titled("Location", 14),
        VerdictColumn::text("country", "where it was delivered, as two letters", |row| {
            row.verdict.country.and_then(printed)
        })
        .titled("Country", 12),
        VerdictColumn::text("customer_name", "the customer", |row| {
            row.verdict.customer_name.as_deref().map(Into::into)
        })
        .titled("Customer", 36),
        VerdictColumn::text("engagement", "the engagement, as the program file calls it", |row| {
            row.verdict.engagement.as_ref().map(|id| id.as_str().into())
        })
        .titled("Engagement", 26),
        VerdictColumn::count("days", "its level: days of work", |row| row.verdict.days.map(i64::from))
            .titled("Days", 9),
    ]
}

fn partner<'r>(row: &'r VerdictRow<'_>) -> RowText<'r> {
    row.verdict.partner.as_ref().map(|id| id.as_str().into())
}

fn location<'r>(row: &'r VerdictRow<'_>) -> RowText<'r> {
    row.verdict.location.as_ref().map(|id| id.as_str().into())
}

fn dates<'a>() -> Vec<VerdictColumn<'a>> {
    vec![
        VerdictColumn::day("created_on", "when it was created", |row| row.verdict.dates.created).titled("Created", 13),
        VerdictColumn::day("assigned_on", "when it was assigned", |row| row.verdict.dates.assigned),
        VerdictColumn::day("reserved_on", "when it was reserved", |row| row.verdict.dates.reserved)
            .titled("Reserved", 13),
        VerdictColumn::day("started_on", "the first day of delivery", |row| row.verdict.dates.started)
            .titled("Started", 13),
        VerdictColumn::day("completed_on", "the last day of delivery", |row| row.verdict.dates.completed)
            .titled("Completed", 14),
        VerdictColumn::day("reported_on", "when delivery was reported", |row| row.verdict.dates.reported)
            .titled("Reported", 13),
        VerdictColumn::day("redeemed_on", "when it was redeemed", |row| row.verdict.dates.redeemed)
            .titled("Redeemed", 13),
        VerdictColumn::day("expires_on", "its last day", |row| row.verdict.dates.expires).titled("Expires", 13),
        VerdictColumn::day("claim_by", "the last day for the payment request", |row| row.verdict.claim_by)
            .titled("Claim by", 13),
        VerdictColumn::day("turns_on", "when what is pending turns", |row| row.verdict.turns_on).titled("Turns on", 13),
    ]
}

fn money<'a>() -> Vec<VerdictColumn<'a>> {
    vec![
        VerdictColumn::amount("entitled", "the entitled amount", |row| row.verdict.entitled.map(Total::from))
            .titled("Entitled", 20),
        VerdictColumn::amount("invoiced", "invoiced before this run", invoiced).titled("Invoiced", 20),
        VerdictColumn::amount("payable", "payable now", |row| row.verdict.payable.map(Total::from))
            .titled("Payable", 20)
            .not_in_csv(),
        VerdictColumn::amount("paid", "paid, less what was taken back", paid).titled("Paid", 20),
        VerdictColumn::text("currency", "the currency of the amounts", |row| {
            row.verdict.currency().map(|currency| currency.code().into())
        })
        .titled("Currency", 13),
    ]
}

/// What was invoiced, in the currency of the row.
fn invoiced(row: &VerdictRow<'_>) -> Option<Total> {
    let verdict = row.verdict;
    verdict.invoiced.filter(|money| Some(money.currency()) == verdict.currency()).map(Total::from)
}

/// What was paid, in the currency of the row.
fn paid(row: &VerdictRow<'_>) -> Option<Total> {
    row.verdict.paid.get(row.verdict.currency()?)
}
