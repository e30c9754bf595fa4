//! The inputs of an earlier run, read again as it has kept them: for commands that answer as that run would.

use crate::error::RunError;
use crate::home::{Home, Plan};
use crate::ingest::Intake;
use crate::ledger::{Ledger, RunRow};
use crate::pipeline::{Progress, STORE, World, ledger_to_read, read, unusable};
use crate::program::Program;
use crate::store::Store;

/// A run and what it rested on.
pub(super) struct Stored<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) store: &'a Store,
    pub(super) run: RunRow,
    pub(super) plan: Plan,
    pub(super) intake: Intake,
}

impl Stored<'_> {
    /// Asks a run; if none is named, the last run of each job, the newest first, until one has an answer. Inputs of a run
    /// are read only if its plan `may_answer`.
    ///
    /// # Errors
    /// What `nobody` says where no run has one.
    pub(super) fn ask<T>(
        home: &Home,
        number: Option<i64>,
        (world, progress): (&World, Progress<'_>),
        may_answer: impl Fn(&Plan) -> bool,
        answer: impl Fn(&Stored<'_>) -> Result<Option<T>, RunError>,
        nobody: impl FnOnce(&[String]) -> String,
    ) -> Result<T, RunError> {
        let ledger = ledger_to_read(home)?.ok_or_else(nothing)?;
        let store = Store::new(home.path(STORE));
        let runs = candidates(ledger.runs().map_err(unusable)?, number)?;
        let asked: Vec<String> = runs.iter().map(|run| format!("run {} ({})", run.run, run.job)).collect();
        for run in runs {
            let plan = Plan::of_stored(&run.job, &store, &ledger.inputs(run.run).map_err(unusable)?)?;
            if !may_answer(&plan) {
                continue;
            }
            let intake = read(&plan, world, progress)?;
            if let Some(answer) = answer(&Stored { ledger: &ledger, store: &store, run, plan, intake })? {
                return Ok(answer);
            }
        }
        Err(RunError::usage(nobody(&asked)))
    }

    /// The same inputs, read with the words of another program.
    ///
    /// # Errors
    /// When a stored file is gone or was altered.
    pub(super) fn read_as(&self, program: &Program, world: &World, progress: Progress<'_>) -> Result<Intake, RunError> {
        let inputs = self.ledger.inputs(self.run.run).map_err(unusable)?;
        let mut plan = Plan::of_stored(&self.run.job, self.store, &inputs)?;
        plan.program = program.clone();
        read(&plan, world, progress)
    }
}

/// The run that is named, or the last one of each job, the newest first.
fn candidates(runs: Vec<RunRow>, number: Option<i64>) -> Result<Vec<RunRow>, RunError> {
    let count = runs.len();
    let mut found: Vec<RunRow> = Vec::new();
    for run in runs.into_iter().rev() {
        let is_wanted = match number {
            Some(number) => run.run == number,
            None => !found.iter().any(|newer| newer.job == run.job),
        };
        if is_wanted {
            found.push(run);
        }
    }
    match (found.is_empty(), number) {
        (false, _) => Ok(found),
        (true, Some(number)) if count > 0 => {
            Err(RunError::usage(format!("there is no run {number}\n  expected 1 to {count}")))
        }
        (true, _) => Err(nothing()),
    }
}

fn nothing() -> RunError {
    RunError::usage("there is no run yet\n  hint: vouchsafe run month-end --as-of 2021-05-31")
}
