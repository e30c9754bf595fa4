//! The strict gate before the csv crate, which takes any bytes for well-formed CSV: an open quote would swallow the
//! rows after it without a word. One pass checks RFC 4180 and cuts the file at record boundaries into parts.

use std::ops::Range;

use memchr::memmem;
use rayon::prelude::*;

use super::encoding;
use crate::ingest::sheet::FileProblem;

/// Parts are about this long, in bytes.
pub(crate) const PART: usize = 2 << 20;
/// Greatest length of a field, in bytes: no column of a voucher program needs a page of text.
const FIELD: usize = 64 << 10;
/// Greatest length of a record, in bytes.
const RECORD: usize = 1 << 20;
/// Lines that one record may take.
const LINES: u32 = 20;

/// Consecutive whole records of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CsvPart {
    /// First byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
    /// Records, empty lines too.
    pub(crate) records: u32,
    /// Which of them are empty lines, counted from 0: the csv crate skips those without counting.
    pub(crate) empty: Vec<u32>,
    /// Records with a quote where none may be.
    pub(crate) misquoted: Vec<u32>,
    /// The last record has no line end.
    pub(crate) open_ended: bool,
    /// The record in which a quote was opened that is not closed.
    unclosed: Option<u32>,
}

/// Checks a CSV text below a number of rows and cuts it into parts, in parallel.
///
/// # Errors
/// A NUL byte, a quote that is never closed, or sizes that no export has.
pub(crate) fn cut(text: &[u8], delimiter: u8, rows_above: u32) -> Result<Vec<CsvPart>, FileProblem> {
    // The cuts rest on quotes being in pairs. Where a part does not end between two records, they are not.
    let sound = |parts: &Vec<CsvPart>| parts[..parts.len() - 1].iter().all(|part| part.unclosed.is_none());
    let parts = match scan_all(text, delimiter, rows_above, &speculate(text)) {
        Ok(parts) if sound(&parts) => parts,
        Ok(_) | Err(_) => scan_all(text, delimiter, rows_above, std::slice::from_ref(&(0..text.len())))?,
    };
    let mut above = rows_above;
    for part in &parts {
        if let Some(record) = part.unclosed {
            return Err(FileProblem::new(
                format!("a quote that is opened in row {} is never closed", above + record + 1),
                "quotes in pairs",
                "correct the row and export again",
            ));
        }
        above = above.checked_add(part.records).ok_or_else(too_many_rows)?;
    }
    Ok(parts)
}

pub(crate) fn too_many_rows() -> FileProblem {
    FileProblem::new("the file has more than 4 billion rows", "fewer rows", "export it in several files")
}

/// Cuts after line ends that stand outside quotes, as far as quotes are in pairs.
fn speculate(text: &[u8]) -> Vec<Range<usize>> {
    let pieces: Vec<&[u8]> = text.chunks(PART).collect();
    let quotes: Vec<usize> = pieces.par_iter().map(|piece| memchr::memchr_iter(b'"', piece).count()).collect();
    let (mut cuts, mut start, mut before) = (Vec::with_capacity(pieces.len()), 0, 0);
    for (at, inside) in quotes.iter().enumerate().take(pieces.len().saturating_sub(1)) {
        before += inside;
        let nominal = (at + 1) * PART;
        if nominal < start {
            continue;
        }
        if let Some(end) = line_end(text, nominal, before) {
            cuts.push(start..end);
            start = end;
        }
    }
    cuts.push(start..text.len());
    cuts
}

/// The first byte after a line end outside quotes, from a position on that has a number of quotes before it.
fn line_end(text: &[u8], from: usize, quotes_before: usize) -> Option<usize> {
    let mut quoted = quotes_before % 2 == 1;
    for at in memchr::memchr2_iter(b'"', b'\n', &text[from..]) {
        match text[from + at] {
            b'"' => quoted = !quoted,
            _ if !quoted => return Some(from + at + 1),
            _ => {}
        }
    }
    None
}

fn scan_all(text: &[u8], delimiter: u8, rows_above: u32, cuts: &[Range<usize>]) -> Result<Vec<CsvPart>, FileProblem> {
    let scanned: Vec<Result<CsvPart, Oversize>> =
        cuts.par_iter().map(|cut| scan(&text[cut.clone()], delimiter, cut.start)).collect();
    let (mut parts, mut above) = (Vec::with_capacity(scanned.len()), rows_above);
    for part in scanned {
        let part = part.map_err(|oversize| oversize.problem(above))?;
        above = above.saturating_add(part.records);
        parts.push(part);
    }
    Ok(parts)
}

/// Checks a part that stands for itself; `None` if it cannot be trusted.
pub(crate) fn check(part: &[u8], delimiter: u8) -> Option<CsvPart> {
    scan(part, delimiter, 0).ok()
}

impl CsvPart {
    /// Whether every quote is closed.
    pub(crate) fn has_pairs(&self) -> bool {
        self.unclosed.is_none()
    }

    /// Whether its last record ends with it.
    pub(crate) fn is_closed(&self) -> bool {
        self.unclosed.is_none() && !self.open_ended
    }
}

