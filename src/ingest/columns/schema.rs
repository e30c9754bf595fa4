//! What the reading of all data sets needs to know of one: its columns, its key, and which of them stand for what. Columns
//! are named by their position in the list.

use super::column::InputColumn;
use crate::model::Dataset;

/// A data set as its exports deliver it.
#[derive(Debug)]
pub(crate) struct DatasetSchema {
    /// Which one.
    pub(crate) dataset: Dataset,
    /// Its columns.
    pub(crate) columns: &'static [InputColumn],
    /// Columns under which a later export replaces a row.
    pub(crate) key: &'static [usize],
    /// Columns that may differ between two rows of one key without a contradiction, the one that says most first: the row
    /// with the later word or day is further, and the first by file and row wins ties.
    pub(crate) progress: &'static [usize],
    /// Columns that move on from one export to the next: another value is no restatement.
    pub(crate) moves_on: &'static [usize],
    /// Rows of one key that contradict each other stay side by side; the check that needs one of them says so.
    pub(crate) keeps_contradictions: bool,
    /// Columns that a person fills in: a row in which all of them are blank is an empty form, and counts as blank.
    pub(crate) fills: &'static [usize],
    /// Columns that say what a row is about: rows of a file that has none of them may be about anything, so that its data
    /// set is known in part only.
    pub(crate) subject: &'static [usize],
    pub(crate) strictness: Strictness,
    /// The column of the voucher's id.
    pub(crate) voucher: Option<usize>,
    pub(crate) money: Option<MoneyColumns>,
}

/// The columns of an amount and of its currency.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MoneyColumns {
    pub(crate) amount: usize,
    pub(crate) currency: usize,
}

/// How strictly the files of a data set are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Its rows are about money, or decide about it: a formula is no value, and a last row without a line end is refused.
    Strict,
    /// The last result of a formula counts, and so does a last row without a line end.
    Lenient,
}

impl DatasetSchema {
    /// A data set without progress, vouchers and money: the usual case, for `..`.
    pub(crate) const PLAIN: DatasetSchema = DatasetSchema {
        dataset: Dataset::Partners,
        columns: &[],
        key: &[],
        progress: &[],
        moves_on: &[],
        keeps_contradictions: false,
        fills: &[],
        subject: &[],
        strictness: Strictness::Lenient,
        voucher: None,
        money: None,
    };

    /// The column with this name.
    pub(crate) fn column(&self, name: &str) -> Option<&'static InputColumn> {
        self.columns.iter().find(|column| column.name == name)
    }
}
