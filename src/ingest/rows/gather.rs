//! Everything that the exports say of one voucher, brought together: the rows of six data sets, by voucher id. Ids
//! are spread over shards by hash; a shard is gathered, and later judged, by one thread.

use std::collections::HashSet;
use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;

use super::supersede::{ExcludedRow, Selection, select};
use crate::ingest::columns::block::{Block, Cells, RowId};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::texts::Texts;
use crate::ingest::dataset::payments::reference;
use crate::model::{Completion, Dataset, MilestoneRow, Payment, PriorClaim, Redemption, Reference, Voucher, VoucherId};

/// Data sets whose rows are about vouchers, in the order in which they are gathered.
pub(crate) const ABOUT_VOUCHERS: [Dataset; 6] = [
    Dataset::Vouchers,
    Dataset::Redemptions,
    Dataset::Completions,
    Dataset::Milestones,
    Dataset::Payments,
    Dataset::Claims,
];

const SHARDS: usize = 64;

/// Rows about vouchers, by voucher.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    blocks: Vec<Block>,
    shards: Vec<Shard>,
    /// Effective rows that name no voucher.
    unnamed: Vec<RowId>,
    hasher: DefaultHashBuilder,
}

/// The vouchers whose ids have one hash in common, as far as shards go.
#[derive(Clone, Debug, Default)]
struct Shard {
    /// Positions of vouchers, by the hash of their ids.
    table: HashTable<u32>,
    /// Where the rows of each voucher start; one more at the end.
    starts: Vec<u32>,
    /// Effective rows, by voucher, data set, file and row.
    rows: Vec<RowId>,
}

/// The effective rows of one voucher in all exports.
#[derive(Clone, Debug, PartialEq)]
pub struct VoucherRows {
    /// Its id.
    pub voucher: VoucherId,
    /// Rows of VLSC; several if they contradict each other.
    pub vouchers: Vec<Voucher>,
    /// Reservations and redemptions.
    pub redemptions: Vec<Redemption>,
    /// Completion reports.
    pub completions: Vec<Completion>,
    /// Milestones.
    pub milestones: Vec<MilestoneRow>,
    /// Payment rows that name the voucher.
    pub payments: Vec<Payment>,
    /// Claims older than the tool.
    pub claims: Vec<PriorClaim>,
    /// Data sets with a row of it, whether or not the record was made.
    has: Vec<Dataset>,
}

impl VoucherRows {
    /// A voucher without an effective row.
    pub fn none(voucher: VoucherId) -> VoucherRows {
        VoucherRows {
            voucher,
            vouchers: Vec::new(),
            redemptions: Vec::new(),
            completions: Vec::new(),
            milestones: Vec::new(),
            payments: Vec::new(),
            claims: Vec::new(),
            has: Vec::new(),
        }
    }

    /// Whether a data set has an effective row.
    pub fn has(&self, dataset: Dataset) -> bool {
        self.has.contains(&dataset)
    }

    /// An accepted row of vouchers, redemptions, completions, milestones or payments carries the id.
    pub fn is_named(&self) -> bool {
        self.has.iter().any(|dataset| *dataset != Dataset::Claims)
    }
}

/// Rows of one block that belong to each shard, and those that name no voucher.
struct Spread {
    by_shard: Vec<Ids>,
    unnamed: Vec<RowId>,
}

/// Rows of one block and one shard, with copies of their ids: a shard reads only what is its own, from end to end.
#[derive(Default)]
struct Ids {
    rows: Vec<u16>,
    texts: Texts,
}

impl Gathered {
    /// Gathers the rows of blocks, which come in the order of [`ABOUT_VOUCHERS`], files and rows, and decides which
    /// of them are effective.
    pub(crate) fn new(blocks: Vec<Block>) -> (Gathered, Selection) {
        let hasher = DefaultHashBuilder::default();
        let spread: Vec<Spread> = blocks.par_iter().enumerate().map(|(at, block)| spread(at, block, &hasher)).collect();
        let built: Vec<(Shard, Selection)> =
            (0..SHARDS).into_par_iter().map(|shard| build(&blocks, &spread, shard, &hasher)).collect();
        let mut selection = Selection::default();
        let mut shards = Vec::with_capacity(SHARDS);
        for (shard, of_shard) in built {
            shards.push(shard);
            selection.excluded.extend(of_shard.excluded);
            selection.doubts.extend(of_shard.doubts);
            selection.restated.extend(of_shard.restated);
        }
        let mut unnamed: Vec<RowId> = spread.into_iter().flat_map(|spread| spread.unnamed).collect();
        let before = selection.excluded.len();
        select(&blocks, &unnamed, &mut selection);
        let excluded: HashSet<RowId> = selection.excluded[before..].iter().map(|excluded| excluded.row).collect();
        unnamed.retain(|row| !excluded.contains(row));
        (Gathered { blocks, shards, unnamed, hasher }, selection)
    }

