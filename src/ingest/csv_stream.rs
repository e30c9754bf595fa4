//! Large CSV files part by part: each thread reads a part of the file into a buffer of its own, checks it and hands it
//! on while it is warm. Parts begin after a line end, on the bet that it ends a record; the gate says whether every
//! bet was won. If not, or if the bytes are not UTF-8, the file is read whole instead.

use std::fs::File;
use std::io;

use rayon::prelude::*;

use super::content::read_exact_at;
use super::csv_gate::{self, Part};

/// Parts are about this long, in bytes.
const PART: u64 = 2 << 20;
/// A line that goes on beyond the end of a part is looked for so far; no record may be longer.
const BEYOND: u64 = 1 << 20;

/// A file and where its rows begin.
pub(super) struct Stream<'a> {
    pub(super) file: &'a File,
    pub(super) length: u64,
    /// The first byte below the header.
    pub(super) below: u64,
    pub(super) delimiter: u8,
}

impl Stream<'_> {
    /// Hands every part to `each`, in parallel. `None` where the file has to be read whole.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn parts<T: Send>(&self, each: impl Fn(&[u8], &Part) -> T + Sync) -> io::Result<Option<Vec<(Part, T)>>> {
        let count = (self.length - self.below).div_ceil(PART);
        let read = |buffer: &mut Vec<u8>, at: u64| self.part(buffer, at, at + 1 == count, &each);
        (0..count).into_par_iter().map_init(Vec::new, read).collect()
    }

    fn part<T>(
        &self,
        buffer: &mut Vec<u8>,
        at: u64,
        is_last: bool,
        each: impl Fn(&[u8], &Part) -> T,
    ) -> io::Result<Option<(Part, T)>> {
        let nominal = self.below + at * PART;
        // One byte before, since a line end there means that a line begins with the part.
        let from = if at == 0 { nominal } else { nominal - 1 };
        let to = (nominal + PART).min(self.length);
        fill(self.file, buffer, from, to)?;
        let start = if at == 0 { Some(0) } else { after_line_end(buffer) };
        let mut end = Some(buffer.len());
        if !is_last && buffer.last() != Some(&b'\n') {
            let within = buffer.len();
            extend(self.file, buffer, to, (to + BEYOND).min(self.length))?;
            end = after_line_end(&buffer[within..]).map(|after| within + after);
        }
        let (Some(start), Some(end)) = (start, end) else { return Ok(None) };
        // A line that is longer than the part belongs to the part before.
        let text = if start <= end { &buffer[start..end] } else { &[] };
        if std::str::from_utf8(text).is_err() {
            return Ok(None);
        }
        let sound = csv_gate::check(text, self.delimiter).filter(|part| is_last || part.is_closed());
        Ok(sound.map(|part| {
            let made = each(text, &part);
            (part, made)
        }))
    }
}

fn fill(file: &File, buffer: &mut Vec<u8>, from: u64, to: u64) -> io::Result<()> {
    buffer.clear();
    extend(file, buffer, from, to)
}

fn extend(file: &File, buffer: &mut Vec<u8>, from: u64, to: u64) -> io::Result<()> {
    let before = buffer.len();
    let more = usize::try_from(to - from).map_err(|_| io::ErrorKind::FileTooLarge)?;
    buffer.resize(before + more, 0);
    read_exact_at(file, &mut buffer[before..], from)
}

fn after_line_end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', bytes).map(|at| at + 1)
}
