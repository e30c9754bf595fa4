//! Which row wins: the same thing comes again in later files. Per key the later export stands; equal rows count
//! once; rows that contradict each other are kept and reported.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::dataset::{Cells, Rows};
use super::reject::{Doubt, Reject};
use crate::model::{Code, Dataset, Day, Place};

/// An accepted row with what decides whether it stands.
pub(super) struct Candidate<R> {
    pub(super) row: R,
    pub(super) cells: Cells,
    pub(super) key: CompactString,
    pub(super) exported_on: Option<Day>,
    /// Position of its file, in the order of names.
    pub(super) file: usize,
}

/// What stands of a data set.
pub(super) struct Standing<R> {
    /// Rows, in file order.
    pub(super) rows: Vec<R>,
    /// Contradictions.
    pub(super) doubts: Vec<Doubt>,
    /// Per file: rows that count as duplicate, and how many of them a later export replaced.
    pub(super) duplicates: HashMap<usize, (u64, u64)>,
    /// Where the duplicates stand.
    pub(super) duplicate_places: HashSet<Place>,
}

/// Decides per key. Candidates come in the order of files and rows.
pub(super) fn supersede<D: Rows>(dataset: Dataset, candidates: Vec<Candidate<D::Row>>) -> Standing<D::Row> {
    let mut latest: HashMap<CompactString, Day> = HashMap::new();
    for candidate in &candidates {
        if let Some(day) = candidate.exported_on {
            let newest = latest.entry(candidate.key.clone()).or_insert(day);
            *newest = day.max(*newest);
        }
    }
    let mut standing =
        Standing { rows: Vec::new(), doubts: Vec::new(), duplicates: HashMap::new(), duplicate_places: HashSet::new() };
    let mut kept: Vec<Candidate<D::Row>> = Vec::with_capacity(candidates.len());
    let mut kept_by_key: HashMap<CompactString, Vec<usize>> = HashMap::with_capacity(candidates.len());
    for candidate in candidates {
        let replaced = candidate.exported_on.is_some_and(|day| latest.get(&candidate.key).is_some_and(|l| day < *l));
        let same_key = kept_by_key.entry(candidate.key.clone()).or_default();
        if replaced || same_key.iter().any(|at| kept[*at].cells == candidate.cells) {
            let counts = standing.duplicates.entry(candidate.file).or_default();
            counts.0 += 1;
            counts.1 += u64::from(replaced);
            standing.duplicate_places.insert(D::place(&candidate.row));
            continue;
        }
        same_key.push(kept.len());
        kept.push(candidate);
    }
    let mut drop = vec![false; kept.len()];
    for group in kept_by_key.values().filter(|group| group.len() > 1) {
        settle::<D>(dataset, group, &kept, &mut drop, &mut standing.doubts);
    }
    standing.doubts.sort_by_key(|doubt| doubt.place);
    standing.rows =
        kept.into_iter().zip(drop).filter(|(_, dropped)| !dropped).map(|(candidate, _)| candidate.row).collect();
    standing
}

/// Several different rows of one key: the furthest of a progress, or the first with a doubt. All stay accepted.
fn settle<D: Rows>(
    dataset: Dataset,
    group: &[usize],
    kept: &[Candidate<D::Row>],
    drop: &mut [bool],
    doubts: &mut Vec<Doubt>,
) {
    let first = &kept[group[0]];
    let contradicts =
        group[1..].iter().any(|at| first.cells.differs_outside(&kept[*at].cells, D::COLUMNS, D::PROGRESS));
    if contradicts && D::KEEP_CONTRADICTIONS {
        return;
    }
    let mut shown = group[0];
    for at in &group[1..] {
        if !contradicts && D::is_further(&kept[*at].row, &kept[shown].row) {
            shown = *at;
        }
    }
    for at in group.iter().filter(|at| **at != shown) {
        drop[*at] = true;
        if contradicts {
            doubts.push(Doubt {
                dataset,
                code: Code::In01,
                place: D::place(&kept[*at].row),
                keys: kept[*at].cells.keys(D::COLUMNS, D::KEY),
                contradiction: true,
            });
        }
    }
}

/// Marks refused rows that an accepted row of a later export replaced: nothing is unknown because of them.
pub(super) fn settle_rejects<R>(
    rejects: &mut [(Reject, Option<CompactString>, Option<Day>)],
    candidates: &[Candidate<R>],
) {
    let wanted: HashMap<&str, Vec<usize>> =
        rejects.iter().enumerate().fold(HashMap::new(), |mut by_key, (at, entry)| {
            if let Some(key) = &entry.1 {
                by_key.entry(key.as_str()).or_insert_with(Vec::new).push(at);
            }
            by_key
        });
    let mut replaced = Vec::new();
    for candidate in candidates {
        for at in wanted.get(candidate.key.as_str()).into_iter().flatten() {
            let later = candidate.exported_on.zip(rejects[*at].2).is_some_and(|(ours, its)| ours > its);
            if later {
                replaced.push(*at);
            }
        }
    }
    for at in replaced {
        rejects[at].0.superseded = true;
    }
}
