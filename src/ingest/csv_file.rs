//! CSV: the gate checks and cuts, the csv crate reads the fields of each part, in parallel.

use rayon::prelude::*;

use super::csv_gate::{self, Part};
use super::encoding;
use super::loader::{Loaded, Loader, Origins};
use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow, RowSink};
use super::{Event, Watch};

/// A CSV file up to its header.
pub(super) struct CsvFile<'a> {
    text: &'a [u8],
    /// Where the rows below the header start, and the number of the first of them.
    below: usize,
    first_row: u32,
    /// Titles of the header row, trimmed.
    pub(super) titles: Vec<String>,
    /// What stands between the fields.
    pub(super) delimiter: u8,
    /// Empty lines above the header are counted too.
    blank: u64,
}

impl RawRow for csv::StringRecord {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> RawCell<'_> {
        self.get(at).map_or(RawCell::Blank, RawCell::text)
    }
}

/// Opens a decoded text.
///
/// # Errors
/// There is no header.
pub(super) fn open<'a>(
    text: &'a [u8],
    profile: &Profile,
    known: impl Fn(&[String]) -> usize,
) -> Result<CsvFile<'a>, FileProblem> {
    let (declared, start) = match separator_line(text) {
        Some((separator, start)) => (Some(separator), start),
        None => (None, 0),
    };
    let candidates = declared.map_or_else(|| delimiters(profile), |separator| vec![separator]);
    let read = |delimiter: &u8| header(&text[start..], *delimiter).map(|header| (*delimiter, header));
    let headers: Vec<(u8, Header)> = candidates.iter().filter_map(read).collect();
    // The most known titles win, then the delimiter that was declared.
    let best = headers.into_iter().rev().max_by_key(|(_, header)| known(&header.titles));
    let Some((delimiter, header)) = best else {
        return Err(FileProblem::new("the file has no header row", "a row of titles", "was the upload finished?"));
    };
    let above = u32::from(start > 0);
    Ok(CsvFile {
        text,
        below: start + header.end,
        first_row: above + header.lines + 1,
        titles: header.titles,
        delimiter,
        blank: u64::from(header.lines - 1),
    })
}

/// Excel's first line that names the separator, and where the next line starts.
fn separator_line(text: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr2(b'\r', b'\n', text)?;
    let line = text[..end].trim_ascii().to_ascii_lowercase();
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(&line);
    let separator = match line.strip_prefix(b"sep=")? {
        [one] => *one,
        b"\\t" => b'\t',
        // The tab itself was trimmed.
        [] => b'\t',
        _ => return None,
    };
    let length = if text[end..].starts_with(b"\r\n") { 2 } else { 1 };
    Some((separator, end + length))
}

/// What may stand between fields: what the profile says first.
fn delimiters(profile: &Profile) -> Vec<u8> {
    let others = [b',', b';', b'\t', b'|'].into_iter().filter(|other| Some(*other) != profile.delimiter);
    profile.delimiter.into_iter().chain(others).collect()
}

struct Header {
    titles: Vec<String>,
    /// Bytes up to the first row below it.
    end: usize,
    /// Lines up to and with it.
    lines: u32,
}

fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(64 << 10);
    builder.from_reader(text)
}

fn header(text: &[u8], delimiter: u8) -> Option<Header> {
    let mut reader = reader(text, delimiter);
    let mut record = csv::StringRecord::new();
    let read = reader.read_record(&mut record).ok()?;
    if !read || record.is_empty() {
        return None;
    }
    let mut end = usize::try_from(reader.position().byte()).ok()?;
    // The crate stops behind a carriage return, before its line feed.
    if text[..end].ends_with(b"\r") && text[end..].starts_with(b"\n") {
        end += 1;
    }
    let above = text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let returns = text[..above].windows(2).filter(|pair| *pair == b"\r\n").count();
    let lines = u32::try_from(above - returns + 1).ok()?;
    Some(Header { titles: record.iter().map(|title| title.trim().to_owned()).collect(), end, lines })
}

impl CsvFile<'_> {
    /// Reads all rows below the header.
    ///
    /// # Errors
    /// The gate refuses the file, or its end is missing.
    pub(super) fn read(&self, from: Origins<'_>, watch: Watch<'_>) -> Result<Loaded, FileProblem> {
        // Some exports write their byte order mark again before the first row.
        let rows = &self.text[self.below..];
        let rows = rows.strip_prefix(encoding::BOM).unwrap_or(rows);
        let parts = csv_gate::cut(rows, self.delimiter)?;
        watch(Event::Gated);
        if let Some(part) = parts.last().filter(|part| part.open_ended) {
            self.refuse_a_cut_end(&rows[part.start..part.end])?;
        }
        let one = |part: &Part| {
            let loaded = self.read_part(&rows[part.start..part.end], part, from);
            watch(Event::Part { bytes: (part.end - part.start) as u64 });
            loaded
        };
        let read: Vec<Loaded> = parts.par_iter().map(one).collect();
        let (mut loaded, mut above) = (Loaded { blank: self.blank, ..Loaded::default() }, self.first_row - 1);
        for (below, part) in read.into_iter().zip(&parts) {
            loaded.append(below, above);
            above += part.records;
        }
        Ok(loaded)
    }

    fn read_part(&self, text: &[u8], part: &Part, from: Origins<'_>) -> Loaded {
        let mut reader = reader(text, self.delimiter);
        let mut loader = Loader::new(from);
        let mut empty = part.empty.iter().copied().peekable();
        let mut misquoted = part.misquoted.iter().copied().peekable();
        let mut record = csv::ByteRecord::new();
        let mut number = 0;
        // Reading from memory cannot fail, and any bytes are records to the crate.
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            while empty.next_if_eq(&number).is_some() {
                number += 1;
            }
            let is_misquoted = misquoted.next_if_eq(&number).is_some();
            number += 1;
            match csv::StringRecord::from_byte_record(record) {
                Ok(text) => {
                    let misshapen = self.misshapen(&text, is_misquoted);
                    loader.row(number, &text, misshapen.as_deref());
                    record = text.into_byte_record();
                }
                Err(error) => {
                    let what = format!("{} in field {}", encoding::NOT_UTF8, error.utf8_error().field() + 1);
                    record = error.into_byte_record();
                    loader.row(number, &csv::StringRecord::from_byte_record_lossy(record.clone()), Some(&what));
                }
            }
        }
        let mut loaded = loader.finish();
        loaded.blank += part.empty.len() as u64;
        loaded
    }

    fn misshapen(&self, record: &csv::StringRecord, is_misquoted: bool) -> Option<String> {
        let (found, wanted) = (record.len(), self.titles.len());
        if found != wanted {
            return Some(format!("{found} fields, the header has {wanted}"));
        }
        is_misquoted.then(|| "a quote stands inside a field, or text after a closing quote".to_owned())
    }

    /// The last row has no line end: harmless, unless fields are missing too.
    fn refuse_a_cut_end(&self, part: &[u8]) -> Result<(), FileProblem> {
        let last = memchr::memrchr2(b'\n', b'\r', part).map_or(0, |at| at + 1);
        let fields = reader(&part[last..], self.delimiter).byte_records().next().and_then(Result::ok);
        let found = fields.map_or(0, |record| record.len());
        let is_blank = part[last..].trim_ascii().is_empty();
        if found < self.titles.len() && !is_blank && self.titles.len() > 1 {
            return Err(FileProblem::new(
                format!("the last row ends after {found} of {} fields, without a line end", self.titles.len()),
                "a whole last row",
                "the file was cut off: export or upload it again",
            ));
        }
        Ok(())
    }
}
