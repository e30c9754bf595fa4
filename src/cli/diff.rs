//! `vouchsafe runs` and `vouchsafe diff`: history; what changed between two runs, and why.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use crate::compare::{self, Change};
use crate::error::RunError;
use crate::history::{History, LastRun, PriorRuns};
use crate::home::{Home, Plan, World, read};
use crate::ledger::RunRow;
use crate::model::counted;
use crate::pipeline::CommandResult;
use crate::report::csv::JsonRow;
use crate::report::tables::changes::{ChangeRow, columns};
use crate::verdicts::{VerdictSummary, judge};

/// List runs: number, job, day, revision, verdict, exit code
#[derive(Debug, Args)]
pub(super) struct Runs {}

/// Compare two runs: which verdicts changed, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe diff 1 2
  vouchsafe diff 1 2 --json | jq '.changes[] | select(.causes | test(\"rule\"))'

Causes: input changed, rule changed, clock passed, decision made, invoice issued, engine changed. Each voucher whose \
verdict changed is judged again with one factor as it was in A; a factor that makes a difference is a cause.")]
pub(super) struct Diff {
    /// The earlier run, as `vouchsafe runs` numbers it
    a: i64,
    /// The later run
    b: i64,
    /// Print the changes as JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Runs {
    pub(super) fn execute(self, home: &Home) -> Result<String, RunError> {
        let history = History::to_read(home)?;
        let runs = history.map_or(Ok(Vec::new()), |history| history.ledger.runs())?;
        if runs.is_empty() {
            return Ok("no run yet\n  hint: vouchsafe run month-end --as-of 2021-05-31".to_owned());
        }
        let line = |run: &RunRow| {
            let RunRow { run, job, as_of, revision, verdict, exit_code, folder, .. } = run;
            format!("{run:>4}  {job}  {as_of}  revision {revision}  {verdict}  exit {exit_code}  out/{folder}")
        };
        Ok(runs.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

#[derive(Serialize)]
struct Page<'c> {
    a: i64,
    b: i64,
    vouchers_that_changed: usize,
    by_cause: BTreeMap<&'static str, usize>,
    changes: Vec<JsonRow<'c, ChangeRow<'c>>>,
}

impl Diff {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let history = History::to_read(home)?.ok_or_else(|| RunError::usage("there is no run yet"))?;
        let (a, b) = (run(&history, self.a)?, run(&history, self.b)?);
        let program = |run: &RunRow| -> Result<Plan, RunError> {
            Plan::of_stored(&run.job, &history.store, &history.ledger.inputs(run.run)?)
        };
        let (plan_a, plan) = (program(&a)?, program(&b)?);
        if plan_a.program.id != plan.program.id {
            let what = format!("run {} is of {}, run {} of {}", a.run, plan_a.program.id, b.run, plan.program.id);
            return Err(RunError::usage(format!("{what}\n  expected two runs of one program")));
        }
        let changes = changes(&history, a, &b, &plan, world)?;
        let mut by_cause: BTreeMap<&'static str, usize> = BTreeMap::new();
        for cause in changes.iter().flat_map(|change| &change.causes) {
            *by_cause.entry(cause.as_str()).or_default() += 1;
        }
        let text = text(self.a, self.b, &by_cause, &changes);
        let columns = columns();
        let rows = changes.iter().map(|change| JsonRow { columns: &columns, row: ChangeRow(change) }).collect();
        let page = Page { a: self.a, b: self.b, vouchers_that_changed: changes.len(), by_cause, changes: rows };
        let run_json = serde_json::to_vec_pretty(&page).map_err(|error| RunError::usage(error.to_string()))?;
        Ok(CommandResult { run_json, ..CommandResult::shown(text) })
    }
}

fn run(history: &History, number: i64) -> Result<RunRow, RunError> {
    let found = history.ledger.run(number)?;
    found.ok_or_else(|| RunError::usage(format!("there is no run {number}\n  hint: vouchsafe runs lists them")))
}

/// What changed between an earlier run and a later one, whose plan this is.
fn changes(
    history: &History,
    earlier: RunRow,
    later: &RunRow,
    plan: &Plan,
    world: &World,
) -> Result<Vec<Change>, RunError> {
    let verdicts_then = history.verdicts_of(&earlier)?;
    let last = LastRun::of(history, earlier, plan, world)?;
    let intake = read(plan, world)?;
    let prior = PriorRuns::of(history, &later.job, later.as_of, Some(later.run))?;
    let decisions = prior.decisions(&intake, &plan.settings.authority);
    let terms = prior.terms(plan, later.as_of, &decisions);
    let judged = judge(&intake, terms, &[]);
    let decisions_then = last.decisions(plan, prior.carried.as_ref());
    Ok(compare::changes(last.baseline(&verdicts_then, &decisions_then, terms), &judged.verdicts, &intake, terms))
}

fn text(a: i64, b: i64, by_cause: &BTreeMap<&'static str, usize>, changes: &[Change]) -> String {
    if changes.is_empty() {
        return format!("runs {a} and {b}: no verdict changed");
    }
    let causes: Vec<String> = by_cause.iter().map(|(cause, count)| format!("{cause} {count}")).collect();
    let mut lines = vec![format!(
        "runs {a} and {b}: {} ({})",
        counted(changes.len(), "verdict changed", "verdicts changed"),
        causes.join(", ")
    )];
    lines.extend(changes.iter().map(|change| {
        let side = |summary: Option<&VerdictSummary>| match summary {
            None => "not there".to_owned(),
            Some(VerdictSummary { state, outcome, codes, .. }) => {
                format!("{state} {outcome} {codes}").trim_end().to_owned()
            }
        };
        let (from, to) = (side(change.before.as_ref()), side(change.now.as_ref()));
        let row = ChangeRow(change);
        let facts = match row.facts() {
            facts if facts.is_empty() => facts,
            facts => format!(" ({facts})"),
        };
        format!("  {}: {from} -> {to}: {}{facts}", change.voucher, row.causes())
    }));
    lines.join("\n")
}
