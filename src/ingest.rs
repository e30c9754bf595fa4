//! Exports become records. A row that cannot be read is refused with its place and reason, a file that cannot be
//! trusted is refused whole, and every row is counted: read = accepted + rejected + duplicate + blank.
//! This stage must not decide eligibility, drop a row silently, or stop at a bad row.

mod block;
mod cell;
mod certifications;
mod claims;
mod competencies;
mod completions;
mod contacts;
mod content;
mod csv_file;
mod csv_gate;
mod csv_stream;
mod dataset;
mod days;
mod decisions;
mod encoding;
mod enrollments;
mod gather;
mod headers;
mod kind;
#[cfg(any(test, fuzzing))]
pub mod laws;
mod loader;
mod locale;
mod milestones;
mod missing;
mod opening;
mod partners;
mod payments;
mod profile;
mod profile_file;
mod rates;
mod redemptions;
mod reject;
mod sheet;
mod source;
mod supersede;
mod texts;
mod vouchers;
mod words;
mod workbook;
mod xlsx_file;
mod xlsx_gate;

use std::sync::Arc;

use dataset::Rows;

use crate::model::{
    Certification, Competency, Completion, Contact, Dataset, Day, DecisionRow, Enrollment, MilestoneRow, Partner,
    Payment, PriorClaim, Rate, Redemption, Tables, Totals, Vocabulary, Voucher,
};

pub use content::{Content, Stamp};
pub use gather::{Gathered, RowsOf};
pub use profile::Profile;
pub use profile_file::schema as profile_schema;
pub use reject::{Doubt, Keys, Reject};
pub use sheet::FileProblem;
pub use supersede::Restated;
pub use words::check_words;
pub use xlsx_file::{Opener, serve as serve_workbook};

/// A source of a job with the files that its pattern found, in the order of their names.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it delivers.
    pub dataset: Dataset,
    /// Without an accepted file the run cannot go on.
    pub required: bool,
    /// The pattern, as the job file writes it.
    pub pattern: String,
    /// How its files are written.
    pub profile: Arc<Profile>,
    /// The files.
    pub files: Vec<InputFile>,
}

/// One file of a source.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Name without folders.
    pub name: String,
    /// Where its content is.
    pub content: Content,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The day on which it was exported, where its name says so.
    pub exported_on: Option<Day>,
}

/// Rows of a data set.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// How much of the data set is known.
    pub coverage: Coverage,
    /// Rows that stand, in the order of files and rows.
    pub rows: Vec<T>,
}

/// How much of a data set a run knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coverage {
    /// The job does not name it, or no file came: nothing is known, not even that there is nothing.
    #[default]
    None,
    /// Some or all of its files were refused: what is absent may stand there.
    Partial,
    /// All its files were read.
    Whole,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { coverage: Coverage::None, rows: Vec::new() }
    }
}

/// How much is known of the data sets that are about vouchers.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoverageOf {
    /// VLSC.
    pub vouchers: Coverage,
    /// VVR.
    pub redemptions: Coverage,
    /// Completion reports.
    pub completions: Coverage,
    /// Milestones.
    pub milestones: Coverage,
    /// Payments.
    pub payments: Coverage,
    /// Claims older than the tool; none named means that there are none.
    pub claims: Coverage,
}

/// Everything that one run has read.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Locations.
    pub partners: Table<Partner>,
    /// Receivers of letters.
    pub contacts: Table<Contact>,
    /// Enrollments.
    pub enrollments: Table<Enrollment>,
    /// Competencies.
    pub competencies: Table<Competency>,
    /// Exams and assessments.
    pub certifications: Table<Certification>,
    /// Rates.
    pub rates: Table<Rate>,
    /// Decisions about open items.
    pub decisions: Table<DecisionRow>,
    /// Vouchers, redemptions, completions, payments and older claims, by voucher.
    pub vouchers: Gathered,
    /// How much is known of them.
    pub coverage: CoverageOf,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// What it delivers.
    pub dataset: Dataset,
    /// Name without folders.
    pub name: String,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// Export day, where the name says so.
    pub exported_on: Option<Day>,
    /// Rows below the header.
    pub read: u64,
    /// Rows that became records.
    pub accepted: u64,
    /// Rows that were refused.
    pub rejected: u64,
    /// Rows that say what another row says, or that a later export replaced.
    pub duplicate: u64,
    /// Those of the duplicates that a later export replaced.
    pub superseded: u64,
    /// Rows without content.
    pub blank: u64,
    /// Amounts of all rows in which one can be read.
    pub amounts_read: Totals,
    /// Amounts of accepted rows.
    pub amounts_accepted: Totals,
    /// Amounts of rejected rows, where they can be read.
    pub amounts_rejected: Totals,
    /// Amounts of duplicates.
    pub amounts_duplicate: Totals,
    /// Why the file was refused whole.
    pub refused: Option<FileProblem>,
    /// How it was understood.
    pub form: Form,
}

