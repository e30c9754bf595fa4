//! CSV: the gate checks and cuts, the csv crate reads the fields of each part, in parallel.

use std::fs::File;

use rayon::prelude::*;

use super::csv_gate::{self, Part};
use super::csv_stream::Stream;
use super::encoding;
use super::headers::{LINES_ABOVE, line_of_titles};
use super::loader::{Loaded, Loader, Origins};
use super::locale::{Ballot, Locales};
use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow, RowSink};
use super::{Event, Watch};

/// A CSV file up to its header.
pub(super) struct CsvFile<'a> {
    rows: Rows<'a>,
    /// The number of the first row below the header.
    first_row: u32,
    /// Titles of the header row, trimmed.
    pub(super) titles: Vec<String>,
    /// What stands between the fields.
    pub(super) delimiter: u8,
    /// Rows are about money: a last row without a line end may be cut off.
    strict: bool,
    /// Empty lines above the header are counted too.
    blank: u64,
    /// What stands above the header: the name of the report, the day on which it was made.
    pub(super) rows_above: Vec<Vec<String>>,
}

/// The rows below the header.
enum Rows<'a> {
    Whole(&'a [u8]),
    /// The file, its length, and where the rows begin.
    Stream(&'a File, u64, u64),
}

/// What may stand between fields.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Bytes of a line of titles that is not the first.
const LINE: usize = 16 << 10;
/// What comes of a pass over all parts.
pub(super) type Pass<T> = Vec<(Part, T)>;

impl RawRow for csv::StringRecord {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> RawCell<'_> {
        self.get(at).map_or(RawCell::Blank, RawCell::text)
    }
}

/// Opens a text, or a file of which `text` is the beginning.
///
/// # Errors
/// There is no header.
pub(super) fn open<'a>(
    text: &'a [u8],
    file: Option<(&'a File, u64)>,
    profile: &Profile,
    strict: bool,
    known: impl Fn(&[String]) -> usize,
) -> Result<CsvFile<'a>, FileProblem> {
    let mark = text.chunks(encoding::BOM.len()).take_while(|bytes| *bytes == encoding::BOM).count();
    let marked = mark * encoding::BOM.len();
    let (declared, start) = match separator_line(&text[marked..]) {
        Some((separator, start)) => (Some(separator), marked + start),
        None => (None, marked),
    };
    let candidates = declared.map_or_else(|| delimiters(profile), |separator| vec![separator]);
    let Some(found) = find_header(&text[start..], &candidates, &known) else {
        return Err(FileProblem::new("the file has no header row", "a row of titles", "was the upload finished?"));
    };
    let FoundHeader { delimiter, header, at, above: rows_above, lines: lines_above } = found;
    let start = start + at;
    check_header(&text[start..])?;
    let mut below = start + header.end;
    // Some exports write their byte order mark again before the first row.
    if text[below..].starts_with(encoding::BOM) {
        below += encoding::BOM.len();
    }
    let above = u32::from(declared.is_some()) + lines_above;
    Ok(CsvFile {
        rows: match file {
            None => Rows::Whole(&text[below..]),
            Some((file, length)) => Rows::Stream(file, length, below as u64),
        },
        first_row: above + header.lines + 1,
        titles: header.titles,
        delimiter,
        strict,
        blank: u64::from(header.lines - 1),
        rows_above,
    })
}

/// A header, the delimiter under which most of its titles are known, and where it begins.
struct FoundHeader {
    delimiter: u8,
    header: Header,
    at: usize,
    /// What stands above it.
    above: Vec<Vec<String>>,
    /// Lines above it, empty ones too.
    lines: u32,
}

