//! How a column writes days and amounts: as the profile declares, else as all its cells together say, else not at
//! all. No cell is ever read by a guess about that cell alone.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::cell::Kind;
use super::dataset::Shape;
use super::days::day_in;
use super::headers::Origin;
use super::profile::Profile;
use super::sheet::{RawCell, RawRow, RowSink};

/// The decimal mark of amounts in text.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum DecimalMark {
    Point,
    Comma,
}

/// The order of dates in text; ISO dates are understood in any case.
#[derive(Clone, Copy, Debug, Deserialize, schemars::JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DateOrder {
    Iso,
    DayMonthYear,
    MonthDayYear,
}

/// What the cells of a column say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// All agree.
    One(T),
    /// They can be read in two ways, or some say this and some that, or none of them leaves a choice.
    Both,
}

/// What was found out about columns of which the profile says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locales {
    dates: BTreeMap<&'static str, Found<DateOrder>>,
    decimals: BTreeMap<&'static str, Found<DecimalMark>>,
}

impl Locales {
    /// The order of a column's dates.
    pub(super) fn dates(&self, profile: &Profile, column: &str) -> Found<DateOrder> {
        let declared = profile.dates_of.get(column).copied().or(profile.dates);
        let found = || self.dates.get(column).copied().unwrap_or(Found::Both);
        declared.map_or_else(found, Found::One)
    }

    /// The decimal mark of a column's amounts.
    pub(super) fn decimals(&self, profile: &Profile, column: &str) -> Found<DecimalMark> {
        let declared = profile.decimal_of.get(column).copied().or(profile.decimal);
        let found = || self.decimals.get(column).copied().unwrap_or(Found::Both);
        declared.map_or_else(found, Found::One)
    }

    /// What was found out, in words.
    pub(super) fn notes(&self) -> Vec<String> {
        let dates = self.dates.iter().filter_map(|(column, found)| match found {
            Found::One(DateOrder::Iso) => None,
            Found::One(DateOrder::DayMonthYear) => Some(format!("{column}: all dates are day-month-year")),
            Found::One(DateOrder::MonthDayYear) => Some(format!("{column}: all dates are month-day-year")),
            Found::Both => Some(format!("{column}: dates can be day-month-year or month-day-year")),
        });
        let decimals = self.decimals.iter().map(|(column, found)| match found {
            Found::One(DecimalMark::Point) => format!("{column}: all amounts have a decimal point"),
            Found::One(DecimalMark::Comma) => format!("{column}: all amounts have a decimal comma"),
            Found::Both => format!("{column}: amounts can have a decimal point or a decimal comma"),
        });
        dates.chain(decimals).collect()
    }
}

