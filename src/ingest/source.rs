//! One source: its files are parsed in parallel, counted, and joined by the rule "which row wins".

use std::collections::HashSet;

use compact_str::CompactString;
use rayon::prelude::*;

use super::cell::{Reading, Refusal, Value};
use super::dataset::{self, Cells, Rows, Said};
use super::headers::{self, Column, Origin};
use super::profile::{Format, Profile};
use super::reject::{Doubt, Keys, Reject};
use super::sheet::{FileProblem, RawRow, Sheet};
use super::supersede::{self, Candidate};
use super::{Coverage, FileReport, InputFile, Intake, Source, Table, csv_file, xlsx_file};
use crate::model::place::TableName;
use crate::model::{Code, Dataset, Day, Money, Place, Vocabulary};

/// Reads tables one data set after the other into an intake.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a [Source],
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) intake: &'a mut Intake,
}

type RejectWithKey = (Reject, Option<CompactString>, Option<Day>);

/// A file after parsing: its rows and refusals, or why it was refused whole.
struct Parsed<R> {
    report: FileReport,
    candidates: Vec<(Candidate<R>, Option<Money>)>,
    rejects: Vec<RejectWithKey>,
}

impl Reader<'_> {
    /// The rows of a data set that stand.
    pub(super) fn table<D: Rows>(&mut self, dataset: Dataset) -> Table<D::Row> {
        let Some(source) = self.sources.iter().find(|source| source.dataset == dataset) else {
            return Table::default();
        };
        let sheets: Vec<Result<Sheet, FileProblem>> =
            source.files.par_iter().map(|file| read_sheet(file, &source.profile)).collect();
        let numbered: Vec<(usize, &InputFile, u32, Result<Sheet, FileProblem>)> = sheets
            .into_iter()
            .zip(&source.files)
            .enumerate()
            .map(|(at, (sheet, file))| {
                let name = sheet.as_ref().ok().and_then(|sheet| sheet.name.clone());
                (
                    at,
                    file,
                    self.intake.tables.push(TableName {
                        file: file.name.clone(),
                        sheet: name,
                        exported_on: file.exported_on,
                    }),
                    sheet,
                )
            })
            .collect();
        let reading = Reading { profile: &source.profile, vocabulary: self.vocabulary };
        let parsed: Vec<Parsed<D::Row>> = numbered
            .into_par_iter()
            .map(|(at, file, table, sheet)| parse::<D>(dataset, file, at, table, sheet, reading))
            .collect();
        self.join::<D>(dataset, parsed)
    }

    fn join<D: Rows>(&mut self, dataset: Dataset, parsed: Vec<Parsed<D::Row>>) -> Table<D::Row> {
        let mut reports = Vec::new();
        let (mut candidates, mut amounts, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
        for file in parsed {
            reports.push(file.report);
            rejects.extend(file.rejects);
            for (candidate, amount) in file.candidates {
                amounts.push((D::place(&candidate.row), candidate.file, amount));
                candidates.push(candidate);
            }
        }
        supersede::settle_rejects(&mut rejects, &candidates);
        let standing = supersede::supersede::<D>(dataset, candidates);
        for (file, (duplicate, superseded)) in &standing.duplicates {
            let report = &mut reports[*file];
            (report.duplicate, report.superseded) = (*duplicate, *superseded);
            report.accepted -= duplicate;
        }
        tie_amounts(&mut reports, &amounts, &standing.duplicate_places);
        let refused = reports.iter().filter(|report| report.refused.is_some()).count();
        let coverage = match (refused, reports.len()) {
            (_, 0) => Coverage::None,
            (0, _) => Coverage::Whole,
            _ => Coverage::Partial,
        };
        self.intake.doubts.extend(rejects.iter().filter(|(reject, ..)| !reject.superseded).map(|(reject, ..)| Doubt {
            dataset,
            code: reject.code,
            place: reject.place,
            keys: reject.keys.clone(),
            contradiction: false,
        }));
        self.intake.doubts.extend(standing.doubts);
        self.intake.rejects.extend(rejects.into_iter().map(|(reject, ..)| reject));
        self.intake.files.extend(reports);
        Table { coverage, rows: standing.rows }
    }
}

fn tie_amounts(reports: &mut [FileReport], amounts: &[(Place, usize, Option<Money>)], duplicates: &HashSet<Place>) {
    for (place, file, amount) in amounts {
        let Some(amount) = amount else { continue };
        let report = &mut reports[*file];
        if duplicates.contains(place) {
            report.amounts_duplicate.add(*amount);
        } else {
            report.amounts_accepted.add(*amount);
        }
    }
}

fn read_sheet(file: &InputFile, profile: &Profile) -> Result<Sheet, FileProblem> {
    match profile.format {
        Format::Csv => csv_file::read(&file.bytes, profile),
        Format::Xlsx => xlsx_file::read(&file.bytes, profile),
    }
}

