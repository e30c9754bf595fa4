//! What the reading of all data sets needs to know of one: its columns, its key, and which of them stand for what.

use super::column::InputColumn;
use crate::model::Dataset;

/// A data set as its exports deliver it.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Which one.
    pub(crate) dataset: Dataset,
    /// Its columns; rows ask for their cells by position.
    pub(crate) columns: &'static [InputColumn],
    /// Columns under which a later export replaces a row.
    pub(crate) key: &'static [&'static str],
    /// Columns that may differ between two rows of one key without a contradiction, the one that says most first: the row
    /// with the later word or day is further, and the first by file and row wins ties.
    pub(crate) progress: &'static [&'static str],
    /// Rows of one key that contradict each other stay side by side; the check that needs one of them says so.
    pub(crate) keeps_contradictions: bool,
    /// Columns that a person fills in: a row in which all of them are blank is an empty form, and counts as blank.
    pub(crate) fills: &'static [&'static str],
    pub(crate) strictness: Strictness,
    /// The column of the voucher's id.
    pub(crate) voucher: Option<usize>,
    /// The columns of an amount and of its currency.
    pub(crate) money: Option<(usize, usize)>,
}

/// How strictly the files of a data set are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Its rows are about money, or decide about it: a formula is no value, and a last row without a line end is refused.
    Strict,
    /// The last result of a formula counts, and so does a last row without a line end.
    Lenient,
}

impl Schema {
    /// A data set without progress, vouchers and money: the usual case, for `..`.
    pub(crate) const PLAIN: Schema = Schema {
        dataset: Dataset::Partners,
        columns: &[],
        key: &[],
        progress: &[],
        keeps_contradictions: false,
        fills: &[],
        strictness: Strictness::Lenient,
        voucher: None,
        money: None,
    };

    /// The position of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