    /// How many vouchers are named anywhere.
    pub fn len(&self) -> usize {
        self.shards.iter().map(Shard::len).sum()
    }

    /// Whether no voucher is named.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Looks at every voucher, in parallel; what is made of them comes in no particular order.
    pub fn map<T: Send>(&self, look: impl Fn(VoucherRows) -> Option<T> + Sync) -> Vec<T> {
        self.map_those_with(&ABOUT_VOUCHERS, &ABOUT_VOUCHERS, look)
    }

    /// Looks at the vouchers that have a row of one of these data sets, and makes rows of some data sets only: most of the
    /// time goes into making records that are not needed.
    pub fn map_those_with<T: Send>(
        &self,
        any_of: &[Dataset],
        wanted: &[Dataset],
        look: impl Fn(VoucherRows) -> Option<T> + Sync,
    ) -> Vec<T> {
        let of_shard = |shard: &Shard| -> Vec<T> {
            let concerned = |rows: &&[RowId]| rows.iter().any(|row| any_of.contains(&self.dataset(*row)));
            let of = (0..shard.len()).map(|at| shard.rows_of(at)).filter(concerned);
            of.filter_map(|rows| look(self.rows_of(rows, wanted))).collect()
        };
        self.shards.par_iter().flat_map(of_shard).collect()
    }

    /// Ids for which something holds, in no particular order.
    pub fn ids(&self, holds: impl Fn(&str) -> bool + Sync) -> Vec<VoucherId> {
        let of_shard = |shard: &Shard| -> Vec<VoucherId> {
            let ids = (0..shard.len()).map(|at| self.id(shard.rows_of(at)));
            ids.filter(|id| holds(id)).map(VoucherId::new).collect()
        };
        self.shards.par_iter().flat_map(of_shard).collect()
    }

    /// The rows of one voucher.
    pub fn find(&self, voucher: &VoucherId) -> Option<VoucherRows> {
        let hash = self.hasher.hash_one(voucher.as_str());
        let shard = self.shards.get(shard_of(hash))?;
        let same = |at: &u32| self.id(shard.rows_of(*at as usize)) == voucher.as_str();
        shard.table.find(hash, same).map(|at| self.rows_of(shard.rows_of(*at as usize), &ABOUT_VOUCHERS))
    }

    /// How many vouchers only older claims name: no export knows them.
    pub(crate) fn only_claimed(&self) -> usize {
        let of_claims = |row: &RowId| self.blocks[row.block()].schema.dataset == Dataset::Claims;
        let alone = |shard: &Shard, at: usize| shard.rows_of(at).first().is_some_and(of_claims);
        self.shards.iter().map(|shard| (0..shard.len()).filter(|at| alone(shard, *at)).count()).sum()
    }

    /// Payment rows that name no voucher, in the order of files and rows.
    pub fn unnamed_payments(&self) -> impl Iterator<Item = Payment> + '_ {
        self.unnamed.iter().map(|row| Payment::of(self.cells(*row)))
    }

    /// Payment rows with one of these references, also those that a later export has replaced.
    pub fn payments_listed(&self, references: &HashSet<Reference>) -> Vec<Payment> {
        let wanted = |cells: &Cells<'_>| references.contains(&reference(*cells));
        let payments = self.blocks.par_iter().filter(|block| block.schema.dataset == Dataset::Payments);
        payments.flat_map_iter(|block| block.rows().filter(wanted).map(Payment::of)).collect()
    }

    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn cells(&self, row: RowId) -> Cells<'_> {
        self.blocks[row.block()].cells(row.at())
    }

    fn id(&self, rows: &[RowId]) -> &str {
        self.cells(rows[0]).voucher_text().get().unwrap_or_default()
    }

    fn dataset(&self, row: RowId) -> Dataset {
        self.blocks[row.block()].schema.dataset
    }

    fn rows_of(&self, rows: &[RowId], wanted: &[Dataset]) -> VoucherRows {
        let mut found = VoucherRows::none(VoucherId::new(self.id(rows)));
        for row in rows {
            let dataset = self.dataset(*row);
            if found.has.last() != Some(&dataset) {
                found.has.push(dataset);
            }
            if !wanted.contains(&dataset) {
                continue;
            }
            let cells = self.cells(*row);
            match dataset {
                Dataset::Vouchers => found.vouchers.push(Voucher::of(cells)),
                Dataset::Redemptions => found.redemptions.push(Redemption::of(cells)),
                Dataset::Completions => found.completions.push(Completion::of(cells)),
                Dataset::Milestones => found.milestones.push(MilestoneRow::of(cells)),
                Dataset::Payments => found.payments.push(Payment::of(cells)),
                Dataset::Claims => found.claims.push(PriorClaim::of(cells)),
                Dataset::Partners
                | Dataset::Contacts
                | Dataset::Enrollments
                | Dataset::Competencies
                | Dataset::Certifications
                | Dataset::Rates
                | Dataset::Decisions => {}
            }
        }
        found
    }
}

