//! Runs: which are known, and what they read and wrote.

use rusqlite::{OptionalExtension, Row, params};

use super::{Ledger, LedgerError, parsed};
use crate::model::Day;

/// A committed run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub run: i64,
    /// Job.
    pub job: String,
    /// As-of date.
    pub as_of: Day,
    /// First, second, … run of the same job and as-of date.
    pub revision: i64,
    /// What it was run on.
    pub run_key: String,
    /// Folder below `out/`.
    pub folder: String,
    /// RECONCILED, PENDING, EXCEPTIONS or INCOMPLETE.
    pub verdict: String,
    /// Exit code.
    pub exit_code: u8,
    /// Head of the chain after its business events.
    pub seal: String,
}

/// A file that a run has read; configuration has the data set `config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRow {
    /// Data set.
    pub dataset: String,
    /// Name.
    pub name: String,
    /// Export day.
    pub exported_on: Option<Day>,
    /// Content.
    pub sha256: String,
}

/// A file that a run has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputRow {
    /// Path below the run's folder.
    pub path: String,
    /// Content.
    pub sha256: String,
}

/// Who ran it, when and where.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// Start, UTC.
    pub started_at: String,
    /// End, UTC.
    pub ended_at: String,
    /// Machine.
    pub host: String,
    /// User.
    pub user: String,
    /// Engine version.
    pub engine: String,
}

const COLUMNS: &str = "run, job, as_of, revision, run_key, folder, verdict, exit_code, seal";

fn run_row(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        run: row.get(0)?,
        job: row.get(1)?,
        as_of: parsed(row, 2, Day::parse_iso)?,
        revision: row.get(3)?,
        run_key: row.get(4)?,
        folder: row.get(5)?,
        verdict: row.get(6)?,
        exit_code: row.get(7)?,
        seal: row.get(8)?,
    })
}

impl Ledger {
    /// The latest run on this key.
    ///
    /// # Errors
    /// When the ledger cannot be read. The same holds for all functions here.
    pub fn run_of_key(&self, key: &str) -> Result<Option<RunRow>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE run_key = ?1 ORDER BY run DESC LIMIT 1");
        Ok(self.connection.query_row(&sql, [key], run_row).optional()?)
    }

    /// Runs of a job for a day, the first first.
    pub fn runs_of_day(&self, job: &str, as_of: Day) -> Result<Vec<RunRow>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE job = ?1 AND as_of = ?2 ORDER BY revision");
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map(params![job, as_of.to_string()], run_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One run.
    pub fn run(&self, run: i64) -> Result<Option<RunRow>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM run WHERE run = ?1");
        Ok(self.connection.query_row(&sql, [run], run_row).optional()?)
    }

    /// All runs, the first first.
    pub fn runs(&self) -> Result<Vec<RunRow>, LedgerError> {
        let mut statement = self.connection.prepare(&format!("SELECT {COLUMNS} FROM run ORDER BY run"))?;
        let rows = statement.query_map([], run_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The latest as-of date that a job was run for.
    pub fn latest_as_of(&self, job: &str) -> Result<Option<Day>, LedgerError> {
        let sql = "SELECT max(as_of) FROM run WHERE job = ?1";
        let latest: Option<String> = self.connection.query_row(sql, [job], |row| row.get(0))?;
        Ok(latest.as_deref().and_then(Day::parse_iso))
    }

    /// Committed runs whose folder did not get into place.
    pub fn unpublished(&self) -> Result<Vec<RunRow>, LedgerError> {
        let mut statement =
            self.connection.prepare(&format!("SELECT {COLUMNS} FROM run WHERE published = 0 ORDER BY run"))?;
        let rows = statement.query_map([], run_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a run has read, in order.
    pub fn inputs(&self, run: i64) -> Result<Vec<InputRow>, LedgerError> {
        let sql = "SELECT dataset, name, exported_on, sha256 FROM run_input WHERE run = ?1 ORDER BY position";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([run], |row| {
            let exported_on: Option<String> = row.get(2)?;
            Ok(InputRow {
                dataset: row.get(0)?,
                name: row.get(1)?,
                exported_on: exported_on.as_deref().and_then(Day::parse_iso),
                sha256: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a run has written, by path.
    pub fn outputs(&self, run: i64) -> Result<Vec<OutputRow>, LedgerError> {
        let mut statement =
            self.connection.prepare("SELECT path, sha256 FROM run_output WHERE run = ?1 ORDER BY path")?;
        let rows = statement.query_map([run], |row| Ok(OutputRow { path: row.get(0)?, sha256: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that a run's folder is in place.
    pub fn mark_published(&self, run: i64) -> Result<(), LedgerError> {
        self.connection.execute("UPDATE run SET published = 1 WHERE run = ?1", [run])?;
        Ok(())
    }

    /// The last run of a job: the latest of an earlier day, in its last revision; for a look back, only those before a run.
    pub fn last_run(&self, job: &str, as_of: Day, before: Option<i64>) -> Result<Option<i64>, LedgerError> {
        let last =
            "SELECT run FROM run WHERE job = ?1 AND as_of < ?2 AND run < ?3 ORDER BY as_of DESC, revision DESC LIMIT 1";
        let values = params![job, as_of.to_string(), before.unwrap_or(i64::MAX)];
        Ok(self.connection.query_row(last, values, |row| row.get(0)).optional()?)
    }
}
