//! From all answers about a case to its verdict: which codes stand together, the outcome, and what is shown
//! beside them.

use std::fmt;

use super::{CHECKS, CheckSpec, Dates, SealedFacts, State, Terms, VerdictSummary, current_state};
use crate::casebook::{Case, Claimed};
use crate::decisions::{ItemSnapshot, finding_id, item_hash, releases};
use crate::matching::Allocation;
use crate::model::{
    Answer, ClaimOrigin, Code, Country, Currency, Day, Disposition, EngagementId, Fact, Failure, LocationId,
    MinorUnits, Money, Outcome, PartnerId, PaymentStatus, Place, Text, Totals, VoucherId,
};
use crate::program::Rule;

/// One check and its answer.
#[derive(Clone, Debug)]
pub struct CheckResult {
    /// Codes that the check may raise.
    pub codes: &'static [Code],
    /// What it said.
    pub answer: Answer,
}

/// A finding of a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which.
    pub code: Code,
    /// What it makes of the verdict.
    pub outcome: Outcome,
    /// What is wrong, with both values.
    pub message: String,
    /// The business day from which it counts; the as-of date where no row names one.
    pub opened_on: Day,
    /// The first day on which a pending item is an exception, or the day by which something is due.
    pub due_on: Option<Day>,
    /// The money that it is about: the difference, else the entitled amount.
    pub amount: Option<Money>,
    /// The entitled amount of the voucher, if that is known.
    pub entitled: Option<Money>,
    /// What a person must have seen to decide about it, where code and amount do not say it.
    pub evidence: Text,
    /// The row to look at first.
    pub place: Option<Place>,
    /// What people have decided about it, while that stands.
    pub disposition: Option<Disposition>,
}

/// Whether others have claimed a voucher before us: before the tool (data set `claims`), or by a request of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimedBefore {
    /// It was not.
    No,
    /// It was, and there is no invoice of ours: its money was settled elsewhere, and is not accounted for here.
    SettledElsewhere,
    /// It was, and an invoice of ours claims it too.
    InvoicedToo,
    /// A request claims it that was made before our invoice went out, and is not its payment.
    RequestedToo,
}

/// What is to be done with a voucher, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The voucher.
    pub voucher: VoucherId,
    /// Where it stands.
    pub state: State,
    /// The outcome of all findings.
    pub outcome: Outcome,
    /// Findings, one per code, in printed order.
    pub findings: Vec<Finding>,
    /// The company of the location.
    pub partner: Option<PartnerId>,
    /// The location of the effective reservation.
    pub location: Option<LocationId>,
    /// The delivery country, before delivery the location's.
    pub country: Option<Country>,
    /// The customer.
    pub customer_name: Option<Text>,
    /// What is to be delivered.
    pub engagement: Option<EngagementId>,
    /// Level.
    pub days: Option<u32>,
    /// Steps by the as-of date.
    pub dates: Dates,
    /// Last day for the payment request.
    pub claim_by: Option<Day>,
    /// The first day on which a pending item is an exception.
    pub turns_on: Option<Day>,
    /// The entitled amount.
    pub entitled: Option<Money>,
    /// What this ledger has invoiced before this run.
    pub invoiced: Option<Money>,
    /// When that invoice was issued.
    pub invoiced_on: Option<Day>,
    /// What was paid, per currency.
    pub paid: Totals,
    /// What was claimed before the tool.
    pub claimed_before: ClaimedBefore,
    /// Payment rows, as far as they are for it.
    pub applied: Vec<Allocation>,
    /// What may be invoiced now.
    pub payable: Option<Money>,
    /// The row that is shown for the voucher.
    pub source: Option<Place>,
}

impl Verdict {
    /// The first code that carries the verdict's outcome.
    pub fn primary(&self) -> Option<Code> {
        self.findings.iter().find(|finding| finding.outcome == self.outcome).map(|finding| finding.code)
    }

    /// Whether it was claimed before the tool and its money settled elsewhere.
    pub fn is_settled_elsewhere(&self) -> bool {
        self.claimed_before == ClaimedBefore::SettledElsewhere
    }

    /// All codes, separated by one space.
    pub fn codes(&self) -> String {
        let codes: Vec<&str> = self.findings.iter().map(|finding| finding.code.as_str()).collect();
        codes.join(" ")
    }

