//! Opens the staged files again, with other readers than the ones that wrote them where there are such, and
//! compares their counts and sums with `run.json`. What differs is never published.
#![expect(clippy::disallowed_methods, reason = "what was written is read back")]

mod books;
mod sums;

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{DataType, Xlsx, XlsxError, open_workbook};
use serde_json::Value;

use sums::{add, compare, currency, rows, stated_sums};

use crate::model::{Currency, MinorUnits, Totals};
use crate::report::csv::{BatchTotals, InvoiceRow, VerdictRow};
use crate::results::totals_text;
use crate::store::sha256_hex;

/// The row of a sheet that holds the titles of its table, counted from 0.
const HEADER_ROW: u32 = 3;

/// Compares a staged file with `run.json`; returns the differences.
type Read = fn(&Path, &Value) -> Result<Vec<String>, String>;

const READ_AGAIN: &[(&str, Read)] = &[
    ("verdicts.csv", verdicts),
    ("items.csv", books::items),
    ("statement.csv", books::statement),
    ("accounts.csv", books::open_accounts),
    ("invoices/batch.csv", batches),
    ("reconciliation.xlsx", workbook),
    ("reconciliation.xlsx", books::statement_sheet),
];

/// Compares the staged folder with its own `run.json`; returns every difference.
pub fn differences(staged: &Path) -> Vec<String> {
    let page = std::fs::read(staged.join("run.json")).map_err(|error| error.to_string());
    let page: Result<Value, String> = page.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|e| e.to_string()));
    let page = match page {
        Ok(page) => page,
        Err(error) => return vec![format!("run.json: {error}")],
    };
    let mut found = Vec::new();
    let outputs = page["outputs"].as_array().cloned().unwrap_or_default();
    for output in &outputs {
        let (path, hash) = (output["path"].as_str().unwrap_or(""), output["sha256"].as_str().unwrap_or(""));
        let staged_hash = std::fs::read(staged.join(path)).map(|bytes| sha256_hex(&bytes)).unwrap_or_default();
        if staged_hash != hash {
            found.push(format!("{path}: its bytes are not the ones in run.json"));
        }
    }
    for (path, read) in READ_AGAIN {
        if outputs.iter().any(|output| output["path"] == *path) {
            found.extend(check(path, read(staged, &page)));
        }
    }
    found.into_iter().map(|difference| format!("T14 {difference}")).collect()
}

fn check(file: &str, result: Result<Vec<String>, String>) -> Vec<String> {
    let problems = result.unwrap_or_else(|error| vec![error]);
    problems.into_iter().map(|problem| format!("{file}: {problem}")).collect()
}

fn verdicts(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut entitled = Totals::default();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    let rows: Vec<VerdictRow> = rows(&staged.join("verdicts.csv"))?;
    for row in &rows {
        add(&mut entitled, &row.entitled, &row.currency)?;
        *outcomes.entry(row.outcome.clone()).or_default() += 1;
    }
    if page["vouchers"]["count"].as_u64() != Some(rows.len() as u64) {
        found.push(format!("{} rows, run.json counts {}", rows.len(), page["vouchers"]["count"]));
    }
    for (outcome, stated) in page["vouchers"]["by_outcome"].as_object().into_iter().flatten() {
        let count = outcomes.get(outcome).copied().unwrap_or(0);
        if stated.as_u64() != Some(count) {
            found.push(format!("{count} rows are {outcome}, run.json counts {stated}"));
        }
    }
    found.extend(compare("entitled", &entitled, &stated_sums(&page["vouchers"]["entitled"])?));
    Ok(found)
}

fn batches(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut issued = Totals::default();
    let rows: Vec<InvoiceRow> = rows(&staged.join("invoices/batch.csv"))?;
    let bytes = std::fs::read(staged.join("invoices/batch.json")).map_err(|error| error.to_string())?;
    let totals: Vec<BatchTotals> = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    for batch in &totals {
        let lines: Vec<&InvoiceRow> = rows.iter().filter(|row| row.batch == batch.batch).collect();
        let mut sum = Totals::default();
        for line in &lines {
            add(&mut sum, &line.gross, &line.currency)?;
            let (mut parts, mut gross) = (Totals::default(), Totals::default());
            add(&mut parts, &line.net, &line.currency)?;
            add(&mut parts, &line.tax, &line.currency)?;
            add(&mut gross, &line.gross, &line.currency)?;
            if parts != gross {
                found.push(format!("T8 {}, line {}: net + tax is not gross", line.invoice_number, line.line));
            }
            if batch.state == "issued" {
                add(&mut issued, &line.gross, &line.currency)?;
            }
        }
        let stated = MinorUnits::new(batch.gross).of(currency(&batch.currency)?);
        if lines.len() as u64 != batch.vouchers || sum.of(stated.currency) != stated.units {
            found.push(format!(
                "batch {}: {} lines and {}, batch.json says {} and {stated}",
                batch.batch,
                lines.len(),
                totals_text(&sum),
                batch.vouchers,
            ));
        }
    }
    if rows.len() as u64 != totals.iter().map(|batch| batch.vouchers).sum::<u64>() {
        found.push(format!("{} lines belong to no batch of batch.json", rows.len()));
    }
    found.extend(compare("issued", &issued, &stated_sums(&page["invoices"]["issued"])?));
    Ok(found)
}

/// The sheet Vouchers, read by another library than the one that wrote it: as many rows, and the same worth.
fn workbook(staged: &Path, page: &Value) -> Result<Vec<String>, String> {
    let mut book: Xlsx<_> =
        open_workbook(staged.join("reconciliation.xlsx")).map_err(|error: XlsxError| error.to_string())?;
    let mut cells = book.worksheet_cells_reader("Vouchers").map_err(|error| error.to_string())?;
    let mut titles: BTreeMap<u32, String> = BTreeMap::new();
    let mut rows: BTreeMap<u32, (String, f64)> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let ((row, column), value) = (cell.get_position(), cell.get_value());
        let text = value.get_string().map(str::to_owned);
        if row == HEADER_ROW {
            titles.insert(column, text.unwrap_or_default());
        } else if row > HEADER_ROW {
            let entry = rows.entry(row).or_default();
            match (titles.get(&column).map(String::as_str), text, value.as_f64()) {
                (Some("Currency"), Some(code), _) => entry.0 = code,
                (Some("Entitled"), _, Some(amount)) => entry.1 = amount,
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    let mut entitled = Totals::default();
    for (code, amount) in rows.values().filter(|(code, _)| !code.is_empty()) {
        let places = Currency::from_code(code).map_or(2, Currency::exponent) as usize;
        add(&mut entitled, &format!("{amount:.places$}"), code)?;
    }
    if page["vouchers"]["count"].as_u64() != Some(rows.len() as u64) {
        found.push(format!("{} rows in Vouchers, run.json counts {}", rows.len(), page["vouchers"]["count"]));
    }
    found.extend(compare("Vouchers, entitled", &entitled, &stated_sums(&page["vouchers"]["entitled"])?));
    Ok(found)
}
