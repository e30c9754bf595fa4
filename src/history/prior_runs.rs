//! What earlier runs of a job mean for the verdicts of a later one.

use std::collections::HashMap;

use super::History;
use crate::decisions::{Decisions, Targets};
use crate::error::RunError;
use crate::home::Plan;
use crate::ingest::Intake;
use crate::model::{Authority, Carried, Day, Decision, OpeningClaims, VoucherId};
use crate::verdicts::{Earlier, Terms, VerdictSummary};

/// What earlier runs of a job have left for the judging of one of this day.
#[derive(Debug, Default)]
pub struct PriorRuns {
    /// Claims and invoices.
    pub claims: OpeningClaims,
    /// The verdicts of the last run, if there was one.
    pub verdicts: Option<HashMap<VoucherId, VerdictSummary>>,
    /// What the last run has left open, if there was one; for a look back as a later revision of it has left it.
    pub carried: Option<Carried>,
    /// Decisions that earlier runs have taken.
    decisions: Vec<Decision>,
}

impl PriorRuns {
    /// What earlier runs have left for one of this day; for a look back, only those before a run.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn of(history: &History, job: &str, as_of: Day, before: Option<i64>) -> Result<PriorRuns, RunError> {
        let ledger = &history.ledger;
        Ok(PriorRuns {
            claims: ledger.opening_claims(before)?,
            verdicts: match ledger.last_run(job, as_of, before)? {
                Some(run) => history.summaries(run)?,
                None => None,
            },
            carried: ledger.carried(job, as_of)?,
            // What a run has taken itself is known as taken when it is looked back at.
            decisions: ledger.decisions(before.map(|run| run + 1))?,
        })
    }

    /// All decisions: those that were taken, and those that are read.
    pub fn decisions<'a>(&'a self, intake: &'a Intake, authority: &'a Authority) -> Decisions<'a> {
        let known = Some(Targets { intake, opening: &self.claims });
        let rows = &intake.records.decisions.rows;
        Decisions::new(&self.decisions, rows, authority, self.carried.as_ref(), known)
    }

    /// The terms on which verdicts of this plan and day rest.
    pub fn terms<'a>(&'a self, plan: &'a Plan, as_of: Day, decisions: &'a Decisions<'a>) -> Terms<'a> {
        let (verdicts, carried) = (self.verdicts.as_ref(), self.carried.as_ref());
        Terms {
            program: &plan.program,
            as_of,
            tolerance: &plan.settings.tolerance,
            paid_through: &plan.settings.paid_through,
            opening: &self.claims,
            earlier: Earlier { verdicts, carried, decisions: Some(decisions) },
        }
    }
}
