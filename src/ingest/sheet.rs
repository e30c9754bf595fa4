//! A table as it came: titles, and rows of raw cells that remember their row number. What the cells mean is
//! not decided here.

use serde::{Deserialize, Serialize};

use crate::model::Day;

/// The content of a cell, before it is decided what it should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum RawCell<'a> {
    /// Nothing, or only spaces.
    Blank,
    /// Text, trimmed.
    Text(&'a str),
    /// A number cell of a workbook.
    Number(f64),
    /// A date cell of a workbook without a time of day.
    Day(Day),
    /// A truth value of a workbook: yes or no, where a column holds words.
    Truth(bool),
    /// Something that no column can use, in words: an error value, a time of day, a formula.
    Unusable(&'a str),
}

impl<'a> RawCell<'a> {
    /// Text without its surrounding spaces.
    #[inline]
    pub(super) fn text(text: &'a str) -> RawCell<'a> {
        let bare = |byte: Option<&u8>| byte.is_some_and(|byte| (0x21..0x7f).contains(byte));
        if bare(text.as_bytes().first()) && bare(text.as_bytes().last()) {
            return RawCell::Text(text);
        }
        let trimmed = text.trim();
        if trimmed.is_empty() { RawCell::Blank } else { RawCell::Text(trimmed) }
    }

    /// What a person sees in the cell.
    pub(super) fn shown(self) -> String {
        match self {
            RawCell::Blank => String::new(),
            RawCell::Text(text) | RawCell::Unusable(text) => text.to_owned(),
            RawCell::Number(number) => number.to_string(),
            RawCell::Day(day) => day.to_string(),
            RawCell::Truth(truth) => if truth { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// One row, wherever it comes from.
pub(super) trait RawRow {
    /// How many cells it has.
    fn width(&self) -> usize;
    /// A cell; blank beyond the end.
    fn cell(&self, at: usize) -> RawCell<'_>;
}

/// Where the rows below the header go.
pub(super) trait RowSink {
    /// A row with its number as a spreadsheet shows it, and why its cells cannot be told apart, if so.
    fn row(&mut self, number: u32, row: &impl RawRow, misshapen: Option<&FileProblem>);
}

/// Why a whole file is refused, or a row whose cells cannot be told apart: what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProblem {
    /// What is wrong, with the values.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

impl FileProblem {
    /// A problem of a file.
    pub fn new(what: impl Into<String>, expected: &str, hint: &str) -> FileProblem {
        FileProblem { what: what.into(), expected: expected.to_owned(), hint: hint.to_owned() }
    }
}

impl FileProblem {
    /// The message in the shape of all messages.
    pub fn message(&self, file: &str) -> String {
        format!("{file}: {}\n  expected {}\n  hint: {}", self.what, self.expected, self.hint)
    }
}
