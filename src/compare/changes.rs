//! What changed since an earlier run, and why: each voucher whose verdict changed is judged again with one factor as it was
//! then (the day, the program, decisions, our own invoices), and whatever makes a difference is a cause.

use std::collections::{HashMap, HashSet};
use std::fmt;

use rayon::prelude::*;

use crate::casebook::Index;
use crate::decisions::Decisions;
use crate::ingest::Intake;
use crate::model::{Code, Day, Difference, MinorUnits, Money, OpeningClaims, PartnerId, Text, Tolerance, VoucherId};
use crate::program::Program;
use crate::verdicts::{Earlier, SealedFacts, Terms, Verdict, VerdictSummary, judge_case, open_cases};

/// Why a verdict changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// An export says something else, or more.
    Input,
    /// The program file or the settings changed.
    Rule,
    /// A day has passed.
    Clock,
    /// People have decided.
    Decision,
    /// It was invoiced by the run before.
    Invoice,
    /// Another version of this program judges otherwise.
    Engine,
    /// Several of these, none of which makes the difference alone.
    Together,
}

impl Cause {
    /// All causes.
    pub const ALL: [Cause; 7] =
        [Cause::Input, Cause::Rule, Cause::Clock, Cause::Decision, Cause::Invoice, Cause::Engine, Cause::Together];

    /// The words of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Input => "input changed",
            Cause::Rule => "rule changed",
            Cause::Clock => "clock passed",
            Cause::Decision => "decision made",
            Cause::Invoice => "invoice issued",
            Cause::Engine => "engine changed",
            Cause::Together => "several together",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A voucher whose verdict changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// The voucher.
    pub voucher: VoucherId,
    /// Its partner now.
    pub partner: Option<PartnerId>,
    /// Its verdict then; none: it was not known.
    pub before: Option<VerdictSummary>,
    /// Its verdict now; none: no export has it any more.
    pub now: Option<VerdictSummary>,
    /// Why, each cause once.
    pub causes: Vec<Cause>,
    /// What its rows say differently.
    pub facts: Vec<Difference>,
    /// Something of it happened since: on the day before, nothing of that can be looked at.
    pub happened_since: bool,
}

/// The earlier run: its verdicts, and the terms that have changed since.
#[derive(Clone, Copy)]
pub struct Baseline<'a> {
    /// Its verdicts, in short.
    pub summaries: &'a HashMap<VoucherId, VerdictSummary>,
    /// Its as-of date.
    pub as_of: Day,
    /// The rules on which it rested, if its configuration was another.
    pub rule: Option<RulesThen<'a>>,
    /// Decisions that it knew, if they have changed.
    pub decisions: Option<&'a Decisions<'a>>,
    /// Claims and invoices that it knew, if they have changed.
    pub opening: Option<&'a OpeningClaims>,
    /// The verdicts of this version on its inputs, if another version has judged them.
    pub judged_now: Option<&'a HashMap<VoucherId, VerdictSummary>>,
}

/// What of the configuration of an earlier run verdicts rested on.
#[derive(Clone, Copy)]
pub struct RulesThen<'a> {
    /// The program.
    pub program: &'a Program,
    /// How far two amounts might differ.
    pub tolerance: &'a Tolerance,
    /// Ids of those through which partners were paid.
    pub paid_through: &'a [Text],
}

impl RulesThen<'_> {
    /// Terms as they are now, but for these rules.
    fn in_terms<'t>(&'t self, now: Terms<'t>) -> Terms<'t> {
        Terms { program: self.program, tolerance: self.tolerance, paid_through: self.paid_through, ..now }
    }
}

/// What changed since, by voucher.
pub fn changes(then: Baseline<'_>, verdicts: &[Verdict], intake: &Intake, now: Terms<'_>) -> Vec<Change> {
    let mut found: Vec<Change> = verdicts.par_iter().filter_map(|verdict| change(verdict, then)).collect();
    let is_there = |voucher: &VoucherId| verdicts.binary_search_by(|verdict| verdict.voucher.cmp(voucher)).is_ok();
    let gone = then.summaries.par_iter().filter(|(voucher, _)| !is_there(voucher)).map(|(voucher, before)| Change {
        voucher: voucher.clone(),
        partner: None,
        before: Some(before.clone()),
        now: None,
        causes: vec![Cause::Input],
        facts: Vec::new(),
        happened_since: false,
    });
    found.par_extend(gone);
    find_causes(&mut found, then, intake, now);
    found.sort_by(|a, b| a.voucher.cmp(&b.voucher));
    found
}

/// How a voucher changed, if it did.
fn change(verdict: &Verdict, then: Baseline<'_>) -> Option<Change> {
    let before = then.summaries.get(&verdict.voucher);
    if before.is_some_and(|before| verdict.is_same_as(before)) {
        return None;
    }
    let short = verdict.summary();
    let facts = before.map_or(Vec::new(), |before| differing(&before.facts, &short.facts));
    Some(Change {
        voucher: verdict.voucher.clone(),
        partner: verdict.partner.clone(),
        before: before.cloned(),
        now: Some(short),
        causes: Vec::new(),
        facts,
        happened_since: has_steps_since(verdict, then.as_of),
    })
}

/// Whether a step or a payment of a voucher is dated after a day.
fn has_steps_since(verdict: &Verdict, day: Day) -> bool {
    let steps = verdict.facts().steps();
    let taken = steps.into_iter().filter(|(name, _)| *name != "expires_on").filter_map(|(_, day)| day);
    let paid = verdict.applied.iter().flat_map(|allocation| [allocation.requested_on, allocation.paid_on]);
    taken.chain(paid.flatten()).any(|step| day < step)
}

