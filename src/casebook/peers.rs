//! Vouchers that concern each other: of one customer, with one deliverable; of one customer and of a kind of which a
//! customer has one. Found by hash first, so that only vouchers that meet another are looked at.

use std::collections::HashMap;
use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use rayon::prelude::*;

use crate::ingest::{Doubt, Gathered, Intake, VoucherRows};
use crate::model::{ClaimOrigin, CustomerId, Dataset, Day, Fact, OpeningClaims, Place, Text, Voucher, VoucherId};
use crate::program::{Program, Scope};

/// Another voucher, and the row that brings it up.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Which.
    pub voucher: VoucherId,
    /// Its row.
    pub place: Place,
    /// It stands on an invoice of ours.
    pub is_invoiced: bool,
}

/// Whether another voucher concerns one.
#[derive(Clone, Copy, Debug, Default)]
pub enum OtherVoucher<'a> {
    /// None does.
    #[default]
    None,
    /// This one does.
    Other(&'a Peer),
    /// A report that cannot be used may be of one that does.
    Unknown(&'a Doubt),
}

/// Vouchers with others that concern them.
#[derive(Debug)]
pub(super) struct Peers<'a> {
    /// The same customer and deliverable.
    same_deliverable: HashMap<VoucherId, Peer>,
    /// The same customer and a kind of which there is one, invoiced by us or else started first.
    started_first: HashMap<VoucherId, Peer>,
    program: &'a Program,
    /// Vouchers of which a report may be among those that cannot be used.
    in_doubt: HashMap<CustomerId, Vec<InDoubt<'a>>>,
}

/// A voucher whose report may be one that cannot be used.
#[derive(Debug)]
struct InDoubt<'a> {
    voucher: VoucherId,
    limited_kind: Option<Text>,
    doubt: &'a Doubt,
}

/// What of a voucher was completed by the as-of date.
struct Delivered {
    voucher: VoucherId,
    customer: CustomerId,
    limited_kind: Option<Text>,
    started: Day,
    place: Place,
    /// Names of uploaded deliverables.
    deliverables: Vec<(Text, Place)>,
}

impl<'a> Peers<'a> {
    pub(super) fn new(intake: &'a Intake, opening: &OpeningClaims, as_of: Day, program: &'a Program) -> Peers<'a> {
        let gathered = &intake.records.vouchers;
        let hasher = DefaultHashBuilder::default();
        let sets = [Dataset::Vouchers, Dataset::Completions];
        let hashed = gathered.map_those_with(&[Dataset::Completions], &sets, |rows| {
            let of = delivered(&rows, as_of, program)?;
            let by_name = |(name, _): &(Text, Place)| hasher.hash_one((&of.customer, name));
            let names: Vec<u64> = of.deliverables.iter().map(by_name).collect();
            let limited_kind =
                of.limited_kind.as_ref().map(|limited_kind| hasher.hash_one((&of.customer, limited_kind)));
            Some((names, limited_kind, of.voucher))
        });
        let (mut deliverables, mut single) = (Vec::new(), Vec::new());
        for (names, limited_kind, voucher) in hashed {
            single.extend(limited_kind.map(|hash| (hash, voucher.clone())));
            deliverables.extend(names.into_iter().map(|hash| (hash, voucher.clone())));
        }
        let mut same_deliverable = HashMap::new();
        let look = |rows: &VoucherRows| delivered(rows, as_of, program);
        for group in meeting(deliverables, gathered, &look) {
            for of in &group {
                let same = |other: &&Delivered| other.voucher != of.voucher && other.customer == of.customer;
                let named = |other: &Delivered| {
                    let place = |(name, place): &(Text, Place)| {
                        of.deliverables.iter().any(|(own, _)| own == name).then_some(*place)
                    };
                    let place = other.deliverables.iter().find_map(place)?;
                    Some(Peer { voucher: other.voucher.clone(), place, is_invoiced: false })
                };
                if let Some(peer) = group.iter().filter(same).find_map(named) {
                    // Groups come in no order: of several peers, the first by id is named.
                    let named: &mut Peer = same_deliverable.entry(of.voucher.clone()).or_insert_with(|| peer.clone());
                    if peer.voucher < named.voucher {
                        *named = peer;
                    }
                }
            }
        }
        let started_first = started_first(meeting(single, gathered, &look), opening);
        Peers { same_deliverable, started_first, program, in_doubt: in_doubt(intake, program) }
    }

    /// Another voucher of the customer that names the same deliverable.
    pub(super) fn same_deliverable(&self, row: &Voucher) -> OtherVoucher<'_> {
        match self.same_deliverable.get(&row.voucher) {
            Some(peer) => OtherVoucher::Other(peer),
            None => self.doubt_about(row, |_| true),
        }
    }

    /// Another voucher of the customer that was started first, where there may be one only.
    pub(super) fn started_first(&self, row: &Voucher) -> OtherVoucher<'_> {
        match self.started_first.get(&row.voucher) {
            Some(peer) => OtherVoucher::Other(peer),
            None => match limited_kind(row, self.program) {
                None => OtherVoucher::None,
                own => self.doubt_about(row, |other| other.limited_kind == own),
            },
        }
    }

    fn doubt_about(&self, row: &Voucher, concerns: impl Fn(&InDoubt<'a>) -> bool) -> OtherVoucher<'_> {
        let of_customer = self.in_doubt.get(&row.customer).into_iter().flatten();
        let mut others = of_customer.filter(|other| other.voucher != row.voucher && concerns(other));
        others.next().map_or(OtherVoucher::None, |other| OtherVoucher::Unknown(other.doubt))
    }
}

/// Vouchers that were reserved, and of which a refused or contradicting report is, or may be.
fn in_doubt<'a>(intake: &'a Intake, program: &Program) -> HashMap<CustomerId, Vec<InDoubt<'a>>> {
    let of_reports = || intake.doubts.iter().filter(|doubt| doubt.dataset == Dataset::Completions);
    let named: HashMap<&VoucherId, &Doubt> =
        of_reports().filter_map(|doubt| Some((doubt.keys.voucher.as_ref()?, doubt))).collect();
    let unidentified = of_reports().find(|doubt| doubt.keys.voucher.is_none());
    if named.is_empty() && unidentified.is_none() {
        return HashMap::new();
    }
    let found = intake.records.vouchers.map(|rows| {
        let row = rows.vouchers.first()?;
        let lacks_report = rows.completions.is_empty() && !rows.redemptions.is_empty();
        let doubt = named.get(&rows.voucher).copied().or(unidentified.filter(|_| lacks_report))?;
        let of = InDoubt { voucher: row.voucher.clone(), limited_kind: limited_kind(row, program), doubt };
        Some((row.customer.clone(), of))
    });
    let mut by_customer: HashMap<CustomerId, Vec<InDoubt<'_>>> = HashMap::new();
    for (customer, of) in found {
        by_customer.entry(customer).or_default().push(of);
    }
    by_customer.values_mut().for_each(|of| of.sort_by(|a, b| a.voucher.cmp(&b.voucher)));
    by_customer
}

