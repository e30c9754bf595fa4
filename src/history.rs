//! What earlier runs have left, in the ledger and in the store: read by runs, and by commands that look back. Whoever
//! changes it holds the lock.
#![expect(clippy::disallowed_methods, reason = "what earlier runs have left lies in files")]

mod last_run;
mod lock;
mod opening;
mod prior_runs;
mod records;
mod stored;

use crate::error::RunError;
use crate::home::Home;
use crate::ledger::{Ledger, Missing};
use crate::store::Store;

pub use last_run::LastRun;
pub use lock::Lock;
pub use opening::OpeningState;
pub use prior_runs::PriorRuns;
pub use records::{is_record, kept};
pub use stored::Stored;

const LEDGER: &str = "state/ledger.db";
const STORE: &str = "state/store";

/// Ledger and store of a home.
pub struct History {
    /// Runs, claims, invoices, decisions.
    pub ledger: Ledger,
    /// Inputs and outputs of runs, by content.
    pub store: Store,
}

impl History {
    /// Opens both to write; a ledger is begun only where no run has left anything.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn open(home: &Home, _: &Lock) -> Result<History, RunError> {
        let ledger = Ledger::open(&home.path(LEDGER), missing(home))?;
        Ok(History { ledger, store: store(home) })
    }

    /// Opens both to write, where there is a run already.
    ///
    /// # Errors
    /// When nothing was run yet, or the ledger cannot be used.
    pub fn open_existing(home: &Home, _: &Lock) -> Result<History, RunError> {
        let path = home.path(LEDGER);
        if !path.exists() {
            return Err(nothing_yet());
        }
        Ok(History { ledger: Ledger::open(&path, Missing::Refused)?, store: store(home) })
    }

    /// Opens both to look at them; none where nothing was run yet.
    ///
    /// # Errors
    /// When the ledger cannot be used.
    pub fn to_read(home: &Home) -> Result<Option<History>, RunError> {
        let ledger = Ledger::open_to_read(&home.path(LEDGER), missing(home))?;
        Ok(ledger.map(|ledger| History { ledger, store: store(home) }))
    }

    /// Whether there is a ledger.
    pub fn is_begun(home: &Home) -> bool {
        home.path(LEDGER).exists()
    }
}

/// The store of a home.
fn store(home: &Home) -> Store {
    Store::new(home.path(STORE))
}

/// Whether no run has left anything: only then may there be no ledger.
fn missing(home: &Home) -> Missing {
    let folders =
        |path: std::path::PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let jobs = folders(home.path("out"))
        .filter(|path| path.file_name().is_some_and(|name| name != "dry-run" && name != ".staging"));
    let published = jobs.flat_map(folders).any(|folder| folder.join("run.json").exists());
    if store(home).is_empty() && !published { Missing::Begun } else { Missing::Refused }
}

/// The refusal of a command that looks back where there is nothing.
pub fn nothing_yet() -> RunError {
    RunError::usage("there is no run yet\n  hint: vouchsafe run month-end --as-of 2021-05-31")
}
