//! From the text of a program file to a [`Program`]: its shape is read, what it says is checked, and then each other
//! reading of its sources is made and checked the same way.

use toml::Table;

use super::checked;
use super::conflicts::conflicts;
use super::definition::Program;
use super::file::RawProgram;
use super::mistakes::Diagnostics;
use crate::mistake::{Mistake, Mistakes};

/// Reads a program file.
///
/// # Errors
/// The first mistake of shape, or all mistakes of content together, each with its place.
pub fn parse(text: &str) -> Result<Program, Mistakes> {
    let raw: RawProgram = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
    let table: Table = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
    program(raw, table).map_err(|mistakes| Mistakes::of_content(text, &mistakes))
}

/// The program with its conflicts; `base` is the file without its shape. Mistakes of the file are mistakes under each of
/// its readings too, so those are made of a sound one only.
fn program(mut raw: RawProgram, base: Table) -> Result<Program, Vec<Mistake>> {
    let raw_conflicts = std::mem::take(&mut raw.conflicts);
    let program = checked::program(raw)?;
    let mut found = Diagnostics::new(&program.sources);
    let conflicts = conflicts(raw_conflicts, base, &mut found);
    match found.into_mistakes() {
        mistakes if mistakes.is_empty() => Ok(Program { conflicts, ..program }),
        mistakes => Err(mistakes),
    }
}
