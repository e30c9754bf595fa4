//! Open vouchers by partner and age.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::books::{Aged, BUCKETS};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>, aged: &[Aged]) -> Result<Worksheet, String> {
    let mut columns = vec![column("Partner", 14), column("Outcome", 13), column("Currency", 12)];
    columns.extend(BUCKETS.map(|bucket| column(bucket, 11)));
    columns.extend([column("Vouchers", 12), column("Worth", 22), column("Oldest", 13)]);
    let rows: Vec<Vec<Cell<'_>>> = aged.iter().map(row).collect();
    let note = format!(
        "Vouchers that are not in order on {}, by the age in days of the oldest finding that makes their outcome; each counts once.",
        results.as_of
    );
    list("Aging", "Open vouchers by age", &note, &columns, &rows, 1)
}

fn row(of: &Aged) -> Vec<Cell<'_>> {
    let mut cells = vec![
        Cell::text(of.partner.as_ref().map_or("", |partner| partner.as_str())),
        Cell::text(of.outcome.as_str()),
        Cell::owned(of.currency.map_or(String::new(), |currency| currency.to_string())),
    ];
    cells.extend(of.vouchers.map(Cell::count));
    cells.push(Cell::count(of.vouchers.iter().sum()));
    cells.push(of.currency.map_or(Cell::Blank, |currency| Cell::Amount(of.worth.of(currency))));
    cells.push(Cell::Day(Some(of.oldest)));
    cells
}
