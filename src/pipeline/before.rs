//! What earlier runs have left: in the ledger, and in the store.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::last::Last;
use super::{Progress, World, unusable};
use crate::error::{Exit, RunError};
use crate::home::Plan;
use crate::ingest::Intake;
use crate::ledger::{Ledger, RunRow};
use crate::model::{Authority, Carried, Day, Decision, OpeningClaims, VoucherId};
use crate::readback;
use crate::reconcile::{Decisions, Earlier, Opening, Sealed, Short, Targets};
use crate::remind::Given;
use crate::report;
use crate::store::Store;

/// What the ledger knows before a run.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) opening: OpeningClaims,
    pub(super) given: Given,
    pub(super) approved: HashSet<String>,
    pub(super) past: Past,
    /// The last run of the job.
    pub(super) last: Option<Last>,
    /// The last period that was closed before this day.
    pub(super) sealed: Sealed,
    /// What the period of the statement begins with.
    pub(super) opening_books: Opening,
}

/// What verdicts are told of earlier runs.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// What vouchers came to in the last run of the job.
    pub(super) verdicts: Option<HashMap<VoucherId, Short>>,
    /// What the last run of the job has left open.
    pub(super) carried: Option<Carried>,
    /// What earlier runs have taken of what people decided.
    decisions: Vec<Decision>,
}

impl Past {
    /// What earlier runs have left for one of this day; for a look back, only those before a run.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub(crate) fn of(
        (ledger, store): (&Ledger, &Store),
        job: &str,
        as_of: Day,
        before: Option<i64>,
    ) -> Result<Past, RunError> {
        Ok(Past {
            verdicts: match ledger.last_run(job, as_of).map_err(unusable)? {
                Some(run) => shorts(ledger, store, run)?,
                None => None,
            },
            carried: ledger.carried(job, as_of).map_err(unusable)?,
            // What a run has taken itself is known as taken when it is looked back at.
            decisions: ledger.decisions(before.map(|run| run + 1)).map_err(unusable)?,
        })
    }

    /// All decisions: those that were taken, and those that are read.
    pub(crate) fn decisions<'a>(
        &'a self,
        intake: &'a Intake,
        opening: &'a OpeningClaims,
        authority: &'a Authority,
    ) -> Decisions<'a> {
        let known = Some(Targets { intake, opening });
        Decisions::new(&self.decisions, &intake.records.decisions.rows, authority, known)
    }

    /// As verdicts are told.
    pub(crate) fn earlier<'a>(&'a self, decisions: &'a Decisions<'a>) -> Earlier<'a> {
        Earlier { verdicts: self.verdicts.as_ref(), carried: self.carried.as_ref(), decisions: Some(decisions) }
    }
}