    /// The currency of the entitled amount, else of the only payments.
    pub fn currency(&self) -> Option<Currency> {
        let paid = || self.paid.iter().next().map(|paid| paid.currency);
        self.entitled.or(self.invoiced).map(Money::currency).or_else(paid)
    }

    /// In short.
    pub fn summary(&self) -> VerdictSummary {
        let codes = Text::new(self.codes());
        VerdictSummary { state: self.state, outcome: self.outcome, codes, facts: self.facts() }
    }

    /// Whether it is the same verdict as an earlier one, whatever it rests on. Most are, so nothing is copied to find out.
    pub fn is_same_as(&self, earlier: &VerdictSummary) -> bool {
        let codes = self.findings.iter().map(|finding| finding.code.as_str());
        earlier.essence() == (self.state, self.outcome, self.entitled, self.paid_in_its_currency())
            && codes.eq(earlier.codes.split(' ').filter(|code| !code.is_empty()))
    }

    /// What was paid in its currency.
    fn paid_in_its_currency(&self) -> MinorUnits {
        self.currency().map_or(MinorUnits::ZERO, |currency| self.paid.of(currency))
    }

    /// The facts that are sealed when a period is closed.
    pub fn facts(&self) -> SealedFacts {
        let text = |text: Option<&str>| Text::new(text.unwrap_or(""));
        let days = self.days.map(|days| days.to_string());
        SealedFacts {
            texts: [
                ("customer_name", text(self.customer_name.as_deref())),
                ("engagement", text(self.engagement.as_ref().map(|id| id.as_str()))),
                ("days", text(days.as_deref())),
                ("location_id", text(self.location.as_ref().map(|id| id.as_str()))),
            ],
            dates: self.dates,
            entitled: self.entitled,
            paid: self.paid_in_its_currency(),
            currency: self.currency(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.voucher, self.state, self.outcome, self.codes())
    }
}

impl Finding {
    /// Whether people have decided nothing that lets it pass.
    pub fn is_open(&self) -> bool {
        !self.disposition.as_ref().is_some_and(releases)
    }

    /// The finding as an item.
    pub fn snapshot(&self, program: &str, voucher: &VoucherId) -> ItemSnapshot {
        let id = finding_id(program, "voucher", voucher.as_str(), self.code);
        let hash = item_hash(id, self.code, self.amount, &self.evidence);
        ItemSnapshot { id, hash, code: self.code, amount: self.amount, entitled: self.entitled, listed_for: None }
    }
}

/// What each check says about a case, in the order of [`CHECKS`].
pub(super) fn results<'a>(case: &'a Case<'_>, terms: Terms<'a>) -> impl Iterator<Item = CheckResult> + 'a {
    CHECKS.iter().map(move |check| CheckResult { codes: check.codes, answer: answer(check, case, terms) })
}

/// What a check says, if the program has a rule for it that is valid on the day that it looks at.
fn answer(check: &CheckSpec, case: &Case<'_>, terms: Terms<'_>) -> Answer {
    const NOT_VALID: Answer = Answer::NotApplicable("the rule was not valid on that day");
    let rules = &terms.program.rules;
    let is_in_force = |code: &Code| rules.get(code).is_some_and(|rule| valid(rule, check, case, terms));
    if !rules.contains_key(&check.codes[0]) {
        return Answer::NotApplicable("the program does not know it");
    }
    if !check.codes.iter().any(is_in_force) {
        return NOT_VALID;
    }
    match (check.run)(case, terms) {
        // One check may raise several codes, each a rule with days of its own.
        Answer::Failed(failure) if check.codes.contains(&failure.code) && !is_in_force(&failure.code) => NOT_VALID,
        answer => answer,
    }
}

/// Whether a rule is valid on the day that a check looks at, as far as that is known.
fn valid(rule: &Rule, check: &CheckSpec, case: &Case<'_>, terms: Terms<'_>) -> bool {
    rule.is_always_valid() || check.day(case, terms.as_of).is_none_or(|day| rule.applies_on(day))
}

