//! Machine files, read again by the columns that have written them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::stated::{ReadbackError, bytes, currency, differing_count, differing_counts, differing_sums};
use crate::model::{MinorUnits, Total, Totals};
use crate::report::csv::{self, ReadRow};
use crate::report::tables::{accounts, invoices, items, statement, verdicts};
use crate::report::{RunPage, batch_json};

/// Vouchers by outcome, and what they are entitled to.
pub(super) fn read_verdicts(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(verdicts::PATH), &verdicts::columns())?;
    let mut entitled = Totals::default();
    let mut outcomes: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        row.amount("entitled")?.into_iter().for_each(|amount| entitled.add(amount));
        *outcomes.entry(row.text("outcome")?.to_owned()).or_default() += 1;
    }
    let stated = page.stated("vouchers");
    let mut found = differing_counts("rows", outcomes, &stated["by_outcome"]);
    found.extend(differing_count("rows", rows.len(), RunPage::count(&stated["count"])?));
    found.extend(differing_sums("entitled", &entitled, &page.sums(&stated["entitled"])?));
    Ok(found)
}

/// Items by lifecycle.
pub(super) fn read_items(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for row in csv::read(&staged.join(items::PATH), &items::columns())? {
        *counts.entry(row.text("lifecycle")?.to_owned()).or_default() += 1;
    }
    Ok(differing_counts("items", counts, page.stated("items")))
}

/// Every line of the statement, and that it holds together.
pub(super) fn read_statement(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(statement::PATH), &statement::columns())?;
    let mut found = Vec::new();
    for row in &rows {
        let line = row.text("line")?;
        for name in ["held", "to_invoice", "awaiting_payment", "unapplied", "total"] {
            let read = row.required_amount(name)?;
            let Total { units, currency } = read;
            let stated = page.statement_amount(currency, line, name)?;
            if stated != units {
                found.push(format!("{currency} {line}, {name}: {read}, run.json says {}", stated.of(currency)));
            }
            if line == "residual" && !units.is_zero() {
                found.push(format!("T10 {currency}, {name}: a residual of {read}"));
            }
        }
    }
    found.extend(differing_count("lines", rows.len(), page.statement_lines() as u64));
    Ok(found)
}

/// What accounts have open together is the closing of the statement.
pub(super) fn read_accounts(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let mut open = Totals::default();
    for row in csv::read(&staged.join(accounts::PATH), &accounts::columns())? {
        open.add(row.required_amount("open")?);
    }
    Ok(differing_sums("open", &open, &closing_totals(page)?).into_iter().collect())
}

/// The closings, as `run.json` states them.
pub(super) fn closing_totals(page: &RunPage) -> Result<Totals, ReadbackError> {
    Ok(page.closings()?.into_iter().map(|(currency, closing)| closing.total().of(currency)).collect())
}

/// A batch of `batch.json`, as far as its lines show it.
#[derive(Deserialize)]
struct ReadBatch {
    batch: String,
    state: String,
    currency: String,
    vouchers: u64,
    gross: String,
}

/// Lines of invoices beside the totals of their batches, and what was issued.
pub(super) fn read_batches(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let rows = csv::read(&staged.join(invoices::PATH), &invoices::columns())?;
    let batches: Vec<ReadBatch> = serde_json::from_slice(&bytes(staged, batch_json::PATH)?)?;
    let mut found = Vec::new();
    let mut issued = Totals::default();
    for ReadBatch { batch, state, currency: code, vouchers, gross } in &batches {
        let mut sum = Totals::default();
        let mut lines = 0_u64;
        for line in &rows {
            if line.text("batch")? != batch {
                continue;
            }
            lines += 1;
            row_ties(line, &mut found)?;
            line.amount("gross")?.into_iter().for_each(|gross| sum.add(gross));
        }
        if state == "issued" {
            issued.add_all(&sum);
        }
        let currency = currency(code)?;
        let stated = MinorUnits::parse(gross, currency).ok_or_else(|| ReadbackError::NoAmount(gross.clone()))?;
        let read = sum.of(currency);
        if (lines, read) != (*vouchers, stated) {
            let (read, stated) = (read.of(currency), stated.of(currency));
            found.push(format!("batch {batch}: {lines} lines and {read}, batch.json says {vouchers} and {stated}"));
        }
    }
    let listed = batches.iter().map(|batch| batch.vouchers).sum::<u64>();
    if rows.len() as u64 != listed {
        found.push(format!("{} lines, batch.json has {listed} in its batches", rows.len()));
    }
    found.extend(differing_sums("issued", &issued, &page.sums(&page.stated("invoices")["issued"])?));
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
