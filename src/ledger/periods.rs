//! Closed periods: who sealed which run, and who reopened what, and why.

use rusqlite::{Row, params};
use serde_json::json;

use super::{Ledger, LedgerError, parsed};
use crate::model::Day;

/// What somebody did with a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodAct {
    /// The job.
    pub job: String,
    /// As `2021-05`.
    pub period: String,
    /// Its last day.
    pub ends_on: Day,
    /// Closed; otherwise reopened.
    pub closes: bool,
    /// The run that is sealed, or was.
    pub run: i64,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why: always of a reopening, of a closing where something was missing.
    pub reason: Option<String>,
}

fn act(row: &Row<'_>) -> rusqlite::Result<PeriodAct> {
    Ok(PeriodAct {
        job: row.get(0)?,
        period: row.get(1)?,
        ends_on: parsed(row, 2, Day::parse_iso)?,
        closes: row.get::<_, String>(3)? == "close",
        run: row.get(4)?,
        by: row.get(5)?,
        at: row.get(6)?,
        reason: row.get(7)?,
    })
}

impl Ledger {
    /// The last act about each period of a job, by period.
    ///
    /// # Errors
    /// When the ledger cannot be read. The same holds for all functions here.
    pub fn periods(&self, job: &str) -> Result<Vec<PeriodAct>, LedgerError> {
        let sql = "SELECT job, period, ends_on, act, run, by, at, reason FROM period_act p WHERE job = ?1
                   AND seq = (SELECT max(seq) FROM period_act l WHERE l.job = p.job AND l.period = p.period)
                   ORDER BY ends_on";
        let mut statement = self.connection.prepare(sql)?;
        let acts = statement.query_map([job], act)?;
        Ok(acts.collect::<Result<_, _>>()?)
    }

    /// The last closed period of a job that ends before a day.
    pub fn closed_before(&self, job: &str, day: Day) -> Result<Option<PeriodAct>, LedgerError> {
        let mut periods = self.periods(job)?.into_iter();
        Ok(periods.rfind(|act| act.closes && act.ends_on < day))
    }

    /// The last closed period of a job that ends on a day or after it.
    pub fn closed_since(&self, job: &str, day: Day) -> Result<Option<PeriodAct>, LedgerError> {
        let mut periods = self.periods(job)?.into_iter();
        Ok(periods.rfind(|act| act.closes && day <= act.ends_on))
    }

    /// Records an act, as an event of the chain too.
    pub fn act_on_period(&mut self, act: &PeriodAct) -> Result<(), LedgerError> {
        let kind = if act.closes { "close" } else { "reopen" };
        let mut entry = self.begin_after(act.run)?;
        let payload = json!({
            "at": act.at, "by": act.by, "job": act.job, "period": act.period, "reason": act.reason, "run": act.run,
        });
        entry.event(kind, &payload)?;
        entry.execute(
            "INSERT INTO period_act (job, period, ends_on, act, run, by, at, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![act.job, act.period, act.ends_on.to_string(), kind, act.run, act.by, act.at, act.reason],
        )?;
        entry.finish()
    }

    /// The version of this program that has made a run.
    pub fn engine_of(&self, run: i64) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT engine FROM run_log WHERE run = ?1 ORDER BY started_at LIMIT 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut engines = statement.query_map([run], |row| row.get(0))?;
        Ok(engines.next().transpose()?)
    }

    /// Who ran a run first.
    pub fn run_by(&self, run: i64) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT user FROM run_log WHERE run = ?1 ORDER BY started_at LIMIT 1";
        let mut statement = self.connection.prepare(sql)?;
        let mut users = statement.query_map([run], |row| row.get(0))?;
        Ok(users.next().transpose()?)
    }
}
