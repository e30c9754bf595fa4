//! `statement.csv` and the tables of the sheet Statement: per currency what was open, what moved it, what is open.

use crate::books::{Balance, Movement, RollForward, StatementLine};
use crate::model::{Currency, MinorUnits, Total};
use crate::report::column::{Column, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "statement.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A line of the statement of one currency.
pub(crate) struct StatementRow {
    currency: Currency,
    line: StatementLine,
    balance: Balance,
}

pub(crate) fn rows(results: &Results<'_>) -> Vec<StatementRow> {
    results.books.roll_forwards.iter().flat_map(|(currency, of)| rows_of(*currency, of)).collect()
}

pub(crate) fn rows_of(currency: Currency, of: &RollForward) -> Vec<StatementRow> {
    of.lines().into_iter().map(|(line, balance)| StatementRow { currency, line, balance }).collect()
}

impl StatementRow {
    fn total(&self, units: MinorUnits) -> Option<Total> {
        Some(units.of(self.currency))
    }

    /// What no movement tells: the line above, less all lines from the opening to the one above that.
    fn residual(&self, column: char, row: u32) -> Option<String> {
        if self.line != StatementLine::Residual {
            return None;
        }
        let (closing, last) = (row - 1, row - 2);
        let first = last - Movement::ALL.len() as u32;
        Some(format!("=ROUND({column}{closing}-SUM({column}{first}:{column}{last}),4)"))
    }
}

/// What a line is stands first.
pub(crate) const SHEET_ORDER: &[&str] = &["Line"];

type StatementColumn = Column<StatementRow>;

pub(crate) fn columns() -> Vec<StatementColumn> {
    vec![
        StatementColumn::text("currency", "the currency of the amounts", |row| text(row.currency.code()))
            .titled("Currency", 13),
        StatementColumn::text("line", "opening, a movement, closing, or residual", |row| text(row.line.as_str()))
            .titled("Line", 26),
        StatementColumn::amount("held", "redeemed, and not in order yet", |row| row.total(row.balance.held))
            .titled("Held", 24)
            .formula(|row, at| row.residual('C', at)),
        StatementColumn::amount("to_invoice", "in order, and not invoiced yet", |row| {
            row.total(row.balance.to_invoice)
        })
        .titled("To invoice", 24)
        .formula(|row, at| row.residual('D', at)),
        StatementColumn::amount("awaiting_payment", "invoiced or requested, and not paid yet", |row| {
            row.total(row.balance.awaiting_payment)
        })
        .titled("Awaiting payment", 24)
        .formula(|row, at| row.residual('E', at)),
        StatementColumn::amount("unapplied", "money that is applied to nothing yet, negative", |row| {
            row.total(row.balance.unapplied)
        })
        .titled("Unapplied", 24)
        .formula(|row, at| row.residual('F', at)),
        StatementColumn::amount("total", "all four together", |row| row.total(row.balance.total()))
            .titled("Total", 24)
            .formula(|_, at| Some(format!("=SUM(C{at}:F{at})"))),
    ]
}