/// What the ledger knows before the run, and the earlier runs of the same day.
pub(super) fn known(
    (ledger, store): (&Ledger, &Store),
    plan: &Plan,
    as_of: Day,
    means: (&World, Progress<'_>),
) -> Result<(Known, Vec<RunRow>), RunError> {
    let last = ledger.last_run(&plan.job.name, as_of).map_err(unusable)?;
    let last = last.map(|run| ledger.run(run)).transpose().map_err(unusable)?.flatten();
    let past = Past::of((ledger, store), &plan.job.name, as_of, None)?;
    let sealed = sealed((ledger, store), &plan.job.name, as_of, (last.as_ref(), &past))?;
    let known = Known {
        opening: ledger.opening_claims(None).map_err(unusable)?,
        given: ledger.given_notices().map_err(unusable)?,
        approved: ledger.approved_contents().map_err(unusable)?,
        past,
        last: last.map(|run| Last::of((ledger, store), run, plan, means)).transpose()?,
        sealed,
        opening_books: match plan.job.period.from(as_of) {
            Some(from) => opening_books(ledger, store, &plan.job.name, from)?,
            None => Opening::default(),
        },
    };
    Ok((known, ledger.runs_of_day(&plan.job.name, as_of).map_err(unusable)?))
}

/// The last period of a job that was closed before a day, with its vouchers as they were sealed. Most often that is the
/// last run, which has been read already.
fn sealed(
    (ledger, store): (&Ledger, &Store),
    job: &str,
    as_of: Day,
    (last, past): (Option<&RunRow>, &Past),
) -> Result<Sealed, RunError> {
    let (Some(act), _) = ledger.closed(job, as_of).map_err(unusable)? else { return Ok(Sealed::default()) };
    let vouchers = match past.verdicts.as_ref().filter(|_| last.is_some_and(|last| last.run == act.run)) {
        Some(known) => known.iter().map(|(voucher, short)| (voucher.clone(), short.facts.clone())).collect(),
        None => {
            let kept = shorts(ledger, store, act.run)?;
            let kept = kept.ok_or_else(|| lost(act.run, report::VERDICTS, "it was not kept"))?;
            kept.into_iter().map(|(voucher, short)| (voucher, short.facts)).collect()
        }
    };
    let reports = match ledger.record(act.run, report::REPORTS).map_err(unusable)? {
        Some(kept) => {
            let lost = |error: String| lost(act.run, report::REPORTS, &error);
            let path = store.checked_path(&kept).map_err(|error| lost(error.to_string()))?;
            Some(readback::reports(&path).map_err(lost)?)
        }
        None => None,
    };
    Ok(Sealed { period: act.period, ends_on: Some(act.ends_on), run: act.run, vouchers, reports })
}

/// The closing of the last run of a job before a day: what it has stated, and the accounts that it has kept.
fn opening_books(ledger: &Ledger, store: &Store, job: &str, from: Day) -> Result<Opening, RunError> {
    let Some(run) = ledger.last_run(job, from).map_err(unusable)? else { return Ok(Opening::default()) };
    let Some(kept) = ledger.record(run, report::ACCOUNTS).map_err(unusable)? else { return Ok(Opening::default()) };
    let page = page_of(ledger, store, run)?;
    let stated = readback::closings(&page).map_err(|error| lost(run, report::RUN_JSON, &error))?;
    let path = store.checked_path(&kept).map_err(|error| lost(run, report::ACCOUNTS, &error.to_string()))?;
    let accounts = readback::accounts(&path).map_err(|error| lost(run, report::ACCOUNTS, &error))?;
    Ok(Opening { run: Some(run), accounts, stated })
}

/// The stored `run.json` of a run, checked.
fn page_of(ledger: &Ledger, store: &Store, run: i64) -> Result<PathBuf, RunError> {
    let outputs = ledger.outputs(run).map_err(unusable)?;
    let page = outputs.iter().find(|output| output.path == report::RUN_JSON);
    let page = page.ok_or_else(|| lost(run, report::RUN_JSON, "it is not listed"))?;
    store.checked_path(&page.sha256).map_err(|error| lost(run, report::RUN_JSON, &error.to_string()))
}

/// Vouchers of a closed period that a run has told as restated, and about which nobody has decided.
pub(crate) fn undecided(ledger: &Ledger, store: &Store, run: i64) -> Result<u64, RunError> {
    let page = page_of(ledger, store, run)?;
    readback::undecided(&page).map_err(|error| lost(run, report::RUN_JSON, &error))
}

fn lost(run: i64, name: &str, error: &str) -> RunError {
    let what = format!("{name} of run {run}: the copy in state/store cannot be used: {error}");
    RunError::new(Exit::LedgerUnusable, format!("{what}\n  hint: restore state/ from a backup"))
}

/// What all vouchers came to in a run, if it has kept that.
pub(crate) fn shorts(ledger: &Ledger, store: &Store, run: i64) -> Result<Option<HashMap<VoucherId, Short>>, RunError> {
    let Some(verdicts) = ledger.record(run, report::VERDICTS).map_err(unusable)? else { return Ok(None) };
    let path = store.checked_path(&verdicts).map_err(|error| lost(run, report::VERDICTS, &error.to_string()))?;
    readback::shorts(&path).map(Some).map_err(|error| lost(run, report::VERDICTS, &error))
}
