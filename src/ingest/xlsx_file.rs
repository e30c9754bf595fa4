//! Workbooks, cell by cell: calamine's streaming reader only, since its range reader sizes a table by the
//! farthest cell that a file claims to have.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xlsx};

use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow, Sheet};
use crate::model::Day;

/// Columns beyond this one hold no data set; a file that uses them is not one of ours.
const LAST_COLUMN: u32 = 255;

/// Reads one sheet of a workbook: the one that the profile names, otherwise the only visible one.
///
/// # Errors
/// The file is refused whole when it is no workbook or leaves open which sheet is meant.
pub(super) fn read(bytes: &[u8], profile: &Profile) -> Result<Sheet, FileProblem> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error.to_string()))?;
    let name = choose_sheet(book.sheets_metadata(), profile)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| unreadable(&error.to_string()))?;
    let mut rows: Vec<RawRow> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error.to_string()))? {
        let (row, column) = cell.get_position();
        let raw = raw_cell(cell.get_value());
        if raw == RawCell::Blank {
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
    Ok(with_header(name, rows))
}

/// Puts a cell where it belongs, in whatever order the cells of a row come.
fn place(rows: &mut Vec<RawRow>, number: u32, column: usize, raw: RawCell) -> Result<(), FileProblem> {
    match rows.last().map(|last| last.number) {
        Some(last) if last > number => {
            let what = format!("row {number} comes after row {last}");
            return Err(FileProblem::new(
                what,
                "rows from top to bottom",
                "open it in a spreadsheet program and save it",
            ));
        }
        Some(last) if last == number => {}
        _ => rows.push(RawRow { number, cells: Vec::new(), misshapen: None }),
    }
    let Some(row) = rows.last_mut() else { return Ok(()) };
    if row.cells.len() <= column {
        row.cells.resize(column + 1, RawCell::Blank);
    }
    row.cells[column] = raw;
    Ok(())
}

fn with_header(name: String, mut rows: Vec<RawRow>) -> Sheet {
    if rows.is_empty() {
        return Sheet { name: Some(name), ..Sheet::default() };
    }
    let header = rows.remove(0);
    let titles = header.cells.iter().map(RawCell::shown).collect();
    let below = rows.last().map_or(0, |last| u64::from(last.number - header.number));
    let blank = below - rows.len() as u64;
    Sheet { name: Some(name), titles, rows, blank }
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

fn raw_cell(value: &DataRef<'_>) -> RawCell {
    match value {
        DataRef::Empty => RawCell::Blank,
        DataRef::String(text) => RawCell::text(text),
        DataRef::SharedString(text) => RawCell::text(text),
        #[expect(clippy::cast_precision_loss, reason = "the crate reads no integer that a float cannot hold")]
        DataRef::Int(number) => RawCell::Number(*number as f64),
        DataRef::Float(number) => RawCell::Number(*number),
        DataRef::Bool(truth) => RawCell::Text(if *truth { "yes" } else { "no" }.to_owned()),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => whole_day(value),
        DataRef::DurationIso(text) => RawCell::Unusable(text.clone()),
        DataRef::Error(error) => RawCell::Unusable(error.to_string()),
    }
}

fn whole_day(value: &DataRef<'_>) -> RawCell {
    use calamine::DataType;
    let shown = || RawCell::Unusable(Data::from(value.clone()).to_string());
    match value.as_datetime() {
        Some(moment) if moment.time() == chrono::NaiveTime::MIN => RawCell::Day(Day::from(moment.date())),
        Some(_) | None => match value.as_date() {
            Some(date) if matches!(value, DataRef::DateTimeIso(_)) => RawCell::Day(Day::from(date)),
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
    use super::{RawCell, RawRow, place};

    #[test]
    fn cells_stand_where_they_say_in_whatever_order_they_come() {
        let mut rows: Vec<RawRow> = Vec::new();
        let text = |word: &str| RawCell::Text(word.to_owned());
        for (number, column, word) in [(1, 2, "c"), (1, 0, "a"), (3, 1, "b")] {
            assert_eq!(place(&mut rows, number, column, text(word)), Ok(()));
        }
        assert_eq!(rows[0].cells, [text("a"), RawCell::Blank, text("c")]);
        assert_eq!((rows[1].number, rows[1].cells.len()), (3, 2));
        assert!(place(&mut rows, 2, 0, text("late")).is_err());
    }
}
