//! The statement of the period: one table per currency, closing and residual as formulas over the lines above.

use rust_xlsxwriter::{Format, Worksheet};

use super::grid::{self, Cell, Column, Styles, TABLE_ROW, column};
use crate::books::{BUCKETS, Movement, RollForward};
use crate::model::{Currency, MinorUnits};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let books = results.books;
    let from = books.from.map_or("from the first row on".to_owned(), |day| format!("from {day}"));
    let opening = match books.opening.run {
        Some(run) => format!("the opening is the closing of run {run}"),
        None => "no earlier run has stated a closing, so the opening is nil".to_owned(),
    };
    let note = format!(
        "Redeemed vouchers and the money that came for them, {from} to {}; {opening}. Held: not in order yet. A residual other than zero stops the run.",
        results.as_of
    );
    let mut sheet = grid::sheet("Statement", "Statement of the period", &note, &styles)?;
    let mut at = TABLE_ROW;
    for (currency, roll_forward) in &books.roll_forwards {
        let rows = rows(*currency, roll_forward, at);
        at = grid::table(&mut sheet, at, &format!("Statement{currency}"), &columns(), &rows, &mut styles)? + 1;
    }
    sheet
        .write_with_format(at, 0, "Open money by age in days, from the day of redemption", &Format::new().set_bold())
        .map_err(|error| error.to_string())?;
    grid::table(&mut sheet, at + 1, "OpenByAge", &age_columns(), &ages(results), &mut styles)?;
    Ok(sheet)
}

fn columns() -> Vec<Column> {
    vec![
        column("Line", 26),
        column("Currency", 13),
        column("Held", 24),
        column("To invoice", 24),
        column("Awaiting payment", 24),
        column("Unapplied", 24),
        column("Total", 24),
    ]
}

/// The lines of one currency; `at` is the row of the titles, counted from 0.
fn rows<'a>(currency: Currency, roll_forward: &RollForward, at: u32) -> Vec<Vec<Cell<'a>>> {
    let first = at + 2;
    let last = first + u32::try_from(Movement::ALL.len()).unwrap_or(0);
    let (closing, residual) = (last + 1, last + 2);
    let numbered = (first..).zip(roll_forward.lines());
    numbered
        .map(|(row, (line, balance))| {
            let mut cells = vec![Cell::text(line.as_str()), Cell::text(currency.code())];
            for (column, (_, units)) in ["C", "D", "E", "F"].iter().zip(balance.places()) {
                let amount = Cell::Amount(units.of(currency));
                cells.push(match row {
                    row if row == residual => {
                        let formula = format!("=ROUND({column}{closing}-SUM({column}{first}:{column}{last}),4)");
                        Cell::formula(formula, amount)
                    }
                    _ => amount,
                });
            }
            let total = Cell::Amount(balance.total().of(currency));
            cells.push(Cell::formula(format!("=SUM(C{row}:F{row})"), total));
            cells
        })
        .collect()
}

fn age_columns() -> Vec<Column> {
    let mut columns = vec![column("Currency", 13)];
    columns.extend(BUCKETS.map(|bucket| column(bucket, 22)));
    columns.push(column("Open", 24));
    columns
}

fn ages<'a>(results: &Results<'_>) -> Vec<Vec<Cell<'a>>> {
    let one = |(currency, aged): (&Currency, &[MinorUnits; BUCKETS.len()])| {
        let mut cells = vec![Cell::text(currency.code())];
        cells.extend(aged.map(|units| Cell::Amount(units.of(*currency))));
        cells.push(Cell::Amount(aged.iter().sum::<MinorUnits>().of(*currency)));
        cells
    };
    results.books.aged.iter().map(one).collect()
}
