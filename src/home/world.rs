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