pub(super) fn verdict(case: &Case<'_>, terms: Terms<'_>) -> Verdict {
    let findings = findings(case, terms);
    let outcome = outcome(&findings);
    let state = current_state::state(case, terms);
    let row = case.row();
    let steps = &case.steps;
    let day = |step: Fact<crate::casebook::Step>| step.get().map(|step| step.day);
    let claim_by = case.claim_by(terms.program);
    let partner = case.partner.get();
    let started_row = steps.started.get().and_then(|step| case.completions.iter().find(|c| c.place == step.place));
    let entitled = case.entitlement.amount();
    let in_time = match claim_by {
        Fact::Is(last) => terms.as_of <= last.day,
        Fact::No => true,
        Fact::Unknown => false,
    };
    let free = state == State::Redeemed && case.claimed == Claimed::No;
    let own_invoice = case.claim.filter(|claim| matches!(claim.origin, ClaimOrigin::Invoice(_)));
    let turning = findings.iter().filter(|finding| finding.outcome == Outcome::Pending);
    Verdict {
        voucher: case.voucher.clone(),
        state,
        outcome,
        partner: partner.map(|partner| partner.partner.clone()),
        location: case.location().cloned(),
        country: started_row.map(|row| row.country).or(partner.map(|partner| partner.country)),
        customer_name: row.map(|row| row.customer_name.clone()),
        engagement: row.map(|row| row.engagement.clone()),
        days: row.map(|row| row.days),
        dates: Dates {
            created: day(steps.created),
            assigned: day(steps.assigned),
            reserved: day(steps.reserved),
            started: day(steps.started),
            completed: day(steps.completed),
            reported: day(steps.reported),
            redeemed: day(steps.redeemed),
            expires: day(case.last_day(terms.program)),
        },
        claim_by: day(claim_by),
        turns_on: turning.filter_map(|finding| finding.due_on).min(),
        entitled,
        invoiced: own_invoice.and_then(|claim| claim.amount),
        invoiced_on: own_invoice.and_then(|claim| claim.requested_on),
        paid: case.payments.iter().filter(|a| a.status == PaymentStatus::Paid).map(|a| a.share).collect(),
        applied: case.payments.iter().map(|applied| applied.allocation(terms.as_of)).collect(),
        claimed_before: match (case.prior.is_empty(), own_invoice) {
            (true, _) if case.request_before_our_invoice().is_some() => ClaimedBefore::RequestedToo,
            (true, _) => ClaimedBefore::No,
            (false, None) => ClaimedBefore::SettledElsewhere,
            (false, Some(_)) => ClaimedBefore::InvoicedToo,
        },
        payable: entitled.filter(|_| free && in_time && outcome == Outcome::Ok),
        source: row.map(|row| row.place).or(case.live.map(|row| row.place)),
        findings,
    }
}

/// The gravest of the findings: where somebody here has to act, nobody is told to wait.
fn outcome(findings: &[Finding]) -> Outcome {
    findings.iter().map(|finding| finding.outcome).max().unwrap_or(Outcome::Ok)
}

/// One finding per code. Where the facts themselves are in dispute, nothing else is named beside, but a payment for an
/// unknown voucher.
fn findings(case: &Case<'_>, terms: Terms<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for result in results(case, terms) {
        let found = match result.answer {
            Answer::Passed(_) | Answer::NotApplicable(_) | Answer::Unknown { code: None, .. } => {
                continue;
            }
            Answer::Failed(failure) => finding(*failure, case, terms),
            Answer::Unknown { code: Some(code), why, places } => {
                finding(Failure::new(code, why, None, &places), case, terms)
            }
        };
        if !findings.iter().any(|other| other.code == found.code) {
            findings.push(found);
        }
    }
    // A verdict names every refused row of the voucher, also those that no check happened to need.
    for doubt in
        case.doubts.iter().filter(|doubt| !findings.iter().any(|other| other.code == doubt.code)).collect::<Vec<_>>()
    {
        let why = format!("a row of {} that carries this voucher cannot be used", doubt.dataset);
        let extra = finding(Failure::new(doubt.code, why, None, &[doubt.place]), case, terms);
        if !findings.iter().any(|other| other.code == extra.code) {
            findings.push(extra);
        }
    }
    let stands_alone = |finding: &Finding| finding.code.spec().stands_alone;
    if findings.iter().any(stands_alone) {
        let unknown_voucher = findings.iter().any(|finding| finding.code == Code::UnknownVoucher);
        findings.retain(|finding| stands_alone(finding) || (unknown_voucher && finding.code == Code::UnappliedPayment));
    }
    findings.sort_by_key(|finding| finding.code);
    for finding in &mut findings {
        carry_on(finding, case, terms);
    }
    findings
}

