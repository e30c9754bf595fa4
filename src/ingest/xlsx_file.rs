//! Workbooks, cell by cell: calamine's streaming reader only, since its range reader sizes a table by the
//! farthest cell that a file claims to have.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xlsx};

use compact_str::CompactString;

use super::loader::{Loaded, Loader, Origins};
use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow, RowSink};
use crate::model::Day;

/// Columns beyond this one hold no data set; a file that uses them is not one of ours.
const LAST_COLUMN: u32 = 255;

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Blank,
    Text(CompactString),
    Number(f64),
    Day(Day),
    Unusable(CompactString),
}

/// The rows with content of one sheet.
#[derive(Debug)]
pub(super) struct Book {
    pub(super) sheet: String,
    rows: Vec<(u32, Vec<Cell>)>,
}

impl RawRow for Vec<Cell> {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> RawCell<'_> {
        match self.get(at) {
            None | Some(Cell::Blank) => RawCell::Blank,
            Some(Cell::Text(text)) => RawCell::text(text),
            Some(Cell::Number(number)) => RawCell::Number(*number),
            Some(Cell::Day(day)) => RawCell::Day(*day),
            Some(Cell::Unusable(what)) => RawCell::Unusable(what),
        }
    }
}

/// Reads one sheet of a workbook: the one that the profile names, otherwise the only visible one.
///
/// # Errors
/// The file is refused whole when it is no workbook or leaves open which sheet is meant.
pub(super) fn open(bytes: &[u8], profile: &Profile) -> Result<Book, FileProblem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error.to_string()))?;
    let name = choose_sheet(book.sheets_metadata(), profile)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| unreadable(&error.to_string()))?;
    let mut rows: Vec<(u32, Vec<Cell>)> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error.to_string()))? {
        let (row, column) = cell.get_position();
        let raw = raw_cell(cell.get_value());
        if raw == Cell::Blank {
            continue;
        }
        if column > LAST_COLUMN {
            return Err(FileProblem::new(
                format!("row {} has a cell in column {}", row + 1, column + 1),
                "at most 256 columns",
                "delete what stands outside the table",
            ));
        }
        place(&mut rows, row + 1, column as usize, raw)?;
    }
    Ok(Book { sheet: name, rows })
}

impl Book {
    /// Titles of the header row, the first with content.
    ///
    /// # Errors
    /// The sheet is empty.
    pub(super) fn titles(&self) -> Result<Vec<String>, FileProblem> {
        let (_, header) = self.rows.first().ok_or_else(|| {
            FileProblem::new("the sheet is empty", "a row of titles", "was the right sheet exported?")
        })?;
        Ok((0..header.len()).map(|at| header.cell(at).shown()).collect())
    }

    /// Reads all rows below the header.
    ///
    /// # Errors
    /// None yet.
    pub(super) fn read(&self, from: Origins<'_>) -> Result<Loaded, FileProblem> {
        let mut loader = Loader::new(from);
        for (number, row) in &self.rows[1..] {
            loader.row(*number, row, None);
        }
        let mut loaded = loader.finish();
        let below = u64::from(self.rows.last().map_or(0, |(last, _)| last - self.rows[0].0));
        loaded.blank = below - (self.rows.len() as u64 - 1);
        Ok(loaded)
    }
}

/// Puts a cell where it belongs, in whatever order the cells of a row come.
fn place(rows: &mut Vec<(u32, Vec<Cell>)>, number: u32, column: usize, raw: Cell) -> Result<(), FileProblem> {
    match rows.last().map(|(last, _)| *last) {
        Some(last) if last > number => {
            let what = format!("row {number} comes after row {last}");
            return Err(FileProblem::new(
                what,
                "rows from top to bottom",
                "open it in a spreadsheet program and save it",
            ));
        }
        Some(last) if last == number => {}
        _ => rows.push((number, Vec::new())),
    }
    let Some((_, cells)) = rows.last_mut() else { return Ok(()) };
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Blank);
    }
    cells[column] = raw;
    Ok(())
}

fn choose_sheet(sheets: &[SheetInfo], profile: &Profile) -> Result<String, FileProblem> {
    let visible: Vec<&str> = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.as_str())
        .collect();
    match (&profile.sheet, visible.as_slice()) {
        (Some(wanted), _) if visible.contains(&wanted.as_str()) => Ok(wanted.clone()),
        (None, [only]) => Ok((*only).to_owned()),
        (wanted, _) => Err(FileProblem::new(
            format!("the workbook's visible sheets are \"{}\"", visible.join("\", \"")),
            &wanted.as_ref().map_or("exactly one sheet".to_owned(), |name| format!("a sheet \"{name}\"")),
            "name the sheet in the export profile: sheet = \"...\"",
        )),
    }
}

fn raw_cell(value: &DataRef<'_>) -> Cell {
    let text = |text: &str| if text.trim().is_empty() { Cell::Blank } else { Cell::Text(text.into()) };
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::String(string) => text(string),
        DataRef::SharedString(string) => text(string),
        #[expect(clippy::cast_precision_loss, reason = "the crate reads no integer that a float cannot hold")]
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(truth) => Cell::Text(if *truth { "yes" } else { "no" }.into()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => whole_day(value),
        DataRef::DurationIso(text) => Cell::Unusable(text.into()),
        DataRef::Error(error) => Cell::Unusable(error.to_string().into()),
    }
}

fn whole_day(value: &DataRef<'_>) -> Cell {
    use calamine::DataType;
    let shown = || Cell::Unusable(Data::from(value.clone()).to_string().into());
    match value.as_datetime() {
        Some(moment) if moment.time() == chrono::NaiveTime::MIN => Cell::Day(Day::from(moment.date())),
        Some(_) | None => match value.as_date() {
            Some(date) if matches!(value, DataRef::DateTimeIso(_)) => Cell::Day(Day::from(date)),
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
    use super::{Cell, place};

    #[test]
    fn cells_stand_where_they_say_in_whatever_order_they_come() {
        let mut rows: Vec<(u32, Vec<Cell>)> = Vec::new();
        let text = |word: &str| Cell::Text(word.into());
        for (number, column, word) in [(1, 2, "c"), (1, 0, "a"), (3, 1, "b")] {
            assert_eq!(place(&mut rows, number, column, text(word)), Ok(()));
        }
        assert_eq!(rows[0].1, [text("a"), Cell::Blank, text("c")]);
        assert_eq!((rows[1].0, rows[1].1.len()), (3, 2));
        assert!(place(&mut rows, 2, 0, text("late")).is_err());
    }
}
