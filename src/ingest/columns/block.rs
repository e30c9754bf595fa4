//! Accepted rows, kept as typed columns: a few bytes per cell and no allocation per row. A record is made of
//! them only when it is needed.

use std::cmp::Ordering;

use super::column::InputColumn;
use super::column_data::{BLANK, ColumnData, NO_AMOUNT, NO_WORD, taken};
use super::kind::{Kind, Value};
use super::schema::{DatasetSchema, MoneyColumns};
use crate::model::{
    CompetencyName, Country, Currency, Day, EngagementId, Fact, MilestoneId, Money, Offering, Place, Text,
};

/// Rows of a block at most, so that a row number within it fits 16 bits, and the number of a word too.
const ROWS: usize = u16::MAX as usize;

/// A row of a data set: the block and the row within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowId {
    block: u32,
    at: u32,
}

impl RowId {
    pub(crate) fn new(block: usize, at: usize) -> RowId {
        let short = |number: usize| u32::try_from(number).expect("fewer blocks and rows than 4 billion");
        RowId { block: short(block), at: short(at) }
    }

    pub(crate) fn block(self) -> usize {
        self.block as usize
    }

    pub(crate) fn at(self) -> usize {
        self.at as usize
    }
}

/// Some consecutive rows of one file.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The table in which the rows stand.
    pub(crate) table: u32,
    /// Columns and keys.
    pub(crate) schema: &'static DatasetSchema,
    /// The export day of the file, where it is known.
    pub(crate) exported_on: Option<Day>,
    numbers: Vec<u32>,
    columns: Vec<ColumnData>,
}

impl Block {
    /// A block without rows; `absent` says of each column whether the export lacks it.
    pub(crate) fn new(
        table: u32,
        schema: &'static DatasetSchema,
        exported_on: Option<Day>,
        absent: impl Iterator<Item = bool>,
    ) -> Block {
        let column = |(column, absent): (&InputColumn, bool)| {
            if absent { ColumnData::Absent } else { ColumnData::new(column.kind) }
        };
        Block {
            table,
            schema,
            exported_on,
            numbers: Vec::new(),
            columns: schema.columns.iter().zip(absent).map(column).collect(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.len() == ROWS
    }

    pub(crate) fn column(&mut self, column: usize) -> &mut ColumnData {
        &mut self.columns[column]
    }

    pub(crate) fn push_amount(&mut self, column: usize, amount: Money) {
        if let ColumnData::Amount(amounts) = &mut self.columns[column] {
            amounts.push(amount.minor());
        }
    }

    /// Ends a row of which all cells were pushed.
    pub(crate) fn end_row(&mut self, number: u32) {
        self.numbers.push(number);
    }

    /// Takes back the cells of a row that was not ended.
    pub(crate) fn take_back(&mut self) {
        let rows = self.numbers.len();
        self.columns.iter_mut().for_each(|column| column.truncate(rows));
    }

    /// Takes all rows out. What follows is pushed into the memory that they had, which need not be allocated again.
    pub(crate) fn take(&mut self) -> Block {
        Block {
            table: self.table,
            schema: self.schema,
            exported_on: self.exported_on,
            numbers: taken(&mut self.numbers),
            columns: self.columns.iter_mut().map(ColumnData::take).collect(),
        }
    }

    /// Adds to the row numbers of all rows: what stands above this part of the file.
    pub(crate) fn move_down(&mut self, rows: u32) {
        self.numbers.iter_mut().for_each(|number| *number += rows);
    }

    pub(crate) fn cells(&self, at: usize) -> Cells<'_> {
        Cells { block: self, at }
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Cells<'_>> {
        (0..self.len()).map(|at| self.cells(at))
    }
}

/// The typed cells of one row.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'b> {
    block: &'b Block,
    at: usize,
}

