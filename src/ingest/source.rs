//! One source after the other: its files are read, rows that come again are counted once, and every file is accounted
//! for.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::columns::block::{Block, RowId};
use super::columns::record::Record;
use super::columns::schema::DatasetSchema;
use super::coverage::{Coverage, Table, VoucherCoverage};
use super::dataset::schema_of;
use super::file_report::FileReport;
use super::input::{InputFile, Source};
use super::intake::Intake;
use super::means::{Event, Means};
use super::opening::{OpenFile, ReadFile};
use super::rows::gather::{ABOUT_VOUCHERS, Gathered};
use super::rows::loader::Loaded;
use super::rows::reject::{Doubt, Refused, Reject};
use super::rows::supersede::{self, ExcludedRow, Exclusion, Selection};
use super::sheet::FileProblem;
use crate::model::place::TableName;
use crate::model::{Dataset, Day, Vocabulary, counted};

/// Reads data sets one after the other into an intake.
pub(super) struct SourceReader<'a> {
    pub(super) sources: &'a [Source],
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) means: Means<'a>,
    pub(super) intake: &'a mut Intake,
}

/// A file with the number of its table.
#[derive(Clone, Copy)]
struct NumberedFile<'f> {
    table: u32,
    file: &'f InputFile,
}

/// The files of one data set after reading.
#[derive(Default)]
struct Delivery {
    coverage: Coverage,
    reports: Vec<FileReport>,
    blocks: Vec<Block>,
    refused: Vec<Refused>,
}

