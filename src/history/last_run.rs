//! An earlier run, as far as changes are compared with it: its verdicts, and what it rested on.

use std::collections::HashMap;

use super::{History, PriorRuns};
use crate::compare::{Baseline, RulesThen};
use crate::decisions::Decisions;
use crate::error::RunError;
use crate::home::{Plan, World, read};
use crate::ledger::{InputRow, RunRow};
use crate::model::{Carried, Decision, OpeningClaims, VoucherId};
use crate::verdicts::{Terms, VerdictSummary, judge};

/// What an earlier run rested on, where that was something else.
#[derive(Debug)]
pub struct LastRun {
    run: RunRow,
    rule: Option<Plan>,
    decisions: Vec<Decision>,
    opening: OpeningClaims,
    judged_now: Option<HashMap<VoucherId, VerdictSummary>>,
}

impl LastRun {
    /// What a run rested on, beside the plan of a later one. Its inputs are read only where another version of this
    /// program has judged them.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn of(history: &History, run: RunRow, plan: &Plan, world: &World) -> Result<LastRun, RunError> {
        let ledger = &history.ledger;
        let inputs = ledger.inputs(run.run)?;
        let is_other_engine = ledger.engine_of(run.run)?.as_deref() != Some(env!("CARGO_PKG_VERSION"));
        let config = |rows: &[InputRow]| -> Vec<(String, String)> {
            let of_config = rows.iter().filter(|row| row.dataset == "config");
            of_config.map(|row| (row.name.clone(), row.sha256.clone())).collect()
        };
        let is_other_rule = config(&inputs) != config(&plan.input_rows());
        let stored = if is_other_rule || is_other_engine {
            Some(Plan::of_stored(&run.job, &history.store, &inputs)?)
        } else {
            None
        };
        let judged_now = match stored.as_ref().filter(|_| is_other_engine) {
            Some(stored) => {
                world.progress.step("judging the last run again, which another version has judged");
                Some(judge_again(history, &run, stored, world)?)
            }
            None => None,
        };
        Ok(LastRun {
            rule: stored.filter(|_| is_other_rule),
            decisions: ledger.decisions(Some(run.run + 1))?,
            opening: ledger.opening_claims(Some(run.run))?,
            judged_now,
            run,
        })
    }

    /// Decisions that it knew, about what is open now.
    pub fn decisions<'a>(&'a self, plan: &'a Plan, carried: Option<&'a Carried>) -> Decisions<'a> {
        Decisions::new(&self.decisions, &[], &plan.settings.authority, carried, None)
    }

    /// As changes are compared with it.
    pub fn baseline<'a>(
        &'a self,
        verdicts: &'a HashMap<VoucherId, VerdictSummary>,
        decisions: &'a Decisions<'a>,
        now: Terms<'_>,
    ) -> Baseline<'a> {
        let has_others = |then: &&Decisions<'_>| now.earlier.decisions.is_none_or(|now| then.differ_from(now));
        Baseline {
            summaries: verdicts,
            as_of: self.run.as_of,
            rule: self.rule.as_ref().map(|plan| RulesThen {
                program: &plan.program,
                tolerance: &plan.settings.tolerance,
                paid_through: &plan.settings.paid_through,
            }),
            decisions: Some(decisions).filter(has_others),
            opening: Some(&self.opening).filter(|opening| *opening != now.opening),
            judged_now: self.judged_now.as_ref(),
        }
    }
}

/// What this version of the program makes of the inputs of a run.
fn judge_again(
    history: &History,
    run: &RunRow,
    plan: &Plan,
    world: &World,
) -> Result<HashMap<VoucherId, VerdictSummary>, RunError> {
    let intake = read(plan, world)?;
    let prior = PriorRuns::of(history, &run.job, run.as_of, Some(run.run))?;
    let decisions = prior.decisions(&intake, &plan.settings.authority);
    let terms = prior.terms(plan, run.as_of, &decisions);
    let judged = judge(&intake, terms, &[]);
    Ok(judged.verdicts.iter().map(|verdict| (verdict.voucher.clone(), verdict.summary())).collect())
}
