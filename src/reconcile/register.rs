//! The register of open items: one per verdict and code, and one per payment that belongs to nothing, each with the id
//! that stays the same from run to run, how long it has been open, who looks after it and by when.

use std::collections::{HashMap, HashSet};

use super::verdict::item_hash;
use super::{Decisions, Earlier, Fate, Finding, Seen, Verdict, finding_id, releases};
use crate::model::{Carried, Code, Day, Item, ItemId, Outcome, PartnerId, Payment, Route, Ruling, Text, VoucherId};
use crate::program::Program;

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
pub struct Desk<'a> {
    /// The first route that fits names the owner.
    pub routes: &'a [Route],
    /// Days to answer, by priority: 1, 2, 3.
    pub due_days: [u32; 3],
}

/// What is known of an item besides what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Care {
    /// The item, and what a person sees of it.
    pub seen: Seen,
    /// Whether it was there before.
    pub lifecycle: Lifecycle,
    /// The as-of date of the run that showed it first, or first again.
    pub since: Day,
    /// Days from the business day on which it opened to the as-of date.
    pub age_days: i64,
    /// Who looks after it.
    pub owner: Text,
    /// By when it is to be answered: the day on which it turns, else so many days after it was first shown.
    pub due_on: Day,
}

/// A finding in the register.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The item.
    pub care: Care,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// The finding.
    pub finding: &'a Finding,
}

/// A payment that belongs to nothing, as an item (MT-03).
#[derive(Clone, Debug)]
pub struct Stray<'a> {
    /// The item.
    pub care: Care,
    /// The payment.
    pub payment: &'a Payment,
    /// What is wrong.
    pub message: String,
    /// What people have decided about it.
    pub ruling: Option<Ruling>,
}

/// All open items, and those that the last run had and this one has no more.
#[derive(Debug, Default)]
pub struct Register<'a> {
    /// Findings of verdicts: exceptions first, then by priority, code and voucher.
    pub entries: Vec<Entry<'a>>,
    /// Payments that belong to nothing, in the order of files and rows.
    pub strays: Vec<Stray<'a>>,
    /// By id.
    pub resolved: Vec<(ItemId, Item)>,
}

/// The priority of a payment that belongs to nothing: it stands on the cover.
pub const STRAY_PRIORITY: u8 = 1;

/// Lists all open items.
pub fn register<'a>(
    verdicts: &'a [Verdict],
    unmatched: &'a [Payment],
    program: &Program,
    (earlier, as_of): (Earlier<'_>, Day),
    desk: &Desk<'_>,
) -> Register<'a> {
    let mut found = Register::default();
    for verdict in verdicts {
        for finding in &verdict.findings {
            let seen = finding.seen(&program.id, &verdict.voucher);
            let turns_on = finding.due_on.filter(|_| finding.outcome == Outcome::Pending);
            let facts = Facts { opened_on: finding.opened_on, turns_on, priority: finding.code.priority() };
            let care = care(seen, facts, verdict.partner.as_ref(), (earlier.carried, as_of), desk);
            found.entries.push(Entry { care, verdict, finding });
        }
    }
    found.entries.sort_by(|a, b| key(a).cmp(&key(b)));
    found.strays = strays(unmatched, program, (earlier, as_of), desk);
    let open: HashSet<ItemId> = found.cares().map(|care| care.seen.id).collect();
    let before = earlier.carried.into_iter().flat_map(|carried| &carried.open);
    found.resolved = before.filter(|(id, _)| !open.contains(id)).map(|(id, item)| (*id, item.clone())).collect();
    found.resolved.sort_by_key(|(id, _)| *id);
    found
}

fn key<'a>(entry: &'a Entry<'_>) -> (std::cmp::Reverse<Outcome>, u8, Code, &'a VoucherId) {
    let finding = entry.finding;
    (std::cmp::Reverse(finding.outcome), finding.code.priority(), finding.code, &entry.verdict.voucher)
}

/// Payments whose voucher nobody knows stand with the verdict of that voucher; the others are items of their own.
fn strays<'a>(
    unmatched: &'a [Payment],
    program: &Program,
    (earlier, as_of): (Earlier<'_>, Day),
    desk: &Desk<'_>,
) -> Vec<Stray<'a>> {
    let mut found: Vec<Stray<'a>> = Vec::new();
    let mut met: HashMap<&str, u32> = HashMap::new();
    for payment in unmatched.iter().filter(|payment| payment.voucher.value().is_none()) {
        let count = met.entry(payment.reference.as_str()).and_modify(|count| *count += 1).or_insert(1);
        let subject =
            if *count == 1 { payment.reference.to_string() } else { format!("{} {count}", payment.reference) };
        let id = finding_id(&program.id, "payment", &subject, Code::Mt03);
        let (amount, currency) = (payment.amount, payment.amount.currency());
        let named = payment.invoice_number.value().map_or("no voucher and no invoice".to_owned(), |number| {
            format!("no voucher, and invoice {number}, which this ledger has not issued")
        });
        let message = format!("payment {} of {amount} {currency} names {named}", payment.reference);
        let hash = item_hash(id, Code::Mt03, Some(amount), &message);
        let seen = Seen { id, hash, code: Code::Mt03, amount: Some(amount) };
        let now = (earlier.carried, as_of);
        let opened_on = payment.requested_on.get().or(payment.paid_on.get()).unwrap_or(as_of);
        let facts = Facts { opened_on, turns_on: None, priority: STRAY_PRIORITY };
        let care = care(seen, facts, payment.partner.value(), now, desk);
        let ruling = earlier.decisions.and_then(|decisions| decisions.standing(&seen, now));
        found.push(Stray { care, payment, message, ruling: ruling.map(|opinion| opinion.ruling.clone()) });
    }
    found
}

