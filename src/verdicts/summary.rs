//! A verdict in short: what later runs compare with.

use super::{Dates, State, Verdict};
use crate::model::{Currency, Day, Money, Outcome, Text};

/// What a voucher comes to, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictSummary {
    /// Where it stands.
    pub state: State,
    /// What its findings come to.
    pub outcome: Outcome,
    /// Its codes.
    pub codes: Text,
    /// What it rests on, as far as verdicts show it.
    pub facts: SealedFacts,
}

impl VerdictSummary {
    /// Of a verdict.
    pub fn of(verdict: &Verdict) -> VerdictSummary {
        let codes = Text::new(verdict.codes());
        VerdictSummary { state: verdict.state, outcome: verdict.outcome, codes, facts: facts(verdict) }
    }

    /// Whether a verdict comes to this, whatever it rests on. Most do, so nothing is copied to find out.
    pub fn is_of(&self, verdict: &Verdict) -> bool {
        let codes = verdict.findings.iter().map(|finding| finding.code.as_str());
        self.essence() == (verdict.state, verdict.outcome, verdict.entitled, paid(verdict))
            && codes.eq(self.codes.split(' ').filter(|code| !code.is_empty()))
    }

    /// All that it comes to, but its codes.
    fn essence(&self) -> (State, Outcome, Option<Money>, i128) {
        (self.state, self.outcome, self.facts.entitled, self.facts.paid)
    }

    /// Whether two come to the same, whatever they rest on.
    pub fn comes_to(&self, other: &VerdictSummary) -> bool {
        self.essence() == other.essence() && self.codes == other.codes
    }
}

/// A voucher as it was sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedFacts {
    /// Customer, engagement, level, location.
    pub texts: [(&'static str, Text); 4],
    /// Steps.
    pub dates: Dates,
    /// What the delivery was worth.
    pub entitled: Option<Money>,
    /// What was paid in that currency, or in the only one, in minor units.
    pub paid: i128,
    /// The currency of what was paid.
    pub currency: Option<Currency>,
}

impl SealedFacts {
    /// Steps with their names.
    pub fn steps(&self) -> [(&'static str, Option<Day>); 8] {
        self.dates.named()
    }
}

/// What was paid in the currency of a voucher, in minor units.
pub fn paid(verdict: &Verdict) -> i128 {
    verdict.currency().map_or(0, |currency| verdict.paid.of(currency))
}

/// The facts of a verdict that are sealed.
pub fn facts(verdict: &Verdict) -> SealedFacts {
    let text = |text: Option<&str>| Text::new(text.unwrap_or(""));
    let days = verdict.days.map(|days| days.to_string());
    SealedFacts {
        texts: [
            ("customer_name", text(verdict.customer_name.as_deref())),
            ("engagement", text(verdict.engagement.as_ref().map(|id| id.as_str()))),
            ("days", text(days.as_deref())),
            ("location_id", text(verdict.location.as_ref().map(|id| id.as_str()))),
        ],
        dates: verdict.dates,
        entitled: verdict.entitled,
        paid: paid(verdict),
        currency: verdict.currency(),
    }
}
