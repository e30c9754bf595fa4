//! A table as it came: titles, and rows of raw cells that remember their row number. What the cells mean is
//! not decided here.

use crate::model::Day;

/// One table of a file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Sheet of a workbook; a CSV file has none.
    pub(super) name: Option<String>,
    /// Titles of the header row, trimmed.
    pub(super) titles: Vec<String>,
    /// Rows with content, in file order.
    pub(super) rows: Vec<RawRow>,
    /// Rows below the header without content.
    pub(super) blank: u64,
}

/// A row with its number as a spreadsheet shows it.
#[derive(Debug)]
pub(super) struct RawRow {
    pub(super) number: u32,
    pub(super) cells: Vec<RawCell>,
    /// Why its cells cannot be told apart: more or fewer of them than titles.
    pub(super) misshapen: Option<String>,
}

/// The content of a cell before anybody asked what it should be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RawCell {
    /// Nothing, or only spaces.
    Blank,
    /// Text, trimmed.
    Text(String),
    /// A number cell of a workbook.
    Number(f64),
    /// A date cell of a workbook without a time of day.
    Day(Day),
    /// Something that no column can use: an error value, a time, a duration. Shown as it is.
    Unusable(String),
}

impl RawCell {
    /// Text without its surrounding spaces.
    pub(super) fn text(text: &str) -> RawCell {
        let trimmed = text.trim();
        if trimmed.is_empty() { RawCell::Blank } else { RawCell::Text(trimmed.to_owned()) }
    }

    /// What a person sees in the cell.
    pub(super) fn shown(&self) -> String {
        match self {
            RawCell::Blank => String::new(),
            RawCell::Text(text) | RawCell::Unusable(text) => text.clone(),
            RawCell::Number(number) => number.to_string(),
            RawCell::Day(day) => day.to_string(),
        }
    }
}

/// Why a whole file is refused: what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// What is wrong, with the values.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

impl FileProblem {
    pub(super) fn new(what: impl Into<String>, expected: &str, hint: &str) -> FileProblem {
        FileProblem { what: what.into(), expected: expected.to_owned(), hint: hint.to_owned() }
    }
}
