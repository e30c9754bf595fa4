//! One file becomes rows: its form is found out, its titles are matched with columns, its cells are read, and it is
//! refused whole where it cannot be trusted.

use super::cell::CellReader;
use super::cell::conventions::Conventions;
use super::columns::schema::{DatasetSchema, Strictness};
use super::csv::{CsvFile, CsvText, encoding};
use super::file_report::{FileReport, Form, MatchedColumn};
use super::input::{InputFile, Source};
use super::means::{Event, Means};
use super::profile::titles::{self, ColumnOrigin};
use super::profile::{Format, Limits};
use super::rows::ballot::Ballot;
use super::rows::loader::{FileRows, LoadPlan, Loaded, Loader, RejectQuota};
use super::rows::reject::other_orders;
use super::sheet::FileProblem;
use super::xlsx::OpenWorkbook;
use super::xlsx::frames::Formulas;
use crate::model::{Vocabulary, counted};

/// A file that is being read, with everything that is known before.
pub(super) struct OpenFile<'a> {
    pub(super) schema: &'static DatasetSchema,
    pub(super) source: &'a Source,
    pub(super) file: &'a InputFile,
    pub(super) table: u32,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) means: Means<'a>,
}

/// A file after reading.
pub(super) struct ReadFile {
    /// The table in which its rows stand.
    pub(super) table: u32,
    pub(super) report: FileReport,
    pub(super) loaded: Loaded,
}

fn shown(row: &[String]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| cell.escape_debug().to_string()).collect();
    cells.join("\", \"")
}

/// What stands above the titles is no row, and a note says so; if it may be one, the file is not to be trusted.
fn above_the_titles(
    rows: &[Vec<String>],
    schema: &DatasetSchema,
    origins: &[ColumnOrigin],
) -> Result<Option<String>, FileProblem> {
    let is_filled = |row: &[String], at: usize| row.get(at).is_some_and(|cell| !cell.trim().is_empty());
    let required = schema.columns.iter().zip(origins).filter(|(column, _)| column.required);
    let at: Vec<usize> = required.filter_map(|(_, origin)| origin.position()).collect();
    let titles = origins.iter().filter_map(ColumnOrigin::position).max().map_or(0, |last| last + 1);
    let may_be_a_row = |row: &Vec<String>| {
        let filled = (0..row.len()).filter(|at| is_filled(row, *at)).count();
        (!at.is_empty() && at.iter().all(|at| is_filled(row, *at))) || filled * 2 > titles
    };
    if let Some(position) = rows.iter().position(may_be_a_row) {
        return Err(FileProblem::new(
            format!("a row stands above the titles: \"{}\"", shown(&rows[position])),
            "titles above all rows",
            "was the header sorted with the rows? move it to the top, and export again if you can",
        ));
    }
    let count = rows.len();
    Ok((count > 0).then(|| format!("ignored rows above the titles: {count}")))
}