fn parse<D: Rows>(
    dataset: Dataset,
    file: &InputFile,
    at: usize,
    table: u32,
    sheet: Result<Sheet, FileProblem>,
    reading: Reading<'_>,
) -> Parsed<D::Row> {
    let report = empty_report(dataset, file);
    let mut parsed = Parsed { report, candidates: Vec::new(), rejects: Vec::new() };
    let resolved = sheet.and_then(|sheet| {
        let file_values = reading.profile.named_values(&file.name);
        let origins = headers::resolve(D::COLUMNS, &sheet.titles, reading.profile, &file_values)?;
        Ok((sheet, origins))
    });
    let (sheet, origins) = match resolved {
        Ok(both) => both,
        Err(problem) => {
            parsed.report.refused = Some(problem);
            return parsed;
        }
    };
    parsed.report.blank = sheet.blank;
    parsed.report.read = sheet.blank + sheet.rows.len() as u64;
    for row in &sheet.rows {
        let place = Place { table, row: row.number };
        let said = Said::read(D::COLUMNS, &origins, row, reading);
        let amount = amount(&said, D::COLUMNS);
        if let Some(amount) = amount {
            parsed.report.amounts_read.add(amount);
        }
        let key = said.key(D::COLUMNS, D::KEY).filter(|_| row.misshapen.is_none());
        match typed::<D>(place, row, &said, reading.vocabulary) {
            Ok((row, cells)) => {
                let key = key.unwrap_or_default();
                let candidate = Candidate { row, cells, key, exported_on: file.exported_on, file: at };
                parsed.candidates.push((candidate, amount));
            }
            Err((column, refusal)) => {
                if let Some(amount) = amount {
                    parsed.report.amounts_rejected.add(amount);
                }
                let keys = match row.misshapen {
                    Some(_) => dataset::misshapen_keys(row, reading),
                    None => said.keys(D::COLUMNS, D::KEY),
                };
                let reject = reject::<D>(dataset, place, column, refusal, &origins, row, keys);
                parsed.rejects.push((reject, key, file.exported_on));
            }
        }
    }
    parsed.report.rejected = parsed.rejects.len() as u64;
    parsed.report.accepted = parsed.candidates.len() as u64;
    refuse_hopeless(&mut parsed);
    parsed
}

/// A file of which too many rows are refused is refused whole: more than 50 rows and more than 0.5 %.
fn refuse_hopeless<R>(parsed: &mut Parsed<R>) {
    let (rejected, read) = (parsed.report.rejected, parsed.report.read);
    if rejected > 50 && rejected * 200 > read {
        parsed.report.refused = Some(FileProblem::new(
            format!("{rejected} of {read} rows are refused"),
            "at most 50 refused rows, or 0.5 %",
            "the file may need another export profile, or was not exported well",
        ));
        parsed.candidates.clear();
        parsed.report.accepted = 0;
        parsed.report.rejected = read - parsed.report.blank;
        parsed.report.amounts_rejected = parsed.report.amounts_read.clone();
    }
}

/// The typed row with its cells, or the column that refuses it.
fn typed<D: Rows>(
    place: Place,
    row: &RawRow,
    said: &Said,
    vocabulary: &Vocabulary,
) -> Result<(D::Row, Cells), (usize, Refusal)> {
    if let Some(what) = &row.misshapen {
        let (expected, hint) = ("as many fields as titles", "quote fields that hold the delimiter, and export again");
        return Err((0, Refusal::new(Code::In11, what.clone(), expected, hint)));
    }
    let cells = said.cells(D::COLUMNS)?;
    Ok((D::row(place, &cells, vocabulary)?, cells))
}

/// The amount of a row that has one, whether or not the rest of the row can be read.
fn amount(said: &Said, columns: &[Column]) -> Option<Money> {
    match (said.value(columns, "amount")?, said.value(columns, "currency")?) {
        (Value::Amount(text), Value::Currency(currency)) => Money::parse(text, *currency).ok(),
        _ => None,
    }
}

fn reject<D: Rows>(
    dataset: Dataset,
    place: Place,
    column: usize,
    refusal: Refusal,
    origins: &[Origin],
    row: &RawRow,
    keys: Keys,
) -> Reject {
    let value = dataset::raw(&origins[column], row).map_or(String::new(), |cell| cell.shown());
    let cells: Vec<String> = row.cells.iter().map(|cell| cell.shown().escape_debug().to_string()).collect();
    Reject {
        place,
        dataset,
        column: D::COLUMNS[column].name,
        code: refusal.code,
        value,
        what: refusal.what,
        expected: refusal.expected,
        hint: refusal.hint,
        raw: cells.join(" | "),
        keys,
        superseded: false,
    }
}

fn empty_report(dataset: Dataset, file: &InputFile) -> FileReport {
    FileReport {
        dataset,
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        exported_on: file.exported_on,
        read: 0,
        accepted: 0,
        rejected: 0,
        duplicate: 0,
        superseded: 0,
        blank: 0,
        amounts_read: Default::default(),
        amounts_accepted: Default::default(),
        amounts_rejected: Default::default(),
        amounts_duplicate: Default::default(),
        refused: None,
    }
}
