//! Opens the staged files again, with other readers than the ones that wrote them where there are such, and
//! compares their counts and sums with `run.json`. What differs is never published.

mod sheets;
mod stated;
mod tables;

use std::path::Path;

use stated::{ReadbackError, bytes};

use crate::report::tables::{accounts, invoices, items, statement, verdicts};
use crate::report::{RUN_JSON, RunPage, workbook};
use crate::store::sha256_hex;

/// Compares a staged file with `run.json`; returns the differences.
type Read = fn(&Path, &RunPage) -> Result<Vec<String>, ReadbackError>;

const READ_AGAIN: &[(&str, Read)] = &[
    (verdicts::PATH, tables::read_verdicts),
    (items::PATH, tables::read_items),
    (statement::PATH, tables::read_statement),
    (accounts::PATH, tables::read_accounts),
    (invoices::PATH, tables::read_batches),
    (workbook::PATH, sheets::read_vouchers),
    (workbook::PATH, sheets::read_statement),
];

/// T14: compares the staged folder with its own `run.json`; returns every difference.
pub fn differences(staged: &Path) -> Vec<String> {
    let page = match page(staged) {
        Ok(page) => page,
        Err(error) => return vec![format!("T14 {RUN_JSON}: {error}")],
    };
    let mut found = Vec::new();
    let Some(outputs) = page.stated("outputs").as_array() else {
        return vec![format!("T14 {RUN_JSON}: it lists no outputs")];
    };
    for output in outputs {
        let (path, hash) = (output["path"].as_str().unwrap_or(""), output["sha256"].as_str().unwrap_or(""));
        let staged_hash = bytes(staged, path).map(|bytes| sha256_hex(&bytes)).unwrap_or_default();
        if staged_hash != hash {
            found.push(format!("{path}: its bytes are not the ones in run.json"));
        }
    }
    for (path, read) in READ_AGAIN {
        if outputs.iter().any(|output| output["path"] == *path) {
            let problems = read(staged, &page).unwrap_or_else(|error| vec![error.to_string()]);
            found.extend(problems.into_iter().map(|problem| format!("{path}: {problem}")));
        }
    }
    found.into_iter().map(|difference| format!("T14 {difference}")).collect()
}

fn page(staged: &Path) -> Result<RunPage, ReadbackError> {
    Ok(RunPage::read(&bytes(staged, RUN_JSON)?)?)
}
