//! The summary: vouchers and money by state and by partner, never over two currencies at once. The figures are
//! polars' pivots; in the sheet they are formulas over the sheet Vouchers with these figures as cached results.

use rust_xlsxwriter::{Format, Worksheet};

use super::grid::{self, Cell, Styles, TABLE_ROW, column};
use crate::model::Currency;
use crate::results::{Results, Summaries, SummaryRow};

pub(super) fn sheet(results: &Results<'_>, summaries: &Summaries) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let note = "By state, then by partner; one line per currency. A line without a currency holds vouchers whose worth is not known.";
    let mut sheet = grid::sheet("Summary", "Vouchers and money", note, &styles)?;
    let states = rows(&summaries.by_state, "State", TABLE_ROW, results.verdicts.is_empty());
    let end = grid::table(&mut sheet, TABLE_ROW, "ByState", &columns("State"), &states, &mut styles)?;
    let at = end + 2;
    sheet.write_with_format(end + 1, 0, "By partner", &Format::new().set_bold()).map_err(|error| error.to_string())?;
    let partners = rows(&summaries.by_partner, "Partner", at, results.verdicts.is_empty());
    grid::table(&mut sheet, at, "ByPartner", &columns("Partner"), &partners, &mut styles)?;
    Ok(sheet)
}

fn columns(group: &'static str) -> [grid::Column; 7] {
    [
        column(group, 16),
        column("Currency", 13),
        column("Vouchers", 14),
        column("Entitled", 24),
        column("Invoiced before", 24),
        column("Payable now", 24),
        column("Paid", 24),
    ]
}

fn rows<'a>(summary: &'a [SummaryRow], group: &str, at: u32, empty: bool) -> Vec<Vec<Cell<'a>>> {
    if empty {
        return Vec::new();
    }
    (at + 2..).zip(summary).map(|(row, line)| summary_row(line, group, row)).collect()
}

/// `row` counts from 1, as in the formulas.
fn summary_row<'a>(line: &'a SummaryRow, group: &str, row: u32) -> Vec<Cell<'a>> {
    let formula = if line.group.is_empty() || line.currency.is_empty() {
        // COUNTIFS takes a blank criterion for a zero.
        format!("=SUMPRODUCT((Vouchers[{group}]=$A{row})*(Vouchers[Currency]=$B{row}))")
    } else {
        format!("=COUNTIFS(Vouchers[{group}],$A{row},Vouchers[Currency],$B{row})")
    };
    let count = Cell::formula(formula, Cell::Count(i128::from(line.vouchers)));
    let mut cells = vec![Cell::text(&line.group), Cell::text(&line.currency), count];
    let sums =
        [("Entitled", line.entitled), ("Invoiced", line.invoiced), ("Payable", line.payable), ("Paid", line.paid)];
    for (name, units) in sums {
        cells.push(match Currency::from_code(&line.currency) {
            Some(currency) => {
                let formula = if line.group.is_empty() {
                    format!("=SUMPRODUCT((Vouchers[{group}]=$A{row})*(Vouchers[Currency]=$B{row}),Vouchers[{name}])")
                } else {
                    format!("=SUMIFS(Vouchers[{name}],Vouchers[{group}],$A{row},Vouchers[Currency],$B{row})")
                };
                Cell::formula(formula, Cell::Amount(units.of(currency)))
            }
            None => Cell::Blank,
        });
    }
    cells
}
