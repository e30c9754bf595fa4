//! Batches and their approval: a waiting batch is released by a second person, by its content.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, params};
use serde_json::json;

use super::{Ledger, LedgerError, parsed};
use crate::model::Currency;

/// A batch as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its id.
    pub batch: String,
    /// The run that made it last.
    pub run: i64,
    /// Its only currency.
    pub currency: Currency,
    /// Draft or issued.
    pub issued: bool,
    /// SHA-256 of its lines.
    pub content: String,
    /// Vouchers on it.
    pub vouchers: i64,
    /// Sum in minor units.
    pub total: i64,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Who ran the run that drafted it.
    pub prepared_by: Option<String>,
}

const BATCHES: &str = "SELECT b.batch, b.run, b.currency, b.state, b.content, b.vouchers, b.total, a.approved_by,
    (SELECT l.user FROM run_log l WHERE l.run = b.run ORDER BY l.started_at LIMIT 1)
    FROM batch b LEFT JOIN approval a ON a.content = b.content";

fn batch_row(row: &Row<'_>) -> rusqlite::Result<BatchRow> {
    Ok(BatchRow {
        batch: row.get(0)?,
        run: row.get(1)?,
        currency: parsed(row, 2, Currency::from_code)?,
        issued: row.get::<_, String>(3)? == "issued",
        content: row.get(4)?,
        vouchers: row.get(5)?,
        total: row.get(6)?,
        approved_by: row.get(7)?,
        prepared_by: row.get(8)?,
    })
}

impl Ledger {
    /// All batches, the first first.
    ///
    /// # Errors
    /// When the ledger cannot be read. The same holds for all functions here.
    pub fn batches(&self) -> Result<Vec<BatchRow>, LedgerError> {
        let mut statement = self.connection.prepare(&format!("{BATCHES} ORDER BY b.run, b.batch"))?;
        let rows = statement.query_map([], batch_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One batch.
    pub fn batch(&self, batch: &str) -> Result<Option<BatchRow>, LedgerError> {
        Ok(self.connection.query_row(&format!("{BATCHES} WHERE b.batch = ?1"), [batch], batch_row).optional()?)
    }

    /// Contents that a person has approved.
    pub fn approved_contents(&self) -> Result<HashSet<String>, LedgerError> {
        let mut statement = self.connection.prepare("SELECT content FROM approval")?;
        let contents = statement.query_map([], |row| row.get(0))?;
        Ok(contents.collect::<Result<_, _>>()?)
    }

    /// Whether a batch of the run waits for a person, and whether one of them has been approved since.
    pub fn waiting(&self, run: i64) -> Result<Waiting, LedgerError> {
        let batches = self.batches()?;
        let drafts: Vec<&BatchRow> = batches.iter().filter(|batch| batch.run == run && !batch.issued).collect();
        Ok(if drafts.is_empty() {
            Waiting::Nothing
        } else if drafts.iter().any(|batch| batch.approved_by.is_some()) {
            Waiting::Approved
        } else {
            Waiting::ForAPerson
        })
    }

    /// Records an approval, as an event of the chain too.
    pub fn approve(&mut self, batch: &BatchRow, by: &str, at: &str) -> Result<(), LedgerError> {
        let mut entry = self.begin_after(batch.run)?;
        entry.event("approval", &json!({ "at": at, "batch": batch.batch, "by": by, "content": batch.content }))?;
        entry.execute(
            "INSERT INTO approval (content, batch, approved_by, approved_at) VALUES (?1, ?2, ?3, ?4)",
            params![batch.content, batch.batch, by, at],
        )?;
        entry.finish()
    }
}

/// What became of the drafts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// There are none.
    Nothing,
    /// They wait.
    ForAPerson,
    /// One was approved and can be issued.
    Approved,
}
