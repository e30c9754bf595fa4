//! Machine CSV: comma, UTF-8, LF, ISO dates, point decimals; codes are never translated. The only file that writes CSV, and
//! that reads machine files again, by the names and kinds of the same columns.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::column::{Cell, Column, ColumnKind};
use super::error::ReportError;
use crate::model::{Currency, Day, MinorUnits, Total};
use crate::store::Document;

/// A table as CSV with a header, also where there is no row.
pub(super) fn document<R>(path: &str, columns: &[Column<R>], rows: &[R]) -> Result<Document, ReportError> {
    let columns: Vec<&Column<R>> = columns.iter().filter(|column| column.in_csv).collect();
    let written = || -> Result<Vec<u8>, ::csv::Error> {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        writer.write_record(columns.iter().map(|column| column.name))?;
        for row in rows {
            for column in &columns {
                writer.write_field(column.cell(row).written().as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    };
    let bytes = written().map_err(ReportError::of(path))?;
    Ok(Document { path: path.to_owned(), bytes })
}

/// A row as JSON: its cells by the names of machine files, all as texts.
pub(crate) struct JsonRow<'t, R> {
    pub(crate) columns: &'t [Column<R>],
    pub(crate) row: R,
}

impl<R> Serialize for JsonRow<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for column in self.columns.iter().filter(|column| column.in_csv) {
            map.serialize_entry(column.name, &column.cell(&self.row).written())?;
        }
        map.end()
    }
}

/// Why a machine file cannot be read again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It is no CSV.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// A column is missing.
    #[error("there is no column {0}")]
    NoColumn(&'static str),
    /// A cell does not hold what its column holds.
    #[error("row {row}, {column}: \"{value}\" is no {expected}")]
    Cell {
        /// The row, where the header is row 1.
        row: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What is expected.
        expected: &'static str,
    },
}

/// A row of a machine file that is read again: its cells by column.
pub(crate) struct ReadRow {
    /// From 2, as the header is row 1.
    row: u64,
    cells: Vec<(&'static str, Cell<'static>)>,
}

/// Reads a machine file again. Columns that this version does not know are ignored; one that is missing is missed when it is
/// asked for.
pub(crate) fn read<R>(path: &Path, columns: &[Column<R>]) -> Result<Vec<ReadRow>, ReadError> {
    rows_of(::csv::Reader::from_path(path)?, columns)
}

fn rows_of<R>(mut reader: ::csv::Reader<impl Read>, columns: &[Column<R>]) -> Result<Vec<ReadRow>, ReadError> {
    let header = reader.headers()?.clone();
    let place = |name: &str| header.iter().position(|title| title == name);
    let columns: Vec<(&Column<R>, usize)> = columns
        .iter()
        .filter(|column| column.in_csv)
        .filter_map(|column| place(column.name).map(|at| (column, at)))
        .collect();
    let currency = place("currency");
    let mut rows = Vec::new();
    for (row, record) in (2..).zip(reader.records()) {
        let record = record?;
        let code = currency.and_then(|at| record.get(at)).unwrap_or_default();
        let cell = |(column, at): &(&Column<R>, usize)| {
            let value = record.get(*at).unwrap_or_default();
            let cell = parsed(&column.kind, value, code).map_err(|expected| ReadError::Cell {
                row,
                column: column.name,
                value: value.to_owned(),
                expected,
            })?;
            Ok((column.name, cell))
        };
        rows.push(ReadRow { row, cells: columns.iter().map(cell).collect::<Result<_, ReadError>>()? });
    }
    Ok(rows)
}

/// A cell by the kind of its column; else what was expected.
fn parsed<R>(kind: &ColumnKind<R>, value: &str, currency: &str) -> Result<Cell<'static>, &'static str> {
    if value.is_empty() {
        return Ok(Cell::Blank);
    }
    match kind {
        ColumnKind::Text(_) => Ok(Cell::Text(Cow::Owned(value.to_owned()))),
        ColumnKind::Count(_) => value.parse().map(Cell::Count).map_err(|_| "whole number"),
        ColumnKind::Day(_) => Day::parse_iso(value).map(Cell::Day).ok_or("day"),
        ColumnKind::Amount(_) => {
            let currency = Currency::from_code(currency).ok_or("amount with a currency")?;
            let units = MinorUnits::parse(value, currency).ok_or("amount")?;
            Ok(Cell::Amount(units.of(currency)))
        }
        ColumnKind::Figure(_) | ColumnKind::Input(_) => Err("cell of a machine file"),
    }
}

