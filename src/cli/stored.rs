//! The inputs of an earlier run, read again as it has kept them: for commands that answer as that run would.

use crate::error::RunError;
use crate::home::{Home, Plan};
use crate::ingest::Intake;
use crate::ledger::{Ledger, RunRow};
use crate::pipeline::{Progress, World, ledger_to_read, read, unusable};
use crate::program::Program;
use crate::store::Store;

/// A run and what it rested on.
pub(super) struct Stored {
    pub(super) ledger: Ledger,
    pub(super) store: Store,
    pub(super) run: RunRow,
    pub(super) plan: Plan,
    pub(super) intake: Intake,
}

impl Stored {
    /// Reads the inputs of a run; if none is named, those of the last run of each job, the newest first, until one has an
    /// answer.
    ///
    /// # Errors
    /// What `nobody` says where no run has one.
    pub(super) fn ask<T>(
        home: &Home,
        number: Option<i64>,
        (world, progress): (&World, Progress<'_>),
        answer: impl Fn(&Stored) -> Result<Option<T>, RunError>,
        nobody: impl FnOnce(&[String]) -> String,
    ) -> Result<(Stored, T), RunError> {
        let mut asked = Vec::new();
        for number in Stored::candidates(home, number)? {
            let stored = Stored::read(home, Some(number), world, progress)?;
            if let Some(answer) = answer(&stored)? {
                return Ok((stored, answer));
            }
            asked.push(format!("run {number} ({})", stored.run.job));
        }
        Err(RunError::usage(nobody(&asked)))
    }

    /// The same inputs, read with the words of another program.
    ///
    /// # Errors
    /// When a stored file is gone or was altered.
    pub(super) fn read_as(&self, program: &Program, world: &World, progress: Progress<'_>) -> Result<Intake, RunError> {
        let inputs = self.ledger.inputs(self.run.run).map_err(unusable)?;
        let mut plan = Plan::of_stored(&self.run.job, &self.store, &inputs)?;
        plan.program = program.clone();
        read(&plan, world, progress)
    }

    fn candidates(home: &Home, number: Option<i64>) -> Result<Vec<i64>, RunError> {
        if let Some(number) = number {
            return Ok(vec![number]);
        }
        let ledger = ledger_to_read(home)?.ok_or_else(nothing)?;
        let mut of_jobs: Vec<RunRow> = Vec::new();
        for run in ledger.runs().map_err(unusable)?.into_iter().rev() {
            if !of_jobs.iter().any(|newer| newer.job == run.job) {
                of_jobs.push(run);
            }
        }
        if of_jobs.is_empty() { Err(nothing()) } else { Ok(of_jobs.into_iter().map(|run| run.run).collect()) }
    }

    /// Reads the inputs of a run, of the last one if none is named.
    pub(super) fn read(
        home: &Home,
        number: Option<i64>,
        world: &World,
        progress: Progress<'_>,
    ) -> Result<Stored, RunError> {
        let ledger = ledger_to_read(home)?.ok_or_else(nothing)?;
        let runs = ledger.runs().map_err(unusable)?;
        let wanted = match number {
            None => runs.last(),
            Some(number) => runs.iter().find(|row| row.run == number),
        };
        let run = match (wanted, number) {
            (Some(run), _) => run.clone(),
            (None, Some(number)) if !runs.is_empty() => {
                return Err(RunError::usage(format!("there is no run {number}\n  expected 1 to {}", runs.len())));
            }
            (None, _) => return Err(nothing()),
        };
        let store = Store::new(home.path("state/store"));
        let plan = Plan::of_stored(&run.job, &store, &ledger.inputs(run.run).map_err(unusable)?)?;
        let intake = read(&plan, world, progress)?;
        Ok(Stored { ledger, store, run, plan, intake })
    }
}

fn nothing() -> RunError {
    RunError::usage("there is no run yet\n  hint: vouchsafe run month-end --as-of 2021-05-31")
}
