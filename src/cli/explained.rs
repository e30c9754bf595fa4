//! The answer of `vouchsafe explain`, for a terminal in six languages and as JSON. The details of an answer are the words
//! of the checks, which are English, as the texts of operators are; whatever frames them follows the language.

use serde::Serialize;

use crate::model::{Code, Day, Money, Total};
use crate::program::{Program, Version};
use crate::verdicts::Verdict;
use crate::wording::{NoText, Wording};

/// A voucher with everything that was looked at.
#[derive(Serialize)]
pub(super) struct Explained {
    voucher_id: String,
    run: i64,
    job: String,
    as_of: Day,
    state: &'static str,
    outcome: &'static str,
    codes: String,
    partner_id: Option<String>,
    location_id: Option<String>,
    customer_name: Option<String>,
    dates: Vec<(&'static str, Day)>,
    amounts: Vec<AmountLine>,
    /// What becomes of it if nothing else happens.
    next_change: Option<NextChange>,
    rules: Vec<RuleLine>,
    rows: Vec<(&'static str, String)>,
}

/// An amount of the voucher.
#[derive(Serialize)]
struct AmountLine {
    what: &'static str,
    amount: Total,
    currency: &'static str,
}

/// The run that is asked.
pub(super) struct OfRun {
    pub(super) run: i64,
    pub(super) job: String,
    pub(super) as_of: Day,
}

/// What becomes of a voucher on a later day.
#[derive(Serialize)]
pub(super) struct NextChange {
    pub(super) on: Day,
    pub(super) state: &'static str,
    pub(super) outcome: &'static str,
    pub(super) codes: String,
}

/// One check and its answer.
#[derive(Serialize)]
pub(super) struct RuleLine {
    pub(super) codes: Vec<Code>,
    pub(super) title: String,
    pub(super) answer: Said,
    pub(super) what: String,
    pub(super) next: Option<String>,
    pub(super) citation: String,
    /// The document behind the citation, and the versions of it that were kept.
    pub(super) document: Option<CitedDocument>,
    pub(super) rows: Vec<String>,
}

/// What a check said.
#[derive(Clone, Copy, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Said {
    Passed,
    NotApplicable,
    Failed,
    Unknown,
}

impl Said {
    fn mark(self) -> char {
        match self {
            Said::Passed => '+',
            Said::NotApplicable => '-',
            Said::Failed => '!',
            Said::Unknown => '?',
        }
    }
}

/// A document behind a citation.
#[derive(Serialize)]
pub(super) struct CitedDocument {
    title: String,
    address: String,
    versions: Vec<Version>,
}

impl CitedDocument {
    pub(super) fn of(citation: &str, program: &Program) -> Option<CitedDocument> {
        let (source, versions) = program.source(citation)?;
        let versions = versions.into_iter().cloned().collect();
        Some(CitedDocument { title: source.title.clone(), address: source.address.clone(), versions })
    }
}

/// What was looked at: rules in order, and the rows of the voucher, each with what it is.
pub(super) struct Answers {
    pub(super) rules: Vec<RuleLine>,
    pub(super) rows: Vec<(&'static str, String)>,
}

impl Explained {
    pub(super) fn of(verdict: &Verdict, of_run: OfRun, answers: Answers, next_change: Option<NextChange>) -> Explained {
        let OfRun { run, job, as_of } = of_run;
        let Answers { rules, rows } = answers;
        let dates = verdict.dates;
        let dates = [
            ("created", dates.created),
            ("assigned", dates.assigned),
            ("reserved", dates.reserved),
            ("started", dates.started),
            ("completed", dates.completed),
            ("reported", dates.reported),
            ("redeemed", dates.redeemed),
            ("last-day", dates.expires),
            ("claim-by", verdict.claim_by),
            ("turns-on", verdict.turns_on),
        ];
        let of = |what, money: Option<Money>| money.map(|money| (what, Total::from(money))).into_iter();
        let before = of("entitled", verdict.entitled).chain(of("invoiced", verdict.invoiced));
        let paid = verdict.paid.iter().map(|paid| ("paid", paid));
        let amounts = before.chain(paid).chain(of("payable", verdict.payable));
        let line =
            |(what, amount): (&'static str, Total)| AmountLine { what, amount, currency: amount.currency.code() };
        Explained {
            voucher_id: verdict.voucher.to_string(),
            run,
            job,
            as_of,
            state: verdict.state.as_str(),
            outcome: verdict.outcome.as_str(),
            codes: verdict.codes(),
            partner_id: verdict.partner.as_ref().map(ToString::to_string),
            location_id: verdict.location.as_ref().map(ToString::to_string),
            customer_name: verdict.customer_name.as_ref().map(ToString::to_string),
            dates: dates.into_iter().filter_map(|(name, day)| Some((name, day?))).collect(),
            amounts: amounts.map(line).collect(),
            next_change,
            rules,
            rows,
        }
    }

    /// What a terminal shows.
    pub(super) fn text(&self, wording: Wording) -> Result<String, NoText> {
        let word = |kind: &str, name: &str| wording.text(&format!("{kind}-{name}"), &[]);
        let named = |value: &Option<String>| value.clone().map_or_else(|| word("explain", "unknown"), Ok);
        let (run, day) = (self.run.to_string(), self.as_of.to_string());
        let (state, outcome) = (word("state", self.state)?, word("outcome", self.outcome)?);
        let (partner, location) = (named(&self.partner_id)?, named(&self.location_id)?);
        let customer = named(&self.customer_name)?;
        let dates = self.dates.iter().map(|(name, day)| Ok(format!("{} {day}", word("date", name)?)));
        let dates: Vec<String> = dates.collect::<Result<_, NoText>>()?;
        let amounts = self
            .amounts
            .iter()
            .map(|AmountLine { what, amount, currency }| Ok(format!("{} {amount} {currency}", word("amount", what)?)));
        let amounts: Vec<String> = amounts.collect::<Result<_, NoText>>()?;
        let title = [("voucher", self.voucher_id.as_str()), ("run", &run), ("job", self.job.as_str()), ("day", &day)];
        let who = [("partner", partner.as_str()), ("location", &location), ("customer", &customer)];
        let state = wording.text("explain-state", &[("state", &state), ("outcome", &outcome)])?;
        let mut lines = vec![
            wording.text("explain-title", &title)?,
            format!("  {state} {}", self.codes).trim_end().to_owned(),
            format!("  {}", wording.text("explain-who", &who)?),
            format!("  {}", dates.join(", ")),
            format!("  {}", if amounts.is_empty() { word("explain", "no-amount")? } else { amounts.join(", ") }),
            match &self.next_change {
                None => format!("  {}", word("explain", "nothing-later")?),
                Some(change) => format!("  {}", change.text(wording)?),
            },
            String::new(),
        ];
        for rule in &self.rules {
            lines.extend(rule.text(wording)?);
        }
        lines.push(String::new());
        lines.push(format!("{}:", word("explain", "rows")?));
        for (what, place) in &self.rows {
            lines.push(format!("  {}: {place}", word("row", what)?));
        }
        Ok(lines.join("\n"))
    }
}

impl NextChange {
    fn text(&self, wording: Wording) -> Result<String, NoText> {
        let word = |kind: &str, name: &str| wording.text(&format!("{kind}-{name}"), &[]);
        let (state, outcome) = (word("state", self.state)?, word("outcome", self.outcome)?);
        let day = self.on.to_string();
        let later = wording.text("explain-later", &[("day", &day), ("state", &state), ("outcome", &outcome)])?;
        Ok(format!("{later} {}", self.codes).trim_end().to_owned())
    }
}

impl RuleLine {
    fn text(&self, wording: Wording) -> Result<Vec<String>, NoText> {
        let word = |name: &str| wording.text(&format!("explain-{name}"), &[]);
        let codes = self.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ");
        let mut lines = vec![format!("{} {codes}: {}", self.answer.mark(), self.title), format!("    {}", self.what)];
        if self.answer != Said::NotApplicable {
            lines.extend(self.rows.iter().map(|row| format!("    {row}")));
            if let Some(next) = &self.next {
                lines.push(format!("    {}: {next}", word("next")?));
            }
            lines.push(format!("    {}: {}", word("source")?, self.citation));
            for version in self.document.iter().flat_map(|document| &document.versions) {
                let day = version.ms_date.to_string();
                let words = [("language", version.language.as_str()), ("day", &day), ("hash", &version.sha256)];
                lines.push(format!("      {}", wording.text("explain-version", &words)?));
            }
        }
        Ok(lines)
    }
}
