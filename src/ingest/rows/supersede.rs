//! Which row of a key is the effective one, where the same thing comes again in later files: the row of the latest export;
//! equal rows count once; rows that contradict each other are kept and reported.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use compact_str::CompactString;
use rayon::prelude::*;

use super::cell_results::CellResults;
use super::reject::{Doubt, Refused};
use crate::ingest::columns::block::{Block, Cells, RowId};
use crate::ingest::columns::kind::Value;
use crate::model::{Code, Dataset, Difference, Fact, Place};

/// Why an accepted row is not effective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exclusion {
    /// It says what another row says.
    Duplicate,
    /// A later export replaced it.
    Superseded,
    /// Another row of its key is the effective one: it is further, or they contradict each other.
    Outranked,
}

/// A row that is not effective.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExcludedRow {
    pub(crate) row: RowId,
    pub(crate) why: Exclusion,
}

/// Which rows are effective, by those that are not, and what was seen on the way.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    pub(crate) excluded: Vec<ExcludedRow>,
    /// Contradictions.
    pub(crate) doubts: Vec<Doubt>,
    pub(crate) restated: Vec<RestatedRow>,
}

/// A row that a later export has restated: a value that was given before has changed, or is gone. A blank that is filled
/// is no restatement, nor is a column that moves on, such as a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestatedRow {
    /// In which data set.
    pub dataset: Dataset,
    /// Where it was.
    pub before: Place,
    /// Where it is.
    pub now: Place,
    /// The columns whose values are others.
    pub changes: Vec<Difference>,
}

/// Decides among all rows of one key, which come in the order of files and rows. What takes money back stands beside what it
/// takes back, and never in its place.
fn decide_key(blocks: &[Block], group: &[RowId], selection: &mut Selection) {
    let cells = |row: &RowId| blocks[row.block()].cells(row.at());
    let takes_back = |row: &RowId| cells(row).amount().is_some_and(|amount| amount.minor() < 0);
    let (back, paid): (Vec<RowId>, Vec<RowId>) = group.iter().partition(|row| takes_back(row));
    for rows in [&paid, &back] {
        decide(blocks, rows, selection);
    }
}

/// Decides among rows of one key that may stand for each other.
fn decide(blocks: &[Block], group: &[RowId], selection: &mut Selection) {
    let cells = |row: RowId| blocks[row.block()].cells(row.at());
    let latest = group.iter().filter_map(|row| cells(*row).exported_on()).max();
    let (mut kept, mut replaced): (Vec<RowId>, Vec<RowId>) = (Vec::with_capacity(group.len()), Vec::new());
    let mut contents: HashSet<CompactString> = HashSet::new();
    for row in group {
        if cells(*row).exported_on().is_some_and(|day| latest.is_some_and(|latest| day < latest)) {
            replaced.push(*row);
            continue;
        }
        let columns = 0..cells(*row).schema().columns.len();
        let same = |other: &RowId| columns.clone().all(|column| cells(*row).agrees(cells(*other), column));
        let is_few = group.len() <= FEW;
        let is_duplicate = if is_few { kept.iter().any(same) } else { !contents.insert(content(cells(*row))) };
        if is_duplicate {
            selection.exclude(*row, Exclusion::Duplicate);
        } else {
            kept.push(*row);
        }
    }
    for row in &replaced {
        selection.exclude(*row, Exclusion::Superseded);
    }
    if let Some(now) = kept.first() {
        selection.restated.extend(replaced.iter().filter_map(|row| restated(cells(*row), cells(*now))));
    }
    if let [first, others @ ..] = kept.as_slice()
        && !others.is_empty()
    {
        choose(blocks, *first, others, selection);
    }
}

impl Selection {
    fn exclude(&mut self, row: RowId, why: Exclusion) {
        self.excluded.push(ExcludedRow { row, why });
    }
}

/// What a later export has restated, if anything.
fn restated(before: Cells<'_>, now: Cells<'_>) -> Option<RestatedRow> {
    let schema = now.schema();
    let is_another = |column: &usize| !schema.moves_on.contains(column) && !before.agrees(now, *column);
    let difference = |column: usize| {
        let shown = |cells: Cells<'_>| cells.value(column).value().map_or(String::new(), Value::to_string);
        let was_given = before.value(column).value().is_some();
        was_given.then(|| Difference { field: schema.columns[column].name, before: shown(before), after: shown(now) })
    };
    let changes: Vec<Difference> = (0..schema.columns.len()).filter(is_another).filter_map(difference).collect();
    let (before, now) = (before.place(), now.place());
    (!changes.is_empty()).then_some(RestatedRow { dataset: schema.dataset, before, now, changes })
}

/// Several different rows of one key: the furthest is effective, or the first with a doubt. All stay accepted.
fn choose(blocks: &[Block], first: RowId, others: &[RowId], selection: &mut Selection) {
    let cells = |row: RowId| blocks[row.block()].cells(row.at());
    let schema = cells(first).schema();
    let decides = |column: &usize| !schema.progress.contains(column);
    let compared: Vec<usize> = (0..schema.columns.len()).filter(decides).collect();
    let differs = |row: &RowId| compared.iter().any(|column| !cells(first).agrees(cells(*row), *column));
    let contradicts = others.iter().any(differs);
    if contradicts && schema.keeps_contradictions {
        return;
    }
    let mut effective = first;
    for row in others {
        if !contradicts && is_further(cells(*row), cells(effective)) {
            effective = *row;
        }
    }
    for row in std::iter::once(&first).chain(others).filter(|row| **row != effective) {
        selection.exclude(*row, Exclusion::Outranked);
        if contradicts {
            let keys = CellResults::of(cells(*row)).keys(schema);
            let place = cells(*row).place();
            selection.doubts.push(Doubt {
                dataset: schema.dataset,
                code: Code::MissingData,
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
pub(crate) fn select(blocks: &[Block], rows: &[RowId], selection: &mut Selection) {
    match rows {
        [] | [_] => {}
        rows if rows.len() <= FEW => select_few(blocks, rows, selection),
        rows => {
            let mut groups: HashMap<CompactString, Vec<RowId>> = HashMap::with_capacity(rows.len());
            for row in rows {
                groups.entry(key(blocks[row.block()].cells(row.at()))).or_default().push(*row);
            }
            groups.values().filter(|group| group.len() > 1).for_each(|group| decide_key(blocks, group, selection));
        }
    }
}

fn select_few(blocks: &[Block], rows: &[RowId], selection: &mut Selection) {
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
            decide_key(blocks, &group, selection);
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