/// What no export has, and in which record of the part.
struct Oversize {
    record: u32,
    what: &'static str,
    expected: &'static str,
    hint: &'static str,
}

impl Oversize {
    fn problem(&self, above: u32) -> FileProblem {
        FileProblem::new(
            format!("row {} {}", above.saturating_add(self.record).saturating_add(1), self.what),
            self.expected,
            self.hint,
        )
    }
}

fn scan(part: &[u8], delimiter: u8, start: usize) -> Result<CsvPart, Oversize> {
    let end = start + part.len();
    // The csv crate does not read it either.
    let part = part.strip_prefix(encoding::BOM).unwrap_or(part);
    let nul = memchr::memchr(0, part);
    let plain = nul.is_none()
        && memchr::memchr(b'"', part).is_none()
        && memchr::memchr_iter(b'\r', part).all(|at| part.get(at + 1) == Some(&b'\n'));
    let mut found = CsvPart { start, end, ..CsvPart::default() };
    if plain && has_short_lines(part) {
        scan_lines(part, &mut found);
    } else {
        Scanner { part, delimiter, nul, found: &mut found, opened: 0 }.scan()?;
    }
    Ok(found)
}

/// Whether no line can be as long as the longest field: every stretch of half that length has a line end.
fn has_short_lines(part: &[u8]) -> bool {
    part.chunks(FIELD / 2).rev().skip(1).all(|stretch| memchr::memchr(b'\n', stretch).is_some())
}

/// Without quotes every line is a record.
fn scan_lines(part: &[u8], found: &mut CsvPart) {
    found.open_ended = part.last().is_some_and(|byte| *byte != b'\n');
    let starts_empty = part.starts_with(b"\n") || part.starts_with(b"\r\n");
    if starts_empty || memmem::find(part, b"\n\n").is_some() || memmem::find(part, b"\n\r\n").is_some() {
        let mut line_start = 0;
        for at in memchr::memchr_iter(b'\n', part) {
            if matches!(&part[line_start..at], b"" | b"\r") {
                found.empty.push(found.records);
            }
            found.records += 1;
            line_start = at + 1;
        }
    } else {
        let ends = memchr::memchr_iter(b'\n', part).count();
        found.records = u32::try_from(ends).expect("a part has fewer lines than 4 billion");
    }
    found.records += u32::from(found.open_ended);
}

fn check_record(length: usize, record: u32) -> Result<(), Oversize> {
    let (what, expected) = ("is longer than 1 MiB", "records of at most 1 MiB");
    if length > RECORD {
        return Err(Oversize { record, what, expected, hint: "look for a missing line end or quote near this row" });
    }
    Ok(())
}

fn long_field(record: u32) -> Oversize {
    let (what, expected) = ("has a field longer than 64 KiB", "fields of at most 64 KiB");
    Oversize { record, what, expected, hint: "look for a missing quote near this row" }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ScanState {
    RecordStart,
    FieldStart,
    Field,
    Quoted,
    /// After a quote within quotes: the end of the field, or the first half of an escaped quote.
    QuoteInQuoted,
    /// After a carriage return that ended a record.
    AfterReturn,
}

/// Byte by byte, in the states of the csv crate, so that both agree where records end.
struct Scanner<'p> {
    part: &'p [u8],
    delimiter: u8,
    nul: Option<usize>,
    found: &'p mut CsvPart,
    /// The record in which the last quote was opened.
    opened: u32,
}

