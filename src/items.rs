//! The register of open items: one per verdict and code, and one per unapplied payment, each with the id
//! that stays the same from run to run, how long it has been open, who looks after it and by when.

use std::collections::{HashMap, HashSet};

use crate::compare::AfterClose;
use crate::decisions::{Candidate, DecisionStatus, Decisions, ItemSnapshot, releases};
use crate::matching::PaymentWithoutVoucher;
use crate::model::{
    Code, Day, Decision, Disposition, Item, ItemHash, ItemId, LocationId, Outcome, PartnerId, Place, Route, Text,
    VoucherId,
};
use crate::verdicts::{Finding, Judged, Terms, Verdict};

/// Whether an item was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// For the first time.
    New,
    /// In the last run too.
    Persisting,
    /// Not in the last run, but in one before it.
    Reopened,
    /// In the last run, and no more.
    Resolved,
}

impl Lifecycle {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Lifecycle::New => "new",
            Lifecycle::Persisting => "persisting",
            Lifecycle::Reopened => "reopened",
            Lifecycle::Resolved => "resolved",
        }
    }
}

/// Who looks after which items, and how long they may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership<'a> {
    /// The first route that fits names the owner.
    pub routes: &'a [Route],
    /// Days to answer, by priority: 1, 2, 3.
    pub due_days: [u32; 3],
}

/// What is known of an item besides what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// The item, and what a person sees of it.
    pub snapshot: ItemSnapshot,
    /// Whether it was there before.
    pub lifecycle: Lifecycle,
    /// The as-of date of the run that showed it first, or first again.
    pub since: Day,
    /// Days from the business day on which it opened to the as-of date.
    pub age_days: i64,
    /// Who looks after it.
    pub owner: Text,
    /// By when it is to be answered: the day on which it turns, else a number of days, by priority, after it was first shown.
    pub due_on: Day,
}

/// A finding in the register.
#[derive(Clone, Debug)]
pub struct VoucherItem<'a> {
    /// The item.
    pub follow_up: FollowUp,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// The finding.
    pub finding: &'a Finding,
}

/// An item that no verdict has: an unapplied payment (MT-03), or a voucher of a closed period that was
/// restated (IN-21).
#[derive(Clone, Debug)]
pub struct StandaloneItem {
    /// The item.
    pub follow_up: FollowUp,
    /// The payment's reference, or the voucher.
    pub subject: Text,
    /// Whose it is.
    pub partner: Option<PartnerId>,
    /// Where it is.
    pub location: Option<LocationId>,
    /// The row to look at first.
    pub place: Option<Place>,
    /// The day from which it counts.
    pub opened_on: Day,
    /// What is wrong, with both values.
    pub message: String,
    /// What people have decided about it, while that stands.
    pub disposition: Option<Disposition>,
}

impl StandaloneItem {
    /// Released, or an exception.
    pub fn outcome(&self) -> Outcome {
        if self.disposition.as_ref().is_some_and(releases) { Outcome::Ok } else { Outcome::Exception }
    }
}

/// All open items, and those that the last run had and this one has no more.
#[derive(Debug, Default)]
pub struct Register<'a> {
    /// Findings of verdicts: exceptions first, then by priority, code and voucher.
    pub voucher_items: Vec<VoucherItem<'a>>,
    /// Unapplied payments, in the order of files and rows; then restated vouchers.
    pub standalone: Vec<StandaloneItem>,
    /// By id.
    pub resolved: Vec<(ItemId, Item)>,
}

/// The priority of items that no verdict has: they stand on the cover.
pub const STANDALONE_PRIORITY: u8 = 1;

/// Lists all open items.
pub fn register<'a>(
    judged: &'a Judged<'_>,
    after_close: &[AfterClose],
    terms: Terms<'_>,
    ownership: &Ownership<'_>,
) -> Register<'a> {
    let Judged { verdicts, without_voucher, .. } = judged;
    let mut found = Register::default();
    for verdict in verdicts {
        for finding in &verdict.findings {
            let snapshot = finding.snapshot(&terms.program.id, &verdict.voucher);
            let turns_on = finding.due_on.filter(|_| finding.outcome == Outcome::Pending);
            let facts = Facts { opened_on: finding.opened_on, turns_on, priority: finding.code.priority() };
            let follow_up = follow_up(snapshot, facts, verdict.partner.as_ref(), terms, ownership);
            found.voucher_items.push(VoucherItem { follow_up, verdict, finding });
        }
    }
    found.voucher_items.sort_by(|a, b| key(a).cmp(&key(b)));
    found.standalone = without_voucher.iter().map(|payment| of_payment(payment, terms, ownership)).collect();
    let restated = after_close.iter().filter_map(|after| of_restated(after, verdicts, terms, ownership));
    found.standalone.extend(restated);
    let open: HashSet<ItemId> = found.follow_ups().map(|follow_up| follow_up.snapshot.id).collect();
    let before = terms.earlier.carried.into_iter().flat_map(|carried| &carried.open);
    found.resolved = before.filter(|(id, _)| !open.contains(id)).map(|(id, item)| (*id, item.clone())).collect();
    found.resolved.sort_by_key(|(id, _)| *id);
    found
}

