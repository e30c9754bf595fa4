//! `vouchsafe explain`: one voucher, from the stored inputs of a run, so that the answer is the one of that day.

use clap::Args;

use super::stored::Stored;
use crate::casebook::{Case, Index};
use crate::error::RunError;
use crate::home::Home;
use crate::ingest::Intake;
use crate::ledger::RunRow;
use crate::model::{Answer, Place, VoucherId};
use crate::pipeline::{Progress, World, states_before, unusable};
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
}

impl Explain {
    pub(super) fn execute(self, home: &Home, world: &World, progress: Progress<'_>) -> Result<String, RunError> {
        let Stored { ledger, store, run: row, plan, intake } = Stored::read(home, self.run, world, progress)?;
        let opening = ledger.opening_claims(Some(row.run)).map_err(unusable)?;
        let index = Index::new(&intake, &opening, &plan.program, row.as_of);
        let before = states_before(&ledger, &store, &row.job, row.as_of)?;
        let tolerance = Tolerance(&plan.settings.tolerance);
        let terms = Terms { program: &plan.program, as_of: row.as_of, tolerance, before: before.as_ref() };
        let wanted = VoucherId::new(&self.voucher);
        let found = index.find(&wanted, |case| text(case, terms, &row, &intake));
        found.ok_or_else(|| {
            RunError::usage(format!(
                "run {} knows no voucher \"{wanted}\"\n  hint: ids are compared with case and zeros",
                row.run
            ))
        })
    }
}

fn text(case: &Case<'_>, terms: Terms<'_>, run: &RunRow, intake: &Intake) -> String {
    let verdict = reconcile::judge(case, terms);
    let mut lines = head(&verdict, run);
    lines.push(String::new());
    for look in reconcile::trace(case, terms) {
        lines.extend(rule(&look, terms, intake));
    }
    lines.push(String::new());
    lines.push("Rows of this voucher:".to_owned());
    lines.extend(rows(case).into_iter().map(|(what, place)| format!("  {what:<11} {}", intake.tables.describe(place))));
    lines.join("\n")
}

fn head(verdict: &Verdict, run: &RunRow) -> Vec<String> {
    let shown = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
    let dates = verdict.dates;
    let steps = [
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
    let steps: Vec<String> = steps.iter().filter_map(|(name, day)| day.map(|day| format!("{name} {day}"))).collect();
    let money = |name: &str, money: Option<crate::model::Money>| money.map(|m| format!("{name} {m} {}", m.currency()));
    let paid = verdict.paid.iter().next().map(|_| format!("paid {}", crate::report::totals_text(&verdict.paid)));
    let amounts: Vec<String> = [
        money("entitled", verdict.entitled),
        money("invoiced", verdict.invoiced),
        paid,
        money("payable now", verdict.payable),
    ]
    .into_iter()
    .flatten()
    .collect();
    vec![
        format!("Voucher {} in run {} ({} as of {})", verdict.voucher, run.run, run.job, run.as_of),
        format!("  state {}, outcome {} {}", verdict.state, verdict.outcome, verdict.codes()),
        format!(
            "  partner {}, location {}, customer {}",
            shown(verdict.partner.as_ref().map(|id| id.to_string())),
            shown(verdict.location.as_ref().map(|id| id.to_string())),
            shown(verdict.customer_name.as_ref().map(|name| name.to_string()))
        ),
        format!("  {}", steps.join(", ")),
        format!("  {}", if amounts.is_empty() { "no amount is known".to_owned() } else { amounts.join(", ") }),
    ]
}

fn rule(look: &Look, terms: Terms<'_>, intake: &Intake) -> Vec<String> {
    let (mark, code, what, places): (char, _, String, &[Place]) = match &look.answer {
        Answer::Passed(places) => ('+', look.codes[0], "in order".to_owned(), places),
        Answer::NotApplicable(why) => ('-', look.codes[0], (*why).to_owned(), &[]),
        Answer::Failed(failure) => ('!', failure.code, failure.message.clone(), &failure.places),
        Answer::Unknown { code, why, places } => ('?', code.unwrap_or(look.codes[0]), why.clone(), places),
    };
    let asked = look.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ");
    let rule = terms.program.rule(if look.codes.contains(&code) { code } else { look.codes[0] });
    let mut lines = vec![format!("{mark} {asked}: {}", rule.title), format!("    {what}")];
    if !matches!(look.answer, Answer::NotApplicable(_)) {
        lines.extend(places.iter().map(|place| format!("    {}", intake.tables.describe(*place))));
        lines.push(format!("    source: {}", rule.citation));
    }
    lines
}

fn rows(case: &Case<'_>) -> Vec<(&'static str, Place)> {
    let mut rows: Vec<(&'static str, Place)> = case.rows.iter().map(|row| ("voucher", row.place)).collect();
    rows.extend(case.redemptions.iter().map(|row| ("redemption", row.place)));
    rows.extend(case.completions.iter().map(|row| ("completion", row.place)));
    rows.extend(case.payments.iter().map(|applied| ("payment", applied.payment.place)));
    rows.extend(case.prior.iter().map(|row| ("claim", row.place)));
    rows.extend(case.partner.value().map(|row| ("location", row.place)));
    rows.extend(case.doubts.iter().map(|doubt| ("in doubt", doubt.place)));
    rows
}
