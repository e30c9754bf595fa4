//! Where the titles of a CSV text stand, and what stands between its fields: the line and the delimiter under which most
//! titles are known.

use super::gate;
use crate::ingest::profile::Profile;
use crate::ingest::profile::titles::{LINES_ABOVE, line_of_titles};
use crate::ingest::sheet::FileProblem;

/// What may stand between fields.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Bytes of a line of titles that is not the first.
const LINE: usize = 16 << 10;
/// A header, the delimiter under which most of its titles are known, and where it begins.
pub(crate) struct FoundHeader {
    pub(crate) delimiter: u8,
    pub(crate) header: Header,
    pub(crate) at: usize,
    /// What stands above it.
    pub(crate) above: Vec<Vec<String>>,
    /// Lines above it, empty ones too.
    pub(crate) lines: u32,
}

/// The line with the most known titles among the first ones; the very first if none has enough.
pub(crate) fn find_header(text: &[u8], delimiters: &[u8], known: &impl Fn(&[String]) -> usize) -> Option<FoundHeader> {
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
pub(crate) fn check_header(text: &[u8]) -> Result<(), FileProblem> {
    let above = line_ends_above(text);
    let end = memchr::memchr2(b'\r', b'\n', &text[above..]).map_or(text.len(), |at| above + at);
    let sound = |delimiter: &u8| {
        let part = gate::check(&text[above..end], *delimiter);
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

/// The first line of a spreadsheet program that names the separator.
pub(crate) struct SeparatorLine {
    pub(crate) separator: u8,
    /// Where the next line starts.
    pub(crate) end: usize,
}

/// The line that names the separator, if the text begins with one.
pub(crate) fn separator_line(text: &[u8]) -> Option<SeparatorLine> {
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
    Some(SeparatorLine { separator, end: end + length })
}

/// [`DELIMITERS`], what the profile says first.
pub(crate) fn delimiters(profile: &Profile) -> Vec<u8> {
    let others = DELIMITERS.into_iter().filter(|other| Some(*other) != profile.delimiter);
    profile.delimiter.into_iter().chain(others).collect()
}

pub(crate) struct Header {
    pub(crate) titles: Vec<String>,
    /// Bytes up to the first row below it.
    pub(crate) end: usize,
    /// Lines up to and with it.
    pub(crate) lines: u32,
}

pub(crate) fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
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
