//! Where a row stands: file, sheet and row, as a person finds it in a spreadsheet.

use std::fmt;

use super::Day;

/// A row of a table: the table's number in [`Tables`] and the row, where the header is row 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Position in [`Tables`].
    pub table: u32,
    /// Row as a spreadsheet shows it.
    pub row: u32,
}

/// The name of one table that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableName {
    /// File name without folders.
    pub file: String,
    /// Sheet of a workbook; a CSV file has none.
    pub sheet: Option<String>,
    /// The day on which the file was exported, where its name says so.
    pub exported_on: Option<Day>,
}

/// The tables of a run, in the order in which they were read.
#[derive(Clone, Debug, Default)]
pub struct Tables(Vec<TableName>);

impl Tables {
    /// Adds a table and returns its number.
    pub fn push(&mut self, name: TableName) -> u32 {
        self.0.push(name);
        u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX)
    }

    /// How many there are, which is the number of the next.
    pub fn len(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says which sheet a table is, once the workbook was opened.
    pub fn name_sheet(&mut self, table: u32, sheet: Option<String>) {
        if let Some(name) = self.0.get_mut(table as usize) {
            name.sheet = sheet;
        }
    }

    /// The name behind a place.
    pub fn name(&self, place: Place) -> &TableName {
        &self.0[place.table as usize]
    }

    /// `vouchers.xlsx, sheet "Export", row 214`.
    pub fn describe(&self, place: Place) -> String {
        format!("{}, row {}", self.name(place), place.row)
    }

    /// `vouchers.xlsx:Export:214`, one word for machine files.
    pub fn address(&self, place: Place) -> String {
        let name = self.name(place);
        match &name.sheet {
            Some(sheet) => format!("{}:{}:{}", name.file, sheet, place.row),
            None => format!("{}:{}", name.file, place.row),
        }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}, sheet \"{}\"", self.file, sheet),
            None => f.write_str(&self.file),
        }
    }
}
