//! The typed cells of one column of a block, and what a blank cell is among them.

use super::kind::{Kind, Value};
use super::texts::Texts;
use crate::model::Day;

/// The cells of one column.
#[derive(Clone, Debug)]
pub(crate) enum ColumnData {
    /// The export has no such column.
    Absent,
    /// Ids and texts; a blank cell is the empty text.
    Text(Texts),
    Day(Vec<Option<Day>>),
    /// Whole numbers; [`BLANK`] for a blank cell.
    Whole(Vec<u32>),
    /// Minor units of the currency in the same row; [`NO_AMOUNT`] for a blank cell.
    Amount(Vec<i64>),
    /// Words, which are few: positions in a list, [`NO_WORD`] for a blank cell.
    Word(Vec<u16>, Vec<Value>),
}

/// A blank cell among whole numbers; none of them is as great.
pub(crate) const BLANK: u32 = u32::MAX;
/// A blank cell among amounts.
pub(crate) const NO_AMOUNT: i64 = i64::MIN;
/// A blank cell among words.
pub(crate) const NO_WORD: u16 = u16::MAX;

impl ColumnData {
    pub(crate) fn new(kind: Kind) -> ColumnData {
        match kind {
            Kind::Id | Kind::Text | Kind::Email => ColumnData::Text(Texts::default()),
            Kind::Day => ColumnData::Day(Vec::new()),
            Kind::Whole | Kind::Level => ColumnData::Whole(Vec::new()),
            Kind::Amount | Kind::Price => ColumnData::Amount(Vec::new()),
            Kind::Word(_)
            | Kind::Country
            | Kind::Offering
            | Kind::Engagement
            | Kind::Competency
            | Kind::Milestone
            | Kind::Currency => ColumnData::Word(Vec::new(), Vec::new()),
        }
    }

    /// Takes back what was pushed beyond this number of rows.
    pub(crate) fn truncate(&mut self, rows: usize) {
        match self {
            ColumnData::Absent => {}
            ColumnData::Text(texts) => texts.truncate(rows),
            ColumnData::Day(days) => days.truncate(rows),
            ColumnData::Whole(wholes) => wholes.truncate(rows),
            ColumnData::Amount(amounts) => amounts.truncate(rows),
            ColumnData::Word(words, _) => words.truncate(rows),
        }
    }

    pub(crate) fn push_blank(&mut self) {
        match self {
            ColumnData::Absent => {}
            ColumnData::Text(texts) => texts.push(""),
            ColumnData::Day(days) => days.push(None),
            ColumnData::Whole(wholes) => wholes.push(BLANK),
            ColumnData::Amount(amounts) => amounts.push(NO_AMOUNT),
            ColumnData::Word(words, _) => words.push(NO_WORD),
        }
    }

    /// Adds a value of the column's kind; amounts are added by [`Block::push_amount`].
    pub(crate) fn push(&mut self, value: Value) {
        match (self, value) {
            (ColumnData::Text(texts), Value::Id(text) | Value::Text(text)) => texts.push(&text),
            (ColumnData::Day(days), Value::Day(day)) => days.push(Some(day)),
            (ColumnData::Whole(wholes), Value::Whole(number)) => wholes.push(number),
            (column, value) => unreachable!("{value:?} is not of the kind of {column:?}"),
        }
    }

    /// Takes the cells out, in no more memory than they need; the room for them stays here.
    pub(crate) fn take(&mut self) -> ColumnData {
        match self {
            ColumnData::Absent => ColumnData::Absent,
            ColumnData::Text(texts) => ColumnData::Text(texts.take()),
            ColumnData::Day(days) => ColumnData::Day(taken(days)),
            ColumnData::Whole(wholes) => ColumnData::Whole(taken(wholes)),
            ColumnData::Amount(amounts) => ColumnData::Amount(taken(amounts)),
            ColumnData::Word(words, values) => ColumnData::Word(taken(words), std::mem::take(values)),
        }
    }
}

/// A copy of exactly the right size; the original is empty then, and keeps its room.
pub(crate) fn taken<T: Clone>(cells: &mut Vec<T>) -> Vec<T> {
    let copy = cells.clone();
    cells.clear();
    copy
}
