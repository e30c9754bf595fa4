//! The two kinds of files that exports come in: delimited text and workbooks.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use csv::{Writer, WriterBuilder};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use crate::Outcome;

/// How one system writes dates.
#[derive(Clone, Copy)]
pub(crate) enum Dates {
    Iso,
    DayMonthYear,
    MonthDayYear,
}

impl Dates {
    /// A date as text; no date is a blank cell.
    pub(crate) fn text(self, day: Option<NaiveDate>) -> String {
        let Some(day) = day else { return String::new() };
        match self {
            Dates::Iso => day.to_string(),
            Dates::DayMonthYear => format!("{:02}-{:02}-{}", day.day(), day.month(), day.year()),
            Dates::MonthDayYear => format!("{}/{}/{}", day.month(), day.day(), day.year()),
        }
    }
}

/// Opens a delimited file for streaming and writes its titles, after a byte order mark if the system writes one.
pub(crate) fn delimited(path: &Path, delimiter: u8, mark: bool, titles: &[&str]) -> Outcome<Writer<BufWriter<File>>> {
    let mut file = BufWriter::new(File::create(path)?);
    if mark {
        file.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(file);
    writer.write_record(titles)?;
    Ok(writer)
}

/// Writes a whole delimited file.
pub(crate) fn write_delimited(
    path: &Path,
    delimiter: u8,
    mark: bool,
    titles: &[&str],
    rows: &[Vec<String>],
) -> Outcome<()> {
    let mut writer = delimited(path, delimiter, mark, titles)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()?;
    Ok(())
}

/// A cell of a workbook.
pub(crate) enum Cell {
    Text(String),
    Number(u32),
    Day(Option<NaiveDate>),
}

/// Writes a workbook with one sheet, a bold header row and real dates. Its creation date is the export day.
pub(crate) fn write_workbook(path: &Path, exported_on: NaiveDate, titles: &[&str], rows: &[Vec<Cell>]) -> Outcome<()> {
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_creation_datetime(&excel_day(exported_on)?);
    book.set_properties(&properties);
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_name("Vouchers")?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, title) in titles.iter().enumerate() {
        let column = u16::try_from(at)?;
        sheet.write_with_format(0, column, *title, &bold)?;
        sheet.set_column_width(column, 18)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (at, cell) in cells.iter().enumerate() {
            let column = u16::try_from(at)?;
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => drop(sheet.write_string(row, column, text)?),
                Cell::Number(number) => drop(sheet.write_number(row, column, *number)?),
                Cell::Day(Some(day)) => {
                    sheet.write_with_format(row, column, &excel_day(*day)?, &date)?;
                }
                Cell::Day(None) => {}
            }
        }
    }
    book.save(path)?;
    Ok(())
}

fn excel_day(day: NaiveDate) -> Outcome<ExcelDateTime> {
    Ok(ExcelDateTime::from_ymd(u16::try_from(day.year())?, u8::try_from(day.month())?, u8::try_from(day.day())?)?)
}

/// An amount in minor units as a decimal text.
pub(crate) fn decimal(minor: u64, mark: char) -> String {
    format!("{}{mark}{:02}", minor / 100, minor % 100)
}
