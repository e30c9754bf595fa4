//! `vouchsafe close`, `vouchsafe reopen` and `vouchsafe periods`: a person seals a month; another person may reopen it,
//! with a reason.

use clap::Args;

use crate::error::RunError;
use crate::history::{History, Lock};
use crate::home::{Home, World};
use crate::ledger::{PeriodAct, RunRow, Waiting};
use crate::model::{Day, counted};

/// Close a month: seal the last run of a job for its last day; that month and earlier ones are locked for the job
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  vouchsafe close 2021-05 --by \"A. Controller\"

Other jobs are unaffected. What exports say later about a closed month goes to the next one: late facts are shown, and \
a sealed fact that has changed since is reported as IN-21.")]
pub(super) struct Close {
    /// The month, as in 2021-05
    period: String,
    /// The job whose run is sealed
    #[arg(long, value_name = "JOB", default_value = "month-end")]
    job: String,
    /// Who closes; not the one who ran the job
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why it is closed although rows were refused, or restatements of the month before are undecided
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Reopen a closed month, with a reason, as a second person
///
/// Possible as long as no later month was run. The next run for its last day is a new revision.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  vouchsafe reopen 2021-05 --by \"B. Reviewer\" --reason \"rates of May were wrong\"")]
pub(super) struct Reopen {
    /// The month, as in 2021-05
    period: String,
    /// The job whose run was sealed
    #[arg(long, value_name = "JOB", default_value = "month-end")]
    job: String,
    /// Who reopens; not the one who closed
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why it is reopened
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// List closed and reopened months
#[derive(Debug, Args)]
pub(super) struct Periods {
    /// The job whose months are listed
    #[arg(long, value_name = "JOB", default_value = "month-end")]
    job: String,
}

/// The last day of a month that is written as 2021-05.
fn last_day(period: &str) -> Result<Day, RunError> {
    let first = (period.len() == 7).then(|| Day::parse_iso(&format!("{period}-01"))).flatten();
    let next = first.map(|first| first.plus_months(1).previous());
    next.ok_or_else(|| RunError::usage(format!("\"{period}\" is not a month\n  expected year-month, as in 2021-05")))
}

impl Close {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<String, RunError> {
        let ends_on = last_day(&self.period)?;
        let lock = Lock::take(home)?;
        let mut history = History::open_existing(home, &lock)?;
        let runs = history.ledger.runs_of_day(&self.job, ends_on)?;
        let Some(run) = runs.into_iter().next_back() else {
            let what = format!("there is no run of job \"{}\" for {ends_on}", self.job);
            let hint = format!("hint: vouchsafe run {} --as-of {ends_on}, and look at its workbook", self.job);
            return Err(RunError::usage(format!("{what}\n  {hint}")));
        };
        if let Some(why) = self.refusal(&history, &run)? {
            return Err(RunError::usage(why));
        }
        let act = PeriodAct {
            job: self.job,
            period: self.period,
            ends_on,
            closes: true,
            run: run.run,
            by: self.by.trim().to_owned(),
            at: world.now.to_rfc3339(),
            reason: self.reason,
        };
        history.ledger.act_on_period(&act)?;
        Ok(format!("{}\nsealed: run {}, out/{}, {}", line(&act), run.run, run.folder, run.seal))
    }

    /// Why the period cannot be closed by this person now.
    fn refusal(&self, history: &History, run: &RunRow) -> Result<Option<String>, RunError> {
        let by = self.by.trim();
        let ledger = &history.ledger;
        let periods = ledger.periods(&self.job)?;
        let known = periods.iter().find(|act| act.period == self.period && act.closes);
        let prepared = ledger.run_by(run.run)?;
        // A later run has taken up what waited.
        let is_last = ledger.latest_as_of(&self.job)? == Some(run.as_of);
        let waits = is_last && ledger.waiting(run.run)? != Waiting::Nothing;
        let no_reason = self.reason.as_deref().is_none_or(|text| text.trim().is_empty());
        let incomplete = run.verdict == "INCOMPLETE" && no_reason;
        let undecided = history.undecided_restatements(run.run)?;
        Ok(match known {
            _ if by.is_empty() => Some("--by needs the name of the person who closes".to_owned()),
            Some(act) => Some(format!("{} is closed already, by {} with run {}", self.period, act.by, act.run)),
            None if prepared.as_deref().is_some_and(|prepared| prepared.eq_ignore_ascii_case(by)) => {
                Some(format!("{by} ran run {}\n  expected a second person", run.run))
            }
            None if waits => Some(format!(
                "a batch of run {} waits for approval\n  hint: vouchsafe batches lists it; approve it and run again, or correct it",
                run.run
            )),
            None if incomplete => Some(format!(
                "run {} is INCOMPLETE: rows or files were refused\n  hint: correct them and run again, or say with --reason why it is closed as it is",
                run.run
            )),
            None if undecided > 0 && no_reason => Some(format!(
                "run {} reports {} of the closed month before, undecided\n  hint: decide about them in the workbook and run again, or say with --reason why this month is closed as it is",
                run.run,
                counted(undecided, "restated voucher", "restated vouchers")
            )),
            None => None,
        })
    }
}

impl Reopen {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<String, RunError> {
        let ends_on = last_day(&self.period)?;
        let lock = Lock::take(home)?;
        let History { mut ledger, .. } = History::open_existing(home, &lock)?;
        let periods = ledger.periods(&self.job)?;
        let closed = periods.iter().find(|act| act.period == self.period && act.closes);
        let later = periods.iter().find(|act| act.closes && act.ends_on > ends_on);
        let latest = ledger.latest_as_of(&self.job)?;
        if let Some(latest) = latest.filter(|latest| ends_on < *latest) {
            let what =
                format!("job \"{}\" was run for {latest} since: a month before that day cannot be reopened", self.job);
            let hint = "hint: correct it in the open month, where IN-21 reports what has changed";
            return Err(RunError::usage(format!("{what}\n  {hint}")));
        }
        let (by, reason) = (self.by.trim(), self.reason.trim());
        let closed = match (closed, later) {
            (None, _) => return Err(RunError::usage(format!("{} is not closed", self.period))),
            (Some(_), Some(later)) => {
                let what = format!("{} is closed too, and builds on it", later.period);
                return Err(RunError::usage(format!("{what}\n  hint: reopen {} first", later.period)));
            }
            (Some(closed), None) => closed,
        };
        if by.is_empty() || reason.is_empty() {
            return Err(RunError::usage("--by and --reason need the name of the person who reopens, and why"));
        }
        if closed.by.eq_ignore_ascii_case(by) {
            let what = format!("{by} has closed {}\n  expected a second person", self.period);
            return Err(RunError::usage(what));
        }
        let act = PeriodAct {
            closes: false,
            by: by.to_owned(),
            at: world.now.to_rfc3339(),
            reason: Some(reason.to_owned()),
            ..closed.clone()
        };
        ledger.act_on_period(&act)?;
        Ok(line(&act))
    }
}

impl Periods {
    pub(super) fn execute(self, home: &Home) -> Result<String, RunError> {
        let history = History::to_read(home)?;
        let acts = history.map_or(Ok(Vec::new()), |history| history.ledger.periods(&self.job))?;
        if acts.is_empty() {
            return Ok("no month was closed yet".to_owned());
        }
        Ok(acts.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

fn line(act: &PeriodAct) -> String {
    let what = if act.closes { "closed" } else { "reopened" };
    let reason = act.reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
    format!("{} {} {what} by {}, run {}{reason}", act.job, act.period, act.by, act.run)
}
