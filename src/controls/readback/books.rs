//! The books, read again: items, statement, accounts, and the statement as the workbook shows it.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{DataType, Xlsx, XlsxError, open_workbook};
use serde_json::Value;

use super::sums::{compare, rows, stated_sums, total};
use crate::model::{Currency, MinorUnits, Totals};
use crate::report::csv::{AccountRow, StatementRow};

/// Items by lifecycle.
pub(super) fn items(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let rows: Vec<BTreeMap<String, String>> = rows(&staged.join("items.csv"))?;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        *counts.entry(row.get("lifecycle").map_or("", String::as_str)).or_default() += 1;
    }
    let stated = page["items"].as_object().cloned().unwrap_or_default();
    let differs = |(name, stated): (&String, &Value)| {
        let count = counts.remove(name.as_str()).unwrap_or(0);
        (stated.as_u64() != Some(count)).then(|| format!("{count} items are {name}, run.json counts {stated}"))
    };
    let mut found: Vec<String> = stated.iter().filter_map(differs).collect();
    found.extend(counts.iter().map(|(name, count)| format!("{count} items are {name}, run.json counts none")));
    Ok(found)
}

/// Every line of the statement, and that it holds together.
pub(super) fn statement(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let rows: Vec<StatementRow> = rows(&staged.join("statement.csv"))?;
    let mut found = Vec::new();
    for row in &rows {
        let stated = &page["statement"]["currencies"][&row.currency][&row.line];
        let cells = [
            ("held", &row.held),
            ("to_invoice", &row.to_invoice),
            ("awaiting_payment", &row.awaiting_payment),
            ("unapplied", &row.unapplied),
            ("total", &row.total),
        ];
        for (name, text) in cells {
            let units = total(text, &row.currency)?.units;
            if stated[name].as_i64().map(MinorUnits::from) != Some(units) {
                found.push(format!("{} {}, {name}: {text}, run.json says {}", row.currency, row.line, stated[name]));
            }
            if row.line == "residual" && !units.is_zero() {
                found.push(format!("T10 {}, {name}: a residual of {text}", row.currency));
            }
        }
    }
    let count = |value: &Value| value.as_object().map_or(0, serde_json::Map::len);
    let stated = page["statement"]["currencies"].as_object();
    let lines: usize = stated.into_iter().flatten().map(|(_, lines)| count(lines)).sum();
    if lines != rows.len() {
        found.push(format!("{} lines, run.json has {lines}", rows.len()));
    }
    Ok(found)
}

/// What accounts have open together is the closing of the statement.
pub(super) fn open_accounts(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let rows: Vec<AccountRow> = rows(&staged.join("accounts.csv"))?;
    let mut open = Totals::default();
    for row in &rows {
        open.add(total(&row.open, &row.currency)?);
    }
    Ok(compare("open", &open, &stated_sums(&closing_totals(page))?))
}

/// The closings, as run.json states them.
fn closing_totals(page: &Value) -> Value {
    let stated = page["statement"]["currencies"].as_object();
    let closing = |(code, lines): (&String, &Value)| (code.clone(), lines["closing"]["total"].clone());
    Value::Object(stated.into_iter().flatten().map(closing).collect())
}

/// The closings of the sheet Statement, read by another library than the one that wrote it.
pub(super) fn statement_sheet(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let mut book: Xlsx<_> =
        open_workbook(staged.join("reconciliation.xlsx")).map_err(|error: XlsxError| error.to_string())?;
    let mut cells = book.worksheet_cells_reader("Statement").map_err(|error| error.to_string())?;
    let (mut lines, mut codes, mut totals) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let ((row, column), value) = (cell.get_position(), cell.get_value());
        match (column, value.get_string(), value.as_f64()) {
            (0, Some(text), _) => drop(lines.insert(row, text.to_owned())),
            (1, Some(text), _) => drop(codes.insert(row, text.to_owned())),
            (6, _, Some(amount)) => drop(totals.insert(row, amount)),
            _ => {}
        }
    }
    let mut closing = Totals::default();
    for (row, _) in lines.iter().filter(|(_, line)| *line == "closing") {
        let (Some(code), Some(amount)) = (codes.get(row), totals.get(row)) else { continue };
        let places = Currency::from_code(code).map_or(2, Currency::exponent) as usize;
        closing.add(total(&format!("{amount:.places$}"), code)?);
    }
    Ok(compare("Statement, closing", &closing, &stated_sums(&closing_totals(page))?))
}
