//! The tie-out: control totals as they were computed, and below them formulas over the sheets of this workbook
//! beside the sealed figures, so that an edit by hand shows.

use std::borrow::Cow;

use super::grid::Sheet;
use crate::model::{Currency, Outcome, Total};
use crate::report::ReportError;
use crate::report::column::{Cell, Column, ColumnKind, text};
use crate::results::{Figure, Figures, Results, TieOut};

pub(super) fn sheet(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Sheet, ReportError> {
    let note = "Each line compares two figures that were computed in different ways. A difference stops the run before anything is published.";
    let computed = |tie| row(tie, Cow::Borrowed(&tie.what), None);
    let mut rows: Vec<TieOutRow<'_>> = ties.iter().map(computed).collect();
    rows.extend(live(results, figures));
    let mut sheet = Sheet::new("Tie-out", "Control totals", note)?;
    sheet.table("TieOut", &columns(), &[], &rows)?;
    sheet.freeze(0)?;
    Ok(sheet)
}

/// A control total, or a figure of `run.json` beside the sheet that must show it.
struct TieOutRow<'a> {
    id: &'static str,
    what: Cow<'a, str>,
    currency: Option<Currency>,
    left: Figure,
    right: Figure,
    difference: Figure,
    ties: bool,
    /// The formula of the left figure, over a sheet.
    over: Option<String>,
}

type TieOutColumn<'a> = Column<TieOutRow<'a>>;

fn columns<'a>() -> [TieOutColumn<'a>; 7] {
    [
        TieOutColumn::sheet("Id", 8, ColumnKind::Text(|row| text(row.id))),
        TieOutColumn::sheet("What must be equal", 100, ColumnKind::Text(|row| text(&row.what))),
        TieOutColumn::sheet("Currency", 13, ColumnKind::Text(|row| row.currency.map(|of| of.code().into()))),
        TieOutColumn::sheet("Left", 24, ColumnKind::Figure(|row| cell(row.left))).formula(|row, _| row.over.clone()),
        TieOutColumn::sheet("Right", 24, ColumnKind::Figure(|row| cell(row.right))),
        TieOutColumn::sheet("Difference", 18, ColumnKind::Figure(|row| cell(row.difference)))
            .formula(|_, at| Some(format!("=D{at}-E{at}"))),
        TieOutColumn::sheet("Status", 12, ColumnKind::Text(|row| text(if row.ties { "OK" } else { "CHECK" })))
            .formula(|_, at| Some(format!("=IF(ROUND(F{at},4)=0,\"OK\",\"CHECK\")"))),
    ]
}

fn cell(figure: Figure) -> Cell<'static> {
    match figure {
        Figure::Count(count) => i64::try_from(count).map_or(Cell::Blank, Cell::Count),
        Figure::Sum(total) => Cell::Amount(total),
    }
}

fn row<'a>(tie: &TieOut, what: Cow<'a, str>, over: Option<String>) -> TieOutRow<'a> {
    let [left, right, difference] = tie.figures();
    TieOutRow { id: tie.id, what, currency: tie.currency(), left, right, difference, ties: tie.ties(), over }
}

/// Live formulas over the sheets, each beside the figure of `run.json` that it must show.
fn live<'a>(results: &Results<'_>, figures: &Figures) -> Vec<TieOutRow<'a>> {
    let sheet = |tie: TieOut, formula: String| row(&tie, Cow::Owned(tie.what.clone()), Some(formula));
    let count = |what: String, formula: String, stated: u64| {
        sheet(TieOut::count("T14", format!("sheet Vouchers: {what}"), stated, stated), formula)
    };
    let sum = |what: &str, formula: String, stated: Total| {
        sheet(TieOut::sum("T14", what, stated.currency, stated.units, stated.units), formula)
    };
    let mut rows = Vec::new();
    if !results.verdicts.is_empty() {
        let formula = "=COUNTA(Vouchers[Voucher])".to_owned();
        rows.push(count("rows = vouchers of run.json".to_owned(), formula, results.verdicts.len() as u64));
    }
    for outcome in Outcome::ALL {
        let stated = figures.outcomes.get(outcome.as_str()).copied().unwrap_or(0);
        let formula = format!("=COUNTIF(Vouchers[Outcome],\"{outcome}\")");
        rows.push(count(format!("{outcome} = run.json"), formula, stated));
    }
    for entitled in figures.entitled.iter() {
        let formula = format!("=SUMIFS(Vouchers[Entitled],Vouchers[Currency],\"{}\")", entitled.currency);
        rows.push(sum("sheet Vouchers: entitled = run.json", formula, entitled));
    }
    for issued in figures.invoiced_now.iter() {
        let currency = issued.currency;
        let formula = format!("=SUMIFS(Invoices[Gross],Invoices[Currency],\"{currency}\",Invoices[State],\"issued\")");
        rows.push(sum("sheet Invoices: issued = run.json", formula, issued));
    }
    rows
}