/// The line with the most known titles among the first ones; the very first if none has enough.
fn find_header(text: &[u8], delimiters: &[u8], known: &impl Fn(&[String]) -> usize) -> Option<FoundHeader> {
    let best_at = |at: usize| {
        let read = |delimiter: &u8| header(&text[at..], *delimiter).map(|header| (*delimiter, header));
        let headers: Vec<(u8, Header)> = delimiters.iter().filter_map(read).collect();
        // The most known titles win, then the delimiter that was declared.
        let scored = headers.into_iter().rev().map(|(delimiter, header)| (known(&header.titles), delimiter, header));
        scored.max_by_key(|(score, ..)| *score)
    };
    let mut first: Vec<(usize, FoundHeader)> = Vec::new();
    let (mut at, mut lines) = (0, 0);
    while lines <= LINES_ABOVE && at < text.len() {
        // No line of titles below another line is longer.
        if at > 0 && memchr::memchr2(b'\r', b'\n', &text[at..text.len().min(at + LINE)]).is_none() {
            break;
        }
        let Some((score, delimiter, header)) = best_at(at) else { break };
        let (end, below) = (at + header.end, lines + header.lines);
        first.push((score, FoundHeader { delimiter, header, at, above: Vec::new(), lines }));
        (at, lines) = (end, below);
    }
    let scores: Vec<usize> = first.iter().map(|(score, _)| *score).collect();
    let mut rows = first.into_iter().map(|(_, header)| header);
    let above = rows.by_ref().take(line_of_titles(&scores)?).map(|row| row.header.titles).collect();
    rows.next().map(|found| FoundHeader { above, ..found })
}

/// The header goes through the gate too: an open quote in it would swallow the rows below it.
fn check_header(text: &[u8]) -> Result<(), FileProblem> {
    let above = line_ends_above(text);
    let end = memchr::memchr2(b'\r', b'\n', &text[above..]).map_or(text.len(), |at| above + at);
    let sound = |delimiter: &u8| {
        let part = csv_gate::check(&text[above..end], *delimiter);
        part.is_some_and(|part| part.has_pairs() && part.misquoted.is_empty())
    };
    if above == text.len() || DELIMITERS.iter().any(sound) {
        return Ok(());
    }
    Err(FileProblem::new(
        "the row of titles has a quote that is not closed, or a title of several lines",
        "titles in one line, quotes in pairs",
        "correct the titles and export again",
    ))
}

