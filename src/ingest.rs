//! Exports become records. A row that cannot be read is refused with its place and reason, a file that cannot be
//! trusted is refused whole, and every row is counted: read = accepted + rejected + duplicate + blank.
//! This stage must not decide eligibility, drop a row silently, or stop at a bad row.

mod cell;
mod columns;
mod content;
mod coverage;
mod csv;
mod dataset;
mod file_report;
mod input;
mod intake;
#[cfg(any(test, fuzzing))]
pub mod laws;
mod means;
mod missing;
mod opening;
mod plain;
mod profile;
mod rows;
mod sheet;
mod source;
mod xlsx;

use dataset::certifications;

use crate::model::Vocabulary;

pub use content::{Content, Stamp};
pub use coverage::{Coverage, Table, VoucherCoverage};
pub use file_report::{FileReport, Form, MatchedColumn};
pub use input::{InputFile, Source};
pub use intake::{Intake, Records};
pub use means::{Event, Means, Watch};
pub use missing::MissingSources;
pub use profile::Profile;
pub use profile::file::schema as profile_schema;
pub use profile::words::check_words;
pub use rows::gather::{Gathered, VoucherRows};
pub use rows::reject::{Doubt, Keys, Reject};
pub use rows::supersede::RestatedRow;
pub use sheet::FileProblem;
pub use xlsx::frames::Formulas;
pub use xlsx::process::{Opener, serve as serve_workbook};

/// Reads all sources. Files are read in parallel, results are in the order of data sets, names and rows.
pub fn ingest(sources: &[Source], vocabulary: &Vocabulary, means: Means<'_>) -> Intake {
    let mut intake = Intake::default();
    let mut records = Records::default();
    let mut reader = source::SourceReader { sources, vocabulary, means, intake: &mut intake };
    records.partners = reader.table();
    records.contacts = reader.table();
    records.enrollments = reader.table();
    records.competencies = reader.table();
    records.certifications = reader.table();
    certifications::fill(&mut records.certifications.rows, vocabulary);
    (records.vouchers, records.coverage) = reader.gathered();
    records.rates = reader.table();
    records.decisions = reader.table();
    intake.records = records;
    intake
}
