//! `vouchsafe diff-program`: the same inputs under two program files, or under one on two dates: which verdicts
//! change, by partner and amount, and why.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::error::RunError;
use crate::history::{PriorRuns, Stored};
use crate::home::{Home, Plan, World};
use crate::model::{Day, Total, Totals, counted};
use crate::pipeline::CommandResult;
use crate::program::Program;
use crate::verdicts::{Terms, Verdict, VerdictOutline, judge};

/// Compare two program files, or one on two dates, on the inputs of a run: which verdicts change, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe diff-program config/programs/sa-planning-services.toml new.toml
  vouchsafe diff-program config/programs/sa-planning-services.toml --on 2021-05-31 --on 2021-06-30

Inputs and ledger are those of the last run of the program, or of run N; nothing is written.")]
pub(super) struct DiffProgram {
    /// The program file to start from
    a: PathBuf,
    /// The changed program file; A again if none is named
    b: Option<PathBuf>,
    /// The as-of date; if given twice, first that of A, then that of B
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Vec<Day>,
    /// The run whose stored inputs are read; the last one of the program if none is given
    #[arg(long, value_name = "N")]
    run: Option<i64>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl DiffProgram {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let a = home.program_file(&self.a)?;
        let b = self.b.as_ref().map(|path| home.program_file(path)).transpose()?;
        let b = b.as_ref().unwrap_or(&a);
        let nobody = |asked: &[String]| {
            let asked = asked.join(", ");
            format!("no inputs of program \"{}\" in {asked}\n  hint: run a job of that program first", a.id)
        };
        let of_program = |plan: &Plan| plan.program.id == a.id;
        let answer = |stored: &Stored<'_>| self.compared(stored, &a, b, world).map(Some);
        Stored::ask(home, self.run, world, of_program, answer, nobody)
    }

    fn compared(
        &self,
        stored: &Stored<'_>,
        a: &Program,
        b: &Program,
        world: &World,
    ) -> Result<CommandResult, RunError> {
        let (first, second) = match self.on.as_slice() {
            [] => (stored.run.as_of, stored.run.as_of),
            [day] => (*day, *day),
            [first, second] => (*first, *second),
            _ => return Err(RunError::usage("--on is given more than twice\n  expected one date for each side")),
        };
        let Stored { history, run, plan, intake } = stored;
        let prior = PriorRuns::of(history, &run.job, run.as_of, Some(run.run))?;
        let decisions = prior.decisions(intake, &plan.settings.authority);
        let terms = prior.terms(plan, run.as_of, &decisions);
        // A program's words also say what the rows mean.
        let judged = |program: &Program, as_of: Day| -> Result<Vec<Verdict>, RunError> {
            let has_other_words = program.vocabulary != plan.program.vocabulary;
            let read_again = has_other_words.then(|| stored.read_as(program, world)).transpose()?;
            let intake = read_again.as_ref().unwrap_or(intake);
            Ok(judge(intake, Terms { program, as_of, ..terms }, &[]).verdicts)
        };
        let (before, after) = (judged(a, first)?, judged(b, second)?);
        let changed = changed_verdicts(&before, &after);
        let run_json = serde_json::to_vec_pretty(&changed).map_err(|error| RunError::usage(error.to_string()))?;
        let side = |program: &Program, day: Day| format!("{} on {day}", program.id);
        let run = run.run;
        let head = format!(
            "{}, then {}: inputs of run {run}, {}",
            side(a, first),
            side(b, second),
            counted(before.len(), "voucher", "vouchers")
        );
        Ok(CommandResult { run_json, ..CommandResult::shown(text(&head, &changed)) })
    }
}

/// A voucher whose verdict changes.
#[derive(Serialize)]
struct ChangedVerdict {
    voucher_id: String,
    partner_id: String,
    before: String,
    after: String,
    #[serde(rename = "worth")]
    entitled: Option<Total>,
    currency: Option<&'static str>,
    /// What is found after the change and was not before it, and the reverse.
    why: Vec<String>,
}

fn changed_verdicts(before: &[Verdict], after: &[Verdict]) -> Vec<ChangedVerdict> {
    let line = |b: &Verdict| {
        // A payment that is seen only on the later day may name a voucher that was unknown before.
        let a = &before[before.binary_search_by(|a| a.voucher.cmp(&b.voucher)).ok()?];
        let (from, to) = (VerdictOutline::of(a), VerdictOutline::of(b));
        let entitled = a.entitled.or(b.entitled).map(Total::from);
        (from != to).then(|| ChangedVerdict {
            voucher_id: b.voucher.to_string(),
            partner_id: b.partner.as_ref().map_or("no partner".to_owned(), ToString::to_string),
            before: from.to_string(),
            after: to.to_string(),
            entitled,
            currency: entitled.map(|entitled| entitled.currency.code()),
            why: why(a, b),
        })
    };
    after.iter().filter_map(line).collect()
}

fn why(a: &Verdict, b: &Verdict) -> Vec<String> {
    let has = |verdict: &Verdict, code| verdict.findings.iter().any(|finding| finding.code == code);
    let gained = b.findings.iter().filter(|finding| !has(a, finding.code));
    let lost = a.findings.iter().filter(|finding| !has(b, finding.code));
    let gained = gained.map(|finding| format!("{} {}", finding.code, finding.message));
    gained.chain(lost.map(|finding| format!("no longer {} {}", finding.code, finding.message))).collect()
}

fn text(head: &str, changed: &[ChangedVerdict]) -> String {
    let mut lines = vec![head.to_owned(), format!("verdicts that change: {}", changed.len())];
    let mut by_partner: BTreeMap<&str, Vec<&ChangedVerdict>> = BTreeMap::new();
    for voucher in changed {
        by_partner.entry(&voucher.partner_id).or_default().push(voucher);
    }
    for (partner, changed) in by_partner {
        let entitled: Totals = changed.iter().filter_map(|voucher| voucher.entitled).collect();
        lines.push(format!("\n{partner}: {}, entitled to {}", changed.len(), crate::results::totals_text(&entitled)));
        for voucher in changed {
            lines.push(format!("  {}: {}, then {}", voucher.voucher_id, voucher.before, voucher.after));
            lines.extend(voucher.why.iter().map(|why| format!("      {why}")));
        }
    }
    lines.join("\n")
}
