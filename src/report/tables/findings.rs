//! `findings.csv`: one row per voucher and code.

use crate::items::VoucherItem;
use crate::model::place::TableName;
use crate::model::{Money, Total};
use crate::program::Rule;
use crate::report::column::{Column, number, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "findings.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A finding, the rule that it breaks, and the table that it is about.
pub(crate) struct FindingRow<'a> {
    item: &'a VoucherItem<'a>,
    rule: &'a Rule,
    table: Option<&'a TableName>,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<FindingRow<'a>> {
    let tables = &results.intake.tables;
    let items = results.register.voucher_items.iter();
    items
        .map(|item| FindingRow {
            item,
            rule: results.program.rule(item.finding.code),
            table: item.finding.place.map(|place| tables.name(place)),
        })
        .collect()
}

type FindingColumn<'a> = Column<FindingRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<FindingColumn<'a>> {
    vec![
        FindingColumn::text("finding_id", "the item; it stays the same from run to run", |row| {
            printed(row.item.follow_up.snapshot.id)
        }),
        FindingColumn::text("code", "what was found", |row| text(row.item.finding.code.as_str())),
        FindingColumn::text("outcome", "what it makes of the voucher", |row| text(row.item.finding.outcome.as_str())),
        FindingColumn::count("priority", "1 is the gravest", |row| number(row.item.finding.code.priority())),
        FindingColumn::text("lifecycle", "new, persisting or reopened", |row| {
            text(row.item.follow_up.lifecycle.as_str())
        }),
        FindingColumn::text("voucher_id", "the voucher", |row| text(row.item.verdict.voucher.as_str())),
        FindingColumn::text("partner_id", "the partner", |row| {
            row.item.verdict.partner.as_ref().map(|id| id.as_str().into())
        }),
        FindingColumn::text("location_id", "its location", |row| {
            row.item.verdict.location.as_ref().map(|id| id.as_str().into())
        }),
        FindingColumn::amount("amount", "the difference, else the entitled amount", |row| {
            row.item.finding.amount.map(Total::from)
        }),
        FindingColumn::text("currency", "the currency of the amount", |row| {
            row.item.finding.amount.map(Money::currency).map(|currency| currency.code().into())
        }),
        FindingColumn::day("opened_on", "the day from which it counts", |row| Some(row.item.finding.opened_on)),
        FindingColumn::count("age_days", "days since then", |row| Some(row.item.follow_up.age_days)),
        FindingColumn::day("due_on", "when it turns, or was due", |row| row.item.finding.due_on),
        FindingColumn::text("rule", "the rule, in words", |row| text(row.rule.title.english())),
        FindingColumn::text("citation", "where the rule stands", |row| text(&row.rule.citation)),
        FindingColumn::text("source_file", "the file to look at first", |row| {
            row.table.map(|table| table.file.as_str().into())
        }),
        FindingColumn::text("source_sheet", "its sheet", |row| row.table?.sheet.as_deref().map(Into::into)),
        FindingColumn::count("source_row", "the row, as a spreadsheet shows it", |row| {
            row.item.finding.place.map(|place| i64::from(place.row))
        }),
        FindingColumn::text("message", "what is wrong, with both values", |row| text(&row.item.finding.message)),
    ]
}
