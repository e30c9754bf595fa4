//! The answer of `vouchsafe explain`, for a terminal in six languages and as JSON. The details of an answer are the words
//! of the checks, which are English, as the texts of operators are; whatever frames them follows the language.

use serde::Serialize;

use crate::model::{Code, Day, Money};
use crate::program::{Program, Version};
use crate::reconcile::Verdict;
use crate::wording::Wording;

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
    amounts: Vec<(&'static str, String)>,
    /// What becomes of it if nothing else happens.
    next_change: Option<Change>,
    rules: Vec<RuleLine>,
    rows: Vec<(&'static str, String)>,
}

/// The run that is asked.
pub(super) struct OfRun {
    pub(super) run: i64,
    pub(super) job: String,
    pub(super) as_of: Day,
}

/// What becomes of a voucher on a later day.
#[derive(Serialize)]
pub(super) struct Change {
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
    pub(super) document: Option<Document>,
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
pub(super) struct Document {
    title: String,
    address: String,
    versions: Vec<Version>,
}

impl Document {
    pub(super) fn of(citation: &str, program: &Program) -> Option<Document> {
        let (source, versions) = program.source(citation)?;
        let versions = versions.into_iter().cloned().collect();
        Some(Document { title: source.title.clone(), address: source.address.clone(), versions })
    }
}

impl Explained {
    pub(super) fn of(
        verdict: &Verdict,
        OfRun { run, job, as_of }: OfRun,
        (rules, rows): (Vec<RuleLine>, Vec<(&'static str, String)>),
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
            ("last-day", dates.expires),
            ("claim-by", verdict.claim_by),
            ("turns-on", verdict.turns_on),
        ];
        let money = |money: Option<Money>| money.map(|money| format!("{money} {}", money.currency()));
        let paid = verdict.paid.iter().next().map(|_| crate::report::totals_text(&verdict.paid));
        let amounts = [
            ("entitled", money(verdict.entitled)),
            ("invoiced", money(verdict.invoiced)),
            ("paid", paid),
            ("payable", money(verdict.payable)),
        ];
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
            amounts: amounts.into_iter().filter_map(|(name, amount)| Some((name, amount?))).collect(),
            next_change,
            rules,
            rows,
        }
    }

    /// What a terminal shows.
    pub(super) fn text(&self, wording: Wording) -> String {
        let word = |kind: &str, name: &str| wording.text(&format!("{kind}-{name}"), &[]);
        let named = |value: &Option<String>| value.clone().unwrap_or_else(|| word("explain", "unknown"));
        let (run, day) = (self.run.to_string(), self.as_of.to_string());
        let (state, outcome) = (word("state", self.state), word("outcome", self.outcome));
        let (partner, location) = (named(&self.partner_id), named(&self.location_id));
        let dates: Vec<String> = self.dates.iter().map(|(name, day)| format!("{} {day}", word("date", name))).collect();
        let amounts: Vec<String> =
            self.amounts.iter().map(|(name, amount)| format!("{} {amount}", word("amount", name))).collect();
        let title = [("voucher", self.voucher_id.as_str()), ("run", &run), ("job", self.job.as_str()), ("day", &day)];
        let who = [("partner", partner.as_str()), ("location", &location), ("customer", &named(&self.customer_name))];
        let state = wording.text("explain-state", &[("state", &state), ("outcome", &outcome)]);
        let mut lines = vec![
            wording.text("explain-title", &title),
            format!("  {state} {}", self.codes).trim_end().to_owned(),
            format!("  {}", wording.text("explain-who", &who)),
            format!("  {}", dates.join(", ")),
            format!("  {}", if amounts.is_empty() { word("explain", "no-amount") } else { amounts.join(", ") }),
            match &self.next_change {
                None => format!("  {}", word("explain", "nothing-later")),
                Some(change) => format!("  {}", change.text(wording)),
            },
            String::new(),
        ];
        lines.extend(self.rules.iter().flat_map(|rule| rule.text(wording)));
        lines.push(String::new());
        lines.push(format!("{}:", word("explain", "rows")));
        lines.extend(self.rows.iter().map(|(what, place)| format!("  {}: {place}", word("row", what))));
        lines.join("\n")
    }
}

impl Change {
    fn text(&self, wording: Wording) -> String {
        let word = |kind: &str, name: &str| wording.text(&format!("{kind}-{name}"), &[]);
        let (state, outcome) = (word("state", self.state), word("outcome", self.outcome));
        let words = [("day", self.on.to_string()), ("state", state), ("outcome", outcome)];
        let words: Vec<(&'static str, &str)> = words.iter().map(|(name, word)| (*name, word.as_str())).collect();
        format!("{} {}", wording.text("explain-later", &words), self.codes).trim_end().to_owned()
    }
}

impl RuleLine {
    fn text(&self, wording: Wording) -> Vec<String> {
        let word = |name: &str| wording.text(&format!("explain-{name}"), &[]);
        let codes = self.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(" ");
        let mut lines = vec![format!("{} {codes}: {}", self.answer.mark(), self.title), format!("    {}", self.what)];
        if self.answer != Said::NotApplicable {
            lines.extend(self.rows.iter().map(|row| format!("    {row}")));
            lines.extend(self.next.iter().map(|next| format!("    {}: {next}", word("next"))));
            lines.push(format!("    {}: {}", word("source"), self.citation));
            let versions = self.document.iter().flat_map(|document| &document.versions);
            lines.extend(versions.map(|version| {
                let day = version.ms_date.to_string();
                let words = [("language", version.language.as_str()), ("day", &day), ("hash", &version.sha256)];
                format!("      {}", wording.text("explain-version", &words))
            }));
        }
        lines
    }
}
