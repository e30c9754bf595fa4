//! How a column writes days and amounts: as the profile declares, else as all its cells together say, else not at
//! all. No cell is ever read by a guess about that cell alone.

use std::collections::BTreeMap;

use crate::ingest::profile::Profile;
use crate::ingest::profile::notation::{DateOrder, DecimalMark};

/// What the cells of a column say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Convention<T> {
    /// All agree.
    One(T),
    /// They can be read in two ways, or some say this and some that, or none of them leaves a choice.
    Both,
}

/// What was found out about columns of which the profile says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conventions {
    pub(crate) dates: BTreeMap<&'static str, Convention<DateOrder>>,
    pub(crate) decimals: BTreeMap<&'static str, Convention<DecimalMark>>,
}

impl Conventions {
    /// The order of a column's dates.
    pub(crate) fn dates(&self, profile: &Profile, column: &str) -> Convention<DateOrder> {
        let declared = profile.dates_of.get(column).copied().or(profile.dates);
        let found = || self.dates.get(column).copied().unwrap_or(Convention::Both);
        declared.map_or_else(found, Convention::One)
    }

    /// The decimal mark of a column's amounts.
    pub(crate) fn decimals(&self, profile: &Profile, column: &str) -> Convention<DecimalMark> {
        let declared = profile.decimal_of.get(column).copied().or(profile.decimal);
        let found = || self.decimals.get(column).copied().unwrap_or(Convention::Both);
        declared.map_or_else(found, Convention::One)
    }

    /// What was found out, in words.
    pub(crate) fn notes(&self) -> Vec<String> {
        let dates = self.dates.iter().filter_map(|(column, found)| match found {
            Convention::One(DateOrder::Iso) => None,
            Convention::One(DateOrder::DayMonthYear) => Some(format!("{column}: all dates are day-month-year")),
            Convention::One(DateOrder::MonthDayYear) => Some(format!("{column}: all dates are month-day-year")),
            Convention::Both => Some(format!("{column}: dates can be day-month-year or month-day-year")),
        });
        let decimals = self.decimals.iter().map(|(column, found)| match found {
            Convention::One(DecimalMark::Point) => format!("{column}: all amounts have a decimal point"),
            Convention::One(DecimalMark::Comma) => format!("{column}: all amounts have a decimal comma"),
            Convention::Both => format!("{column}: amounts can have a decimal point or a decimal comma"),
        });
        dates.chain(decimals).collect()
    }
}
