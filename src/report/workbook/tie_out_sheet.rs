//! The tie-out: control totals as they were computed, and below them formulas over the sheets of this workbook
//! beside the sealed figures, so that an edit by hand shows.

use rust_xlsxwriter::Worksheet;

use super::grid::{self, Cell, Styles, TABLE_ROW, column};
use crate::model::{Currency, MinorUnits, Outcome};
use crate::results::{Figures, Results, TieOut};

pub(super) fn sheet(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let note = "Each line compares two figures that were computed in different ways. A difference stops the run before anything is published.";
    let mut sheet = grid::sheet("Tie-out", "Control totals", note, &styles)?;
    let columns = [
        column("Id", 8),
        column("What must be equal", 100),
        column("Currency", 13),
        column("Left", 24),
        column("Right", 24),
        column("Difference", 18),
        column("Status", 12),
    ];
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for tie in ties {
        let (left, right) = (figure(tie.left, tie.currency), figure(tie.right, tie.currency));
        rows.push(line(tie.id, tie.what.clone(), tie.currency, left, right, tie.left - tie.right, rows.len()));
    }
    live(results, figures, &mut rows);
    grid::table(&mut sheet, TABLE_ROW, "TieOut", &columns, &rows, &mut styles)?;
    grid::freeze(&mut sheet, 0)?;
    Ok(sheet)
}

fn figure<'a>(minor: i128, currency: Option<&str>) -> Cell<'a> {
    match currency.and_then(Currency::from_code) {
        Some(currency) => Cell::Amount(MinorUnits::new(minor).of(currency)),
        None => Cell::Count(minor),
    }
}

fn line<'a>(
    id: &'a str,
    what: String,
    currency: Option<&'a str>,
    left: Cell<'a>,
    right: Cell<'a>,
    difference: i128,
    at: usize,
) -> Vec<Cell<'a>> {
    // Rows of a sheet count from 1, and the table begins below its header.
    let row = TABLE_ROW as usize + 2 + at;
    let status = if difference == 0 { "OK" } else { "CHECK" };
    vec![
        Cell::text(id),
        Cell::owned(what),
        Cell::text(currency.unwrap_or("")),
        left,
        right,
        Cell::formula(format!("=D{row}-E{row}"), figure(difference, currency)),
        Cell::formula(format!("=IF(ROUND(F{row},4)=0,\"OK\",\"CHECK\")"), Cell::text(status)),
    ]
}

/// Live formulas over the sheets, each beside the figure of `run.json`.
fn live<'a>(results: &Results<'_>, figures: &Figures, rows: &mut Vec<Vec<Cell<'a>>>) {
    let vouchers = results.verdicts.len() as i128;
    let count = |what: &str, formula: String, sealed: i128, rows: &mut Vec<Vec<Cell<'a>>>| {
        let left = Cell::formula(formula, Cell::Count(sealed));
        rows.push(line("T14", what.to_owned(), None, left, Cell::Count(sealed), 0, rows.len()));
    };
    if vouchers > 0 {
        count("sheet Vouchers: rows = vouchers of run.json", "=COUNTA(Vouchers[Voucher])".to_owned(), vouchers, rows);
    }
    for outcome in Outcome::ALL {
        let sealed = figures.outcomes.get(outcome.as_str()).copied().unwrap_or(0);
        let formula = format!("=COUNTIF(Vouchers[Outcome],\"{outcome}\")");
        count(&format!("sheet Vouchers: {outcome} = run.json"), formula, i128::from(sealed), rows);
    }
    for sum in figures.entitled.iter() {
        let currency = sum.currency;
        let formula = format!("=SUMIFS(Vouchers[Entitled],Vouchers[Currency],\"{currency}\")");
        let left = Cell::formula(formula, Cell::Amount(sum));
        let what = "sheet Vouchers: entitled = run.json".to_owned();
        rows.push(line("T14", what, Some(currency.code()), left, Cell::Amount(sum), 0, rows.len()));
    }
    for sum in figures.invoiced_now.iter() {
        let currency = sum.currency;
        let formula = format!("=SUMIFS(Invoices[Gross],Invoices[Currency],\"{currency}\",Invoices[State],\"issued\")");
        let left = Cell::formula(formula, Cell::Amount(sum));
        let what = "sheet Invoices: issued = run.json".to_owned();
        rows.push(line("T14", what, Some(currency.code()), left, Cell::Amount(sum), 0, rows.len()));
    }
}
