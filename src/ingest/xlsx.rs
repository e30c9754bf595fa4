//! A workbook up to its header, and the rows below it.

pub(super) mod frames;
pub(super) mod gate;
pub(super) mod process;

use frames::{Formulas, Frame, SheetCell, WorkbookRequest};
use process::{FrameStream, Opener};

use super::content::Content;
use super::profile::Profile;
use super::profile::titles::{LINES_ABOVE, line_of_titles};
use super::sheet::{FileProblem, RawRow, RowSink};

/// A workbook up to its header.
pub(super) struct OpenWorkbook {
    pub(super) sheet: String,
    /// Titles of the header row, trimmed.
    pub(super) titles: Vec<String>,
    /// Rows with content above the header.
    pub(super) rows_above: Vec<Vec<String>>,
    /// What a person should know.
    notes: Vec<String>,
    /// The number of the header row.
    header: u32,
    /// Frames below the header that were read while it was looked for.
    read_ahead: Vec<Frame>,
    stream: FrameStream,
}

impl OpenWorkbook {
    /// Opens a workbook and reads its header: the first row with titles that are known, else the first row with content.
    ///
    /// # Errors
    /// The file is refused whole: it cannot be trusted or read, or leaves open which sheet is meant.
    pub(super) fn open(
        content: &Content,
        profile: &Profile,
        formulas: Formulas,
        opener: &Opener,
        known: impl Fn(&[String]) -> usize,
    ) -> Result<OpenWorkbook, FileProblem> {
        let mut stream = opener.open(content, &WorkbookRequest { sheet: profile.sheet.clone(), formulas })?;
        let (mut sheet, mut notes) = (String::new(), Vec::new());
        let mut first: Vec<(u32, Vec<SheetCell>)> = Vec::new();
        let mut end = None;
        while first.len() <= LINES_ABOVE as usize && end.is_none() {
            match stream.next()? {
                Frame::Sheet(name) => sheet = name,
                Frame::Note(note) => notes.push(note),
                Frame::Row(number, cells) => first.push((number, cells)),
                Frame::Refused(problem) => return Err(problem),
                Frame::End => end = Some(Frame::End),
            }
        }
        let scores: Vec<usize> = first.iter().map(|(_, cells)| known(&titles(cells))).collect();
        let Some(at) = line_of_titles(&scores) else {
            let what = format!("the sheet \"{sheet}\" is empty");
            return Err(FileProblem::new(what, "a row of titles", "was the right sheet exported?"));
        };
        let mut rows = first.into_iter();
        let rows_above = rows.by_ref().take(at).map(|(_, cells)| titles(&cells)).collect();
        let (header, cells) = rows.next().unwrap_or_default();
        let read_ahead = rows.map(|(number, cells)| Frame::Row(number, cells)).chain(end).collect();
        Ok(OpenWorkbook { sheet, titles: titles(&cells), rows_above, notes, header, read_ahead, stream })
    }

    /// Reads all rows below the header.
    ///
    /// # Errors
    /// The workbook is damaged further down, or asks for more memory or time than a workbook may.
    pub(super) fn read(self, sink: &mut impl RowSink) -> Result<SheetSummary, FileProblem> {
        let OpenWorkbook { mut notes, header, read_ahead, mut stream, .. } = self;
        let mut read_ahead = read_ahead.into_iter();
        let (mut last, mut rows) = (header, 0);
        loop {
            match read_ahead.next().map_or_else(|| stream.next(), Ok)? {
                Frame::Row(number, cells) => {
                    sink.row(number, &cells, None);
                    (last, rows) = (number, rows + 1);
                }
                Frame::Note(note) => notes.push(note),
                Frame::Refused(problem) => return Err(problem),
                Frame::End => break,
                Frame::Sheet(_) => {}
            }
        }
        let records = u64::from(last - header);
        Ok(SheetSummary { records, blank: records - rows, notes })
    }
}

/// The titles that a row would be, trimmed.
fn titles(row: &Vec<SheetCell>) -> Vec<String> {
    (0..row.len()).map(|at| row.cell(at).shown()).collect()
}

/// What is known of a sheet once it was read.
pub(super) struct SheetSummary {
    /// Rows from the titles to the last one with content.
    pub(super) records: u64,
    /// Rows without content between the others.
    pub(super) blank: u64,
    /// What a person should know.
    pub(super) notes: Vec<String>,
}
