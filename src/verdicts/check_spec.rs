//! What a check is: the codes that it may raise, and the function that answers.

use super::Terms;
use crate::casebook::Case;
use crate::model::{Answer, Code, Day, Fact, RuleDay};

/// One check: the codes that it may raise, and the function that answers. What a code is besides stands in the table of
/// codes.
#[derive(Debug)]
pub struct CheckSpec {
    /// Codes, the usual one first. They look at the same.
    pub codes: &'static [Code],
    /// Looks at a case and answers.
    pub run: fn(&Case<'_>, Terms<'_>) -> Answer,
}

impl CheckSpec {
    /// The day with which the days of its rules are compared, where it looks at one and that is known.
    pub(super) fn day(&self, case: &Case<'_>, as_of: Day) -> Option<Day> {
        let steps = &case.steps;
        let step = match self.codes[0].spec().looked_at.rule_day()? {
            RuleDay::Creation => steps.created,
            RuleDay::Reservation if steps.reserved == Fact::No => steps.started,
            RuleDay::Reservation => steps.reserved,
            RuleDay::Start => steps.started,
            RuleDay::Completion => steps.completed,
            RuleDay::Redemption => steps.redeemed,
            RuleDay::Request => return steps.first_request.get().map_or(Some(as_of), |request| Some(request.day)),
            RuleDay::AsOf => return Some(as_of),
        };
        step.get().map(|step| step.day)
    }
}