impl Scanner<'_> {
    fn scan(&mut self) -> Result<(), Oversize> {
        let (mut state, mut record_start, mut field_start, mut lines) = (ScanState::RecordStart, 0, 0, 0);
        for (at, byte) in self.part.iter().copied().enumerate() {
            if self.nul == Some(at) {
                return Err(self.nul_byte());
            }
            let before = state;
            state = self.next(state, byte);
            match state {
                ScanState::RecordStart | ScanState::AfterReturn => {
                    let closes_pair = before == ScanState::AfterReturn && byte == b'\n';
                    if !closes_pair {
                        if matches!(before, ScanState::RecordStart | ScanState::AfterReturn) {
                            self.found.empty.push(self.found.records);
                        }
                        self.found.records += 1;
                    }
                    (record_start, field_start, lines) = (at + 1, at + 1, 0);
                }
                ScanState::FieldStart => field_start = at + 1,
                ScanState::Quoted if byte == b'\n' => lines += 1,
                ScanState::Field | ScanState::Quoted | ScanState::QuoteInQuoted => {}
            }
            check_record(at - record_start.min(at), self.found.records)?;
            if at - field_start.min(at) > FIELD {
                return Err(long_field(self.found.records));
            }
            if lines >= LINES {
                return Err(self.many_lines());
            }
        }
        match state {
            ScanState::RecordStart | ScanState::AfterReturn => {}
            ScanState::Quoted => self.found.unclosed = Some(self.opened),
            ScanState::FieldStart | ScanState::Field | ScanState::QuoteInQuoted => {
                self.found.records += 1;
                self.found.open_ended = true;
            }
        }
        Ok(())
    }

    fn next(&mut self, state: ScanState, byte: u8) -> ScanState {
        let ends = |byte: u8| match byte {
            b'\n' => Some(ScanState::RecordStart),
            b'\r' => Some(ScanState::AfterReturn),
            byte if byte == self.delimiter => Some(ScanState::FieldStart),
            _ => None,
        };
        match (state, byte) {
            (ScanState::RecordStart | ScanState::AfterReturn | ScanState::FieldStart, b'"') => {
                self.opened = self.found.records;
                ScanState::Quoted
            }
            (ScanState::Quoted, b'"') => ScanState::QuoteInQuoted,
            (ScanState::Quoted, _) => ScanState::Quoted,
            (ScanState::QuoteInQuoted, b'"') => ScanState::Quoted,
            (state, byte) => ends(byte).unwrap_or_else(|| {
                if byte == b'"' || state == ScanState::QuoteInQuoted {
                    self.misquoted();
                }
                ScanState::Field
            }),
        }
    }

    fn misquoted(&mut self) {
        if self.found.misquoted.last() != Some(&self.found.records) {
            self.found.misquoted.push(self.found.records);
        }
    }

    fn nul_byte(&self) -> Oversize {
        Oversize {
            record: self.found.records,
            what: "holds a NUL byte",
            expected: "text",
            hint: "this is not a CSV file, or it is UTF-16 without a byte order mark: export again as \"CSV UTF-8\"",
        }
    }

    fn many_lines(&self) -> Oversize {
        Oversize {
            record: self.opened,
            what: "opens a quote that is not closed within 20 lines",
            expected: "quotes in pairs",
            hint: "correct the row and export again",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CsvPart, PART, cut};

    /// The one part of a text, or what is wrong with it.
    fn whole(text: &str) -> Result<CsvPart, String> {
        let mut parts = cut(text.as_bytes(), b',', 0).map_err(|problem| problem.what)?;
        assert_eq!(parts.len(), 1, "{text}");
        Ok(parts.remove(0))
    }

    /// `text | records | empty | misquoted | open-ended`
    #[test]
    fn records_are_counted_as_the_csv_crate_reads_them() {
        type Row = (&'static str, u32, &'static [u32], &'static [u32], bool);
        let rows: &[Row] = &[
            ("a,b\n1,2\n", 2, &[], &[], false),
            ("a,b\n\n1,2", 3, &[1], &[], true),
            ("a\r\n\r\nb\r\n", 3, &[1], &[], false),
            ("a\rb\r\rc\r", 4, &[2], &[], false),
            ("a\n\"x\ny\"\nz\n", 3, &[], &[], false),
            ("\"\"\n\"a\"\"b\"\n", 2, &[], &[], false),
            ("a\n\"x\"y\nb\"c\nd\n", 4, &[], &[1, 2], false),
            ("a,\"b\n\nc\",d\n\n", 2, &[1], &[], false),
            ("\u{feff}\na\n", 2, &[0], &[], false),
        ];
        for (text, records, empty, misquoted, open_ended) in rows {
            let part = whole(text).expect("a sound text");
            assert_eq!((part.records, part.open_ended), (*records, *open_ended), "{text:?}");
            assert_eq!((part.empty.as_slice(), part.misquoted.as_slice()), (*empty, *misquoted), "{text:?}");
            let read = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            assert_eq!(read.into_records().count(), (records - empty.len() as u32) as usize, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_trusted_is_refused_with_its_row() {
        let lines = format!("a\n\"{}\"\n", "x\n".repeat(21));
        let field = format!("a,b\nx,{}\n", "y".repeat(70_000));
        let record = format!("a\n{}\n", "y,".repeat(600_000));
        let cases = [
            ("a\n\"x\ny\n", "a quote that is opened in row 2 is never closed"),
            ("a\nx\0\n", "row 2 holds a NUL byte"),
            (&lines, "row 2 opens a quote that is not closed within 20 lines"),
            (&field, "row 2 has a field longer than 64 KiB"),
            (&record, "row 2 is longer than 1 MiB"),
        ];
        for (text, what) in cases {
            assert_eq!(whole(text), Err(what.to_owned()));
        }
    }

    #[test]
    fn parts_hold_whole_records_whatever_is_quoted() {
        for row in ["1,plain,2\n", "1,\"a\nb\",2\n", "1,in 5\" pipes,2\n", "1,\"a,\"\"b\"\"\",2\r\n"] {
            let text = row.repeat(2 * PART / row.len() + 1000);
            let parts = cut(text.as_bytes(), b',', 0).expect("a sound text");
            let ends: Vec<usize> = parts.iter().map(|part| part.end).collect();
            let starts: Vec<usize> = parts.iter().map(|part| part.start).collect();
            assert_eq!((starts[0], ends[ends.len() - 1]), (0, text.len()));
            assert_eq!(starts[1..], ends[..ends.len() - 1]);
            assert!(starts.iter().all(|start| start % row.len() == 0), "{row:?}");
            let records: u32 = parts.iter().map(|part| part.records).sum();
            assert_eq!(records as usize * row.len(), text.len(), "{row:?}");
        }
    }
}
