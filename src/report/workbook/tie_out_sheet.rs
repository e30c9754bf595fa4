//! The tie-out: control totals as they were computed, and below them formulas over the sheets of this workbook
//! beside the sealed figures, so that an edit by hand shows.

use std::borrow::Cow;

use super::grid::Sheet;
use crate::model::{Currency, MinorUnits, Outcome, Total};
use crate::report::ReportError;
use crate::report::column::{Cell, Column, ColumnKind, text};
use crate::results::{Figures, Results, TieOut};

pub(super) fn sheet(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Sheet, ReportError> {
    let note = "Each line compares two figures that were computed in different ways. A difference stops the run before anything is published.";
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
    left: Cell<'static>,
    right: Cell<'static>,
    difference: Cell<'static>,
    /// The formula of the left figure, over a sheet.
    over: Option<String>,
}

type TieOutColumn<'a> = Column<TieOutRow<'a>>;

fn columns<'a>() -> [TieOutColumn<'a>; 7] {
    [
        TieOutColumn::sheet("Id", 8, ColumnKind::Text(|row| text(row.id))),
        TieOutColumn::sheet("What must be equal", 100, ColumnKind::Text(|row| text(&row.what))),
        TieOutColumn::sheet(
            "Currency",
            13,
            ColumnKind::Text(|row| row.currency().map(|currency| currency.code().into())),
        ),
        TieOutColumn::sheet("Left", 24, ColumnKind::Figure(|row| row.left.clone())).formula(|row, _| row.over.clone()),
        TieOutColumn::sheet("Right", 24, ColumnKind::Figure(|row| row.right.clone())),
        TieOutColumn::sheet("Difference", 18, ColumnKind::Figure(|row| row.difference.clone()))
            .formula(|_, at| Some(format!("=D{at}-E{at}"))),
        TieOutColumn::sheet("Status", 12, ColumnKind::Text(|row| text(if row.ties() { "OK" } else { "CHECK" })))
            .formula(|_, at| Some(format!("=IF(ROUND(F{at},4)=0,\"OK\",\"CHECK\")"))),
    ]
}

impl TieOutRow<'_> {
    fn currency(&self) -> Option<Currency> {
        match self.left {
            Cell::Amount(total) => Some(total.currency),
            _ => None,
        }
    }

    fn ties(&self) -> bool {
        match &self.difference {
            Cell::Amount(total) => total.units.is_zero(),
            Cell::Count(count) => *count == 0,
            _ => false,
        }
    }
}

/// A control total as it was computed.
fn computed(tie: &TieOut) -> TieOutRow<'_> {
    let currency = tie.currency.and_then(Currency::from_code);
    let figure = |minor: i128| match currency {
        Some(currency) => Cell::Amount(MinorUnits::new(minor).of(currency)),
        None => i64::try_from(minor).map_or(Cell::Blank, Cell::Count),
    };
    let (left, right, difference) = (figure(tie.left), figure(tie.right), figure(tie.difference));
    TieOutRow { id: tie.id, what: Cow::Borrowed(&tie.what), left, right, difference, over: None }
}

/// Live formulas over the sheets, each beside the figure of `run.json`.
fn live<'a>(results: &Results<'_>, figures: &Figures) -> Vec<TieOutRow<'a>> {
    let count = |what: String, formula: String, sealed: u64| {
        let sealed = i64::try_from(sealed).map_or(Cell::Blank, Cell::Count);
        of_sheet(what, formula, sealed, Cell::Count(0))
    };
    let sum = |what: &str, formula: String, sealed: Total| {
        of_sheet(what.to_owned(), formula, Cell::Amount(sealed), Cell::Amount(MinorUnits::ZERO.of(sealed.currency)))
    };
    let mut rows = Vec::new();
    if !results.verdicts.is_empty() {
        let what = "sheet Vouchers: rows = vouchers of run.json".to_owned();
        rows.push(count(what, "=COUNTA(Vouchers[Voucher])".to_owned(), results.verdicts.len() as u64));
    }
    for outcome in Outcome::ALL {
        let sealed = figures.outcomes.get(outcome.as_str()).copied().unwrap_or(0);
        let formula = format!("=COUNTIF(Vouchers[Outcome],\"{outcome}\")");
        rows.push(count(format!("sheet Vouchers: {outcome} = run.json"), formula, sealed));
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

/// A figure that a sheet must show.
fn of_sheet<'a>(what: String, formula: String, sealed: Cell<'static>, nothing: Cell<'static>) -> TieOutRow<'a> {
    let (left, over) = (sealed.clone(), Some(formula));
    TieOutRow { id: "T14", what: Cow::Owned(what), left, right: sealed, difference: nothing, over }
}
