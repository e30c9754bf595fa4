//! What a person may type. The help texts are the doc comments; each command has its file.

mod batches;
mod check;
mod close;
mod diff;
mod diff_program;
mod explain;
mod explained;
mod read_workbook;
mod run;
mod schedule;
mod schema;
mod standing;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::error::RunError;
use crate::home::{Home, World};
use crate::model::Day;
use crate::pipeline::CommandResult;

/// Reconciles voucher programs: from exported files to workbook, invoice batch and reminders.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// The home folder, with config/, jobs/, state/ and out/
    #[arg(short = 'C', long = "home", value_name = "DIR", default_value = ".", global = true, display_order = 900)]
    home: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a job: read its files, judge, write the pack
    Run(run::Run),
    /// Check configuration and inputs: how every file is understood; nothing is written
    Check(check::CheckInputs),
    /// Show one voucher: state, every rule with its answer, citations, source rows
    Explain(explain::Explain),
    /// Show what a partner may deliver on a day, and which requirements it does not meet
    Standing(standing::ShowStanding),
    /// Compare two program files, or one on two dates: which verdicts change, and why
    DiffProgram(diff_program::DiffProgram),
    /// List runs
    Runs(diff::Runs),
    /// Compare two runs: which verdicts changed, and why
    Diff(diff::Diff),
    /// List invoice batches: issued, and waiting for approval
    Batches(batches::Batches),
    /// Approve a waiting batch, as a second person; the next run of its job issues it
    Approve(batches::Approve),
    /// Close a month: seal its last run; that month and earlier ones are locked for the job
    Close(close::Close),
    /// Reopen a closed month, with a reason, as a second person
    Reopen(close::Reopen),
    /// List closed and reopened months
    Periods(close::Periods),
    #[command(name = crate::home::READ_WORKBOOK, hide = true)]
    ReadWorkbook(read_workbook::ReadWorkbook),
    /// Print the schedule of all jobs for a scheduler
    Schedule(schedule::Schedule),
    /// Print the JSON schema of a configuration file, for editors
    Schema(schema::Schema),
}

/// A day as people type it.
fn day(text: &str) -> Result<Day, String> {
    let day = Day::parse_iso(text).ok_or_else(|| "expected year-month-day, as in 2021-05-31".to_owned())?;
    // A last day may come long after it, and has to be a day that is written and read back.
    if day.is_in_range() { Ok(day) } else { Err("years go from 1990 to 2099".to_owned()) }
}

const EXIT_CODES: &str = "\
Exit codes:
  0   done                                     6   another run holds the lock
  1   internal error                           7   done, a batch waits for approval
  2   usage or configuration                   8   an output could not be written
  3   done, but rows or files were refused     9   control totals do not tie, nothing published
  4   nothing could be done: an input is       10  ledger unusable, nothing written
      missing or refused
  5   done, mail left undelivered
Findings are the product, not a failure: they do not change the exit code.";

impl Cli {
    /// Carries the command out.
    ///
    /// # Errors
    /// Whatever stops it, with its exit code.
    pub fn execute(self, world: &World) -> Result<CommandResult, RunError> {
        let home = Home::new(self.home);
        match self.command {
            Command::Run(command) => command.execute(&home, world),
            Command::Check(command) => command.execute(&home, world),
            Command::Explain(command) => command.execute(&home, world),
            Command::Standing(command) => command.execute(&home, world),
            Command::DiffProgram(command) => command.execute(&home, world),
            Command::ReadWorkbook(command) => command.execute().map(CommandResult::shown),
            Command::Runs(command) => command.execute(&home).map(CommandResult::shown),
            Command::Diff(command) => command.execute(&home, world),
            Command::Batches(command) => command.execute(&home).map(CommandResult::shown),
            Command::Approve(command) => command.execute(&home, world).map(CommandResult::shown),
            Command::Close(command) => command.execute(&home, world).map(CommandResult::shown),
            Command::Reopen(command) => command.execute(&home, world).map(CommandResult::shown),
            Command::Periods(command) => command.execute(&home).map(CommandResult::shown),
            Command::Schedule(command) => command.execute(&home).map(CommandResult::shown),
            Command::Schema(command) => command.execute().map(CommandResult::shown),
        }
    }

    /// Whether the result is wanted as JSON.
    pub fn wants_json(&self) -> bool {
        match &self.command {
            Command::Run(command) => command.json,
            Command::Standing(command) => command.json,
            Command::DiffProgram(command) => command.json,
            Command::Explain(command) => command.json,
            Command::Diff(command) => command.json,
            Command::Check(_)
            | Command::Runs(_)
            | Command::Batches(_)
            | Command::Approve(_)
            | Command::Close(_)
            | Command::Reopen(_)
            | Command::Periods(_)
            | Command::ReadWorkbook(_)
            | Command::Schedule(_)
            | Command::Schema(_) => false,
        }
    }
}
