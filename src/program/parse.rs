//! From the text of a program file to a [`Program`]: its shape is read, house rules are added, what it says is checked, and
//! then each other reading of its sources is made and checked the same way.

use toml::Table;

use super::checked;
use super::conflicts::conflicts;
use super::definition::Program;
use super::file::RawProgram;
use super::house_rules::HouseRules;
use super::mistakes::Diagnostics;
use crate::mistake::{Mistake, Mistakes};

/// A program file of the right shape, before what it says is checked.
#[derive(Debug)]
pub struct ProgramFile<'t> {
    text: &'t str,
    table: Table,
    house_rules: Option<String>,
}

impl<'t> ProgramFile<'t> {
    /// Reads the shape of a program file.
    ///
    /// # Errors
    /// The first mistake of shape, with its place.
    pub fn read(text: &'t str) -> Result<ProgramFile<'t>, Mistakes> {
        let raw: RawProgram = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        let table = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        if let Some(name) = raw.house_rules.as_deref().filter(|name| !is_stem(name)) {
            let what = format!(
                "\"{name}\" names no house rules\n  expected the name of a file in config/ without .toml, as in \"house-rules\""
            );
            return Err(Mistakes::of_content(text, &[Mistake::new(["house_rules".into()], what)]));
        }
        Ok(ProgramFile { text, table, house_rules: raw.house_rules })
    }

    /// The house rules that it takes, by the stem of their file.
    pub fn house_rules(&self) -> Option<&str> {
        self.house_rules.as_deref()
    }

    /// Checks what it says, with the house rules that it takes.
    ///
    /// # Errors
    /// All mistakes together, each with its place.
    pub fn check(self, house_rules: Option<&HouseRules>) -> Result<Program, Mistakes> {
        self.with(house_rules, |_| {})
    }

    /// The same for a file that an earlier run has kept. A code that did not exist then is judged by the rule that the house
    /// has for it now; where that is a rule of programs, it is left out.
    ///
    /// # Errors
    /// All mistakes together, each with its place.
    pub fn check_stored(self, house_rules: Option<&HouseRules>) -> Result<Program, Mistakes> {
        let of_today = HouseRules::parse(OF_TODAY)?;
        self.with(house_rules, |table| of_today.fill_all(table))
    }

    fn with(self, house_rules: Option<&HouseRules>, complete: impl FnOnce(&mut Table)) -> Result<Program, Mistakes> {
        let ProgramFile { text, mut table, house_rules: name } = self;
        if let Some(rules) = house_rules.filter(|_| name.is_some()) {
            rules.fill(&mut table);
        }
        complete(&mut table);
        // Both halves have the shape of a program file, and so has the whole.
        let raw: RawProgram = table.clone().try_into().map_err(|error| Mistakes::of_shape(text, &error))?;
        program(raw, table).map_err(|mistakes| Mistakes::of_content(text, &mistakes))
    }
}

/// The house rules that this version comes with.
const OF_TODAY: &str = include_str!("../../config/house-rules.toml");

/// Whether a name is that of a file, without folder and ending.
fn is_stem(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
}

/// Reads a program file, with the house rules that it takes.
///
/// # Errors
/// The first mistake of shape, or all mistakes of content together, each with its place.
pub fn parse(text: &str, house_rules: Option<&HouseRules>) -> Result<Program, Mistakes> {
    ProgramFile::read(text)?.check(house_rules)
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
