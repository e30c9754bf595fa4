//! The page of documents: every machine file with its columns, what they mean and their units, from the columns themselves.

use std::fmt::Write;

use super::column::{Column, ColumnKind};
use super::parquet;
use super::tables::{
    accounts, after_close, changes, deadlines, decisions, findings, invoices, items, letters, matches, rejects,
    sealed_reports, statement, suggestions, verdicts,
};

/// `src/report/documents.md`, as the columns have it.
pub fn documents_page() -> String {
    let mut page = HEAD.to_owned();
    page += &table(verdicts::PATH, "One row per voucher, by its id.", &verdicts::columns());
    let more = "The columns of `verdicts.csv` but for `source`, with types; `payable_minor` beside them. Amounts are whole numbers of minor units (cents for EUR), so their names end in `_minor`; days are dates; what is blank is null.";
    section(&mut page, parquet::PATH, more);
    page += &table(findings::PATH, "One row per voucher and code.", &findings::columns());
    page += &table(items::PATH, "Open items, and those that were resolved since the last run.", &items::columns());
    page += &table(decisions::PATH, "Every decision, and what became of it.", &decisions::columns());
    page += &table(statement::PATH, "Per currency: opening, movements, closing, residual.", &statement::columns());
    page += &table(accounts::PATH, "The account of every voucher and unapplied payment.", &accounts::columns());
    page += &table(
        matches::PATH,
        "One row per payment row and voucher. What is expected, tolerated, booked away and left stands in the first row of each voucher and currency, so that columns add up.",
        &matches::columns(),
    );
    page += &table(suggestions::PATH, "One row per unapplied payment and candidate.", &suggestions::columns());
    page += &table(changes::PATH, "One row per voucher whose verdict has changed.", &changes::columns());
    page += &table(after_close::PATH, "One row per voucher of the closed period and fact.", &after_close::columns());
    page += &table(
        deadlines::PATH,
        "One row per voucher whose money may still come, the next last day first.",
        &deadlines::columns(),
    );
    page += &table(rejects::PATH, "One row per refused row.", &rejects::columns());
    page += &table(invoices::PATH, "One row per invoice line.", &invoices::columns());
    page += include_str!("documents/batch_json.md");
    page += &table(letters::PATH, "One row per notice and receiver, told or not.", &letters::columns());
    page += include_str!("documents/run_json.md");
    page += include_str!("documents/commands_json.md");
    page += &table(
        sealed_reports::PATH,
        "Kept in `state/store` for later runs, and not published: completion reports of work that was done by the as-of date.",
        &sealed_reports::columns(),
    );
    page
}

const HEAD: &str = "\
# Documents

What stands in the machine files of a run. This page is written from the columns of the code; a test compares both.

**CSV**: comma, UTF-8 without a byte order mark, LF, a header; quoted where needed. **Days** are `YYYY-MM-DD`. **Amounts** are
decimal numbers with a point and all decimal places of their currency, which stands in the column `currency` of the same row.
**Codes** are never translated. A blank cell means that there is none.
";

fn section(page: &mut String, path: &str, about: &str) {
    page.push_str(&format!("\n## `{path}`\n\n{about}\n"));
}

fn table<R>(path: &str, about: &str, columns: &[Column<R>]) -> String {
    let mut text = String::new();
    section(&mut text, path, about);
    text += "\n| column | what | unit |\n|---|---|---|\n";
    for column in columns.iter().filter(|column| column.in_csv) {
        let unit = match column.kind {
            ColumnKind::Text(_) => "text",
            ColumnKind::Count(_) => "whole number",
            ColumnKind::Day(_) => "day",
            ColumnKind::Amount(_) => "amount",
            ColumnKind::Figure(_) | ColumnKind::Input(_) => "",
        };
        // Writing into a text cannot fail.
        let _ = writeln!(text, "| `{}` | {} | {unit} |", column.name, column.meaning);
    }
    text
}
