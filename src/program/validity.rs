//! On which days something holds: a range of days, and a rule with the days of it on which it was suspended.

use super::names::Name;
use crate::model::Day;

/// A rule in force.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What holds when the rule is met.
    pub title: Name,
    /// What it looks at, as its file says.
    pub looked_at: String,
    /// Days on which it applies.
    pub validity: Validity,
    /// Days of those on which it did not.
    pub suspended: Vec<Validity>,
    /// Article, date, section.
    pub citation: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Rule {
    /// Whether the rule applied on all days.
    pub fn is_always_valid(&self) -> bool {
        self.validity == Validity::default() && self.suspended.is_empty()
    }

    /// Whether the rule applied on the day that it looks at.
    pub fn applies_on(&self, day: Day) -> bool {
        self.validity.covers(day) && !self.suspended.iter().any(|days| days.covers(day))
    }
}

/// A range of days; open where no day is given. Both ends count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl Validity {
    /// Whether the range has a day in common with another.
    pub fn meets(self, other: Validity) -> bool {
        let begins_by_the_end = |a: Validity, b: Validity| a.from.zip(b.to).is_none_or(|(from, to)| from <= to);
        begins_by_the_end(self, other) && begins_by_the_end(other, self)
    }

    /// Whether the range covers a day.
    pub fn covers(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