fn key<'a>(entry: &'a VoucherItem<'_>) -> (std::cmp::Reverse<Outcome>, u8, Code, &'a VoucherId) {
    let finding = entry.finding;
    (std::cmp::Reverse(finding.outcome), finding.code.priority(), finding.code, &entry.verdict.voucher)
}

fn of_payment(of: &PaymentWithoutVoucher, terms: Terms<'_>, ownership: &Ownership<'_>) -> StandaloneItem {
    let payment = &of.payment;
    let day = payment.requested_on.get().or(payment.paid_on.get());
    let opened_on = day.or_else(|| terms.earlier.carried?.opened_on(of.snapshot.id)).unwrap_or(terms.as_of);
    let facts = Facts { opened_on, turns_on: None, priority: STANDALONE_PRIORITY };
    StandaloneItem {
        follow_up: follow_up(of.snapshot.clone(), facts, payment.partner.value(), terms, ownership),
        subject: Text::new(&of.subject),
        partner: payment.partner.value().cloned(),
        location: payment.location.value().cloned(),
        place: Some(payment.place),
        opened_on,
        message: of.message.clone(),
        disposition: of.disposition.clone(),
    }
}

fn of_restated(
    after: &AfterClose,
    verdicts: &[Verdict],
    terms: Terms<'_>,
    ownership: &Ownership<'_>,
) -> Option<StandaloneItem> {
    let snapshot = after.snapshot.clone()?;
    let verdict = verdicts.binary_search_by(|verdict| verdict.voucher.cmp(&after.voucher)).ok().map(|at| &verdicts[at]);
    let partner = verdict.and_then(|verdict| verdict.partner.clone());
    let opened_on = terms.earlier.carried.and_then(|carried| carried.opened_on(snapshot.id)).unwrap_or(terms.as_of);
    let facts = Facts { opened_on, turns_on: None, priority: STANDALONE_PRIORITY };
    Some(StandaloneItem {
        follow_up: follow_up(snapshot, facts, partner.as_ref(), terms, ownership),
        subject: Text::new(after.voucher.as_str()),
        partner,
        location: verdict.and_then(|verdict| verdict.location.clone()),
        place: verdict.and_then(|verdict| verdict.source),
        opened_on,
        message: after.message.clone(),
        disposition: after.disposition.clone(),
    })
}

struct Facts {
    opened_on: Day,
    turns_on: Option<Day>,
    priority: u8,
}

fn follow_up(
    snapshot: ItemSnapshot,
    facts: Facts,
    partner: Option<&PartnerId>,
    terms: Terms<'_>,
    ownership: &Ownership<'_>,
) -> FollowUp {
    let as_of = terms.as_of;
    let before = terms.earlier.carried.and_then(|carried| carried.open.get(&snapshot.id));
    let since = before.map_or(as_of, |item| item.since);
    let allowed = ownership.due_days[usize::from(facts.priority.clamp(1, 3)) - 1];
    FollowUp {
        lifecycle: if before.is_some() { Lifecycle::Persisting } else { Lifecycle::New },
        since,
        age_days: as_of.days_since(facts.opened_on).max(0),
        owner: ownership.owner(snapshot.code, partner),
        due_on: facts.turns_on.unwrap_or_else(|| since.plus_days(allowed)),
        snapshot,
    }
}

impl Ownership<'_> {
    /// Who looks after items of this code and partner; the group where no route fits.
    fn owner(&self, code: Code, partner: Option<&PartnerId>) -> Text {
        let fits = |route: &&Route| {
            (route.codes.is_empty() || route.codes.contains(&code))
                && route.group.is_none_or(|group| group == code.group())
                && route.partner.as_ref().is_none_or(|wanted| partner == Some(wanted))
        };
        self.routes.iter().find(fits).map_or_else(|| Text::new(code.group().as_str()), |route| route.owner.clone())
    }
}

/// Whether an item is open, or what people have made of it.
pub fn status(disposition: Option<&Disposition>) -> &'static str {
    match disposition {
        Some(Disposition::Accept | Disposition::Resolve(_)) => "accepted",
        Some(Disposition::Waive(_)) => "waived",
        Some(Disposition::Adjust(_)) => "adjusted",
        Some(Disposition::Dispute) => "disputed",
        Some(Disposition::Withdraw) | None => "open",
    }
}

impl<'a> Register<'a> {
    fn follow_ups(&self) -> impl Iterator<Item = &FollowUp> {
        self.voucher_items.iter().map(|item| &item.follow_up).chain(self.standalone.iter().map(|item| &item.follow_up))
    }

    /// What became of each item since the last run.
    pub fn lifecycles(&self) -> impl Iterator<Item = Lifecycle> {
        self.follow_ups().map(|follow_up| follow_up.lifecycle).chain(self.resolved.iter().map(|_| Lifecycle::Resolved))
    }