impl Shard {
    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn rows_of(&self, at: usize) -> &[RowId] {
        &self.rows[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

fn shard_of(hash: u64) -> usize {
    // The table uses the low bits and the seven highest.
    (hash >> 40) as usize % SHARDS
}

fn spread(at: usize, block: &Block, hasher: &DefaultHashBuilder) -> Spread {
    let by_shard = std::iter::repeat_with(Ids::default).take(SHARDS).collect();
    let mut spread = Spread { by_shard, unnamed: Vec::new() };
    for (at_row, cells) in block.rows().enumerate() {
        let row = u16::try_from(at_row).expect("a block has fewer rows");
        match cells.voucher_text().get() {
            Some(id) => {
                let ids = &mut spread.by_shard[shard_of(hasher.hash_one(id))];
                ids.rows.push(row);
                ids.texts.push(id);
            }
            None => spread.unnamed.push(RowId::new(at, usize::from(row))),
        }
    }
    spread
}

fn build(blocks: &[Block], spread: &[Spread], shard: usize, hasher: &DefaultHashBuilder) -> (Shard, Selection) {
    let total: usize = spread.iter().map(|spread| spread.by_shard[shard].rows.len()).sum();
    let of_vouchers = blocks.iter().zip(spread).filter(|(block, _)| block.schema.dataset == Dataset::Vouchers);
    let expected: usize = of_vouchers.map(|(_, spread)| spread.by_shard[shard].rows.len()).sum();
    let mut table: HashTable<u32> = HashTable::with_capacity(expected);
    let mut known = Texts::default();
    let mut entries: Vec<VoucherRow> = Vec::with_capacity(total);
    for (at, ids) in spread.iter().map(|spread| &spread.by_shard[shard]).enumerate() {
        for (position, row) in ids.rows.iter().enumerate() {
            let id = ids.texts.get(position);
            let rehash = |at: &u32| hasher.hash_one(known.get(*at as usize));
            let voucher = match table.entry(hasher.hash_one(id), |at| known.get(*at as usize) == id, rehash) {
                Entry::Occupied(voucher) => *voucher.get(),
                Entry::Vacant(free) => {
                    let voucher = u32::try_from(known.len()).expect("fewer rows than 4 billion");
                    free.insert(voucher);
                    known.push(id);
                    voucher
                }
            };
            entries.push(VoucherRow { voucher, row: RowId::new(at, usize::from(*row)) });
        }
    }
    let mut shard = sort(table, known.len(), &entries);
    let selection = select_effective(blocks, &mut shard);
    (shard, selection)
}

/// A row and the position of its voucher in the shard.
struct VoucherRow {
    voucher: u32,
    row: RowId,
}

/// Brings the rows of each voucher together, in the order in which they came.
fn sort(table: HashTable<u32>, vouchers: usize, entries: &[VoucherRow]) -> Shard {
    let mut starts = vec![0_u32; vouchers + 1];
    for entry in entries {
        starts[entry.voucher as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut rows = vec![RowId::new(0, 0); entries.len()];
    for entry in entries {
        let at = &mut next[entry.voucher as usize];
        rows[*at as usize] = entry.row;
        *at += 1;
    }
    Shard { table, starts, rows }
}

/// Decides per voucher and data set which rows are effective, and leaves out the others.
fn select_effective(blocks: &[Block], shard: &mut Shard) -> Selection {
    let mut selection = Selection::default();
    let dataset = |row: &RowId| blocks[row.block()].schema.dataset;
    for at in 0..shard.len() {
        for rows in shard.rows_of(at).chunk_by(|a, b| dataset(a) == dataset(b)).filter(|rows| rows.len() > 1) {
            select(blocks, rows, &mut selection);
        }
    }
    if !selection.excluded.is_empty() {
        leave_out(shard, &selection.excluded);
    }
    selection
}

fn leave_out(shard: &mut Shard, excluded: &[ExcludedRow]) {
    let excluded: HashSet<RowId> = excluded.iter().map(|excluded| excluded.row).collect();
    let mut starts = Vec::with_capacity(shard.starts.len());
    let mut rows = Vec::with_capacity(shard.rows.len());
    for at in 0..shard.len() {
        starts.push(u32::try_from(rows.len()).expect("fewer rows than before"));
        rows.extend(shard.rows_of(at).iter().filter(|row| !excluded.contains(*row)));
    }
    starts.push(u32::try_from(rows.len()).expect("fewer rows than before"));
    (shard.starts, shard.rows) = (starts, rows);
}
