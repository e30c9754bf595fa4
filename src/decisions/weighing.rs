//! What decisions do to open items. A decision is bound to the item as it was seen; whoever may not take it alone
//! needs a second person; what it releases expires. Nothing here changes a finding but its outcome.

use std::collections::HashMap;

use super::authority::{may_be_decided, signed, until};
use super::{ItemSnapshot, listed};
use crate::ingest::Intake;
use crate::model::{
    Authority, Carried, Dataset, Day, Decision, DecisionEntry, DecisionRow, Disposition, InvoiceNumber, ItemHash,
    ItemId, OpeningClaims, Place, RejectionReason, VoucherId, counted,
};

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionStatus {
    /// It stands, to this day if it ends.
    Stands(Option<Day>),
    /// A later decision took its place, or withdrew it.
    Replaced,
    /// The item is not open any more.
    Settled,
    /// This run does not see the item, and another job has it open: it is for that job to take or refuse.
    Elsewhere,
    /// It does not stand, and why.
    Refused(RejectionReason, String),
}

/// A decision about an item: one of the ledger, or a row that this run has read.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What it says.
    pub entry: &'a DecisionEntry,
    /// Where it comes from.
    pub origin: Origin<'a>,
}

/// Where a decision comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// A row that this run has read, and where it stands.
    Row(Place),
    /// An earlier run took it: the item as it was then, and that run's as-of date.
    Taken(ItemHash, Day),
    /// An earlier run refused it for good, and why.
    Refused(&'a (RejectionReason, String)),
}

impl Candidate<'_> {
    /// Whether this run reads it for the first time.
    pub fn is_new(&self) -> bool {
        matches!(self.origin, Origin::Row(_))
    }
}

/// All decisions of a job, by item.
#[derive(Debug)]
pub struct Decisions<'a> {
    by_item: HashMap<ItemId, Vec<Candidate<'a>>>,
    /// Rows that cannot be used, and the column that is missing.
    pub unusable: Vec<(&'a DecisionRow, &'static str)>,
    authority: &'a Authority,
    /// What the last run had open, if there was one.
    carried: Option<&'a Carried>,
    known: Option<Targets<'a>>,
}

/// What an unapplied payment may be resolved to.
#[derive(Clone, Copy, Debug)]
pub struct Targets<'a> {
    /// Vouchers of exports.
    pub intake: &'a Intake,
    /// Invoices of ours.
    pub opening: &'a OpeningClaims,
}

impl Targets<'_> {
    fn has(&self, target: &str) -> bool {
        let row = self.intake.records.vouchers.find(&VoucherId::new(target));
        self.opening.invoices.contains_key(&InvoiceNumber::new(target))
            || row.is_some_and(|rows| rows.has(Dataset::Vouchers))
    }
}