    /// Ids and codes of findings, in their order.
    pub fn finding_codes(&self) -> Vec<(ItemId, Code)> {
        self.voucher_items.iter().map(|entry| (entry.follow_up.snapshot.id, entry.finding.code)).collect()
    }

    /// Items that the last run did not have.
    pub fn new_ones(&self) -> Vec<ItemId> {
        self.follow_ups()
            .filter(|follow_up| follow_up.lifecycle == Lifecycle::New)
            .map(|follow_up| follow_up.snapshot.id)
            .collect()
    }

    /// Notes which of the new items an earlier run has had.
    pub fn reopen(&mut self, known: &HashSet<ItemId>) {
        let follow_ups = self.voucher_items.iter_mut().map(|entry| &mut entry.follow_up);
        for follow_up in follow_ups.chain(self.standalone.iter_mut().map(|item| &mut item.follow_up)) {
            if follow_up.lifecycle == Lifecycle::New && known.contains(&follow_up.snapshot.id) {
                follow_up.lifecycle = Lifecycle::Reopened;
            }
        }
    }

    /// All open items as they are carried forward, by id.
    pub fn items(&self) -> Vec<(ItemId, Item)> {
        let item = |follow_up: &FollowUp, subject: &str, opened_on: Day| {
            let ItemSnapshot { id, hash, code, amount, .. } = follow_up.snapshot;
            (id, Item { subject: Text::new(subject), code, opened_on, since: follow_up.since, amount, hash })
        };
        let of_vouchers = self
            .voucher_items
            .iter()
            .map(|entry| item(&entry.follow_up, entry.verdict.voucher.as_str(), entry.finding.opened_on));
        let others = self.standalone.iter().map(|other| item(&other.follow_up, &other.subject, other.opened_on));
        // In the order in which the ledger keeps them.
        let mut items: Vec<(ItemId, Item)> = of_vouchers.chain(others).collect();
        items.sort_unstable_by_key(|(id, _)| *id);
        items
    }

    /// Every decision, what it is about, and what became of it.
    pub fn decided<'d>(&self, decisions: &Decisions<'d>, as_of: Day) -> Vec<Decided<'d>> {
        let wanted: HashSet<ItemId> = decisions.items().into_iter().collect();
        let of_vouchers = self.voucher_items.iter().map(|entry| (&entry.follow_up, entry.verdict.voucher.as_str()));
        let others = self.standalone.iter().map(|other| (&other.follow_up, other.subject.as_str()));
        let decided_about = of_vouchers.chain(others).filter(|(follow_up, _)| wanted.contains(&follow_up.snapshot.id));
        let snapshot: HashMap<ItemId, (ItemSnapshot, Text)> = decided_about
            .map(|(follow_up, subject)| (follow_up.snapshot.id, (follow_up.snapshot.clone(), Text::new(subject))))
            .collect();
        let mut found = Vec::new();
        for id in decisions.items() {
            let of = snapshot.get(&id);
            for (candidate, status) in decisions.about(id, of.map(|(snapshot, _)| snapshot), as_of) {
                let about = of.map(|(snapshot, subject)| (snapshot.clone(), subject.clone()));
                found.push(Decided { candidate, about, status });
            }
        }
        found
    }
}

/// A decision and what became of it.
#[derive(Clone, Debug)]
pub struct Decided<'d> {
    /// The decision.
    pub candidate: Candidate<'d>,
    /// The item, if it is open, and its subject.
    pub about: Option<(ItemSnapshot, Text)>,
    /// What became of it.
    pub status: DecisionStatus,
}

impl Decided<'_> {
    /// What became of it, in the word of machine files.
    pub fn status(&self) -> &'static str {
        match &self.status {
            DecisionStatus::Stands(_) if self.is_taken_now() => "taken",
            DecisionStatus::Stands(_) => "stands",
            DecisionStatus::Replaced => "replaced",
            DecisionStatus::Settled => "settled",
            DecisionStatus::Elsewhere => "elsewhere",
            DecisionStatus::Refused(..) => "refused",
        }
    }

    /// Whether this run takes it: it is new, and stands.
    pub fn is_taken_now(&self) -> bool {
        self.candidate.is_new() && matches!(self.status, DecisionStatus::Stands(_))
    }

    /// The decision as the ledger keeps it, if it is new: taken, or refused for good.
    pub fn now(&self, as_of: Day) -> Option<Decision> {
        if !self.candidate.is_new() {
            return None;
        }
        let refused = match &self.status {
            DecisionStatus::Elsewhere => return None,
            DecisionStatus::Refused(reason, why) => Some((*reason, why.clone())),
            DecisionStatus::Stands(_) | DecisionStatus::Replaced | DecisionStatus::Settled => None,
        };
        let bound = self.about.as_ref().map_or(ItemHash::new(0), |(snapshot, _)| snapshot.hash);
        Some(Decision { entry: self.candidate.entry.clone(), bound, taken_on: as_of, refused })
    }

    /// Whether it lets its item pass.
    pub fn releases(&self) -> bool {
        matches!(self.status, DecisionStatus::Stands(_)) && releases(&self.candidate.entry.disposition)
    }
}