impl SourceReader<'_> {
    /// The effective rows of a data set, in the order of files and rows.
    pub(super) fn table<D: Record>(&mut self) -> Table<D> {
        let mut delivery = self.deliver(D::SCHEMA);
        let of_block = |(at, block): (usize, &Block)| (0..block.len()).map(move |row| RowId::new(at, row));
        let all: Vec<RowId> = delivery.blocks.iter().enumerate().flat_map(of_block).collect();
        let mut selection = Selection::default();
        supersede::select(&delivery.blocks, &all, &mut selection);
        let excluded: HashSet<RowId> = selection.excluded.iter().map(|excluded| excluded.row).collect();
        let mut rows = Vec::new();
        for (at, block) in delivery.blocks.iter().enumerate() {
            let effective = (0..block.len()).filter(|row| !excluded.contains(&RowId::new(at, *row)));
            rows.extend(effective.map(|row| D::of(block.cells(row))));
        }
        let coverage = delivery.coverage;
        let blocks = std::mem::take(&mut delivery.blocks);
        self.account([delivery], &blocks, selection);
        Table { coverage, rows }
    }

    /// The rows about vouchers, gathered by voucher, and how much is known of each of their data sets.
    pub(super) fn gathered(&mut self) -> (Gathered, VoucherCoverage) {
        let mut deliveries = ABOUT_VOUCHERS.map(|dataset| self.deliver(schema_of(dataset)));
        let blocks = deliveries.iter_mut().flat_map(|delivery| std::mem::take(&mut delivery.blocks)).collect();
        let (gathered, selection) = Gathered::new(blocks);
        (self.means.watch)(Event::Gathered);
        let of = |dataset| ABOUT_VOUCHERS.iter().position(|about| *about == dataset).map(|at| &deliveries[at]);
        let known = |dataset| of(dataset).map_or(Coverage::None, |delivery| delivery.coverage);
        let coverage = VoucherCoverage {
            vouchers: known(Dataset::Vouchers),
            redemptions: known(Dataset::Redemptions),
            completions: known(Dataset::Completions),
            milestones: known(Dataset::Milestones),
            payments: known(Dataset::Payments),
            claims: known(Dataset::Claims),
        };
        let alone = gathered.only_claimed();
        let claims = deliveries
            .iter_mut()
            .flat_map(|delivery| &mut delivery.reports)
            .rfind(|report| report.dataset == Dataset::Claims);
        if let Some(claims) = claims.filter(|_| alone > 0) {
            claims.form.notes.push(format!(
                "{} of the list in no export: are the ids right?",
                counted(alone, "voucher", "vouchers")
            ));
        }
        self.account(deliveries, gathered.blocks(), selection);
        (gathered, coverage)
    }

    fn deliver(&mut self, schema: &'static DatasetSchema) -> Delivery {
        let Some(source) = self.sources.iter().find(|source| source.dataset == schema.dataset) else {
            return Delivery::default();
        };
        let first = self.intake.tables.len();
        for file in &source.files {
            let name = TableName { file: file.name.clone(), sheet: None, exported_on: file.exported_on };
            self.intake.tables.push(name);
        }
        let mut numbered: Vec<NumberedFile<'_>> =
            (first..).zip(&source.files).map(|(table, file)| NumberedFile { table, file }).collect();
        let mut read = same_again(source, &mut numbered);
        let (vocabulary, means) = (self.vocabulary, self.means);
        let one = |entry: &NumberedFile<'_>| {
            OpenFile { schema, source, file: entry.file, table: entry.table, vocabulary, means }.read()
        };
        // A large file is read by all threads, and alone; small ones side by side.
        let (large, small): (Vec<_>, Vec<_>) = numbered.into_iter().partition(|entry| entry.file.content.is_large());
        read.extend(large.iter().map(one));
        read.par_extend(small.par_iter().map(one));
        read.sort_by_key(|file| file.table);
        let mut delivery = Delivery::default();
        pass_refusals_on(&mut read);
        for file in read {
            self.intake.tables.name_sheet(file.table, file.report.form.sheet.clone());
            delivery.reports.push(file.report);
            delivery.blocks.extend(file.loaded.blocks);
            delivery.refused.extend(file.loaded.refused);
        }
        supersede::settle_refused(&mut delivery.refused, &delivery.blocks);
        note_shrinking(&mut delivery.reports);
        delivery.coverage = coverage(schema, &delivery.reports);
        delivery
    }

    /// Enters what was read and decided: reports of files, refused rows, doubts.
    fn account(&mut self, deliveries: impl IntoIterator<Item = Delivery>, blocks: &[Block], mut selection: Selection) {
        let mut reports: Vec<FileReport> = Vec::new();
        selection.doubts.sort_by_key(|doubt| doubt.place);
        for delivery in deliveries {
            let dataset = delivery.reports.first().map(|report| report.dataset);
            reports.extend(delivery.reports);
            let open = delivery.refused.iter().filter(|entry| !entry.reject.superseded);
            self.intake.doubts.extend(open.map(|entry| doubt(&entry.reject)));
            let contradictions = selection.doubts.iter().filter(|doubt| Some(doubt.dataset) == dataset);
            self.intake.doubts.extend(contradictions.cloned());
            self.intake.rejects.extend(delivery.refused.into_iter().map(|entry| entry.reject));
        }
        let first = self.intake.files.len();
        let report_of = |table: u32| table as usize - first;
        count_excluded(&mut reports, blocks, &selection, report_of);
        for report in &mut reports {
            let says_nothing =
                report.refused.is_none() && report.duplicate > 0 && report.accepted + report.rejected == 0;
            if says_nothing && report.superseded == 0 {
                report.form.notes.push("every row of it stands in another file too".to_owned());
            }
        }
        selection.restated.sort_by_key(|restated| (restated.now, restated.before));
        self.intake.restated.extend(selection.restated);
        self.intake.files.extend(reports);
    }
}

