//! The inputs of an earlier run, read again as it has kept them: for commands that answer as that run would.

use super::{History, nothing_yet};
use crate::error::RunError;
use crate::home::{Home, Plan, World, read};
use crate::ingest::Intake;
use crate::ledger::RunRow;
use crate::program::Program;

/// A run and what it rested on.
pub struct Stored<'a> {
    /// Where it is kept.
    pub history: &'a History,
    /// The run.
    pub run: RunRow,
    /// Its configuration.
    pub plan: Plan,
    /// Its inputs.
    pub intake: Intake,
}

impl Stored<'_> {
    /// Asks a run; if none is named, the last run of each job, the newest first, until one has an answer. Inputs of a run
    /// are read only if its plan `may_answer`.
    ///
    /// # Errors
    /// What `nobody` says where no run has one.
    pub fn ask<T>(
        home: &Home,
        number: Option<i64>,
        world: &World,
        may_answer: impl Fn(&Plan) -> bool,
        answer: impl Fn(&Stored<'_>) -> Result<Option<T>, RunError>,
        nobody: impl FnOnce(&[String]) -> String,
    ) -> Result<T, RunError> {
        let history = History::to_read(home)?.ok_or_else(nothing_yet)?;
        let runs = candidates(history.ledger.runs()?, number)?;
        let asked: Vec<String> = runs.iter().map(|run| format!("run {} ({})", run.run, run.job)).collect();
        for run in runs {
            let plan = Plan::of_stored(&run.job, &history.store, &history.ledger.inputs(run.run)?)?;
            if !may_answer(&plan) {
                continue;
            }
            let intake = read(&plan, world)?;
            if let Some(answer) = answer(&Stored { history: &history, run, plan, intake })? {
                return Ok(answer);
            }
        }
        Err(RunError::usage(nobody(&asked)))
    }

    /// The same inputs, read with the words of another program.
    ///
    /// # Errors
    /// When a stored file is gone or was altered.
    pub fn read_as(&self, program: &Program, world: &World) -> Result<Intake, RunError> {
        let inputs = self.history.ledger.inputs(self.run.run)?;
        let mut plan = Plan::of_stored(&self.run.job, &self.history.store, &inputs)?;
        plan.program = program.clone();
        read(&plan, world)
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
        (true, _) => Err(nothing_yet()),
    }
}
