//! A verdict in short: what later runs compare with.

use super::{Dates, State};
use crate::model::{Currency, Day, MinorUnits, Money, Outcome, Text};

/// What of a verdict is kept from run to run, and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictSummary {
    /// Where it stands.
    pub state: State,
    /// Its outcome.
    pub outcome: Outcome,
    /// Its codes.
    pub codes: Text,
    /// What it rests on, as far as verdicts show it.
    pub facts: SealedFacts,
}

impl VerdictSummary {
    /// All of it but its codes.
    pub(super) fn essence(&self) -> (State, Outcome, Option<Money>, MinorUnits) {
        (self.state, self.outcome, self.facts.entitled, self.facts.paid)
    }

    /// Whether two are the same verdict, whatever they rest on.
    pub fn is_same_as(&self, other: &VerdictSummary) -> bool {
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
    /// The entitled amount.
    pub entitled: Option<Money>,
    /// What was paid in that currency, or in the only one.
    pub paid: MinorUnits,
    /// The currency of what was paid.
    pub currency: Option<Currency>,
}

impl SealedFacts {
    /// Steps with their names.
    pub fn steps(&self) -> [(&'static str, Option<Day>); 8] {
        self.dates.named()
    }
}
