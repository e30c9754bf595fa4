//! Rows of a workbook as frames: what the process that opens it sends to the one that asked. calamine's streaming reader
//! only, since its range reader sizes a table by the farthest cell that a file claims to have.

use std::io::{BufRead, BufReader, Read, Seek, Write};

use calamine::{Data, DataRef, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xlsx};
use serde::{Deserialize, Serialize};

use super::gate;
use crate::ingest::sheet::{FileProblem, RawCell, RawRow};
use crate::model::Day;

/// Columns beyond this one hold no data set; a file that uses them is not one of ours.
const LAST_COLUMN: u32 = 255;

/// Characters of a cell, as spreadsheet programs limit them.
const LONGEST_CELL: usize = 32_767;

/// How a workbook is to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkbookRequest {
    /// The sheet; without it the only visible one.
    pub(crate) sheet: Option<String>,
    pub(crate) formulas: Formulas,
}

/// What a cell with a formula is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formulas {
    /// No value: it may have been another when a person looked at it.
    #[default]
    Refused,
    /// Its last result.
    LastResult,
}

/// A piece of a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Frame {
    /// The sheet that is read, first.
    Sheet(String),
    /// A row with content.
    Row(u32, Vec<SheetCell>),
    /// Something that a person should know.
    Note(String),
    /// The workbook is refused; nothing follows.
    Refused(FileProblem),
    /// All was read.
    End,
}

/// The content of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum SheetCell {
    Blank,
    Text(String),
    /// The bits of a float: its decimal text may be another number when it is read again.
    Number(u64),
    Day(Day),
    Truth(bool),
    Unusable(String),
}

impl RawRow for Vec<SheetCell> {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> RawCell<'_> {
        match self.get(at) {
            None | Some(SheetCell::Blank) => RawCell::Blank,
            Some(SheetCell::Text(text)) => RawCell::text(text),
            Some(SheetCell::Number(bits)) => RawCell::Number(f64::from_bits(*bits)),
            Some(SheetCell::Day(day)) => RawCell::Day(*day),
            Some(SheetCell::Truth(truth)) => RawCell::Truth(*truth),
            Some(SheetCell::Unusable(what)) => RawCell::Unusable(what),
        }
    }
}

/// Checks and reads a workbook, and sends its frames. The last is the end or a refusal.
///
/// # Errors
/// When they are no longer received.
pub(crate) fn send<F: Read + Seek>(
    file: F,
    wanted: &WorkbookRequest,
    send: &mut dyn FnMut(Frame) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut received = Ok(());
    let sent = read(file, wanted, &mut |frame| {
        received = send(frame);
        received.is_ok()
    });
    received?;
    send(sent.map_or_else(Frame::Refused, |()| Frame::End))
}

/// Reads frames that were written as lines.
pub(crate) fn receive(lines: impl Read) -> impl Iterator<Item = Frame> {
    /// No row is as long: each cell has at most 32,767 characters.
    const LONGEST: u64 = 64 << 20;
    let mut lines = BufReader::with_capacity(1 << 20, lines);
    let mut line = Vec::new();
    std::iter::from_fn(move || {
        line.clear();
        let read = (&mut lines).take(LONGEST).read_until(b'\n', &mut line).ok()?;
        if read == 0 { None } else { serde_json::from_slice(&line).ok() }
    })
}

/// Writes one frame as a line.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(frame: &Frame, out: &mut impl Write) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, frame)?;
    out.write_all(b"\n")
}

fn read<F: Read + Seek>(
    mut file: F,
    wanted: &WorkbookRequest,
    send: &mut dyn FnMut(Frame) -> bool,
) -> Result<(), FileProblem> {
    let checked = gate::check(&mut file)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|error| unreadable(&error.to_string()))?;
    let name = choose_sheet(book.sheets_metadata(), wanted.sheet.as_deref())?;
    send(Frame::Sheet(name.clone()));
    if checked.hidden_rows > 0 {
        send(Frame::Note(format!("{} hidden rows are read like the others", checked.hidden_rows)));
    }
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| unreadable(&error.to_string()))?;
    let (mut row, mut formulas) = (RowInProgress::default(), 0_u64);
    while let Some(found) = cells.next_cell_with_formula_metadata().map_err(|error| unreadable(&error.to_string()))? {
        let (number, column) = (found.pos.0 + 1, found.pos.1);
        let cell = match found.formula {
            None => cell(&found.value),
            Some(_) if found.value == DataRef::Empty => SheetCell::Unusable("a formula without a value".to_owned()),
            Some(_) if wanted.formulas == Formulas::LastResult => {
                formulas += 1;
                cell(&found.value)
            }
            Some(_) => SheetCell::Unusable(format!("a formula, last result {}", Data::from(found.value))),
        };
        if cell == SheetCell::Blank {
            continue;
        }
        if column > LAST_COLUMN {
            return Err(FileProblem::new(
                format!("row {number} has a cell in column {}", column + 1),
                "at most 256 columns",
                "delete what stands outside the table",
            ));
        }
        if let SheetCell::Text(text) = &cell
            && text.chars().count() > LONGEST_CELL
        {
            return Err(FileProblem::new(
                format!("row {number} has a cell of more than 32,767 characters"),
                "cells as a spreadsheet program can hold them",
                "shorten the text and save the workbook again",
            ));
        }
        if let Some(done) = row.place(number, column as usize, cell)?
            && !send(done)
        {
            return Ok(());
        }
    }
    if !row.cells.is_empty() {
        send(Frame::Row(row.number, row.cells));
    }
    if formulas > 0 {
        send(Frame::Note(format!("formulas read by their last result: {formulas}")));
    }
    Ok(())
}

