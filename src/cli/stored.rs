//! The inputs of an earlier run, read again as it has kept them: for commands that answer as that run would.

use crate::error::RunError;
use crate::home::{Home, Plan};
use crate::ingest::Intake;
use crate::ledger::{Ledger, RunRow};
use crate::pipeline::{Progress, World, ledger_to_read, read, unusable};
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
    /// Reads the inputs of a run, of the last one if none is named.
    pub(super) fn read(
        home: &Home,
        number: Option<i64>,
        world: &World,
        progress: Progress<'_>,
    ) -> Result<Stored, RunError> {
        let nothing = || RunError::usage("there is no run yet\n  hint: vouchsafe run month-end --as-of 2021-05-31");
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
