//! `vouchsafe explain`: one voucher, from the stored inputs of a run, so that the answer is the one of that day.

use clap::Args;
use serde::Serialize;

use super::stored::Stored;
use crate::casebook::{Case, Index};
use crate::error::RunError;
use crate::home::Home;
use crate::ingest::Intake;
use crate::model::{Answer, Code, Day, OpeningClaims, Place, VoucherId};
use crate::pipeline::{Outcome, Progress, World, states_before, unusable};
use crate::program::{Program, Version};
use crate::reconcile::{self, Look, Terms, Tolerance, Verdict};

/// Show one voucher: state, every rule that was looked at, citations, source rows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe explain V-210300910           as the last run saw it
  vouchsafe explain V-210300910 --run 3   as run 3 saw it

Marks: + in order   ! not in order, or waiting   ? unknown   - the rule does not speak about it")]
pub(super) struct Explain {
    /// The voucher's id
    voucher: String,
    /// The run whose stored inputs are read; the last one if none is named
    #[arg(long, value_name = "N")]
    run: Option<i64>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl Explain {
    pub(super) fn execute(self, home: &Home, world: &World, progress: Progress<'_>) -> Result<Outcome, RunError> {
        let Stored { ledger, store, run: row, plan, intake } = Stored::read(home, self.run, world, progress)?;
        let opening = ledger.opening_claims(Some(row.run)).map_err(unusable)?;
        let before = states_before(&ledger, &store, &row.job, row.as_of)?;
        let tolerance = Tolerance(&plan.settings.tolerance);
        let terms = Terms { program: &plan.program, as_of: row.as_of, tolerance, before: before.as_ref() };
        let known = Known { intake: &intake, opening: &opening, program: &plan.program };
        let wanted = VoucherId::new(&self.voucher);
        let found = known.look(&wanted, row.as_of, |case| {
            let verdict = reconcile::judge(case, terms);
            let turning = reconcile::turning_days(case, terms);
            (verdict, turning, explained(case, terms, &intake))
        });
        let Some((verdict, turning, (rules, rows))) = found else {
            return Err(RunError::usage(format!(
                "run {} knows no voucher \"{wanted}\"\n  hint: ids are compared with case and zeros",
                row.run
            )));
        };
        let next = known.next_change(&verdict, &turning, terms);
        let run = format!("run {} ({} as of {})", row.run, row.job, row.as_of);
        let explained = Explained::of(&verdict, run, rules, rows, next);
        let run_json = serde_json::to_vec_pretty(&explained).map_err(|error| RunError::usage(error.to_string()))?;
        Ok(Outcome { run_json, ..Outcome::shown(explained.text()) })
    }
}

/// What a voucher is judged on.
#[derive(Clone, Copy)]
struct Known<'a> {
    intake: &'a Intake,
    opening: &'a OpeningClaims,
    program: &'a Program,
}

impl Known<'_> {
    fn look<T>(&self, voucher: &VoucherId, as_of: Day, look: impl FnOnce(&Case<'_>) -> T) -> Option<T> {
        Index::new(self.intake, self.opening, self.program, as_of).find(voucher, look)
    }

    /// The first later day on which the same rows come to another answer, and that answer.
    fn next_change(&self, verdict: &Verdict, turning: &[Day], terms: Terms<'_>) -> Option<Change> {
        let short = |verdict: &Verdict| (verdict.state, verdict.outcome, verdict.codes());
        turning.iter().find_map(|day| {
            let later = Terms { as_of: *day, ..terms };
            let other = self.look(&verdict.voucher, *day, |case| reconcile::judge(case, later))?;
            (short(&other) != short(verdict)).then(|| Change {
                on: *day,
                state: other.state.as_str(),
                outcome: other.outcome.as_str(),
                codes: other.codes(),
            })
        })
    }
}

