//! Machine files, read again by the columns that have written them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::stated::{ReadbackError, amount, bytes, currency, differing_count, differing_counts, differing_sums, sums};
use crate::model::{MinorUnits, Totals};
use crate::report::batch_json::{self, BatchTotals};
use crate::report::csv::{self, ReadRow};
use crate::report::tables::{accounts, invoices, items, statement, verdicts};

/// Vouchers by outcome, and what they are entitled to.
pub(super) fn read_verdicts(staged: &Path, page: &Value) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(verdicts::PATH), &verdicts::columns())?;
    let mut entitled = Totals::default();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        row.amount("entitled")?.into_iter().for_each(|amount| entitled.add(amount));
        *outcomes.entry(row.text("outcome")?.to_owned()).or_default() += 1;
    }
    let stated = &page["vouchers"];
    let mut found = differing_counts("rows", outcomes, &stated["by_outcome"]);
    found.extend(differing_count("rows", rows.len(), &stated["count"]));
    found.extend(differing_sums("entitled", &entitled, &sums(stated["entitled"].as_object().into_iter().flatten())?));
    Ok(found)
}

/// Items by lifecycle.
pub(super) fn read_items(staged: &Path, page: &Value) -> Result<Vec<String>, ReadbackError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for row in csv::read(&staged.join(items::PATH), &items::columns())? {
        *counts.entry(row.text("lifecycle")?.to_owned()).or_default() += 1;
    }
    Ok(differing_counts("items", counts, &page["items"]))
}

/// Every line of the statement, and that it holds together.
pub(super) fn read_statement(staged: &Path, page: &Value) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(statement::PATH), &statement::columns())?;
    let stated = &page["statement"]["currencies"];
    let mut found = Vec::new();
    for row in &rows {
        let (code, line) = (row.text("currency")?, row.text("line")?);
        for name in ["held", "to_invoice", "awaiting_payment", "unapplied", "total"] {
            let read = row.required_amount(name)?;
            let stated = &stated[code][line][name];
            if amount(stated, read.currency)? != read.units {
                found.push(format!("{code} {line}, {name}: {read}, run.json says {stated}"));
            }
            if line == "residual" && !read.units.is_zero() {
                found.push(format!("T10 {code}, {name}: a residual of {read}"));
            }
        }
    }
    let lines = stated.as_object().into_iter().flatten().filter_map(|(_, lines)| lines.as_object());
    let lines: usize = lines.map(serde_json::Map::len).sum();
    found.extend(differing_count("lines", rows.len(), &lines.into()));
    Ok(found)
}

/// What accounts have open together is the closing of the statement.
pub(super) fn read_accounts(staged: &Path, page: &Value) -> Result<Vec<String>, ReadbackError> {
    let mut open = Totals::default();
    for row in csv::read(&staged.join(accounts::PATH), &accounts::columns())? {
        open.add(row.required_amount("open")?);
    }
    Ok(differing_sums("open", &open, &closing_totals(page)?).into_iter().collect())
}

/// The closings, as `run.json` states them.
pub(super) fn closing_totals(page: &Value) -> Result<Totals, ReadbackError> {
    let stated = page["statement"]["currencies"].as_object().into_iter().flatten();
    sums(stated.map(|(code, lines)| (code, &lines["closing"]["total"])))
}

/// Lines of invoices beside the totals of their batches, and what was issued.
pub(super) fn read_batches(staged: &Path, page: &Value) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(invoices::PATH), &invoices::columns())?;
    let totals: Vec<BatchTotals> = serde_json::from_slice(&bytes(staged, batch_json::PATH)?)?;
    let mut found = Vec::new();
    let mut issued = Totals::default();
    for batch in &totals {
        let mut sum = Totals::default();
        let mut lines = 0_u64;
        for line in &rows {
            if line.text("batch")? != batch.batch {
                continue;
            }
            lines += 1;
            row_ties(line, &mut found)?;
            line.amount("gross")?.into_iter().for_each(|gross| sum.add(gross));
        }
        if batch.state == "issued" {
            issued.add_all(&sum);
        }
        let currency = currency(&batch.currency)?;
        let stated = MinorUnits::new(batch.gross);
        if lines != batch.vouchers || sum.of(currency) != stated {
            let (read, stated) = (sum.of(currency).of(currency), stated.of(currency));
            let (name, vouchers) = (&batch.batch, batch.vouchers);
            found.push(format!("batch {name}: {lines} lines and {read}, batch.json says {vouchers} and {stated}"));
        }
    }
    let listed = totals.iter().map(|batch| batch.vouchers).sum::<u64>();
    if rows.len() as u64 != listed {
        found.push(format!("{} lines, batch.json has {listed} in its batches", rows.len()));
    }
    found.extend(differing_sums(
        "issued",
        &issued,
        &sums(page["invoices"]["issued"].as_object().into_iter().flatten())?,
    ));
    Ok(found)
}

/// T8, as it was written: net and tax of a line are its gross.
fn row_ties(line: &ReadRow, found: &mut Vec<String>) -> Result<(), ReadbackError> {
    let parts: Totals = [line.amount("net")?, line.amount("tax")?].into_iter().flatten().collect();
    let gross: Totals = line.amount("gross")?.into_iter().collect();
    if parts != gross {
        let (invoice, at) = (line.text("invoice_number")?, line.count("line")?.unwrap_or_default());
        found.push(format!("T8 {invoice}, line {at}: net + tax is not gross"));
    }
    Ok(())
}
