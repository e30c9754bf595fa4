//! A column of a document, in one line: its name in machine files, what it means, how it is taken from a row, and its title in
//! the workbook. Rows hold amounts, days, ids and enums; how they are written, the column knows.

use std::borrow::Cow;
use std::fmt::Display;

use crate::model::{Day, Total};

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Cell<'r> {
    Blank,
    Text(Cow<'r, str>),
    Count(i64),
    Day(Day),
    Amount(Total),
    /// Left for a person to fill in with a text.
    Input,
    /// Left for a person to fill in with a day.
    InputDay,
}

impl Cell<'_> {
    /// What machine files say, and what a reader without recalculation sees.
    pub(super) fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank | Cell::Input | Cell::InputDay => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Count(count) => Cow::Owned(count.to_string()),
            Cell::Day(day) => Cow::Owned(day.to_string()),
            Cell::Amount(total) => Cow::Owned(total.to_string()),
        }
    }
}

/// A text of a row, if it has one.
pub(crate) type RowText<'r> = Option<Cow<'r, str>>;

/// What a column holds, and how it is taken from a row.
pub(crate) enum ColumnKind<R> {
    /// A text, an id or a code.
    Text(for<'r> fn(&'r R) -> RowText<'r>),
    /// A whole number.
    Count(fn(&R) -> Option<i64>),
    /// A day.
    Day(fn(&R) -> Option<Day>),
    /// An amount, whose currency stands in the column `currency` of the same row.
    Amount(fn(&R) -> Option<Total>),
    /// Either a count or an amount, in the workbook.
    Figure(fn(&R) -> Cell<'static>),
    /// Cells that a person fills in, in the workbook.
    Input(Cell<'static>),
}

/// How a column stands in the workbook.
pub(crate) struct InSheet<R> {
    /// Its title.
    pub(crate) title: &'static str,
    /// Its greatest width in characters; longer texts are wrapped.
    pub(super) widest: u16,
    /// The formula of a row whose place in the sheet is this, counted from 1; the cell is the result that it must show.
    pub(super) formula: Option<fn(&R, u32) -> Option<String>>,
}

/// A column of a document.
pub(crate) struct Column<R> {
    /// Its name in machine files; blank where only the workbook has it.
    pub(crate) name: &'static str,
    /// What it says.
    pub(super) meaning: &'static str,
    pub(super) kind: ColumnKind<R>,
    /// How it stands in the workbook, if it does.
    pub(super) sheet: Option<InSheet<R>>,
    pub(super) in_csv: bool,
    pub(super) in_parquet: bool,
}

impl<R> Column<R> {
    fn machine(name: &'static str, meaning: &'static str, kind: ColumnKind<R>) -> Column<R> {
        Column { name, meaning, kind, sheet: None, in_csv: true, in_parquet: true }
    }

    /// A column of machine files that holds texts.
    pub(super) fn text(name: &'static str, meaning: &'static str, of: for<'r> fn(&'r R) -> RowText<'r>) -> Column<R> {
        Column::machine(name, meaning, ColumnKind::Text(of))
    }

    /// A column of machine files that holds whole numbers.
    pub(super) fn count(name: &'static str, meaning: &'static str, of: fn(&R) -> Option<i64>) -> Column<R> {
        Column::machine(name, meaning, ColumnKind::Count(of))
    }

    /// A column of machine files that holds days.
    pub(super) fn day(name: &'static str, meaning: &'static str, of: fn(&R) -> Option<Day>) -> Column<R> {
        Column::machine(name, meaning, ColumnKind::Day(of))
    }

    /// A column of machine files that holds amounts.
    pub(super) fn amount(name: &'static str, meaning: &'static str, of: fn(&R) -> Option<Total>) -> Column<R> {
        Column::machine(name, meaning, ColumnKind::Amount(of))
    }

    /// A column that only the workbook has.
    pub(super) fn sheet(title: &'static str, widest: u16, kind: ColumnKind<R>) -> Column<R> {
        let column = Column { name: "", meaning: "", kind, sheet: None, in_csv: false, in_parquet: false };
        column.titled(title, widest)
    }

    /// The workbook has it too.
    pub(super) fn titled(mut self, title: &'static str, widest: u16) -> Column<R> {
        self.sheet = Some(InSheet { title, widest, formula: None });
        self
    }

    /// The workbook computes it.
    pub(super) fn formula(mut self, formula: fn(&R, u32) -> Option<String>) -> Column<R> {
        self.sheet = self.sheet.map(|sheet| InSheet { formula: Some(formula), ..sheet });
        self
    }

    /// Of machine files, only parquet has it.
    pub(super) fn not_in_csv(self) -> Column<R> {
        Column { in_csv: false, ..self }
    }

    /// Of machine files, only CSV has it.
    pub(super) fn not_in_parquet(self) -> Column<R> {
        Column { in_parquet: false, ..self }
    }

    /// Its cell in a row.
    pub(super) fn cell<'r>(&self, row: &'r R) -> Cell<'r> {
        match &self.kind {
            ColumnKind::Text(of) => of(row).map_or(Cell::Blank, Cell::Text),
            ColumnKind::Count(of) => of(row).map_or(Cell::Blank, Cell::Count),
            ColumnKind::Day(of) => of(row).map_or(Cell::Blank, Cell::Day),
            ColumnKind::Amount(of) => of(row).map_or(Cell::Blank, Cell::Amount),
            ColumnKind::Figure(of) => of(row),
            ColumnKind::Input(cell) => cell.clone(),
        }
    }
}

/// A text as it is.
pub(super) fn text(text: &str) -> RowText<'_> {
    Some(Cow::Borrowed(text))
}

/// A text made of something that prints itself.
pub(super) fn printed<'r>(value: impl Display) -> RowText<'r> {
    Some(Cow::Owned(value.to_string()))
}

/// A number of things.
pub(super) fn number(count: impl TryInto<i64>) -> Option<i64> {
    count.try_into().ok()
}

/// The title that a column of machine files has in the workbook; blank where it has none.
pub(crate) fn title<R>(columns: &[Column<R>], name: &str) -> &'static str {
    let column = columns.iter().find(|column| column.name == name);
    column.and_then(|column| column.sheet.as_ref()).map_or("", |sheet| sheet.title)
}
