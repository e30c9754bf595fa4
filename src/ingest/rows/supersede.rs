//! Which row wins: the same thing comes again in later files. Per key the later export stands; equal rows count
//! once; rows that contradict each other are kept and reported.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use rayon::prelude::*;

use super::cell_results::CellResults;
use super::reject::{Doubt, Refused};
use crate::ingest::columns::block::{Block, Cells, RowId};
use crate::ingest::columns::kind::Value;
use crate::model::{Code, Dataset, Fact, Place};

/// What becomes of an accepted row among the others of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exclusion {
    /// It says what another row says.
    Duplicate,
    /// A later export replaced it.
    Superseded,
    /// Another row is the effective one of its key: they contradict each other, or it is less far.
    Contradicted,
}

/// Which of some rows stand.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Rows that do not stand.
    pub(crate) excluded: Vec<(RowId, Exclusion)>,
    /// Contradictions.
    pub(crate) doubts: Vec<Doubt>,
    /// What a later export says differently.
    pub(crate) restated: Vec<Restated>,
}

/// A row that a later export has restated: a value that was given before is another now, or gone. A blank that is
/// filled, a status that moves on and an assignment are no restatements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restated {
    /// In which data set.
    pub dataset: Dataset,
    /// Where it stood.
    pub before: Place,
    /// Where it stands.
    pub now: Place,
    /// Column, value before, value now.
    pub changes: Vec<(&'static str, String, String)>,
}

/// Decides among all rows of one key, which come in the order of files and rows.
fn settle(blocks: &[Block], group: &[RowId], selection: &mut Selection) {
    let cells = |row: RowId| blocks[row.block()].cells(row.at());
    let latest = group.iter().filter_map(|row| cells(*row).exported_on()).max();
    let (mut kept, mut replaced): (Vec<RowId>, Vec<RowId>) = (Vec::with_capacity(group.len()), Vec::new());
    let mut reported: HashSet<CompactString> = HashSet::new();
    for row in group {
        if cells(*row).exported_on().is_some_and(|day| latest.is_some_and(|latest| day < latest)) {
            replaced.push(*row);
            continue;
        }
        let columns = 0..cells(*row).schema().columns.len();
        let same = |other: &RowId| columns.clone().all(|column| cells(*row).agrees(cells(*other), column));
        let is_few = group.len() <= FEW;
        let says_it_again = if is_few { kept.iter().any(same) } else { !reported.insert(content(cells(*row))) };
        if says_it_again {
            selection.excluded.push((*row, Exclusion::Duplicate));
        } else {
            kept.push(*row);
        }
    }
    selection.excluded.extend(replaced.iter().map(|row| (*row, Exclusion::Superseded)));
    if let Some(now) = kept.first() {
        selection.restated.extend(replaced.iter().filter_map(|row| restated(cells(*row), cells(*now))));
    }
    if let [first, others @ ..] = kept.as_slice()
        && !others.is_empty()
    {
        choose(blocks, *first, others, selection);
    }
}

