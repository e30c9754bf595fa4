//! What became of one file: how it was understood, and where each of its rows and amounts has gone.

use super::input::InputFile;
use super::sheet::FileProblem;
use crate::model::{Dataset, Day, Totals};

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
    /// Rows below the titles, blank ones too.
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
    /// Columns of the data set that were found.
    pub columns: Vec<MatchedColumn>,
    /// Columns of the data set that the file lacks: what they would say is unknown.
    pub absent: Vec<&'static str>,
    /// Ignored columns, by their titles.
    pub ignored: Vec<String>,
    /// The file whose bytes it has, under another name: it was not read again.
    pub same_as: Option<String>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// A column of a data set in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedColumn {
    /// Its name.
    pub name: &'static str,
    /// The title under which it stands in the file.
    pub title: String,
}

impl FileReport {
    pub(super) fn of(dataset: Dataset, file: &InputFile) -> FileReport {
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