/// Bytes of the empty lines above the first record.
fn line_ends_above(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
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

/// [`DELIMITERS`], what the profile says first.
fn delimiters(profile: &Profile) -> Vec<u8> {
    let others = DELIMITERS.into_iter().filter(|other| Some(*other) != profile.delimiter);
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
    let above = line_ends_above(text);
    let returns = text[..above].windows(2).filter(|pair| *pair == b"\r\n").count();
    let lines = u32::try_from(above - returns + 1).ok()?;
    Some(Header { titles: record.iter().map(|title| title.trim().to_owned()).collect(), end, lines })
}

impl CsvFile<'_> {
    /// Hands every part to `each`, in parallel, with what `begin` has made for the thread. `None` where the file has to
    /// be read whole.
    ///
    /// # Errors
    /// The gate refuses the file, or it cannot be read.
    fn pass<S, T: Send>(
        &self,
        begin: impl Fn() -> S + Sync + Send,
        each: impl Fn(&mut S, &[u8], &Part) -> T + Sync + Send,
    ) -> Result<Option<Pass<T>>, FileProblem> {
        match &self.rows {
            Rows::Whole(rows) => {
                let parts = csv_gate::cut(rows, self.delimiter, self.first_row - 1)?;
                let made = parts.into_par_iter().map_init(begin, |state, part| {
                    let made = each(state, &rows[part.start..part.end], &part);
                    (part, made)
                });
                Ok(Some(made.collect()))
            }
            Rows::Stream(file, length, below) => {
                let stream = Stream { file, length: *length, below: *below, delimiter: self.delimiter };
                stream.parts(begin, each).map_err(|error| {
                    FileProblem::new(format!("it cannot be read: {error}"), "a readable file", "run again")
                })
            }
        }
    }

    /// Finds out how columns write what the profile does not say.
    ///
    /// # Errors
    /// See [`CsvFile::read`].
    pub(super) fn vote<'b>(
        &self,
        ballot: impl Fn() -> Option<Ballot<'b>> + Sync,
    ) -> Result<Option<Locales>, FileProblem> {
        let votes = self.pass(
            || (),
            |(), text, part| {
                let mut ballot = ballot()?;
                self.read_part(text, part, &mut ballot);
                Some(ballot)
            },
        )?;
        let joined =
            |votes: Pass<Option<Ballot<'b>>>| votes.into_iter().filter_map(|(_, vote)| vote).reduce(Ballot::join);
        Ok(votes.map(|votes| joined(votes).map_or(Locales::default(), |ballot| ballot.locales())))
    }

    /// Reads all rows. `None` where the file has to be read whole.
    ///
    /// # Errors
    /// The gate refuses the file, or its end is missing.
    pub(super) fn read(&self, from: Origins<'_>, watch: Watch<'_>) -> Result<Option<Loaded>, FileProblem> {
        let read = self.pass(
            || Loader::new(from),
            |loader, text, part| {
                watch(Event::Gated);
                let cut_end = self.read_part(text, part, loader);
                let mut loaded = loader.take();
                loaded.blank += part.empty.len() as u64;
                watch(Event::Part { bytes: text.len() as u64 });
                (loaded, cut_end)
            },
        )?;
        let Some(read) = read else { return Ok(None) };
        let (mut loaded, mut above) = (Loaded { blank: self.blank, ..Loaded::default() }, self.first_row - 1);
        for (part, (below, cut_end)) in read {
            if let Some(found) = cut_end {
                return Err(self.cut_off(found));
            }
            loaded.append(below, above);
            above = above.checked_add(part.records).ok_or_else(csv_gate::too_many_rows)?;
        }
        Ok(Some(loaded))
    }

    /// Reads a part. Returns how many fields the last row has, if it breaks off before the last of them.
    fn read_part(&self, text: &[u8], part: &Part, sink: &mut impl RowSink) -> Option<usize> {
        let mut reader = reader(text, self.delimiter);
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
            let is_open = part.open_ended && number == part.records;
            if is_open && self.is_cut_off(&record) {
                return Some(record.len());
            }
            match csv::StringRecord::from_byte_record(record) {
                Ok(text) => {
                    let misshapen = self.misshapen(&text, is_misquoted, is_open);
                    sink.row(number, &text, misshapen.as_deref());
                    record = text.into_byte_record();
                }
                Err(error) => {
                    let what = format!("{} in field {}", encoding::NOT_UTF8, error.utf8_error().field() + 1);
                    record = error.into_byte_record();
                    sink.row(number, &csv::StringRecord::from_byte_record_lossy(record.clone()), Some(&what));
                }
            }
        }
        None
    }

    /// Whether a last row without a line end lacks fields: without them it was not written to its end.
    fn is_cut_off(&self, record: &csv::ByteRecord) -> bool {
        let is_blank = record.iter().all(|field| field.trim_ascii().is_empty());
        record.len() < self.titles.len() && !is_blank
    }

    fn cut_off(&self, found: usize) -> FileProblem {
        FileProblem::new(
            format!("the last row ends after {found} of {} fields, without a line end", self.titles.len()),
            "a whole last row",
            "the file was cut off: export or upload it again",
        )
    }

    fn misshapen(&self, record: &csv::StringRecord, is_misquoted: bool, is_open: bool) -> Option<String> {
        let (found, wanted) = (record.len(), self.titles.len());
        if found != wanted {
            return Some(format!("{found} fields, the header has {wanted}"));
        }
        if is_open && self.strict {
            return Some("the last row has no line end: it, and what followed it, may have been cut off".to_owned());
        }
        is_misquoted.then(|| "a quote stands inside a field, or text after a closing quote".to_owned())
    }
}
