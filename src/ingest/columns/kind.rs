//! What a column holds, and what a cell of it can mean.

use std::fmt;

use compact_str::CompactString;

use crate::model::{CompetencyName, Country, Currency, Day, EngagementId, MilestoneId, Offering, Text};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, digits and hyphens, at most 40; a number cell of a workbook has lost its zeros and is refused.
    Id,
    /// Any text without control characters.
    Text,
    /// A calendar day.
    Day,
    /// A whole number, not negative.
    Whole,
    /// An amount; its currency stands in another column.
    Amount,
    /// An amount that is not negative.
    Price,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A country, by code or name.
    Country,
    /// An offering of the program.
    Offering,
    /// An engagement of the program, by id, English name or alias.
    Engagement,
    /// A competency; unknown names stand for themselves.
    Competency,
    /// A level of the program, in days or by its name.
    Level,
    /// A milestone of the program, by id, name or alias.
    Milestone,
    /// An ISO 4217 code.
    Currency,
    /// One bare mail address.
    Email,
}

/// The words of a list of words and what each of them stands for.
pub(crate) const fn words<T, const COUNT: usize>(list: &[(&'static str, T); COUNT]) -> [&'static str; COUNT] {
    let mut words = [""; COUNT];
    let mut at = 0;
    while at < COUNT {
        words[at] = list[at].0;
        at += 1;
    }
    words
}

/// The meaning of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Id(CompactString),
    Text(Text),
    Day(Day),
    Whole(u32),
    /// A decimal number with a point.
    Amount(CompactString),
    /// Position in the list of words.
    Word(usize),
    Country(Country),
    Offering(Offering),
    Engagement(EngagementId),
    Competency(CompetencyName),
    Milestone(MilestoneId),
    Currency(Currency),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Id(text) | Value::Text(text) | Value::Amount(text) => f.write_str(text),
            Value::Day(day) => write!(f, "{day}"),
            Value::Whole(number) => write!(f, "{number}"),
            Value::Word(position) => write!(f, "{position}"),
            Value::Country(country) => write!(f, "{country}"),
            Value::Offering(offering) => write!(f, "{offering}"),
            Value::Engagement(engagement) => write!(f, "{engagement}"),
            Value::Competency(competency) => write!(f, "{competency}"),
            Value::Milestone(milestone) => write!(f, "{milestone}"),
            Value::Currency(currency) => write!(f, "{currency}"),
        }
    }
}