struct Facts {
    opened_on: Day,
    turns_on: Option<Day>,
    priority: u8,
}

fn care(
    seen: Seen,
    facts: Facts,
    partner: Option<&PartnerId>,
    (carried, as_of): (Option<&Carried>, Day),
    desk: &Desk<'_>,
) -> Care {
    let before = carried.and_then(|carried| carried.open.get(&seen.id));
    let since = before.map_or(as_of, |item| item.since);
    let allowed = desk.due_days[usize::from(facts.priority.clamp(1, 3)) - 1];
    Care {
        lifecycle: if before.is_some() { Lifecycle::Persisting } else { Lifecycle::New },
        since,
        age_days: as_of.days_since(facts.opened_on).max(0),
        owner: desk.owner(seen.code, partner),
        due_on: facts.turns_on.unwrap_or_else(|| since.plus_days(allowed)),
        seen,
    }
}

impl Desk<'_> {
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
pub fn status(ruling: Option<&Ruling>) -> &'static str {
    match ruling {
        Some(Ruling::Accept | Ruling::Resolve(_)) => "accepted",
        Some(Ruling::Waive(_)) => "waived",
        Some(Ruling::Adjust(_)) => "adjusted",
        Some(Ruling::Dispute) => "disputed",
        Some(Ruling::Withdraw) | None => "open",
    }
}

impl<'a> Register<'a> {
    fn cares(&self) -> impl Iterator<Item = &Care> {
        self.entries.iter().map(|entry| &entry.care).chain(self.strays.iter().map(|stray| &stray.care))
    }

    /// What became of each item since the last run.
    pub fn lifecycles(&self) -> impl Iterator<Item = Lifecycle> {
        self.cares().map(|care| care.lifecycle).chain(self.resolved.iter().map(|_| Lifecycle::Resolved))
    }

    /// Items that the last run did not have.
    pub fn new_ones(&self) -> Vec<ItemId> {
        self.cares().filter(|care| care.lifecycle == Lifecycle::New).map(|care| care.seen.id).collect()
    }

    /// Notes which of the new items an earlier run has had.
    pub fn reopen(&mut self, known: &HashSet<ItemId>) {
        let cares = self.entries.iter_mut().map(|entry| &mut entry.care);
        for care in cares.chain(self.strays.iter_mut().map(|stray| &mut stray.care)) {
            if care.lifecycle == Lifecycle::New && known.contains(&care.seen.id) {
                care.lifecycle = Lifecycle::Reopened;
            }
        }
    }

    /// All open items as they are carried forward.
    pub fn items(&self) -> Vec<(ItemId, Item)> {
        let item = |care: &Care, subject: &str, opened_on: Day| {
            let Seen { id, hash, code, amount } = care.seen;
            (id, Item { subject: Text::new(subject), code, opened_on, since: care.since, amount, hash })
        };
        let of_vouchers =
            self.entries.iter().map(|entry| item(&entry.care, entry.verdict.voucher.as_str(), entry.finding.opened_on));
        let of_payments =
            self.strays.iter().map(|stray| item(&stray.care, stray.payment.reference.as_str(), stray.opened_on()));
        of_vouchers.chain(of_payments).collect()
    }

    /// Every decision, what it is about, and what became of it.
    pub fn decided<'d>(&self, decisions: &Decisions<'d>, now: (Option<&Carried>, Day)) -> Vec<Decided<'d>> {
        let wanted: HashSet<ItemId> = decisions.items().into_iter().collect();
        let seen: HashMap<ItemId, (Seen, Text)> = self
            .items()
            .into_iter()
            .filter(|(id, _)| wanted.contains(id))
            .map(|(id, item)| (id, (Seen { id, hash: item.hash, code: item.code, amount: item.amount }, item.subject)))
            .collect();
        let mut found = Vec::new();
        for id in decisions.items() {
            let of = seen.get(&id);
            for (candidate, fate) in decisions.about(id, of.map(|(seen, _)| seen), now) {
                let about = of.map(|(seen, subject)| (*seen, subject.clone()));
                found.push(Decided { candidate, about, fate });
            }
        }
        found
    }
}

/// A decision and what became of it.
#[derive(Clone, Debug)]
pub struct Decided<'d> {
    /// The decision.
    pub candidate: super::Candidate<'d>,
    /// The item, if it is open, and its subject.
    pub about: Option<(Seen, Text)>,
    /// What became of it.
    pub fate: Fate,
}

impl Decided<'_> {
    /// Whether this run takes it: it is new, and stands.
    pub fn is_taken_now(&self) -> bool {
        self.candidate.taken.is_none() && matches!(self.fate, Fate::Stands(_))
    }

    /// Whether it lets its item pass.
    pub fn releases(&self) -> bool {
        matches!(self.fate, Fate::Stands(_)) && releases(&self.candidate.opinion.ruling)
    }
}

impl Stray<'_> {
    /// The business day from which it counts.
    pub fn opened_on(&self) -> Day {
        let day = self.payment.requested_on.get().or(self.payment.paid_on.get());
        day.unwrap_or(self.care.since)
    }
}