/// Where a customer has one voucher of a kind: the engagement or offering that makes the kind.
fn limited_kind(row: &Voucher, program: &Program) -> Option<Text> {
    let once = program.voucher.once_per_customer?;
    let is_meant = once.days.is_none_or(|days| days == row.days);
    is_meant.then(|| match once.per {
        Scope::Engagement => Text::new(row.engagement.as_str()),
        Scope::Offering => Text::new(program.engagement(&row.engagement).offering.as_str()),
    })
}

/// The one that we have invoiced is the one of its kind, whatever is learned later of others; else the one started first.
fn started_first(groups: Vec<Vec<Delivered>>, opening: &OpeningClaims) -> HashMap<VoucherId, Peer> {
    let is_invoiced = |of: &Delivered| {
        let claim = opening.claims.get(&of.voucher);
        claim.is_some_and(|claim| claim.live && matches!(claim.origin, ClaimOrigin::Invoice(_)))
    };
    let mut found = HashMap::new();
    for mut group in groups {
        group.sort_by(|a, b| {
            let rank = |of: &Delivered| (!is_invoiced(of), of.started);
            rank(a).cmp(&rank(b)).then_with(|| a.voucher.cmp(&b.voucher))
        });
        for (at, of) in group.iter().enumerate() {
            let same = |other: &&Delivered| other.customer == of.customer && other.limited_kind == of.limited_kind;
            if let Some(first) = group[..at].iter().find(same) {
                let (voucher, place) = (first.voucher.clone(), first.place);
                found.insert(of.voucher.clone(), Peer { voucher, place, is_invoiced: is_invoiced(first) });
            }
        }
    }
    found
}

/// Vouchers with a hash that others have too, by hash and id.
fn meeting(
    mut keyed: Vec<(u64, VoucherId)>,
    gathered: &Gathered,
    look: &impl Fn(&VoucherRows) -> Option<Delivered>,
) -> Vec<Vec<Delivered>> {
    keyed.par_sort_unstable();
    keyed.dedup();
    let groups = keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let of = |(_, id): &(u64, VoucherId)| look(&gathered.find(id)?);
    groups.map(|group| group.iter().filter_map(of).collect()).collect()
}

fn delivered(rows: &VoucherRows, as_of: Day, program: &Program) -> Option<Delivered> {
    let row = rows.vouchers.first()?;
    let done = || rows.completions.iter().filter(|report| report.completed_on <= as_of);
    let first = done().min_by_key(|report| (report.started_on, report.place))?;
    let uploaded = done().filter(|report| report.deliverable_on.get().is_none_or(|day| day <= as_of));
    let named = uploaded.filter_map(|report| match &report.deliverable {
        Fact::Is(name) if !name.eq_ignore_ascii_case("yes") => Some((name.clone(), report.place)),
        Fact::Is(_) | Fact::No | Fact::Unknown => None,
    });
    Some(Delivered {
        voucher: rows.voucher.clone(),
        customer: row.customer.clone(),
        limited_kind: limited_kind(row, program),
        started: first.started_on,
        place: first.place,
        deliverables: named.collect(),
    })
}
