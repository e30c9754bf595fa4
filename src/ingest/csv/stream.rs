//! Large CSV files part by part: each thread reads a part of the file into a buffer of its own, checks it and hands it
//! on while it is warm. Parts begin after a line end, on the bet that it ends a record; the gate says whether every
//! bet was won. If not, or if the bytes are not UTF-8, the file is read whole instead.

use std::fs::File;
use std::io;

use rayon::prelude::*;

use super::gate::{self, CsvPart};
use crate::ingest::content::read_exact_at;

/// Parts are about this long, in bytes, as those of a file that is read whole.
const PART: u64 = gate::PART as u64;
/// The end of a line that goes on beyond a part is looked for so far, step by step; no record may be longer.
const BEYOND: [u64; 3] = [4 << 10, 64 << 10, 1 << 20];

/// A file and where its rows begin.
pub(crate) struct Stream<'a> {
    pub(crate) file: &'a File,
    pub(crate) length: u64,
    /// The first byte below the header.
    pub(crate) below: u64,
    pub(crate) delimiter: u8,
}

impl Stream<'_> {
    /// Hands every part to `each`, in parallel, with what `begin` has made for the thread. `None` where the file has to be read whole.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn parts<S, T: Send>(
        &self,
        begin: impl Fn() -> S + Sync + Send,
        each: impl Fn(&mut S, &[u8], &CsvPart) -> T + Sync + Send,
    ) -> io::Result<Option<Vec<(CsvPart, T)>>> {
        let count = (self.length - self.below).div_ceil(PART);
        let read = |(buffer, state): &mut (Vec<u8>, S), at: u64| {
            self.part(buffer, at, at + 1 == count, |text, part| each(state, text, part))
        };
        (0..count).into_par_iter().map_init(|| (Vec::new(), begin()), read).collect()
    }

    fn part<T>(
        &self,
        buffer: &mut Vec<u8>,
        at: u64,
        is_last: bool,
        each: impl FnOnce(&[u8], &CsvPart) -> T,
    ) -> io::Result<Option<(CsvPart, T)>> {
        let nominal = self.below + at * PART;
        // One byte before, since a line end there means that a line begins with the part.
        let from = if at == 0 { nominal } else { nominal - 1 };
        let to = (nominal + PART).min(self.length);
        let filled = read_after(self.file, buffer, 0, from, to)?;
        let start = if at == 0 { Some(0) } else { after_line_end(&buffer[..filled]) };
        let mut end = Some(filled);
        if !is_last && buffer[filled - 1] != b'\n' {
            end = self.end_of_line(buffer, filled, to)?;
        }
        let (Some(start), Some(end)) = (start, end) else { return Ok(None) };
        // A line that is longer than the part belongs to the part before.
        let text = if start <= end { &buffer[start..end] } else { &[] };
        if std::str::from_utf8(text).is_err() {
            return Ok(None);
        }
        let sound = gate::check(text, self.delimiter).filter(|part| is_last || part.is_closed());
        Ok(sound.map(|part| {
            let made = each(text, &part);
            (part, made)
        }))
    }
}

impl Stream<'_> {
    /// Where the line ends that goes on at the end of a part.
    fn end_of_line(&self, buffer: &mut Vec<u8>, filled: usize, to: u64) -> io::Result<Option<usize>> {
        for beyond in BEYOND {
            let more = read_after(self.file, buffer, filled, to, (to + beyond).min(self.length))?;
            if let Some(after) = after_line_end(&buffer[filled..more]) {
                return Ok(Some(filled + after));
            }
        }
        Ok(None)
    }
}

/// Reads bytes of a file behind those that a buffer holds already, and says how many it holds then. What lies behind
/// them is left from before, so that it need not be cleared.
fn read_after(file: &File, buffer: &mut Vec<u8>, held: usize, from: u64, to: u64) -> io::Result<usize> {
    let filled = held + usize::try_from(to - from).map_err(|_| io::ErrorKind::FileTooLarge)?;
    if buffer.len() < filled {
        buffer.resize(filled, 0);
    }
    read_exact_at(file, &mut buffer[held..filled], from)?;
    Ok(filled)
}

fn after_line_end(bytes: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', bytes).map(|at| at + 1)
}
