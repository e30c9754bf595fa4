//! House rules: rules in force that stand once for all programs, in a file of their own. Their mistakes are found in that
//! file, before a program takes them.

use toml::Table;

use super::file::RawHouseRules;
use super::mistakes::Diagnostics;
use super::rules::rules_of;
use crate::mistake::Mistakes;

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
        let left_out = program.get("left_out").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let own = program.entry("rules").or_insert_with(|| toml::Value::Table(Table::new()));
        let Some(own) = own.as_table_mut() else { return };
        for (code, rule) in self.rules.iter().filter(|(code, _)| !left_out.contains_key(*code)) {
            own.entry(code).or_insert_with(|| rule.clone());
        }
    }
}