/// How a file was understood, as far as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Encoding of a text file.
    pub encoding: Option<&'static str>,
    /// What stands between the fields of a text file.
    pub delimiter: Option<char>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Columns of the data set that were found, and the titles under which they stand.
    pub columns: Vec<(&'static str, String)>,
    /// Columns of the data set that the file lacks: what they would say is unknown.
    pub absent: Vec<&'static str>,
    /// Titles that are not read.
    pub ignored: Vec<String>,
    /// The file whose bytes it has, under another name: it was not read again.
    pub same_as: Option<String>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// The result of reading, with what could not be used.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// What was read.
    pub records: Records,
    /// Refused rows, by file and row.
    pub rejects: Vec<Reject>,
    /// Facts that are in doubt, from refused rows and contradictions.
    pub doubts: Vec<Doubt>,
    /// Rows that a later export says differently, by where they stand now.
    pub restated: Vec<Restated>,
    /// What became of each file, in the order of data sets and names.
    pub files: Vec<FileReport>,
    /// Names behind the places of all rows.
    pub tables: Tables,
}

/// A source without which nothing can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct MissingSources(
    /// Messages: a source and what is wrong with it, or one of its files or rows.
    pub Vec<String>,
);

/// What is going on while files are read, for somebody who waits, or measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file is opened.
    Opened {
        /// Name without folders.
        name: String,
        /// Length in bytes.
        bytes: u64,
    },
    /// The form of a part of it was checked; this thread begins to parse it.
    Gated,
    /// A part of it was parsed.
    Part {
        /// Length in bytes.
        bytes: u64,
    },
    /// All of it was parsed.
    Parsed,
    /// The rows of all files were brought together by voucher.
    Gathered,
}

/// Is told of events, from any thread.
pub type Watch<'a> = &'a (dyn Fn(Event) + Sync);

/// What reading needs from outside.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Who opens workbooks.
    pub opener: &'a Opener,
    /// Who is told what goes on.
    pub watch: Watch<'a>,
}

impl Means<'static> {
    /// Workbooks are opened here, and nobody watches: for files that can be trusted.
    pub const PLAIN: Means<'static> = Means { opener: &Opener::Itself, watch: &|_| {} };
}

/// Reads all sources. Files are read in parallel, results are in the order of data sets, names and rows.
pub fn ingest(sources: &[Source], vocabulary: &Vocabulary, means: Means<'_>) -> Intake {
    let mut intake = Intake::default();
    let mut records = Records::default();
    let mut reader = source::Reader { sources, vocabulary, means, intake: &mut intake };
    records.partners = reader.table();
    records.contacts = reader.table();
    records.enrollments = reader.table();
    records.competencies = reader.table();
    records.certifications = reader.table();
    certifications::fill(&mut records.certifications.rows, vocabulary);
    let shapes =
        [Voucher::SHAPE, Redemption::SHAPE, Completion::SHAPE, MilestoneRow::SHAPE, Payment::SHAPE, PriorClaim::SHAPE];
    let (gathered, [vouchers, redemptions, completions, milestones, payments, claims]) = reader.gathered(shapes);
    records.vouchers = gathered;
    records.coverage = CoverageOf { vouchers, redemptions, completions, milestones, payments, claims };
    records.rates = reader.table();
    records.decisions = reader.table();
    intake.records = records;
    intake
}

/// Columns and keys of all data sets.
const SHAPES: [&dataset::Shape; 13] = [
    Partner::SHAPE,
    Contact::SHAPE,
    Enrollment::SHAPE,
    Competency::SHAPE,
    Certification::SHAPE,
    Voucher::SHAPE,
    Redemption::SHAPE,
    Completion::SHAPE,
    MilestoneRow::SHAPE,
    Payment::SHAPE,
    PriorClaim::SHAPE,
    Rate::SHAPE,
    DecisionRow::SHAPE,
];

impl FileReport {
    fn of(dataset: Dataset, file: &InputFile) -> FileReport {
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
            amounts_read: Totals::default(),
            amounts_accepted: Totals::default(),
            amounts_rejected: Totals::default(),
            amounts_duplicate: Totals::default(),
            refused: None,
            form: Form::default(),
        }
    }
}

impl FileProblem {
    /// The message in the shape of all messages.
    pub fn message(&self, file: &str) -> String {
        format!("{file}: {}\n  expected {}\n  hint: {}", self.what, self.expected, self.hint)
    }
}

impl Reject {
    /// The message in the shape of all messages.
    pub fn message(&self, tables: &Tables) -> String {
        let place = tables.describe(self.place);
        let column = match &self.title {
            Some(title) if title != self.column => format!("\"{}\" (\"{title}\")", self.column),
            Some(_) | None => format!("\"{}\"", self.column),
        };
        format!("{place}, column {column}: {}\n  expected {}\n  hint: {}", self.what, self.expected, self.hint)
    }
}