/// Facts that changed, or are new.
fn differing(then: &SealedFacts, now: &SealedFacts) -> Vec<Difference> {
    let day = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    let money = |money: Option<Money>| money.map_or(String::new(), |money| format!("{money} {}", money.currency()));
    let texts =
        then.texts.iter().zip(&now.texts).map(|((name, a), (_, b))| Difference::new(name, a.as_str(), b.as_str()));
    let steps =
        then.steps().into_iter().zip(now.steps()).map(|((name, a), (_, b))| Difference::new(name, day(a), day(b)));
    let currency = now.currency.or(then.currency);
    let paid = |paid: MinorUnits| currency.map_or(String::new(), |currency| paid.of(currency).to_string());
    let sums = [
        Difference::new("entitled", money(then.entitled), money(now.entitled)),
        Difference::new("paid", paid(then.paid), paid(now.paid)),
    ];
    texts.chain(steps).chain(sums).filter(|of| of.before != of.after).collect()
}

/// Judges what has changed with one factor as it was then.
fn find_causes(changes: &mut [Change], then: Baseline<'_>, intake: &Intake, now: Terms<'_>) {
    let mut open: Vec<&mut Change> = changes.iter_mut().filter(|change| change.now.is_some()).collect();
    let mut swapped = vec![(Cause::Clock, Terms { as_of: then.as_of, ..now })];
    let decided = |decisions| Terms { earlier: Earlier { decisions: Some(decisions), ..now.earlier }, ..now };
    swapped.extend(then.decisions.map(|decisions| (Cause::Decision, decided(decisions))));
    swapped.extend(then.opening.map(|opening| (Cause::Invoice, Terms { opening, ..now })));
    swapped.extend(then.rule.as_ref().map(|rules| (Cause::Rule, rules.in_terms(now))));
    let swapped = if open.is_empty() { Vec::new() } else { swapped };
    for (cause, terms) in swapped {
        let index = open_cases(intake, terms).0;
        open.par_iter_mut().for_each(|change| {
            let is_unseen = cause == Cause::Clock && change.happened_since;
            if change.before.is_some() && !is_unseen && differs(change, &index, terms) {
                change.causes.push(cause);
            }
        });
    }
    let other_inputs = other_inputs(&open, then, intake, now);
    for change in open {
        // A step that was listed as a later one (DT-06) has come by the clock.
        let was_ahead = change.before.as_ref().is_some_and(|before| before.codes.contains(Code::FutureStep.as_str()));
        let has_come = |fact: &Difference| {
            let day = Day::parse_iso(&fact.after);
            was_ahead && fact.before.is_empty() && day.is_some_and(|day| then.as_of < day)
        };
        if change.facts.iter().any(has_come) {
            change.causes.push(Cause::Clock);
        }
        // What a decision gave a voucher is paid, and no row of it has changed.
        let is_decided = change.causes.contains(&Cause::Decision);
        let says_otherwise =
            |fact: &Difference| fact.field != "entitled" && !(fact.field == "paid" && is_decided) && !has_come(fact);
        let other_rows = other_inputs.contains(&change.voucher);
        if change.before.is_none() || other_rows || change.facts.iter().any(says_otherwise) {
            change.causes.push(Cause::Input);
        }
        let same_then = then.judged_now.zip(change.before.as_ref());
        if let Some((judged, before)) = same_then
            && judged.get(&change.voucher).is_none_or(|judged| !judged.is_same_as(before))
        {
            change.causes.push(Cause::Engine);
        }
        if change.causes.is_empty() {
            // With all terms as they were, the exports of today say what was said then: a row tells what has happened since, or
            // several terms have changed, each of them enough.
            change.causes.push(if change.happened_since { Cause::Input } else { Cause::Together });
        }
        change.causes.sort_unstable();
    }
}

/// Vouchers whose verdict differs from the earlier one with all other terms as they were: the exports say otherwise, be it
/// of a partner, a rate or another voucher. A later step (DT-06) is none that has come.
fn other_inputs(open: &[&mut Change], then: Baseline<'_>, intake: &Intake, now: Terms<'_>) -> HashSet<VoucherId> {
    if open.is_empty() {
        return HashSet::new();
    }
    let rules = then.rule.as_ref().map_or(now, |rules| rules.in_terms(now));
    let decisions = then.decisions.or(now.earlier.decisions);
    let earlier = Earlier { decisions, ..now.earlier };
    let opening = then.opening.unwrap_or(now.opening);
    let as_then = Terms { as_of: then.as_of, opening, earlier, ..rules };
    let index = open_cases(intake, as_then).0;
    let differs_then = |change: &&mut Change| {
        let before = change.before.as_ref()?;
        let other = index.find(&change.voucher, |case| judge_case(case, as_then).summary())?;
        let without = |codes: &str| -> Vec<String> {
            codes.split(' ').filter(|code| *code != Code::FutureStep.as_str()).map(str::to_owned).collect()
        };
        let same = without(&other.codes) == without(&before.codes)
            && (other.state, other.facts.entitled) == (before.state, before.facts.entitled);
        (!same).then(|| change.voucher.clone())
    };
    open.par_iter().filter_map(differs_then).collect()
}

/// Whether the verdict of a voucher changes with these terms.
fn differs(change: &Change, index: &Index<'_>, terms: Terms<'_>) -> bool {
    let other = index.find(&change.voucher, |case| judge_case(case, terms).summary());
    match (&other, &change.now) {
        (Some(other), Some(now)) => !other.is_same_as(now),
        (None, None) => false,
        _ => true,
    }
}