/// The decimal number, with a point, that a text is under a decimal mark. Thousands may be grouped by three, with the
/// other mark, an apostrophe or a space of any width; a minus may be a hyphen or U+2212.
pub(super) fn decimal_in(text: &str, mark: DecimalMark) -> Option<String> {
    let (own, other) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once(own).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_group_mark =
        |c: char| c == other || matches!(c, '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let separator = whole.chars().find(|c| is_group_mark(*c));
    let whole: String = match separator {
        None => whole.to_owned(),
        Some(separator) => {
            let groups: Vec<&str> = whole.split(separator).collect();
            let (first, others) = groups.split_first()?;
            let grouped = (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
            if !grouped {
                return None;
            }
            groups.concat()
        }
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match fraction {
        None if is_digits(&whole) => Some(format!("{sign}{whole}")),
        Some(fraction) if is_digits(&whole) && is_digits(fraction) => Some(format!("{sign}{whole}.{fraction}")),
        _ => None,
    }
}

/// A workbook's number as a decimal to the sixth place, if it is small enough to be exact there.
pub(super) fn exact_decimal(number: f64) -> Option<String> {
    let small = number.abs() < 1e10;
    let text = format!("{number:.6}");
    small.then(|| text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// Counts how the cells of undeclared columns can be read.
pub(super) struct Ballot<'a> {
    shape: &'static Shape,
    origins: &'a [Origin],
    /// Columns to be decided, and their votes.
    votes: Vec<(usize, Votes)>,
}

/// Cells that can only be read one way, only the other way, or in two ways that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Votes {
    first: u64,
    second: u64,
    either: u64,
}

impl Votes {
    fn count<T: PartialEq>(&mut self, first: Option<T>, second: Option<T>) {
        match (first, second) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => self.either += 1,
            (Some(_), None) => self.first += 1,
            (None, Some(_)) => self.second += 1,
            (None, None) => {}
        }
    }

    /// What all cells agree on; `None` if no cell leaves a choice.
    fn found<T>(self, first: T, second: T) -> Option<Found<T>> {
        match (self.first, self.second, self.either) {
            (0, 0, 0) => None,
            (1.., 0, _) => Some(Found::One(first)),
            (0, 1.., _) => Some(Found::One(second)),
            (0, 0, _) | (1.., 1.., _) => Some(Found::Both),
        }
    }
}

impl<'a> Ballot<'a> {
    /// A ballot over the columns of which the profile says nothing; `None` if there is none.
    pub(super) fn new(shape: &'static Shape, origins: &'a [Origin], profile: &Profile) -> Option<Ballot<'a>> {
        let is_open = |(at, column): &(usize, &super::headers::Column)| {
            let open = match column.kind {
                Kind::Day => profile.dates.is_none() && !profile.dates_of.contains_key(column.name),
                Kind::Amount | Kind::Price => {
                    profile.decimal.is_none() && !profile.decimal_of.contains_key(column.name)
                }
                _ => false,
            };
            open && origins[*at] != Origin::Absent
        };
        let open = shape.columns.iter().enumerate().filter(is_open).map(|(at, _)| (at, Votes::default()));
        let votes: Vec<(usize, Votes)> = open.collect();
        (!votes.is_empty()).then_some(Ballot { shape, origins, votes })
    }

    /// The votes of two parts of one file.
    pub(super) fn join(mut self, other: Ballot<'_>) -> Ballot<'a> {
        for ((_, votes), (_, others)) in self.votes.iter_mut().zip(&other.votes) {
            votes.first += others.first;
            votes.second += others.second;
            votes.either += others.either;
        }
        self
    }

    /// What was found out.
    pub(super) fn locales(&self) -> Locales {
        let mut locales = Locales::default();
        for (at, votes) in &self.votes {
            let column = &self.shape.columns[*at];
            if column.kind == Kind::Day {
                let found = votes.found(DateOrder::DayMonthYear, DateOrder::MonthDayYear);
                locales.dates.extend(found.map(|found| (column.name, found)));
            } else {
                let found = votes.found(DecimalMark::Point, DecimalMark::Comma);
                locales.decimals.extend(found.map(|found| (column.name, found)));
            }
        }
        locales
    }
}

impl RowSink for Ballot<'_> {
    fn row(&mut self, _: u32, row: &impl RawRow, misshapen: Option<&str>) {
        if misshapen.is_some() {
            return;
        }
        for (at, votes) in &mut self.votes {
            let Some(RawCell::Text(text)) = self.origins[*at].cell(row) else { continue };
            if self.shape.columns[*at].kind == Kind::Day {
                votes.count(day_in(text, DateOrder::DayMonthYear), day_in(text, DateOrder::MonthDayYear));
            } else {
                votes.count(decimal_in(text, DecimalMark::Point), decimal_in(text, DecimalMark::Comma));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, Found, Votes, decimal_in};

    #[test]
    fn amounts_under_each_mark() {
        let rows: &[(&str, Option<&str>, Option<&str>)] = &[
            ("1250", Some("1250"), Some("1250")),
            ("1250.00", Some("1250.00"), None),
            ("1250,00", None, Some("1250.00")),
            ("1.250,00", None, Some("1250.00")),
            ("1,250.00", Some("1250.00"), None),
            ("1,250", Some("1250"), Some("1.250")),
            ("1.250", Some("1.250"), Some("1250")),
            ("1'250.50", Some("1250.50"), None),
            ("1\u{a0}250,50", None, Some("1250.50")),
            ("1\u{202f}250\u{202f}000,5", None, Some("1250000.5")),
            ("1\u{2009}250", Some("1250"), Some("1250")),
            ("\u{2212}5,00", None, Some("-5.00")),
            ("1,25,00", None, None),
            ("12,50.00", None, None),
            ("1 25,00", None, None),
            ("1,250 000.00", None, None),
            ("1250,", None, None),
            (",50", None, None),
            ("(100.00)", None, None),
            ("100-", None, None),
            ("€100", None, None),
            ("1e3", None, None),
            ("+5", None, None),
            ("٣", None, None),
            ("--5", None, None),
            ("", None, None),
        ];
        for (text, point, comma) in rows {
            assert_eq!(decimal_in(text, DecimalMark::Point).as_deref(), *point, "{text} with a point");
            assert_eq!(decimal_in(text, DecimalMark::Comma).as_deref(), *comma, "{text} with a comma");
        }
    }

    #[test]
    fn a_column_is_decided_only_by_all_its_cells() {
        let found = |first, second, either| Votes { first, second, either }.found('a', 'b');
        assert_eq!(found(0, 0, 0), None);
        assert_eq!(found(1, 0, 9), Some(Found::One('a')));
        assert_eq!(found(0, 2, 0), Some(Found::One('b')));
        assert_eq!(found(0, 0, 1), Some(Found::Both));
        assert_eq!(found(5, 1, 0), Some(Found::Both));
    }
}