impl OpenFile<'_> {
    /// Reads the file and decides whether it can be trusted.
    pub(super) fn read(&self) -> ReadFile {
        let (file, profile, watch) = (self.file, &self.source.profile, self.means.watch);
        let report = FileReport::of(self.schema.dataset, file);
        let mut read = ReadFile { table: self.table, report, loaded: Loaded::default() };
        watch(Event::Opened { name: file.name.clone(), bytes: file.content.length() });
        let form = &mut read.report.form;
        let loaded = profile.limits.check_length(file.content.length()).and_then(|()| match profile.format {
            Format::Csv => self.csv(form),
            Format::Xlsx => self.xlsx(form),
        });
        watch(Event::Parsed);
        if profile.lacks_export_day(&file.name) {
            let note = "its name does not say on which day it was exported: its rows replace no others";
            read.report.form.notes.push(note.to_owned());
        }
        match loaded {
            Ok(rows) => read.take(rows, profile.limits),
            Err(problem) => read.report.refused = Some(problem),
        }
        read
    }

    fn csv(&self, form: &mut Form) -> Result<FileRows, FileProblem> {
        let profile = &self.source.profile;
        if let Some(large) = self.file.content.large(profile.encoding)? {
            let mut streamed = Form { encoding: Some("UTF-8"), ..Form::default() };
            if let Some(rows) = self.rows_of(CsvText::Beginning(&large), &mut streamed)? {
                self.file.content.check_unchanged(large.file.metadata())?;
                *form = streamed;
                return Ok(rows);
            }
        }
        let bytes = self.file.content.read()?;
        let decoded = encoding::decode(&bytes, profile.encoding)?;
        form.encoding = Some(decoded.encoding.name());
        let rows = self.rows_of(CsvText::Whole(&decoded.text), form)?;
        Ok(rows.unwrap_or_else(|| unreachable!("a text in memory is whole")))
    }

    fn rows_of(&self, text: CsvText<'_>, form: &mut Form) -> Result<Option<FileRows>, FileProblem> {
        let profile = &self.source.profile;
        let known = |titles: &[String]| titles::known(self.schema.columns, titles, profile);
        let csv = CsvFile::open(text, profile, self.schema.strictness, known)?;
        form.delimiter = Some(char::from(csv.delimiter));
        let origins = self.resolve(&csv.titles, form)?;
        form.notes.extend(above_the_titles(&csv.rows_above, self.schema, &origins)?);
        let ballot = || Ballot::new(self.schema, &origins, profile);
        let conventions = match ballot() {
            None => Some(Conventions::default()),
            Some(_) => csv.vote(ballot)?,
        };
        let Some(conventions) = conventions else { return Ok(None) };
        form.notes.extend(conventions.notes());
        let quota = self.quota(csv.titles.len());
        csv.read(self.from(&csv.titles, &origins, &conventions, &quota), self.means.watch)
    }

    fn xlsx(&self, form: &mut Form) -> Result<FileRows, FileProblem> {
        let profile = &self.source.profile;
        let known = |titles: &[String]| titles::known(self.schema.columns, titles, profile);
        let formulas = match self.schema.strictness {
            Strictness::Strict => Formulas::Refused,
            Strictness::Lenient => Formulas::LastResult,
        };
        let open = || OpenWorkbook::open(&self.file.content, profile, formulas, self.means.opener, known);
        let book = open()?;
        form.sheet = Some(book.sheet.clone());
        let titles = book.titles.clone();
        let origins = self.resolve(&titles, form)?;
        form.notes.extend(above_the_titles(&book.rows_above, self.schema, &origins)?);
        let conventions = match Ballot::new(self.schema, &origins, profile) {
            None => Conventions::default(),
            Some(mut ballot) => {
                open()?.read(&mut ballot)?;
                ballot.conventions()
            }
        };
        form.notes.extend(conventions.notes());
        let quota = self.quota(origins.len());
        let mut loader = Loader::new(self.from(&titles, &origins, &conventions, &quota));
        let read = book.read(&mut loader)?;
        self.file.content.check_unchanged_on_disk()?;
        form.notes.extend(read.notes);
        let mut loaded = loader.take();
        loaded.blank += read.blank;
        Ok(FileRows { records: read.records, loaded })
    }

    fn resolve(&self, titles: &[String], form: &mut Form) -> Result<Vec<ColumnOrigin>, FileProblem> {
        let profile = &self.source.profile;
        let file_values = profile.named_values(&self.file.name);
        let origins = titles::resolve(self.schema.columns, titles, profile, &file_values)?;
        let mut used = vec![false; titles.len()];
        for (column, origin) in self.schema.columns.iter().zip(&origins) {
            if let ColumnOrigin::Cell(at) = origin {
                used[*at] = true;
                form.columns.push(MatchedColumn { name: column.name, title: titles[*at].clone() });
            }
        }
        let absent = self.schema.columns.iter().zip(&origins).filter(|(_, origin)| **origin == ColumnOrigin::Absent);
        form.absent = absent.map(|(column, _)| column.name).collect();
        let unused = titles.iter().zip(used).filter(|(title, used)| !used && !title.is_empty());
        form.ignored = unused.map(|(title, _)| title.clone()).collect();
        Ok(origins)
    }

    /// How many refused rows a file may have whose rows have a number of cells, and that is not refused whole.
    fn quota(&self, cells: usize) -> RejectQuota {
        RejectQuota::new(self.source.profile.limits.most_refused(self.file.content.length(), cells))
    }

    fn from<'o>(
        &'o self,
        titles: &'o [String],
        origins: &'o [ColumnOrigin],
        conventions: &'o Conventions,
        quota: &'o RejectQuota,
    ) -> LoadPlan<'o> {
        let (profile, dataset) = (&*self.source.profile, self.source.dataset);
        let reader = CellReader { dataset, profile, conventions, vocabulary: self.vocabulary };
        let exported_on = self.file.exported_on;
        LoadPlan { schema: self.schema, reader, origins, table: self.table, exported_on, quota, titles }
    }
}

impl ReadFile {
    fn take(&mut self, FileRows { records, loaded }: FileRows, limits: Limits) {
        let report = &mut self.report;
        // Four counts that do not rest on each other: the first of them is the reader's, so that T1 can fail.
        report.read = records;
        report.blank = loaded.blank;
        report.rejected = loaded.refused.len() as u64 + loaded.unkept;
        report.accepted = loaded.blocks.iter().map(|block| block.len() as u64).sum();
        report.amounts_read = loaded.amounts.clone();
        report.amounts_rejected = loaded.refused.iter().filter_map(|entry| entry.amount).collect();
        if records == loaded.blank {
            report.form.notes.push("it has no rows".to_owned());
        }
        report.form.notes.extend(other_orders(loaded.refused.iter().map(|entry| &entry.reject)));
        self.loaded = loaded;
        if let Some(problem) = self.hopeless(limits) {
            self.refuse(problem);
        }
    }

    /// Why no row of the file can be trusted.
    fn hopeless(&self, limits: Limits) -> Option<FileProblem> {
        let (rejected, read) = (self.report.rejected, self.report.read - self.report.blank);
        let Limits { refused_rows, refused_per_mille, rows, .. } = limits;
        let too_many = rejected > refused_rows && rejected * 1000 > read * refused_per_mille;
        // What was not kept cannot be listed, and holds no voucher back.
        if too_many || self.loaded.unkept > 0 {
            return Some(FileProblem::new(
                format!("{rejected} of {} refused", counted(read, "row", "rows")),
                &format!(
                    "at most {}, or {refused_per_mille} of a thousand",
                    counted(refused_rows, "refused row", "refused rows")
                ),
                "the file may need another export profile, or was not exported well",
            ));
        }
        if read > rows {
            return Some(FileProblem::new(
                format!("it has {}", counted(read, "row", "rows")),
                &format!("at most {rows} rows"),
                "split the export, or set rows under [limits] in the export profile",
            ));
        }
        self.loaded.days.iter().find_map(|(column, forms)| forms.doubt(column))
    }

    fn refuse(&mut self, problem: FileProblem) {
        let report = &mut self.report;
        report.refused = Some(problem);
        self.loaded.blocks.clear();
        report.accepted = 0;
        report.rejected = report.read - report.blank;
        report.amounts_rejected = report.amounts_read.clone();
    }
}
