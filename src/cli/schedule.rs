//! `vouchsafe schedule`.

use clap::{Args, ValueEnum};

use crate::config::schedule;
use crate::error::RunError;
use crate::home::Home;

/// Print the schedule of all jobs, for a scheduler
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  vouchsafe schedule cron     prints lines to add with crontab -e")]
pub(super) struct Schedule {
    /// The scheduler
    #[arg(value_enum)]
    target: Target,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Target {
    /// A crontab
    Cron,
}

impl Schedule {
    pub(super) fn execute(self, home: &Home) -> Result<String, RunError> {
        let jobs = home.job_names()?.iter().map(|name| home.job(name)).collect::<Result<Vec<_>, RunError>>()?;
        let folder = std::path::absolute(home.path("")).unwrap_or_else(|_| home.path(""));
        match self.target {
            Target::Cron => Ok(schedule::crontab(&jobs, &folder)),
        }
    }
}