/// Files that are another file of the source under another name: they are not read. `files` keeps the others.
fn same_again(source: &Source, files: &mut Vec<NumberedFile<'_>>) -> Vec<ReadFile> {
    let (mut again, all) = (Vec::new(), std::mem::take(files));
    let mut by_hash: HashMap<&str, Vec<&InputFile>> = HashMap::new();
    for NumberedFile { table, file } in all {
        let same = |other: &&&InputFile| {
            let name = || source.profile.named_values(&other.name) == source.profile.named_values(&file.name);
            other.content.length() == file.content.length() && other.exported_on == file.exported_on && name()
        };
        let alike = by_hash.entry(file.sha256.as_str()).or_default();
        match alike.iter().find(same).filter(|_| file.content.is_file()) {
            Some(other) => {
                let mut report = FileReport::of(source.dataset, file);
                report.form.notes.push(format!("the same bytes as {}: read once", other.name));
                report.form.same_as = Some(other.name.clone());
                again.push(ReadFile { table, report, loaded: Loaded::default() });
            }
            None => {
                alike.push(file);
                files.push(NumberedFile { table, file });
            }
        }
    }
    again
}

/// A copy of a file that was refused delivers as little as the file.
fn pass_refusals_on(read: &mut [ReadFile]) {
    let refused: HashMap<String, FileProblem> =
        read.iter().filter_map(|file| Some((file.report.name.clone(), file.report.refused.clone()?))).collect();
    for file in read {
        if let Some(original) = &file.report.form.same_as {
            file.report.refused = refused.get(original).cloned();
        }
    }
}

/// Notes on exports that have far fewer rows than those of an earlier day: what they lack is kept as it was, and may
/// have been cut off.
fn note_shrinking(reports: &mut [FileReport]) {
    let mut rows: BTreeMap<Day, u64> = BTreeMap::new();
    for report in reports.iter().filter(|report| report.refused.is_none() && report.form.same_as.is_none()) {
        if let Some(day) = report.exported_on {
            *rows.entry(day).or_default() += report.read - report.blank;
        }
    }
    for ((before, many), (day, few)) in rows.iter().zip(rows.iter().skip(1)) {
        // Less than 70 of 100 rows.
        if few * 10 < many * 7
            && let Some(report) = reports.iter_mut().find(|report| report.exported_on == Some(*day))
        {
            report
                .form
                .notes
                .push(format!("{}; the export of {before} has {many}: is it whole?", counted(*few, "row", "rows")));
        }
    }
}

/// How much is known of a data set after its files were read.
fn coverage(schema: &DatasetSchema, reports: &[FileReport]) -> Coverage {
    let stands_in = |report: &FileReport, column: &usize| {
        report.form.columns.iter().any(|found| found.name == schema.columns[*column].name)
    };
    // As payments that can name neither voucher nor invoice: they may be for any voucher.
    let is_about_anything = |report: &FileReport| {
        let is_read = report.form.same_as.is_none();
        is_read && !schema.subject.is_empty() && !schema.subject.iter().any(|column| stands_in(report, column))
    };
    match reports {
        [] => Coverage::None,
        reports if reports.iter().any(|report| report.refused.is_some() || is_about_anything(report)) => {
            Coverage::Partial
        }
        _ => Coverage::Whole,
    }
}

fn doubt(reject: &Reject) -> Doubt {
    Doubt {
        dataset: reject.dataset,
        code: reject.code,
        place: reject.place,
        keys: reject.keys.clone(),
        contradiction: false,
    }
}

/// Counts duplicates, and sums the amounts of accepted rows and of duplicates.
fn count_excluded(
    reports: &mut [FileReport],
    blocks: &[Block],
    selection: &Selection,
    report_of: impl Fn(u32) -> usize,
) {
    let mut again: HashSet<RowId> = HashSet::new();
    for ExcludedRow { row, why } in selection.excluded.iter().filter(|excluded| excluded.why != Exclusion::Outranked) {
        again.insert(*row);
        let report = &mut reports[report_of(blocks[row.block()].table)];
        report.accepted -= 1;
        report.duplicate += 1;
        report.superseded += u64::from(*why == Exclusion::Superseded);
    }
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.schema.money.is_some()) {
        let report = &mut reports[report_of(block.table)];
        for (row, cells) in block.rows().enumerate() {
            let Some(amount) = cells.amount() else { continue };
            if again.contains(&RowId::new(at, row)) {
                report.amounts_duplicate.add(amount);
            } else {
                report.amounts_accepted.add(amount);
            }
        }
    }
}
