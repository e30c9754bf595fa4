//! `vouchsafe explain`: one voucher, from the stored inputs of a run, so that the answer is the one of that day.

use clap::Args;

use super::explained::{Answers, CitedDocument, Explained, NextChange, OfRun, RuleLine, Said};
use crate::casebook::Case;
use crate::error::{Exit, RunError};
use crate::history::{PriorRuns, Stored};
use crate::home::{Home, World};
use crate::ingest::Intake;
use crate::model::{Answer, Code, Day, Language, Place, VoucherId};
use crate::pipeline::CommandResult;
use crate::verdicts::{CheckResult, Terms, Verdict, check_all, judge_case, open_cases, turning_days};
use crate::wording::{NoText, Wording};

/// Show one voucher: state, every rule with its answer, citations, source rows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe explain V-210300910           as the last run saw it
  vouchsafe explain V-210300910 --run 3   as run 3 saw it
  vouchsafe explain V-210300910 --language de

Marks: + in order   ! not in order, or waiting   ? unknown   - does not apply")]
pub(super) struct Explain {
    /// The voucher's id
    voucher: String,
    /// The run whose stored inputs are read; the last one if none is given
    #[arg(long, value_name = "N")]
    run: Option<i64>,
    /// The language of titles and words; details, sources and next steps are in English
    #[arg(long, value_name = "TAG", default_value = "en", value_parser = language)]
    language: Language,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Explain {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let wording = Wording::of(self.language);
        let wanted = VoucherId::new(&self.voucher);
        let nobody = |asked: &[String]| {
            let asked = asked.join(", ");
            let hint =
                "case and zeros of an id count; refused rows are listed in rejects.csv; --run asks an earlier run";
            format!("no voucher \"{wanted}\" in {asked}\n  hint: {hint}")
        };
        let answer = |stored: &Stored<'_>| answer(stored, &wanted, wording);
        let explained = Stored::ask(home, self.run, world, |_| true, answer, nobody)?;
        let run_json = serde_json::to_vec_pretty(&explained).map_err(|error| RunError::usage(error.to_string()))?;
        Ok(CommandResult { run_json, ..CommandResult::shown(explained.text(wording).map_err(unspeakable)?) })
    }
}

/// The answer of a run, if it has judged the voucher.
fn answer(stored: &Stored<'_>, wanted: &VoucherId, wording: Wording) -> Result<Option<Explained>, RunError> {
    let Stored { history, run: row, plan, intake } = stored;
    let prior = PriorRuns::of(history, &row.job, row.as_of, Some(row.run))?;
    let decisions = prior.decisions(intake, &plan.settings.authority);
    let terms = prior.terms(plan, row.as_of, &decisions);
    let found = open_cases(intake, terms).0.find(wanted, |case| {
        let verdict = judge_case(case, terms);
        let turning = turning_days(case, terms);
        (verdict, turning, explained(case, terms, intake, wording))
    });
    let Some((verdict, turning, answers)) = found else { return Ok(None) };
    let next = next_change(&verdict, &turning, intake, terms);
    let run = OfRun { run: row.run, job: row.job.clone(), as_of: row.as_of };
    Ok(Some(Explained::of(&verdict, run, answers.map_err(unspeakable)?, next)))
}

fn unspeakable(missing: NoText) -> RunError {
    RunError::new(Exit::Internal, missing.to_string())
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        format!("expected one of {}", known.join(", "))
    })
}

/// The first later day on which the same rows come to another answer, and that answer.
fn next_change(verdict: &Verdict, turning: &[Day], intake: &Intake, terms: Terms<'_>) -> Option<NextChange> {
    let short = |verdict: &Verdict| (verdict.state, verdict.outcome, verdict.codes());
    turning.iter().find_map(|day| {
        let later = Terms { as_of: *day, ..terms };
        let other = open_cases(intake, later).0.find(&verdict.voucher, |case| judge_case(case, later))?;
        (short(&other) != short(verdict)).then(|| NextChange {
            on: *day,
            state: other.state.as_str(),
            outcome: other.outcome.as_str(),
            codes: other.codes(),
        })
    })
}

/// The rules that were looked at, in order, and the rows of the voucher.
fn explained(case: &Case<'_>, terms: Terms<'_>, intake: &Intake, wording: Wording) -> Result<Answers, NoText> {
    let results = check_all(case, terms);
    let rules = results.iter().map(|result| rule(result, terms, intake, wording)).collect::<Result<_, _>>()?;
    let rows = rows(case).into_iter().map(|(what, place)| (what, intake.tables.describe(place))).collect();
    Ok(Answers { rules, rows })
}

fn rule(result: &CheckResult, terms: Terms<'_>, intake: &Intake, wording: Wording) -> Result<RuleLine, NoText> {
    let word = |name: &str| wording.text(name, &[]);
    let (answer, code, what, places): (Said, Code, String, &[Place]) = match &result.answer {
        Answer::Passed(places) => (Said::Passed, result.codes[0], word("explain-in-order")?, places),
        Answer::NotApplicable(why) => (Said::NotApplicable, result.codes[0], (*why).to_owned(), &[]),
        Answer::Failed(failure) => (Said::Failed, failure.code, failure.message.clone(), &failure.places),
        Answer::Unknown { code, why, places } => (Said::Unknown, code.unwrap_or(result.codes[0]), why.clone(), places),
    };
    let code = if result.codes.contains(&code) { code } else { result.codes[0] };
    let rule = terms.program.rules.get(&code);
    let title = match rule {
        None => word("explain-left-out")?,
        Some(rule) => match rule.title.in_language(wording.language()) {
            Some(title) => title.to_owned(),
            // A code that is new with house rules or a program has its titles there.
            None => word(&format!("rule-{code}")).unwrap_or_else(|_| rule.title.to_string()),
        },
    };
    let left_out = || terms.program.left_out.get(code.as_str()).cloned().unwrap_or_default();
    Ok(RuleLine {
        codes: result.codes.to_vec(),
        title,
        answer,
        what: if rule.is_some() { what } else { left_out() },
        next: rule.and_then(|rule| rule.remedy.clone()).filter(|_| answer == Said::Failed),
        citation: rule.map_or_else(String::new, |rule| rule.citation.clone()),
        document: rule.and_then(|rule| CitedDocument::of(&rule.citation, terms.program)),
        rows: places.iter().map(|place| intake.tables.describe(*place)).collect(),
    })
}

fn rows(case: &Case<'_>) -> Vec<(&'static str, Place)> {
    let mut rows: Vec<(&'static str, Place)> = case.rows.iter().map(|row| ("voucher", row.place)).collect();
    rows.extend(case.redemptions.iter().map(|row| ("redemption", row.place)));
    rows.extend(case.completions.iter().map(|row| ("completion", row.place)));
    rows.extend(case.milestones.rows().iter().map(|row| ("milestone", row.place)));
    rows.extend(case.payments.iter().map(|applied| ("payment", applied.payment.place)));
    rows.extend(case.prior.iter().map(|row| ("claim", row.place)));
    rows.extend(case.partner.value().map(|row| ("location", row.place)));
    rows.extend(case.doubts.iter().map(|doubt| ("in-doubt", doubt.place)));
    rows
}