impl ReadRow {
    fn cell(&self, name: &'static str) -> Result<&Cell<'static>, ReadError> {
        let found = self.cells.iter().find(|(column, _)| *column == name);
        found.map(|(_, cell)| cell).ok_or(ReadError::NoColumn(name))
    }

    /// That a cell does not hold what is expected.
    pub(crate) fn is_no(&self, expected: &'static str, name: &'static str) -> ReadError {
        let value = self.cell(name).map_or(String::new(), |cell| cell.written().into_owned());
        ReadError::Cell { row: self.row, column: name, value, expected }
    }

    /// A text; blank where there is none.
    pub(crate) fn text(&self, name: &'static str) -> Result<&str, ReadError> {
        match self.cell(name)? {
            Cell::Text(text) => Ok(text),
            _ => Ok(""),
        }
    }

    /// A whole number, if there is one.
    pub(crate) fn count(&self, name: &'static str) -> Result<Option<i64>, ReadError> {
        match self.cell(name)? {
            Cell::Count(count) => Ok(Some(*count)),
            _ => Ok(None),
        }
    }

    /// A day, if there is one.
    pub(crate) fn day(&self, name: &'static str) -> Result<Option<Day>, ReadError> {
        match self.cell(name)? {
            Cell::Day(day) => Ok(Some(*day)),
            _ => Ok(None),
        }
    }

    /// An amount, if there is one.
    pub(crate) fn amount(&self, name: &'static str) -> Result<Option<Total>, ReadError> {
        match self.cell(name)? {
            Cell::Amount(total) => Ok(Some(*total)),
            _ => Ok(None),
        }
    }

    /// An amount that must be there.
    pub(crate) fn required_amount(&self, name: &'static str) -> Result<Total, ReadError> {
        self.amount(name)?.ok_or_else(|| self.is_no("amount", name))
    }

    /// The currency of the row, if it has one.
    pub(crate) fn currency(&self) -> Result<Option<Currency>, ReadError> {
        let code = self.text("currency")?;
        if code.is_empty() {
            return Ok(None);
        }
        Currency::from_code(code).map(Some).ok_or_else(|| self.is_no("currency", "currency"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, ReadError, ReadRow, document, rows_of};
    use crate::model::{Currency, Day, MinorUnits, Total};
    use crate::report::column::text;

    struct TestRow {
        id: &'static str,
        count: Option<i64>,
        day: Option<Day>,
        amount: Option<Total>,
    }

    fn columns() -> Vec<Column<TestRow>> {
        vec![
            Column::text("id", "", |row: &TestRow| text(row.id)),
            Column::count("count", "", |row: &TestRow| row.count),
            Column::day("day", "", |row: &TestRow| row.day),
            Column::amount("amount", "", |row: &TestRow| row.amount),
            Column::text("currency", "", |row: &TestRow| row.amount.map(|amount| amount.currency.code().into())),
        ]
    }

    fn again(bytes: &[u8]) -> Result<Vec<ReadRow>, ReadError> {
        rows_of(::csv::Reader::from_reader(bytes), &columns())
    }

    /// What is said about a file in which this stands.
    fn error(content: &str) -> String {
        let all = |rows: Vec<ReadRow>| rows.first().map_or(Ok(()), |row| row.required_amount("amount").map(drop));
        again(content.as_bytes()).and_then(all).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        let eur = Currency::from_code("EUR").expect("EUR");
        let row = |id, count, day, amount: Option<i128>| TestRow {
            id,
            count,
            day,
            amount: amount.map(|minor| MinorUnits::new(minor).of(eur)),
        };
        let rows = [
            row("a, \"b\"\nc", Some(-3), Day::parse_iso("2021-05-31"), Some(-12_345_678_901_234_567_890)),
            row("", None, None, None),
        ];
        let written = document("file.csv", &columns(), &rows).expect("written");
        let expected =
            "id,count,day,amount,currency\n\"a, \"\"b\"\"\nc\",-3,2021-05-31,-123456789012345678.90,EUR\n,,,,\n";
        assert_eq!(String::from_utf8_lossy(&written.bytes), expected);
        for (read, row) in again(&written.bytes).expect("read").iter().zip(&rows) {
            assert_eq!(read.text("id").expect("id"), row.id);
            assert_eq!(read.count("count").expect("count"), row.count);
            assert_eq!(read.day("day").expect("day"), row.day);
            assert_eq!(read.amount("amount").expect("amount"), row.amount);
        }
    }

    #[test]
    fn what_a_column_does_not_hold_is_told() {
        let head = "id,count,day,amount,currency";
        for (content, expected) in [
            (format!("{head}\nA,1,2021-05-31,5.00,EUR\n"), ""),
            (format!("{head}\nA,1,2021-05-31,5,EUR\n"), "row 2, amount: \"5\" is no amount"),
            (format!("{head}\nA,1,2021-05-31,5.00,XYZ\n"), "row 2, amount: \"5.00\" is no amount with a currency"),
            (format!("{head}\nA,1,,5.00,\n"), "row 2, amount: \"5.00\" is no amount with a currency"),
            (format!("{head}\nA,1.5,,,\n"), "row 2, count: \"1.5\" is no whole number"),
            (format!("{head}\nA,,31.05.2021,,\n"), "row 2, day: \"31.05.2021\" is no day"),
            (format!("{head}\nA,,,,\n"), "row 2, amount: \"\" is no amount"),
            ("id,count\nA,1\n".to_owned(), "there is no column amount"),
        ] {
            assert_eq!(error(&content), expected, "{content}");
        }
    }
}
