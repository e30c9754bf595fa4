//! A calendar day without a zone. All limits of the program are whole days and count their last day.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar day, printed as `2021-05-31`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of this year, month and day of month, if the calendar has it.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day)
    }

    /// Whether a person may have meant it: 1990 to 2099.
    pub fn is_in_range(self) -> bool {
        (1990..=2099).contains(&self.year())
    }

    /// The day that a moment falls on in UTC.
    pub fn in_utc(moment: std::time::SystemTime) -> Day {
        Day(chrono::DateTime::<chrono::Utc>::from(moment).date_naive())
    }

    /// Reads `2021-05-31`, and nothing else.
    pub fn parse_iso(text: &str) -> Option<Day> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            let add = |sum: u32, digit: &u8| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'));
            digits.iter().try_fold(0, add)
        };
        Day::from_ymd(i32::try_from(number(&[y1, y2, y3, y4])?).ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
    }

    /// This day and `days` more. The calendar's end is far outside what [`Day::parse_iso`] reads.
    pub fn plus_days(self, days: u32) -> Day {
        Day(self.0.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX))
    }

    /// This day and `days` less.
    pub fn minus_days(self, days: u32) -> Day {
        Day(self.0.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN))
    }

    /// The same calendar day one year later; for 29 February the 28th.
    pub fn plus_one_year(self) -> Day {
        self.plus_months(12)
    }

    /// The same day of the month, a number of months later; where that month is shorter, its last day.
    pub fn plus_months(self, months: u32) -> Day {
        Day(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }

    /// Whole days from `earlier` to this day, negative when `earlier` is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// The last day of the month before this day's month.
    pub fn end_of_previous_month(self) -> Day {
        Day(self.0.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(self.0))
    }

    /// The first day of this day's month.
    pub fn start_of_month(self) -> Day {
        Day(self.0.with_day(1).unwrap_or(self.0))
    }

    /// The day before.
    pub fn previous(self) -> Day {
        Day(self.0.pred_opt().unwrap_or(self.0))
    }

    /// The day of the month, from 1.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The calendar year, as in invoice series.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The same day as a chrono date, for libraries that want one.
    pub fn to_chrono(self) -> NaiveDate {
        self.0
    }

    /// Days since 1970-01-01, as polars and parquet keep dates.
    pub fn days_since_epoch(self) -> i32 {
        self.0.num_days_from_ce() - 719_163
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect(text)
    }

    #[test]
    fn iso_and_nothing_else() {
        assert_eq!(day("2020-02-29").to_string(), "2020-02-29");
        for wrong in ["2021-02-29", "2021-2-01", "21-02-01", "2021/02/01", "2021-02-01 ", "+021-02-01", ""] {
            assert_eq!(Day::parse_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn years_and_months_end_where_people_say() {
        assert_eq!(day("2020-02-29").plus_one_year(), day("2021-02-28"));
        assert_eq!(day("2020-04-08").plus_one_year(), day("2021-04-08"));
        assert_eq!(day("2021-03-31").end_of_previous_month(), day("2021-02-28"));
        assert_eq!(day("1970-01-02").days_since_epoch(), 1);
        assert_eq!(day("2021-01-01").plus_days(180), day("2021-06-30"));
    }
}
