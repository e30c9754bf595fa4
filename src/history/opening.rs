//! What the ledger knows when a run begins.

use std::collections::HashSet;

use super::{History, LastRun, PriorRuns};
use crate::books::OpeningBooks;
use crate::compare::ClosedPeriod;
use crate::error::RunError;
use crate::home::{Plan, World};
use crate::model::{Day, Notice};

/// What the ledger knows when a run begins.
#[derive(Debug, Default)]
pub struct OpeningState {
    /// Notices that were given.
    pub given: HashSet<Notice>,
    /// Contents of batches that were approved.
    pub approved: HashSet<String>,
    /// What earlier runs of the job have left.
    pub prior: PriorRuns,
    /// The last run of the job.
    pub last: Option<LastRun>,
    /// The last period that was closed before this day.
    pub sealed: ClosedPeriod,
    /// What the period of the statement begins with.
    pub books: OpeningBooks,
}

impl OpeningState {
    /// What the ledger knows before a run of this plan and day.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn of(history: &History, plan: &Plan, as_of: Day, world: &World) -> Result<OpeningState, RunError> {
        let (ledger, job) = (&history.ledger, &plan.job.name);
        let last = match ledger.last_run(job, as_of, None)? {
            Some(run) => ledger.run(run)?,
            None => None,
        };
        let prior = PriorRuns::of(history, job, as_of, None)?;
        let sealed = match ledger.closed_before(job, as_of)? {
            Some(act) => {
                // Most often that is the last run, which has been read already.
                let is_last = last.as_ref().is_some_and(|last| last.run == act.run);
                history.sealed(act, prior.verdicts.as_ref().filter(|_| is_last))?
            }
            None => ClosedPeriod::default(),
        };
        Ok(OpeningState {
            given: ledger.given_notices()?,
            approved: ledger.approved_contents()?,
            last: last.map(|run| LastRun::of(history, run, plan, world)).transpose()?,
            sealed,
            books: match plan.job.period.from(as_of) {
                Some(from) => history.opening_books(job, from)?,
                None => OpeningBooks::default(),
            },
            prior,
        })
    }
}