impl<'a> Decisions<'a> {
    /// Decisions of earlier runs, in the order in which they were taken, and rows of this one. A row that was taken
    /// before is known and says nothing new.
    pub fn new(
        earlier: &'a [Decision],
        rows: &'a [DecisionRow],
        authority: &'a Authority,
        carried: Option<&'a Carried>,
        known: Option<Targets<'a>>,
    ) -> Decisions<'a> {
        let mut by_item: HashMap<ItemId, Vec<Candidate<'a>>> = HashMap::new();
        for decision in earlier {
            let origin = match &decision.refused {
                Some(refused) => Origin::Refused(refused),
                None => Origin::Taken(decision.bound, decision.taken_on),
            };
            let entry = &decision.entry;
            by_item.entry(entry.item).or_default().push(Candidate { entry, origin });
        }
        let mut unusable = Vec::new();
        for row in rows {
            match &row.entry {
                Err(column) => unusable.push((row, *column)),
                Ok(entry) => {
                    let of_item = by_item.entry(entry.item).or_default();
                    if !of_item.iter().any(|known| known.entry == entry) {
                        of_item.push(Candidate { entry, origin: Origin::Row(row.place) });
                    }
                }
            }
        }
        Decisions { by_item, unusable, authority, carried, known }
    }

    /// Whether there is no decision at all.
    pub fn is_empty(&self) -> bool {
        self.by_item.is_empty()
    }

    /// Whether another set of decisions says something else.
    pub fn differ_from(&self, other: &Decisions<'_>) -> bool {
        let entries = |of: &Decisions<'_>, item: &ItemId| -> Vec<DecisionEntry> {
            of.by_item.get(item).into_iter().flatten().map(|candidate| candidate.entry.clone()).collect()
        };
        self.items() != other.items() || self.items().iter().any(|item| entries(self, item) != entries(other, item))
    }

    /// Items that somebody has decided about, in the order of their ids.
    pub fn items(&self) -> Vec<ItemId> {
        let mut items: Vec<ItemId> = self.by_item.keys().copied().collect();
        items.sort_unstable();
        items
    }

    /// Decisions about an item and what became of each: those of the ledger first, in the order of their taking.
    /// `snapshot` is the item if it is open.
    pub fn about(
        &self,
        item: ItemId,
        snapshot: Option<&ItemSnapshot>,
        as_of: Day,
    ) -> Vec<(Candidate<'a>, DecisionStatus)> {
        let Some(candidates) = self.by_item.get(&item) else { return Vec::new() };
        let new = candidates.iter().filter(|candidate| candidate.is_new()).count();
        let printed = self.carried.and_then(|carried| carried.printed(item));
        let elsewhere = self.carried.and_then(|carried| carried.elsewhere.get(&item).copied());
        // A decision about what another job has printed, and this one has not, or differently, is left to that job.
        let is_elsewhere = |entry: &DecisionEntry| {
            let is_meant = snapshot.is_none_or(|snapshot| entry.hash == elsewhere && elsewhere != Some(snapshot.hash));
            elsewhere.is_some() && (printed.is_none() || is_meant)
        };
        // A ledger of schema 1 did not keep what was printed.
        let known = printed.filter(|hash| hash.bits() != 0);
        let last_taken = candidates.iter().rposition(|candidate| matches!(candidate.origin, Origin::Taken(..)));
        let mut weighed: Vec<(Candidate<'a>, DecisionStatus)> = (0..)
            .zip(candidates)
            .map(|(at, candidate)| {
                let status = match (candidate.origin, snapshot) {
                    (Origin::Refused((reason, why)), _) => DecisionStatus::Refused(*reason, why.clone()),
                    (Origin::Row(_), _) if new > 1 => {
                        let what = "two new rows decide about this item, and differently";
                        DecisionStatus::Refused(RejectionReason::Incomplete, what.to_owned())
                    }
                    (Origin::Row(_), _) if is_elsewhere(candidate.entry) => DecisionStatus::Elsewhere,
                    (Origin::Row(_), None) => {
                        DecisionStatus::Refused(RejectionReason::Stale, "no open item has this id".to_owned())
                    }
                    (Origin::Taken(..), None) => DecisionStatus::Settled,
                    // A later one has ended it for good, also where that one does not stand any more.
                    (Origin::Taken(..), Some(_)) if Some(at) != last_taken => DecisionStatus::Replaced,
                    (Origin::Row(_), Some(snapshot)) => self.weigh(candidate.entry, None, snapshot, known, as_of),
                    // Nothing rests on it, so nothing can be other than it was.
                    (Origin::Taken(..), Some(_)) if candidate.entry.disposition == Disposition::Withdraw => {
                        DecisionStatus::Stands(None)
                    }
                    (Origin::Taken(hash, day), Some(snapshot)) => {
                        self.weigh(candidate.entry, Some((hash, day)), snapshot, known, as_of)
                    }
                };
                (*candidate, status)
            })
            .collect();
        // The last one that stands decides.
        let last = weighed.iter().rposition(|(_, status)| matches!(status, DecisionStatus::Stands(_)));
        for (_, status) in
            weighed.iter_mut().take(last.unwrap_or(0)).filter(|(_, status)| matches!(status, DecisionStatus::Stands(_)))
        {
            *status = DecisionStatus::Replaced;
        }
        weighed
    }

    /// The decision that stands about an open item.
    pub fn in_force(&self, snapshot: &ItemSnapshot, as_of: Day) -> Option<&'a DecisionEntry> {
        if !self.by_item.contains_key(&snapshot.id) {
            return None;
        }
        let all = self.about(snapshot.id, Some(snapshot), as_of);
        all.into_iter()
            .find(|(_, status)| matches!(status, DecisionStatus::Stands(_)))
            .map(|(candidate, _)| candidate.entry)
    }

    /// What becomes of a decision about an open item. `taken` says of one that an earlier run took, about what and when:
    /// who may decide was asked then.
    fn weigh(
        &self,
        entry: &DecisionEntry,
        taken: Option<(ItemHash, Day)>,
        snapshot: &ItemSnapshot,
        printed: Option<ItemHash>,
        as_of: Day,
    ) -> DecisionStatus {
        let authority = self.authority;
        let bound = taken.map(|(hash, _)| hash).or(entry.hash).or(printed);
        let taken_on = taken.map_or(as_of, |(_, day)| day);
        let refuse = |reason, what: String| DecisionStatus::Refused(reason, what);
        if bound.is_none() {
            let what = "no earlier run has printed this item; say with item_hash which one is meant";
            return refuse(RejectionReason::Stale, what.to_owned());
        }
        if let Some(bound) = bound.filter(|bound| *bound != snapshot.hash) {
            let what = format!("the item was {bound} when it was decided about, and is {} now", snapshot.hash);
            return refuse(RejectionReason::Stale, what);
        }
        if !may_be_decided(snapshot, &entry.disposition) {
            let what = format!("{} cannot be decided by \"{}\"", snapshot.code, entry.disposition.word());
            return refuse(RejectionReason::OverAuthority, what);
        }
        if let (Disposition::Resolve(target), Some(named)) = (&entry.disposition, &snapshot.listed_for)
            && taken.is_none()
            && !named.contains(target)
            && named.iter().any(|name| self.known.is_some_and(|known| known.has(name)))
        {
            let what = format!("a later export lists this payment for {}, not for {target}", listed(named));
            return refuse(RejectionReason::Incomplete, what);
        }
        if let (Disposition::Resolve(target), Some(known)) = (&entry.disposition, self.known)
            && taken.is_none()
            && !known.has(target)
        {
            let what = format!("no voucher of an export and no invoice of ours is called {target}");
            return refuse(RejectionReason::Incomplete, what);
        }
        if taken.is_none()
            && let Err((reason, what)) = signed(entry, snapshot, authority)
        {
            return refuse(reason, what);
        }
        // What was taken stands as long as it was waived for, whatever the settings allow since.
        let last = match &entry.disposition {
            Disposition::Waive(asked) if taken.is_some() => Some(*asked),
            disposition => until(disposition, taken_on, authority),
        };
        match (&entry.disposition, last) {
            (Disposition::Waive(asked), Some(latest)) if latest < *asked => {
                let what = format!(
                    "waived until {asked}, which is more than {}",
                    counted(authority.waive_days, "day", "days")
                );
                refuse(RejectionReason::OverAuthority, what)
            }
            (_, Some(last)) if last < as_of => refuse(RejectionReason::Expired, format!("it stood until {last}")),
            (_, last) => DecisionStatus::Stands(last),
        }
    }
}