/// What earlier runs and people have left of a finding: the day from which it counts where no row names one, and what
/// was decided about it.
fn carry_on(finding: &mut Finding, case: &Case<'_>, terms: Terms<'_>) {
    let earlier = terms.earlier;
    let id = || finding_id(&terms.program.id, "voucher", case.voucher.as_str(), finding.code);
    if finding.opened_on == terms.as_of
        && let Some(day) = earlier.carried.and_then(|carried| carried.opened_on(id()))
    {
        finding.opened_on = day.min(terms.as_of);
    }
    let is_open = matches!(finding.outcome, Outcome::Exception | Outcome::Blocked);
    if let Some(decisions) = earlier.decisions.filter(|decisions| is_open && !decisions.is_empty()) {
        let snapshot = finding.snapshot(&terms.program.id, &case.voucher);
        if let Some(entry) = decisions.in_force(&snapshot, terms.as_of) {
            finding.outcome = if releases(&entry.disposition) { Outcome::Ok } else { finding.outcome };
            finding.disposition = Some(entry.disposition.clone());
        }
    }
}

fn finding(failure: Failure, case: &Case<'_>, terms: Terms<'_>) -> Finding {
    Finding {
        code: failure.code,
        outcome: failure.outcome,
        message: failure.message,
        opened_on: failure.opened_on.unwrap_or(terms.as_of),
        due_on: failure.due_on,
        amount: failure.amount.or(case.entitlement.amount()),
        entitled: case.entitlement.amount(),
        evidence: failure.evidence,
        place: failure.places.first().copied(),
        disposition: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Outcome;
    use crate::testing::{check, verdict};

    #[test]
    fn disputed_facts_stand_alone() {
        check(&[
            ("redemptions.redeemed_on=2021-03-01; +redemptions=V-1,L-2,Redeemed,2021-01-12,2021-05-12,", "DU-02"),
            (
                "competencies=; +vouchers=V-1,CU-1,Contoso Foods,data-estate,10,2021-01-04,2021-01-04,2021-07-03,Redeemed",
                "DU-01",
            ),
        ]);
    }

    #[test]
    fn a_redeemed_voucher_in_order_is_payable_to_the_last_day() {
        let payable = |edit: &str| verdict("V-1", edit).payable.map(|money| format!("{money} {}", money.currency()));
        assert_eq!(payable(""), Some("5000.00 EUR".to_owned()));
        assert_eq!(payable("as_of=2021-07-09"), Some("5000.00 EUR".to_owned()));
        assert_eq!(payable("as_of=2021-07-10"), None);
        assert_eq!(payable("+payments=R-1,,V-1,5000.00,EUR,Rejected,2021-05-11,,,,"), None);
        assert_eq!(payable("+claims=V-1,OLD-1,2021-05-11"), None);
        assert_eq!(payable("competencies="), None);
        assert_eq!(payable("rates="), None);
    }

    #[test]
    fn outcomes_follow_the_codes() {
        let outcome = |edit: &str| verdict("V-1", edit).outcome;
        assert_eq!(outcome(""), Outcome::Ok);
        assert_eq!(outcome("rates="), Outcome::Blocked);
        assert_eq!(outcome("redemptions.redeemed_on=; redemptions.status=Reserved"), Outcome::Pending);
        assert_eq!(outcome("rates=; competencies="), Outcome::Exception);
        // A claim without a rate waits for payment too; but somebody here has to act.
        let claimed = "rates=; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-11,,,,";
        assert_eq!(outcome(claimed), Outcome::Blocked);
        assert_eq!(verdict("V-1", claimed).codes(), "AM-03 PD-04");
        assert_eq!(verdict("V-1", claimed).primary().map(|code| code.as_str()), Some("AM-03"));
        assert_eq!(verdict("V-1", "rates=; competencies=").primary().map(|code| code.as_str()), Some("EL-04"));
    }
}
