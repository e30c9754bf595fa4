//! House rules: rules in force that stand once for all programs, in a file of their own. Their mistakes are found in that
//! file, before a program takes them.

use toml::{Table, Value};

use super::file::RawHouseRules;
use super::mistakes::Diagnostics;
use super::rules::rules_of;
use crate::mistake::Mistakes;
use crate::model::Code;

/// Rules that a program takes where it has none of its own.
#[derive(Clone, Debug)]
pub struct HouseRules {
    rules: Table,
}

impl HouseRules {
    /// Reads a file of house rules.
    ///
    /// # Errors
    /// The first mistake of shape, or all mistakes of content together, each with its place.
    pub fn parse(text: &str) -> Result<HouseRules, Mistakes> {
        let raw: RawHouseRules = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        // The house decides by itself: it has no sources.
        let no_sources = std::collections::BTreeMap::new();
        let mut found = Diagnostics::new(&no_sources);
        rules_of(&raw.rules, &mut found);
        let mistakes = found.into_mistakes();
        if !mistakes.is_empty() {
            return Err(Mistakes::of_content(text, &mistakes));
        }
        let mut table: Table = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        let rules = table.remove("rules").and_then(|rules| rules.try_into().ok()).unwrap_or_default();
        Ok(HouseRules { rules })
    }

    /// Adds them to a program's table: a block of its own stays as it is, and what it leaves out stays out.
    pub(super) fn fill(&self, program: &mut Table) {
        let left_out = block(program, "left_out").clone();
        let own = block(program, "rules");
        for (code, rule) in self.rules.iter().filter(|(code, _)| !left_out.contains_key(*code)) {
            own.entry(code).or_insert_with(|| rule.clone());
        }
    }

    /// The same, and leaves out every code that is in none of them.
    pub(super) fn fill_all(&self, program: &mut Table) {
        self.fill(program);
        let rules = block(program, "rules").clone();
        let left_out = block(program, "left_out");
        for code in Code::all().map(Code::as_str).filter(|code| !rules.contains_key(*code)) {
            left_out.entry(code).or_insert_with(|| Value::String("not known when this was written".to_owned()));
        }
    }
}

/// A table of a program's table, made if it is not there.
fn block<'t>(program: &'t mut Table, name: &str) -> &'t mut Table {
    let place = program.entry(name).or_insert_with(|| Value::Table(Table::new()));
    // Its shape was read before.
    place.as_table_mut().unwrap_or_else(|| unreachable!("{name} is no table"))
}