/// What a later export says differently.
fn restated(before: Cells<'_>, now: Cells<'_>) -> Option<Restated> {
    let schema = now.schema();
    let settled = |column: &usize| !schema.moves_on.contains(column) && !before.agrees(now, *column);
    let changes: Vec<(&'static str, String, String)> = (0..schema.columns.len())
        .filter(settled)
        .filter_map(|column| {
            let shown = |cells: Cells<'_>| cells.value(column).value().map_or(String::new(), Value::to_string);
            let given = before.value(column).value().is_some();
            given.then(|| (schema.columns[column].name, shown(before), shown(now)))
        })
        .collect();
    let (before, now) = (before.place(), now.place());
    (!changes.is_empty()).then_some(Restated { dataset: schema.dataset, before, now, changes })
}

/// Several different rows of one key: the furthest of a progress, or the first with a doubt. All stay accepted.
fn choose(blocks: &[Block], first: RowId, others: &[RowId], selection: &mut Selection) {
    let cells = |row: RowId| blocks[row.block()].cells(row.at());
    let schema = cells(first).schema();
    let decides = |column: &usize| !schema.progress.contains(column);
    let settled: Vec<usize> = (0..schema.columns.len()).filter(decides).collect();
    let differs = |row: &RowId| settled.iter().any(|column| !cells(first).agrees(cells(*row), *column));
    let contradicts = others.iter().any(differs);
    if contradicts && schema.keeps_contradictions {
        return;
    }
    let mut shown = first;
    for row in others {
        if !contradicts && is_further(cells(*row), cells(shown)) {
            shown = *row;
        }
    }
    for row in std::iter::once(&first).chain(others).filter(|row| **row != shown) {
        selection.excluded.push((*row, Exclusion::Contradicted));
        if contradicts {
            let keys = CellResults::of(cells(*row)).keys(schema);
            let place = cells(*row).place();
            selection.doubts.push(Doubt {
                dataset: schema.dataset,
                code: Code::In01,
                place,
                keys,
                contradiction: true,
            });
        }
    }
}

/// Whether a row is further than another in the first column of progress in which they differ.
fn is_further(row: Cells<'_>, other: Cells<'_>) -> bool {
    let mut progress = row.schema().progress.iter().map(|column| row.compare(other, *column));
    progress.find(|order| order.is_ne()) == Some(Ordering::Greater)
}

/// More rows than this are told apart by hash, fewer by looking.
const FEW: usize = 16;

/// All that a row says, in one text.
fn content(cells: Cells<'_>) -> CompactString {
    let mut text = CompactString::default();
    for column in 0..cells.schema().columns.len() {
        match cells.value(column) {
            Fact::Is(value) => text.push_str(&value.to_string()),
            Fact::No => {}
            Fact::Unknown => text.push('\u{1e}'),
        }
        text.push('\u{1f}');
    }
    text
}

/// Decides among rows of one data set that share a voucher, or whatever else narrows their keys down.
pub(crate) fn rule(blocks: &[Block], rows: &[RowId], selection: &mut Selection) {
    match rows {
        [] | [_] => {}
        rows if rows.len() <= FEW => rule_few(blocks, rows, selection),
        rows => {
            let mut groups: HashMap<CompactString, Vec<RowId>> = HashMap::with_capacity(rows.len());
            for row in rows {
                groups.entry(key(blocks[row.block()].cells(row.at()))).or_default().push(*row);
            }
            groups.values().filter(|group| group.len() > 1).for_each(|group| settle(blocks, group, selection));
        }
    }
}

fn rule_few(blocks: &[Block], rows: &[RowId], selection: &mut Selection) {
    let cells = |row: RowId| blocks[row.block()].cells(row.at());
    let schema = cells(rows[0]).schema();
    let same_key = |a: RowId, b: RowId| {
        schema.key.iter().all(|column| cells(a).agrees(cells(b), *column) || both_empty(cells(a), cells(b), *column))
    };
    for (at, row) in rows.iter().enumerate() {
        if rows[..at].iter().any(|before| same_key(*before, *row)) {
            continue;
        }
        let group: Vec<RowId> = rows[at..].iter().copied().filter(|other| same_key(*row, *other)).collect();
        if group.len() > 1 {
            settle(blocks, &group, selection);
        }
    }
}

/// For a key, a column that is not there and a blank cell are the same.
fn both_empty(a: Cells<'_>, b: Cells<'_>, column: usize) -> bool {
    a.value(column).value().is_none() && b.value(column).value().is_none()
}

fn key(cells: Cells<'_>) -> CompactString {
    CellResults::of(cells).key(cells.schema()).unwrap_or_default()
}

/// Marks refused rows that an accepted row of a later export replaced: nothing is unknown because of them.
pub(crate) fn settle_refused(refused: &mut [Refused], blocks: &[Block]) {
    let mut wanted: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, entry) in refused.iter().enumerate().filter(|(_, entry)| entry.exported_on.is_some()) {
        if let Some(key) = &entry.key {
            wanted.entry(key.as_str()).or_default().push(at);
        }
    }
    let earliest = refused.iter().filter_map(|entry| entry.exported_on).min();
    let later =
        blocks.par_iter().filter(|block| block.exported_on.is_some_and(|day| earliest.is_some_and(|e| e < day)));
    let replaced: Vec<usize> = later
        .flat_map_iter(|block| block.rows())
        .flat_map_iter(|cells| {
            let same_key = wanted.get(key(cells).as_str()).into_iter().flatten().copied();
            let is_later = |at: &usize| cells.exported_on() > refused[*at].exported_on;
            same_key.filter(is_later).collect::<Vec<usize>>()
        })
        .collect();
    for at in replaced {
        refused[at].reject.superseded = true;
    }
}
