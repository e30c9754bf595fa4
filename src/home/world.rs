//! The world outside, read once by `main`: the clock, this machine, and whoever watches.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// The world outside, as far as a command knows it.
#[derive(Clone, Debug)]
pub struct World {
    /// When the command was started, UTC.
    pub now: DateTime<Utc>,
    /// The clock, for the end of the run; only the run log shows it.
    pub clock: fn() -> DateTime<Utc>,
    /// This program, to be called for the reading of workbooks.
    pub program: PathBuf,
    /// Machine.
    pub host: String,
    /// User.
    pub user: String,
    /// Told which step begins.
    pub progress: Progress,
    /// What a test breaks; nothing where the program runs.
    pub faults: Faults,
}

/// What a test breaks on purpose, to see that it is noticed. No argument and no variable of the environment can ask for it.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The id of the control total whose figures are falsified.
    pub broken_total: Option<&'static str>,
    /// The moment at which the process ends as in a power cut.
    pub dies_at: Option<String>,
}

impl Faults {
    /// Whether the figures behind this control total are to be falsified.
    pub fn breaks(&self, id: &str) -> bool {
        self.broken_total == Some(id)
    }

    /// A moment of a run has come, at which a test may let it die.
    pub fn fail_point(&self, name: &str) {
        if self.dies_at.as_deref() == Some(name) {
            std::process::abort();
        }
    }
}

/// Told which step begins, for a person who waits.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(&str) + Send + Sync>);

impl Progress {
    /// Shows each step as it begins.
    pub fn shown_by(show: impl Fn(&str) + Send + Sync + 'static) -> Progress {
        Progress(Arc::new(show))
    }

    /// A step begins.
    pub fn step(&self, what: &str) {
        (self.0)(what);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}
