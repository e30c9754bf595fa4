//! The statement of the period: one table per currency, closing and residual as formulas over the lines above.

use super::grid::Sheet;
use crate::books::BUCKETS;
use crate::model::{Currency, MinorUnits};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, text};
use crate::report::tables::statement::{SHEET_ORDER, columns, rows_of};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let books = results.books;
    let from = books.from.map_or("from the first row on".to_owned(), |day| format!("from {day}"));
    let opening = match books.opening.run {
        Some(run) => format!("the opening is the closing of run {run}"),
        None => "no earlier run has stated a closing, so the opening balance is zero".to_owned(),
    };
    let note = format!(
        "Redeemed vouchers and the money that came for them, {from} to {}; {opening}. Held: not in order yet. A residual other than zero stops the run.",
        results.as_of
    );
    let mut sheet = Sheet::new("Statement", "Statement of the period", &note)?;
    for (currency, roll_forward) in &books.roll_forwards {
        let rows = rows_of(*currency, roll_forward);
        sheet.table(&format!("Statement{currency}"), &columns(), SHEET_ORDER, &rows)?;
    }
    sheet.heading("Open money by age in days, from the day of redemption")?;
    let ages: Vec<OpenByAge> =
        books.aged.iter().map(|(currency, open)| OpenByAge { currency: *currency, open }).collect();
    sheet.table("OpenByAge", &age_columns(), &[], &ages)?;
    Ok(sheet)
}

/// What is open in a currency, by age.
struct OpenByAge<'a> {
    currency: Currency,
    open: &'a [MinorUnits; BUCKETS.len()],
}

fn age_columns<'a>() -> [Column<OpenByAge<'a>>; BUCKETS.len() + 2] {
    fn bucket<'a, const AT: usize>() -> Column<OpenByAge<'a>> {
        Column::sheet(BUCKETS[AT], 22, ColumnKind::Amount(|of| Some(of.open[AT].of(of.currency))))
    }
    [
        Column::sheet("Currency", 13, ColumnKind::Text(|of| text(of.currency.code()))),
        bucket::<0>(),
        bucket::<1>(),
        bucket::<2>(),
        bucket::<3>(),
        bucket::<4>(),
        bucket::<5>(),
        Column::sheet("Open", 24, ColumnKind::Amount(|of| Some(of.open.iter().sum::<MinorUnits>().of(of.currency)))),
    ]
}