/// A voucher with everything that was looked at.
#[derive(Serialize)]
struct Explained {
    voucher_id: String,
    run: String,
    state: &'static str,
    outcome: &'static str,
    codes: String,
    partner_id: Option<String>,
    location_id: Option<String>,
    customer_name: Option<String>,
    dates: Vec<(&'static str, Day)>,
    amounts: Vec<(&'static str, String)>,
    /// What becomes of it if nothing else happens.
    next_change: Option<Change>,
    rules: Vec<RuleLine>,
    rows: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct Change {
    on: Day,
    state: &'static str,
    outcome: &'static str,
    codes: String,
}

#[derive(Serialize)]
struct RuleLine {
    codes: Vec<Code>,
    title: String,
    answer: &'static str,
    what: String,
    next: Option<String>,
    citation: String,
    /// The document behind the citation, and the versions of it that were kept.
    document: Option<Document>,
    rows: Vec<String>,
}

#[derive(Serialize)]
struct Document {
    title: String,
    address: String,
    versions: Vec<Version>,
}

/// The rules that were looked at, in order, and the rows of the voucher.
fn explained(case: &Case<'_>, terms: Terms<'_>, intake: &Intake) -> (Vec<RuleLine>, Vec<(&'static str, String)>) {
    let looks = reconcile::trace(case, terms);
    let rules = looks.iter().map(|look| rule(look, terms, intake)).collect();
    (rules, rows(case).into_iter().map(|(what, place)| (what, intake.tables.describe(place))).collect())
}

fn rule(look: &Look, terms: Terms<'_>, intake: &Intake) -> RuleLine {
    let (answer, code, what, places): (&str, Code, String, &[Place]) = match &look.answer {
        Answer::Passed(places) => ("passed", look.codes[0], "in order".to_owned(), places),
        Answer::NotApplicable(why) => ("not applicable", look.codes[0], (*why).to_owned(), &[]),
        Answer::Failed(failure) => ("failed", failure.code, failure.message.clone(), &failure.places),
        Answer::Unknown { code, why, places } => ("unknown", code.unwrap_or(look.codes[0]), why.clone(), places),
    };
    let code = if look.codes.contains(&code) { code } else { look.codes[0] };
    let rule = terms.program.rules.get(&code);
    let left_out = || terms.program.left_out.get(code.as_str()).cloned().unwrap_or_default();
    RuleLine {
        codes: look.codes.to_vec(),
        title: rule.map_or_else(|| "not in this program".to_owned(), |rule| rule.title.clone()),
        answer,
        what: if rule.is_some() { what } else { left_out() },
        next: rule.and_then(|rule| rule.remedy.clone()).filter(|_| answer == "failed"),
        citation: rule.map_or_else(String::new, |rule| rule.citation.clone()),
        document: rule.and_then(|rule| document(terms.program, &rule.citation)),
        rows: places.iter().map(|place| intake.tables.describe(*place)).collect(),
    }
}

fn document(program: &Program, citation: &str) -> Option<Document> {
    let (source, versions) = program.source(citation)?;
    let versions = versions.into_iter().cloned().collect();
    Some(Document { title: source.title.clone(), address: source.address.clone(), versions })
}

impl Explained {
    fn of(
        verdict: &Verdict,
        run: String,
        rules: Vec<RuleLine>,
        rows: Vec<(&'static str, String)>,
        next_change: Option<Change>,
    ) -> Explained {
        let dates = verdict.dates;
        let dates = [
            ("created", dates.created),
            ("assigned", dates.assigned),
            ("reserved", dates.reserved),
            ("started", dates.started),
            ("completed", dates.completed),
            ("reported", dates.reported),
            ("redeemed", dates.redeemed),
            ("last day", dates.expires),
            ("claim by", verdict.claim_by),
            ("turns on", verdict.turns_on),
        ];
        let money = |money: Option<crate::model::Money>| money.map(|money| format!("{money} {}", money.currency()));
        let paid = verdict.paid.iter().next().map(|_| crate::report::totals_text(&verdict.paid));
        let amounts = [
            ("entitled", money(verdict.entitled)),
            ("invoiced", money(verdict.invoiced)),
            ("paid", paid),
            ("payable now", money(verdict.payable)),
        ];
        Explained {
            voucher_id: verdict.voucher.to_string(),
            run,
            state: verdict.state.as_str(),
            outcome: verdict.outcome.as_str(),
            codes: verdict.codes(),
            partner_id: verdict.partner.as_ref().map(ToString::to_string),
            location_id: verdict.location.as_ref().map(ToString::to_string),
            customer_name: verdict.customer_name.as_ref().map(ToString::to_string),
            dates: dates.into_iter().filter_map(|(name, day)| Some((name, day?))).collect(),
            amounts: amounts.into_iter().filter_map(|(name, amount)| Some((name, amount?))).collect(),
            next_change,
            rules,
            rows,
        }
    }

    fn text(&self) -> String {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_owned());
        let dates: Vec<String> = self.dates.iter().map(|(name, day)| format!("{name} {day}")).collect();
        let amounts: Vec<String> = self.amounts.iter().map(|(name, amount)| format!("{name} {amount}")).collect();
        let (partner, location) = (shown(&self.partner_id), shown(&self.location_id));
        let mut lines = vec![
            format!("Voucher {} in {}", self.voucher_id, self.run),
            format!("  state {}, outcome {} {}", self.state, self.outcome, self.codes),
            format!("  partner {partner}, location {location}, customer {}", shown(&self.customer_name)),
            format!("  {}", dates.join(", ")),
            format!("  {}", if amounts.is_empty() { "no amount is known".to_owned() } else { amounts.join(", ") }),
        ];
        lines.push(match &self.next_change {
            None => "  no later day changes the answer by itself".to_owned(),
            Some(change) => format!(
                "  if nothing else happens, from {}: {}, {} {}",
                change.on, change.state, change.outcome, change.codes
            ),
        });
        lines.push(String::new());
        lines.extend(self.rules.iter().flat_map(RuleLine::text));
        lines.push(String::new());
        lines.push("Rows of this voucher:".to_owned());
        lines.extend(self.rows.iter().map(|(what, place)| format!("  {what:<11} {place}")));
        lines.join("\n")
    }
}

impl RuleLine {
    fn text(&self) -> Vec<String> {
        let mark = match self.answer {
            "passed" => '+',
            "failed" => '!',
            "unknown" => '?',
            _ => '-',
        };
        let codes = self.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ");
        let mut lines = vec![format!("{mark} {codes}: {}", self.title), format!("    {}", self.what)];
        if self.answer != "not applicable" {
            lines.extend(self.rows.iter().map(|row| format!("    {row}")));
            lines.extend(self.next.iter().map(|next| format!("    next: {next}")));
            lines.push(format!("    source: {}", self.citation));
            let versions = self.document.iter().flat_map(|document| &document.versions);
            lines.extend(versions.map(|version| {
                format!("      as read in {} of {}, sha256 {}", version.language, version.ms_date, version.sha256)
            }));
        }
        lines
    }
}

fn rows(case: &Case<'_>) -> Vec<(&'static str, Place)> {
    let mut rows: Vec<(&'static str, Place)> = case.rows.iter().map(|row| ("voucher", row.place)).collect();
    rows.extend(case.redemptions.iter().map(|row| ("redemption", row.place)));
    rows.extend(case.completions.iter().map(|row| ("completion", row.place)));
    rows.extend(case.milestones.rows().iter().map(|row| ("milestone", row.place)));
    rows.extend(case.payments.iter().map(|applied| ("payment", applied.payment.place)));
    rows.extend(case.prior.iter().map(|row| ("claim", row.place)));
    rows.extend(case.partner.value().map(|row| ("location", row.place)));
    rows.extend(case.doubts.iter().map(|doubt| ("in doubt", doubt.place)));
    rows
}
