//! An earlier run, as far as changes are told against it: what vouchers came to, and what it rested on.

use std::collections::HashMap;

use super::before::{Past, shorts};
use super::{Progress, World, read, unusable};
use crate::error::RunError;
use crate::home::Plan;
use crate::ledger::{Ledger, RunRow};
use crate::model::{Decision, OpeningClaims, Tolerance, VoucherId};
use crate::program::Program;
use crate::reconcile::{Decisions, Factors, Short, Then};
use crate::store::Store;

/// What an earlier run rested on, where that was something else.
#[derive(Debug)]
pub(crate) struct Last {
    /// The run.
    pub(crate) run: RunRow,
    rule: Option<(Program, Tolerance)>,
    decisions: Vec<Decision>,
    opening: OpeningClaims,
    judged_now: Option<HashMap<VoucherId, Short>>,
}

impl Last {
    /// What a run rested on, beside the plan of a later one. Its inputs are read only where another version of this
    /// program has judged them.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub(crate) fn of(
        (ledger, store): (&Ledger, &Store),
        run: RunRow,
        plan: &Plan,
        (world, progress): (&World, Progress<'_>),
    ) -> Result<Last, RunError> {
        let inputs = ledger.inputs(run.run).map_err(unusable)?;
        let is_other_engine =
            ledger.engine_of(run.run).map_err(unusable)?.as_deref() != Some(env!("CARGO_PKG_VERSION"));
        let config = |rows: &[crate::ledger::InputRow]| -> Vec<(String, String)> {
            let of_config = rows.iter().filter(|row| row.dataset == "config");
            of_config.map(|row| (row.name.clone(), row.sha256.clone())).collect()
        };
        let is_other_rule = config(&inputs) != config(&plan.input_rows());
        let stored =
            if is_other_rule || is_other_engine { Some(Plan::of_stored(&run.job, store, &inputs)?) } else { None };
        let judged_now = match stored.as_ref().filter(|_| is_other_engine) {
            Some(stored) => {
                progress("judging the last run again, which another version has judged");
                Some(judge_again((ledger, store), &run, stored, (world, progress))?)
            }
            None => None,
        };
        Ok(Last {
            rule: stored.filter(|_| is_other_rule).map(|stored| (stored.program, stored.settings.tolerance)),
            decisions: ledger.decisions(Some(run.run + 1)).map_err(unusable)?,
            opening: ledger.opening_claims(Some(run.run)).map_err(unusable)?,
            judged_now,
            run,
        })
    }

    /// Decisions that it knew.
    pub(crate) fn decisions<'a>(&'a self, plan: &'a Plan) -> Decisions<'a> {
        Decisions::new(&self.decisions, &[], &plan.settings.authority, None)
    }

    /// As changes are told against it.
    pub(crate) fn then<'a>(
        &'a self,
        shorts: &'a HashMap<VoucherId, Short>,
        decisions: &'a Decisions<'a>,
        now: (&OpeningClaims, &Decisions<'_>),
    ) -> Then<'a> {
        let (opening_now, decisions_now) = now;
        Then {
            shorts,
            as_of: self.run.as_of,
            rule: self.rule.as_ref().map(|(program, tolerance)| (program, tolerance)),
            decisions: Some(decisions).filter(|decisions| decisions.says_other(decisions_now)),
            opening: Some(&self.opening).filter(|opening| *opening != opening_now),
            judged_now: self.judged_now.as_ref(),
        }
    }
}

/// What the inputs of a run come to with this version of the program.
fn judge_again(
    (ledger, store): (&Ledger, &Store),
    run: &RunRow,
    plan: &Plan,
    (world, progress): (&World, Progress<'_>),
) -> Result<HashMap<VoucherId, Short>, RunError> {
    let intake = read(plan, world, progress)?;
    let opening = ledger.opening_claims(Some(run.run)).map_err(unusable)?;
    let past = Past::of((ledger, store), &run.job, run.as_of, Some(run.run))?;
    let decisions = past.decisions(&intake, &opening, &plan.settings.authority);
    let earlier = past.earlier(&decisions);
    let (program, tolerance) = (&plan.program, &plan.settings.tolerance);
    let factors = Factors { program, tolerance, as_of: run.as_of, opening: &opening, earlier };
    Ok(factors.judge(&intake).iter().map(|verdict| (verdict.voucher.clone(), Short::of(verdict))).collect())
}

/// What vouchers came to in a run.
///
/// # Errors
/// When the run has not kept it, or the store cannot be read.
pub(crate) fn came_to(ledger: &Ledger, store: &Store, run: &RunRow) -> Result<HashMap<VoucherId, Short>, RunError> {
    let kept = shorts(ledger, store, run.run)?;
    kept.ok_or_else(|| {
        RunError::usage(format!("run {} has kept no verdicts, so nothing can be compared with it", run.run))
    })
}
