//! What would be different: vouchers whose verdict changes under another reading of the sources, or another program file.

use std::fmt;

use super::verdict::{Verdict, verdict};
use crate::casebook::Case;
use crate::model::{Country, Money, Outcome, PartnerId, VoucherId};
use crate::program::{Program, Rule};
use crate::verdicts::{State, Terms};

/// A voucher whose verdict would be another.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// The alternative under which it would, by position.
    pub alternative: usize,
    /// The voucher.
    pub voucher: VoucherId,
    /// Its partner.
    pub partner: Option<PartnerId>,
    /// Where it is delivered.
    pub country: Option<Country>,
    /// As it is.
    pub before: VerdictOutline,
    /// As it would be.
    pub after: VerdictOutline,
    /// The entitled amount.
    pub entitled: Option<Money>,
}

/// What of a verdict is compared between two programs, and shown: with whether it may be invoiced.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictOutline {
    /// State.
    pub state: State,
    /// Outcome.
    pub outcome: Outcome,
    /// Codes, separated by one space.
    pub codes: String,
    /// Whether it can be invoiced.
    pub is_payable: bool,
}

impl fmt::Display for VerdictOutline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.state, self.outcome)?;
        if !self.codes.is_empty() {
            write!(f, " ({})", self.codes)?;
        }
        if self.is_payable { f.write_str(", payable") } else { Ok(()) }
    }
}

impl VerdictOutline {
    /// The outline of a verdict.
    pub fn of(verdict: &Verdict) -> VerdictOutline {
        let is_payable = verdict.payable.is_some();
        VerdictOutline { state: verdict.state, outcome: verdict.outcome, codes: verdict.codes(), is_payable }
    }
}

/// Another program, and what it says differently.
pub struct AlternativeProgram<'p> {
    program: &'p Program,
    /// Rules that apply on other days.
    rules: Vec<(&'p Rule, &'p Rule)>,
    /// It differs in more than rules and last days.
    is_another: bool,
}

impl<'p> AlternativeProgram<'p> {
    /// Compares a program with the one that decides.
    pub fn new(decides: &'p Program, program: &'p Program) -> AlternativeProgram<'p> {
        let pairs = decides.rules.iter().filter_map(|(code, rule)| Some((rule, program.rules.get(code)?)));
        let rules = pairs.filter(|(a, b)| (a.validity, &a.suspended) != (b.validity, &b.suspended)).collect();
        AlternativeProgram { program, rules, is_another: !decides.has_the_same_terms(program) }
    }

    /// All readings of the sources without a ruling, in the order of the program file.
    pub fn readings(program: &'p Program) -> Vec<AlternativeProgram<'p>> {
        let open = program.conflicts.iter().filter(|conflict| conflict.ruling.is_none());
        open.flat_map(|conflict| &conflict.others)
            .map(|other| AlternativeProgram::new(program, &other.program))
            .collect()
    }

    /// How the verdict of a case would change; `None` if it would not.
    pub(super) fn what_if(
        &self,
        case: &Case<'_>,
        terms: Terms<'_>,
        own: &Verdict,
        alternative: usize,
    ) -> Option<WhatIf> {
        if !self.may_matter(case, terms) {
            return None;
        }
        let other = verdict(case, Terms { program: self.program, ..terms });
        let (before, after) = (VerdictOutline::of(own), VerdictOutline::of(&other));
        (before != after).then(|| WhatIf {
            alternative,
            voucher: own.voucher.clone(),
            partner: own.partner.clone(),
            country: own.country,
            before,
            after,
            entitled: own.entitled.or(other.entitled),
        })
    }

    /// Whether anything that it says differently can matter to a case: its last days, or a rule on one of its days.
    /// Judging is dear, and most vouchers are far from all that is in question.
    fn may_matter(&self, case: &Case<'_>, terms: Terms<'_>) -> bool {
        let decides = terms.program;
        let steps = &case.steps;
        let steps = [steps.created, steps.reserved, steps.started, steps.completed, steps.redeemed];
        let on_one_of_its_days = |(a, b): &(&Rule, &Rule)| {
            let days = steps.iter().filter_map(|step| step.get()).map(|step| step.day).chain([terms.as_of]);
            let request = case.steps.first_request.get().map(|request| request.day);
            days.chain(request).any(|day| a.applies_on(day) != b.applies_on(day))
        };
        self.is_another
            || case.last_day(decides) != case.last_day(self.program)
            || case.claim_by(decides) != case.claim_by(self.program)
            || self.rules.iter().any(on_one_of_its_days)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check_what_ifs;

    #[test]
    fn readings_change_what_they_are_about() {
        // No last day is printed; created 2021-01-04, assigned 2021-01-06, reserved 2021-01-11.
        let redeemed = |on: &str| {
            format!(
                "vouchers.expires_on=; vouchers.assigned_on=2021-01-06; redemptions.redeemed_on={on}; as_of=2021-07-31"
            )
        };
        check_what_ifs(&[
            ("", &[]),
            (&redeemed("2021-07-03"), &[]),
            (&redeemed("2021-07-04"), &["assignment: ", "reservation: "]),
            (&redeemed("2021-07-06"), &["reservation: "]),
            (&redeemed("2021-07-11"), &[]),
            // A printed last day is not in question.
            (&format!("{}; vouchers.expires_on=2021-07-03", redeemed("2021-07-04")), &[]),
        ]);
        let trained = |start: &str| {
            format!(
                "vouchers.created_on=2020-11-02; vouchers.assigned_on=2020-11-02; vouchers.expires_on=2021-06-30; \
                 redemptions.reserved_on=2020-11-09; completions.started_on={start}; enrollments.training_completed_on="
            )
        };
        check_what_ifs(&[
            (&trained("2020-12-01"), &[]),
            (&trained("2020-12-02"), &["2020-12-01, the day before the date of the article: "]),
            (&trained("2020-12-08"), &["2020-12-01, the day before the date of the article: "]),
            (&trained("2020-12-09"), &[]),
        ]);
    }

    #[test]
    fn ninety_days_and_the_end_of_the_tool() {
        // Never assigned nor reserved: under those readings its life has not begun.
        const OLD: &str = "vouchers.expires_on=; redemptions=; completions=; vouchers.assigned_on=";
        const NOT_BEGUN: [&str; 2] = ["assignment: PD-01", "reservation: PD-01"];
        let old = |created: &str, as_of: &str| format!("{OLD}; vouchers.created_on={created}; as_of={as_of}");
        // Alive on 2020-04-01: created by 2020-03-31, and not before 2019-10-04.
        check_what_ifs(&[
            (&old("2020-03-31", "2020-12-26"), &[NOT_BEGUN[0], NOT_BEGUN[1], "yes: DT-02 PD-01"]),
            (&old("2020-04-01", "2020-12-26"), &NOT_BEGUN),
            (&old("2019-10-03", "2020-04-15"), &NOT_BEGUN),
            (&old("2019-10-04", "2020-04-15"), &[NOT_BEGUN[0], NOT_BEGUN[1], "yes: PD-01"]),
        ]);
        let late = |as_of: &str| {
            format!(
                "vouchers.expires_on=2021-12-27; redemptions.redeemed_on=2021-12-20; as_of={as_of}; rates.valid_from=2020-01-01"
            )
        };
        check_what_ifs(&[(&late("2021-12-31"), &[]), (&late("2022-01-01"), &["no, not after 2021-12-31: DT-10"])]);
    }
}
