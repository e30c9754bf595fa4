//! CSV: the gate checks and cuts, the csv crate reads the fields of each part, in parallel.

pub(super) mod encoding;
pub(super) mod gate;
mod header;
mod stream;

use rayon::prelude::*;

use gate::CsvPart;
use header::{FoundHeader, check_header, delimiters, find_header, reader, separator_line};
use stream::Stream;

use super::cell::conventions::Conventions;
use super::columns::schema::Strictness;
use super::content::Large;
use super::means::{Event, Watch};
use super::profile::Profile;
use super::rows::ballot::Ballot;
use super::rows::loader::{FileRows, LoadPlan, Loaded, Loader};
use super::sheet::{FileProblem, RawCell, RawRow, RowSink};

/// A CSV file up to its header.
pub(super) struct CsvFile<'a> {
    rows: CsvBody<'a>,
    /// The number of the first row below the header.
    first_row: u32,
    /// Titles of the header row, trimmed.
    pub(super) titles: Vec<String>,
    /// What stands between the fields.
    pub(super) delimiter: u8,
    /// Whether a last row without a line end may be cut off.
    strictness: Strictness,
    /// Empty lines above the header are counted too.
    blank: u64,
    /// What stands above the header: the name of the report, the day on which it was made.
    pub(super) rows_above: Vec<Vec<String>>,
}

/// What is opened.
pub(super) enum CsvText<'a> {
    /// All of a file.
    Whole(&'a [u8]),
    /// The beginning of a large file, of which the rest is read part by part.
    Beginning(&'a Large),
}

/// The rows below the header.
enum CsvBody<'a> {
    Whole(&'a [u8]),
    Stream(Stream<'a>),
}

/// What comes of a pass over all parts.
pub(super) type Pass<T> = Vec<(CsvPart, T)>;

impl RawRow for csv::StringRecord {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> RawCell<'_> {
        self.get(at).map_or(RawCell::Blank, RawCell::text)
    }
}

impl<'a> CsvFile<'a> {
    /// Opens a text.
    ///
    /// # Errors
    /// There is no header.
    pub(super) fn open(
        text: CsvText<'a>,
        profile: &Profile,
        strictness: Strictness,
        known: impl Fn(&[String]) -> usize,
    ) -> Result<CsvFile<'a>, FileProblem> {
        let (text, file) = match text {
            CsvText::Whole(text) => (text, None),
            CsvText::Beginning(large) => (large.head.as_slice(), Some(large)),
        };
        let mark = text.chunks(encoding::BOM.len()).take_while(|bytes| *bytes == encoding::BOM).count();
        let marked = mark * encoding::BOM.len();
        let (declared, start) = match separator_line(&text[marked..]) {
            Some(line) => (Some(line.separator), marked + line.end),
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
                None => CsvBody::Whole(&text[below..]),
                Some(Large { file, length, .. }) => {
                    CsvBody::Stream(Stream { file, length: *length, below: below as u64, delimiter })
                }
            },
            first_row: above + header.lines + 1,
            titles: header.titles,
            delimiter,
            strictness,
            blank: u64::from(header.lines - 1),
            rows_above,
        })
    }
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
        each: impl Fn(&mut S, &[u8], &CsvPart) -> T + Sync + Send,
    ) -> Result<Option<Pass<T>>, FileProblem> {
        match &self.rows {
            CsvBody::Whole(rows) => {
                let parts = gate::cut(rows, self.delimiter, self.first_row - 1)?;
                let made = parts.into_par_iter().map_init(begin, |state, part| {
                    let made = each(state, &rows[part.start..part.end], &part);
                    (part, made)
                });
                Ok(Some(made.collect()))
            }
            CsvBody::Stream(stream) => stream.parts(begin, each).map_err(|error| {
                FileProblem::new(format!("it cannot be read: {error}"), "a readable file", "run again")
            }),
        }
    }

    /// Finds out how columns write what the profile does not say.
    ///
    /// # Errors
    /// See [`CsvFile::read`].
    pub(super) fn vote<'b>(
        &self,
        ballot: impl Fn() -> Option<Ballot<'b>> + Sync,
    ) -> Result<Option<Conventions>, FileProblem> {
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
        Ok(votes.map(|votes| joined(votes).map_or(Conventions::default(), |ballot| ballot.conventions())))
    }

    /// Reads all rows. `None` where the file has to be read whole.
    ///
    /// # Errors
    /// The gate refuses the file, or its end is missing.
    pub(super) fn read(&self, from: LoadPlan<'_>, watch: Watch<'_>) -> Result<Option<FileRows>, FileProblem> {
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
        let mut records = self.blank;
        for (part, (below, cut_end)) in read {
            if let Some(found) = cut_end {
                return Err(self.cut_off(found));
            }
            loaded.append(below, above);
            records += u64::from(part.records);
            above = above.checked_add(part.records).ok_or_else(gate::too_many_rows)?;
        }
        Ok(Some(FileRows { records, loaded }))
    }

    /// Reads a part. Returns how many fields the last row has, if it breaks off before the last of them.
    fn read_part(&self, text: &[u8], part: &CsvPart, sink: &mut impl RowSink) -> Option<usize> {
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
                    let flaw = if is_open && self.strictness == Strictness::Strict {
                        Some(Flaw::NoLineEnd)
                    } else {
                        is_misquoted.then_some(Flaw::Misquoted)
                    };
                    let misshapen = self.misshapen(&text, flaw);
                    sink.row(number, &text, misshapen.as_ref());
                    record = text.into_byte_record();
                }
                Err(error) => {
                    let what = format!("{} in field {}", encoding::NOT_UTF8, error.utf8_error().field() + 1);
                    let problem = FileProblem::new(what, "text in UTF-8", "export the file again as UTF-8");
                    record = error.into_byte_record();
                    sink.row(number, &csv::StringRecord::from_byte_record_lossy(record.clone()), Some(&problem));
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

    /// Why the cells of a record cannot be told apart, or relied on.
    fn misshapen(&self, record: &csv::StringRecord, flaw: Option<Flaw>) -> Option<FileProblem> {
        let (found, wanted) = (record.len(), self.titles.len());
        if found != wanted {
            return Some(FileProblem::new(
                format!("{found} fields, the header has {wanted}"),
                "as many fields as titles",
                "quote fields that hold the delimiter, and export again",
            ));
        }
        flaw.map(Flaw::problem)
    }
}

/// What is wrong with a record besides the number of its fields.
#[derive(Clone, Copy, Debug)]
enum Flaw {
    /// It is the last, and may have been cut off.
    NoLineEnd,
    /// A quote stands where none may be.
    Misquoted,
}

impl Flaw {
    fn problem(self) -> FileProblem {
        match self {
            Flaw::NoLineEnd => FileProblem::new(
                "the last row has no line end: it, and what followed it, may have been cut off",
                "a line end after every row",
                "see whether rows are missing; export again, or add the line end",
            ),
            Flaw::Misquoted => FileProblem::new(
                "a quote stands inside a field, or text after a closing quote",
                "quotes around whole fields, and doubled within them",
                "double the quotes within the field, or export again",
            ),
        }
    }
}