macro_rules! words {
    ($($(#[$doc:meta])* $get:ident $the:ident $variant:ident $type:ty;)+) => {$(
        $(#[$doc])*
        #[allow(dead_code, reason = "some kinds are required in every data set that has them")]
        pub(crate) fn $get(self, column: usize) -> Fact<$type> {
            match self.word_value(column) {
                Fact::Is(Value::$variant(value)) => Fact::Is(value.clone()),
                Fact::Is(value) => unreachable!("{value:?} is not what column {column} holds"),
                Fact::No => Fact::No,
                Fact::Unknown => Fact::Unknown,
            }
        }

        $(#[$doc])*
        #[allow(dead_code, reason = "some kinds are required in every data set that has them")]
        pub(crate) fn $the(self, column: usize) -> $type {
            required(self.$get(column))
        }
    )+};
}

impl<'b> Cells<'b> {
    /// Where the row stands.
    pub(crate) fn place(self) -> Place {
        Place { table: self.block.table, row: self.block.numbers[self.at] }
    }

    pub(crate) fn schema(self) -> &'static DatasetSchema {
        self.block.schema
    }

    pub(crate) fn exported_on(self) -> Option<Day> {
        self.block.exported_on
    }

    /// An id or a text.
    pub(crate) fn text(self, column: usize) -> Fact<&'b str> {
        match &self.block.columns[column] {
            ColumnData::Text(texts) => match texts.get(self.at) {
                "" => Fact::No,
                text => Fact::Is(text),
            },
            column => absent(column),
        }
    }

    pub(crate) fn the_text(self, column: usize) -> &'b str {
        required(self.text(column))
    }

    pub(crate) fn day(self, column: usize) -> Fact<Day> {
        match &self.block.columns[column] {
            ColumnData::Day(days) => days[self.at].map_or(Fact::No, Fact::Is),
            column => absent(column),
        }
    }

    pub(crate) fn the_day(self, column: usize) -> Day {
        required(self.day(column))
    }

    pub(crate) fn whole(self, column: usize) -> Fact<u32> {
        match &self.block.columns[column] {
            ColumnData::Whole(wholes) if wholes[self.at] == BLANK => Fact::No,
            ColumnData::Whole(wholes) => Fact::Is(wholes[self.at]),
            column => absent(column),
        }
    }

    pub(crate) fn the_whole(self, column: usize) -> u32 {
        required(self.whole(column))
    }

    fn word_value(self, column: usize) -> Fact<&'b Value> {
        match &self.block.columns[column] {
            ColumnData::Word(words, _) if words[self.at] == NO_WORD => Fact::No,
            ColumnData::Word(words, values) => Fact::Is(&values[usize::from(words[self.at])]),
            column => absent(column),
        }
    }

    words! {
        /// A word, by its position in the list of the column.
        word the_word Word usize;
        /// A country.
        country the_country Country Country;
        /// An offering.
        offering the_offering Offering Offering;
        /// An engagement.
        engagement the_engagement Engagement EngagementId;
        /// A competency.
        competency the_competency Competency CompetencyName;
        /// A milestone.
        milestone the_milestone Milestone MilestoneId;
        /// A currency.
        currency the_currency Currency Currency;
    }

    /// What a word stands for in the list from which the words of its column come.
    pub(crate) fn meaning<T: Copy>(self, column: usize, list: &[(&str, T)]) -> Fact<T> {
        self.word(column).map(|position| list[position].1)
    }

    pub(crate) fn the_meaning<T: Copy>(self, column: usize, list: &[(&str, T)]) -> T {
        required(self.meaning(column, list))
    }

    /// The amount of the row, if its data set has one.
    pub(crate) fn amount(self) -> Option<Money> {
        let MoneyColumns { amount, currency } = self.block.schema.money?;
        match (&self.block.columns[amount], self.currency(currency)) {
            (ColumnData::Amount(amounts), Fact::Is(currency)) if amounts[self.at] != NO_AMOUNT => {
                Some(Money::new(amounts[self.at], currency))
            }
            _ => None,
        }
    }

    pub(crate) fn the_amount(self) -> Money {
        self.amount().unwrap_or_else(|| unreachable!("an accepted row lacks its amount"))
    }

    /// The id of the voucher that the row is about.
    pub(crate) fn voucher_text(self) -> Fact<&'b str> {
        self.block.schema.voucher.map_or(Fact::Unknown, |column| self.text(column))
    }

    /// The value of any column.
    pub(crate) fn value(self, column: usize) -> Fact<Value> {
        match &self.block.columns[column] {
            ColumnData::Absent => Fact::Unknown,
            ColumnData::Text(_) => match self.block.schema.columns[column].kind {
                Kind::Id => self.text(column).map(|text| Value::Id(text.into())),
                _ => self.text(column).map(|text| Value::Text(Text::new(text))),
            },
            ColumnData::Day(_) => self.day(column).map(Value::Day),
            ColumnData::Whole(_) => self.whole(column).map(Value::Whole),
            ColumnData::Amount(_) => {
                self.amount().map_or(Fact::No, |amount| Fact::Is(Value::Amount(amount.to_string().into())))
            }
            ColumnData::Word(..) => self.word_value(column).map(Value::clone),
        }
    }

    /// Which of two rows is further in a column of words or days: the one with the later of the column's words, or the
    /// later day; a blank cell is before all others.
    pub(crate) fn compare(self, other: Cells<'_>, column: usize) -> Ordering {
        match (self.value(column), other.value(column)) {
            (Fact::Is(Value::Word(a)), Fact::Is(Value::Word(b))) => a.cmp(&b),
            (Fact::Is(Value::Day(a)), Fact::Is(Value::Day(b))) => a.cmp(&b),
            (a, b) => a.value().is_some().cmp(&b.value().is_some()),
        }
    }

    /// Whether two rows say the same in a column.
    pub(crate) fn agrees(self, other: Cells<'_>, column: usize) -> bool {
        match (&self.block.columns[column], &other.block.columns[column]) {
            (ColumnData::Absent, ColumnData::Absent) => true,
            (ColumnData::Text(_), ColumnData::Text(_)) => self.text(column) == other.text(column),
            (ColumnData::Day(_), ColumnData::Day(_)) => self.day(column) == other.day(column),
            (ColumnData::Whole(_), ColumnData::Whole(_)) => self.whole(column) == other.whole(column),
            (ColumnData::Amount(a), ColumnData::Amount(b)) => a[self.at] == b[other.at],
            (ColumnData::Word(..), ColumnData::Word(..)) => self.word_value(column) == other.word_value(column),
            _ => false,
        }
    }
}

/// What a column says that the export lacks; one that holds something else must not be asked for it.
fn absent<T>(column: &ColumnData) -> Fact<T> {
    match column {
        ColumnData::Absent => Fact::Unknown,
        column => unreachable!("a cell of another kind is asked for: {column:?}"),
    }
}

/// The value of a required column: rows without one are refused before they come here.
fn required<T>(fact: Fact<T>) -> T {
    match fact {
        Fact::Is(value) => value,
        Fact::No | Fact::Unknown => unreachable!("an accepted row lacks a required cell"),
    }
}
