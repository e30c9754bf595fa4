//! The levels of a program: days of service, or names with a number each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::counted;

/// Levels for which a voucher may be made out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Levels {
    /// Days of service.
    Days(BTreeSet<u32>),
    /// Names, by the number that stands for each in data sets.
    Named(BTreeMap<u32, String>),
}

impl Levels {
    /// Whether this is one of them.
    pub fn contain(&self, level: u32) -> bool {
        match self {
            Levels::Days(days) => days.contains(&level),
            Levels::Named(names) => names.contains_key(&level),
        }
    }

    /// Whether they are days of service.
    pub fn are_days(&self) -> bool {
        matches!(self, Levels::Days(_))
    }

    /// A level as people say it: `5 days`, or its name.
    pub fn text(&self, level: u32) -> String {
        match self {
            Levels::Days(_) => counted(level, "day", "days"),
            Levels::Named(_) => self.short(level),
        }
    }

    /// The same where it is plain what is meant: `5`, or its name.
    pub fn short(&self, level: u32) -> String {
        match self {
            Levels::Days(_) => level.to_string(),
            Levels::Named(names) => names.get(&level).cloned().unwrap_or_else(|| format!("level {level}")),
        }
    }

    /// All of them, separated by commas.
    pub fn list(&self) -> String {
        let all: Vec<String> = match self {
            Levels::Days(days) => days.iter().map(u32::to_string).collect(),
            Levels::Named(names) => names.values().cloned().collect(),
        };
        all.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;

    #[test]
    fn days_are_counted_and_names_are_named() {
        let days = Levels::Days([1, 5, 15].into());
        assert_eq!([days.text(1), days.text(5), days.short(5), days.list()], ["1 day", "5 days", "5", "1, 5, 15"]);
        let names = Levels::Named([(2, "Small".to_owned()), (1, "Workshop".to_owned())].into());
        assert_eq!([names.text(2), names.short(7), names.list()], ["Small", "level 7", "Workshop, Small"]);
    }
}
