//! Rows as people and programs spoil them, planted among sound ones, and an answer key that counts them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use csv::Writer;

use crate::Outcome;
use crate::files::delimited;
use crate::random::SplitMix;

/// One sound row in so many gets a spoiled one after it.
const ONE_IN: u64 = 400;

/// A large file, and what was planted in it.
pub(crate) struct Sheet {
    name: &'static str,
    writer: Writer<BufWriter<File>>,
    /// Which columns can be spoiled, and how.
    spoilable: &'static [Spoil],
    /// Chance, if rows are to be spoiled at all.
    chance: Option<SplitMix>,
    count: Count,
}

/// A column and what no reader may accept there.
pub(crate) struct Spoil {
    pub(crate) column: usize,
    pub(crate) cell: &'static str,
    /// The code of the refusal.
    pub(crate) code: &'static str,
}

#[derive(Default)]
struct Count {
    read: u64,
    refused: u64,
    duplicate: u64,
    blank: u64,
    codes: BTreeMap<&'static str, u64>,
}

impl Sheet {
    pub(crate) fn create(
        dir: &Path,
        name: &'static str,
        titles: &[&str],
        spoilable: &'static [Spoil],
        seed: Option<u64>,
    ) -> Outcome<Sheet> {
        let writer = delimited(&dir.join(format!("{name}.csv")), b',', false, titles)?;
        Ok(Sheet { name, writer, spoilable, chance: seed.map(SplitMix), count: Count::default() })
    }

    /// Writes a sound row, and sometimes a spoiled one after it.
    pub(crate) fn write_record<const N: usize>(&mut self, cells: [&str; N]) -> Outcome<()> {
        self.writer.write_record(cells)?;
        self.count.read += 1;
        let Some(chance) = &mut self.chance else { return Ok(()) };
        if chance.below(ONE_IN) > 0 {
            return Ok(());
        }
        self.count.read += 1;
        match chance.below(6) {
            0 => {
                self.writer.write_record(cells)?;
                self.count.duplicate += 1;
            }
            1 => {
                self.writer.flush()?;
                self.writer.get_ref().get_ref().write_all(b"\r\n")?;
                self.count.blank += 1;
            }
            2 => {
                let short = cells[..N - 1].join(",");
                self.writer.flush()?;
                self.writer.get_ref().get_ref().write_all(format!("{short}\n").as_bytes())?;
                self.count.refused += 1;
                *self.count.codes.entry("IN-11").or_default() += 1;
            }
            _ => {
                let spoil = &self.spoilable[usize::try_from(chance.below(self.spoilable.len() as u64))?];
                let mut spoiled = cells;
                spoiled[spoil.column] = spoil.cell;
                self.writer.write_record(spoiled)?;
                self.count.refused += 1;
                *self.count.codes.entry(spoil.code).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Ends the file and adds its lines to the answer key.
    pub(crate) fn finish(
        mut self,
        key: &mut Writer<BufWriter<File>>,
        codes: &mut Writer<BufWriter<File>>,
    ) -> Outcome<()> {
        self.writer.flush()?;
        let Count { read, refused, duplicate, blank, codes: by_code } = self.count;
        let name = format!("{}.csv", self.name);
        let counts =
            [read, read - refused - duplicate - blank, refused, duplicate, blank].map(|count| count.to_string());
        key.write_record([name.clone()].iter().chain(&counts))?;
        for (code, rows) in by_code {
            codes.write_record([name.as_str(), code, &rows.to_string()])?;
        }
        Ok(())
    }
}
