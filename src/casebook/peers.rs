//! Vouchers that concern each other: of one customer, with one deliverable; of one customer, for one engagement, at the
//! level of which a customer has one. Found by hash first, so that only vouchers that meet another are looked at.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use hashbrown::DefaultHashBuilder;
use rayon::prelude::*;

use crate::ingest::{Gathered, RowsOf};
use crate::model::{CustomerId, Day, EngagementId, Fact, Place, Text, VoucherId};

/// Another voucher, and the row that brings it up.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    /// Which.
    pub voucher: VoucherId,
    /// Its row.
    pub place: Place,
}

/// Vouchers with others that concern them.
#[derive(Debug, Default)]
pub(super) struct Peers {
    /// The same customer and deliverable.
    pub(super) same_deliverable: HashMap<VoucherId, Peer>,
    /// The same customer and engagement at the level of which there is one, started first.
    pub(super) started_first: HashMap<VoucherId, Peer>,
}

/// What of a voucher was completed by the as-of date.
struct Delivered {
    voucher: VoucherId,
    customer: CustomerId,
    engagement: EngagementId,
    started: Day,
    place: Place,
    /// Names of uploaded deliverables.
    deliverables: Vec<(Text, Place)>,
}

impl Peers {
    /// `once` is the level in days of which a customer has one per engagement.
    pub(super) fn new(gathered: &Gathered, as_of: Day, once: Option<u32>) -> Peers {
        let hasher = DefaultHashBuilder::default();
        let of_deliverables = gathered.map(|rows| {
            let delivered = delivered(&rows, as_of)?;
            let hash = |(name, _): &(Text, Place)| hasher.hash_one((&delivered.customer, name));
            let hashes: Vec<u64> = delivered.deliverables.iter().map(hash).collect();
            (!hashes.is_empty()).then_some((hashes, delivered.voucher))
        });
        let of_deliverables = of_deliverables.into_iter();
        let deliverables =
            of_deliverables.flat_map(|(hashes, id)| hashes.into_iter().map(move |hash| (hash, id.clone())));
        let mut peers = Peers::default();
        for group in meeting(deliverables.collect(), gathered, as_of) {
            for of in &group {
                let same = |other: &&Delivered| other.voucher != of.voucher && other.customer == of.customer;
                let named = |other: &Delivered| {
                    let place = |(name, place): &(Text, Place)| {
                        of.deliverables.iter().any(|(own, _)| own == name).then_some(*place)
                    };
                    let place = other.deliverables.iter().find_map(place)?;
                    Some(Peer { voucher: other.voucher.clone(), place })
                };
                if let Some(peer) = group.iter().filter(same).find_map(named) {
                    peers.same_deliverable.entry(of.voucher.clone()).or_insert(peer);
                }
            }
        }
        if let Some(days) = once {
            peers.started_first = started_first(gathered, as_of, days, &hasher);
        }
        peers
    }
}

fn started_first(gathered: &Gathered, as_of: Day, days: u32, hasher: &DefaultHashBuilder) -> HashMap<VoucherId, Peer> {
    let of_level = gathered.map(|rows| {
        rows.vouchers.first().filter(|row| row.days == days)?;
        let delivered = delivered(&rows, as_of)?;
        Some((hasher.hash_one((&delivered.customer, &delivered.engagement)), delivered.voucher))
    });
    let mut found = HashMap::new();
    for mut group in meeting(of_level, gathered, as_of) {
        group.sort_by(|a, b| (a.started, &a.voucher).cmp(&(b.started, &b.voucher)));
        for (at, of) in group.iter().enumerate() {
            let same = |other: &&Delivered| other.customer == of.customer && other.engagement == of.engagement;
            if let Some(first) = group[..at].iter().find(same) {
                found.insert(of.voucher.clone(), Peer { voucher: first.voucher.clone(), place: first.place });
            }
        }
    }
    found
}

/// Vouchers with a hash that others have too, by hash and id.
fn meeting<K: Ord + Hash + Copy + Send>(
    mut keyed: Vec<(K, VoucherId)>,
    gathered: &Gathered,
    as_of: Day,
) -> Vec<Vec<Delivered>> {
    keyed.par_sort_unstable();
    keyed.dedup();
    let groups = keyed.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let look = |(_, id): &(K, VoucherId)| delivered(&gathered.find(id)?, as_of);
    groups.map(|group| group.iter().filter_map(look).collect()).collect()
}

fn delivered(rows: &RowsOf, as_of: Day) -> Option<Delivered> {
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
        engagement: row.engagement.clone(),
        started: first.started_on,
        place: first.place,
        deliverables: named.collect(),
    })
}
