//! `vouchsafe run`.

use clap::Args;

use crate::error::RunError;
use crate::home::{Home, World};
use crate::model::Day;
use crate::pipeline::{self, CommandResult, Order};

/// Run a job: read its files, judge every voucher, write the pack into out/JOB/AS-OF/
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe run month-end --as-of 2021-05-31     reconcile May
  vouchsafe run month-end --dry-run              the same pack in out/dry-run/, nothing kept
  vouchsafe run nightly                          as of the day that the job names")]
pub(super) struct Run {
    /// The job: the name of a file in jobs/, without .toml
    job: String,
    /// The as-of date, as in 2021-05-31; by the job's own rule if none is given
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    as_of: Option<Day>,
    /// Write the pack to out/dry-run/ only: no ledger entry, no copy in the store, no mail
    #[arg(long)]
    dry_run: bool,
    /// Make a new revision although nothing has changed
    #[arg(long)]
    again: bool,
    /// Print run.json instead of the sentence
    #[arg(long)]
    pub(super) json: bool,
}

impl Run {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let order = Order { job: self.job, as_of: self.as_of, dry_run: self.dry_run, again: self.again };
        pipeline::run(home, &order, world)
    }
}