/// The row that is being read.
#[derive(Default)]
struct RowInProgress {
    number: u32,
    cells: Vec<SheetCell>,
}

impl RowInProgress {
    /// Puts a cell where it belongs, in whatever order the cells of a row come. Returns the row before, once a new
    /// one begins.
    fn place(&mut self, number: u32, column: usize, cell: SheetCell) -> Result<Option<Frame>, FileProblem> {
        let mut done = None;
        if number < self.number {
            return Err(FileProblem::new(
                format!("row {number} comes after row {}", self.number),
                "rows from top to bottom",
                "open it in a spreadsheet program and save it",
            ));
        }
        if number > self.number {
            let cells = std::mem::take(&mut self.cells);
            done = (!cells.is_empty()).then_some(Frame::Row(self.number, cells));
            self.number = number;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, SheetCell::Blank);
        }
        if self.cells[column] != SheetCell::Blank {
            return Err(FileProblem::new(
                format!("row {number} has two cells in column {}", column + 1),
                "one cell in each place",
                "open it in a spreadsheet program and save it",
            ));
        }
        self.cells[column] = cell;
        Ok(done)
    }
}

fn choose_sheet(sheets: &[SheetInfo], wanted: Option<&str>) -> Result<String, FileProblem> {
    let worksheets = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let is_visible = |sheet: &&SheetInfo| sheet.visible == SheetVisible::Visible;
    let visible: Vec<&str> = worksheets().filter(is_visible).map(|sheet| sheet.name.as_str()).collect();
    match (wanted, visible.as_slice()) {
        (Some(wanted), _) if worksheets().any(|sheet| sheet.name == wanted) => Ok(wanted.to_owned()),
        (None, [only]) => Ok((*only).to_owned()),
        (wanted, _) => Err(FileProblem::new(
            format!("the workbook's visible sheets are \"{}\"", visible.join("\", \"")),
            &wanted.map_or("exactly one sheet".to_owned(), |name| format!("a sheet \"{name}\"")),
            "name the sheet in the export profile: sheet = \"...\"",
        )),
    }
}

fn cell(value: &DataRef<'_>) -> SheetCell {
    let text = |text: &str| if text.trim().is_empty() { SheetCell::Blank } else { SheetCell::Text(text.to_owned()) };
    match value {
        DataRef::Empty => SheetCell::Blank,
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        #[expect(clippy::cast_precision_loss, reason = "the crate reads no integer that a float cannot hold")]
        DataRef::Int(number) => SheetCell::Number((*number as f64).to_bits()),
        DataRef::Float(number) => SheetCell::Number(number.to_bits()),
        DataRef::Bool(truth) => SheetCell::Truth(*truth),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => whole_day(value),
        DataRef::DurationIso(text) => SheetCell::Unusable(format!("the duration {text}")),
        DataRef::Error(error) => SheetCell::Unusable(format!("the error {error}")),
    }
}

fn whole_day(value: &DataRef<'_>) -> SheetCell {
    use calamine::DataType;
    let shown = || match value.as_datetime() {
        Some(moment) => SheetCell::Unusable(format!("the time {moment}")),
        None => SheetCell::Unusable(format!("the date {}", Data::from(value.clone()))),
    };
    match value.as_datetime() {
        Some(moment) if moment.time() == chrono::NaiveTime::MIN => SheetCell::Day(Day::from(moment.date())),
        Some(_) => shown(),
        None => match value.as_date() {
            Some(date) if matches!(value, DataRef::DateTimeIso(_)) => SheetCell::Day(Day::from(date)),
            Some(_) | None => shown(),
        },
    }
}

fn unreadable(error: &str) -> FileProblem {
    FileProblem::new(
        format!("not a readable workbook: {error}"),
        "an .xlsx file without a password",
        "open it in a spreadsheet program and save it as .xlsx",
    )
}

#[cfg(test)]
mod tests {
    use super::{Frame, RowInProgress, SheetCell};

    #[test]
    fn cells_stand_where_they_say_in_whatever_order_they_come() {
        let mut row = RowInProgress::default();
        let text = |word: &str| SheetCell::Text(word.to_owned());
        for (number, column, word, done) in [
            (1, 2, "c", None),
            (1, 0, "a", None),
            (3, 1, "b", Some(Frame::Row(1, vec![text("a"), SheetCell::Blank, text("c")]))),
        ] {
            assert_eq!(row.place(number, column, text(word)), Ok(done));
        }
        assert_eq!((row.number, row.cells.len()), (3, 2));
        assert!(row.place(2, 0, text("late")).is_err());
    }

    #[test]
    fn frames_come_back_as_they_were() {
        let number = SheetCell::Number(1_234.560_000_000_000_2_f64.to_bits());
        let frames = [
            Frame::Sheet("Blad 1".to_owned()),
            Frame::Row(7, vec![SheetCell::Text("a\n\"b\"".to_owned()), number, SheetCell::Blank]),
            Frame::End,
        ];
        let mut written = Vec::new();
        frames.iter().for_each(|frame| super::write(frame, &mut written).expect("memory"));
        assert_eq!(super::receive(written.as_slice()).collect::<Vec<_>>(), frames);
    }
}
