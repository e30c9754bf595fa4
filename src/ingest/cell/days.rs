//! How days are written, and what the days of a column say about each other once all are read: whether a spreadsheet
//! program has swapped days and months of some of them, or the profile is wrong about all.

use super::conventions::Convention;
use super::refusal::Refusal;
use crate::ingest::profile::notation::DateOrder;
use crate::ingest::sheet::{FileProblem, RawCell};
use crate::model::{Code, Day};

/// A text without a time of day that says midnight, as systems write it that know only moments.
fn without_midnight(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((day, time)) if is_midnight(time) => day,
        _ => text,
    }
}

/// `0:00`, `00:00:00.000`, `12:00:00 AM`, with or without a zone that is UTC.
fn is_midnight(time: &str) -> bool {
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00")).unwrap_or(time);
    let is_am = time.get(time.len().saturating_sub(2)..).is_some_and(|half| half.eq_ignore_ascii_case("am"));
    let clock = if is_am { time[..time.len() - 2].trim_end() } else { time };
    let mut parts = clock.split([':', '.']);
    let hour = parts.next().is_some_and(|hour| if is_am { hour == "12" } else { matches!(hour, "0" | "00") });
    let rest: Vec<&str> = parts.collect();
    let zeros = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte == b'0');
    hour && (1..=3).contains(&rest.len()) && rest.iter().all(zeros)
}

/// A day written in numbers with `.`, `/` or `-` between them.
pub(crate) fn day_in(text: &str, order: DateOrder) -> Option<Day> {
    let text = without_midnight(text);
    let mut parts = text.split(['.', '/', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let number = |part: &str, widest: usize| {
        let digits = (1..=widest).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')))
    };
    let (first, second) = (number(first, 2)?, number(second, 2)?);
    let year = i32::try_from(number(year, 4)?).ok()?;
    match order {
        DateOrder::Iso => None,
        DateOrder::DayMonthYear => Day::from_ymd(year, second, first),
        DateOrder::MonthDayYear => Day::from_ymd(year, first, second),
    }
}

/// A day in ISO form, alone or at midnight.
pub(crate) fn iso_day(text: &str) -> Option<Day> {
    Day::parse_iso(without_midnight(text))
}

/// The refusal of a text that is no day, or none that can stand in an export.
pub(crate) fn not_a_day(text: &str, order: Convention<DateOrder>) -> Refusal {
    const HINT: &str = "correct the row, or set dates in the export profile";
    let in_any_order = || {
        let orders = [DateOrder::DayMonthYear, DateOrder::MonthDayYear];
        iso_day(text).or_else(|| orders.into_iter().find_map(|order| day_in(text, order)))
    };
    let is_serial = (4..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let (what, hint) = match in_any_order() {
        _ if is_serial => {
            let what = format!("\"{text}\" is no date of the calendar, but the number of a day in a spreadsheet");
            (what, "format the column as dates and export again")
        }
        Some(day) if !day.is_in_range() => {
            (format!("\"{text}\" is no date that can be meant: years go from 1990 to 2099"), HINT)
        }
        _ if text.contains(':') => {
            let what = format!("\"{text}\" is no date of the calendar, but a moment: its day depends on the time zone");
            (what, "export days without a time")
        }
        _ => (format!("\"{text}\" is no date of the calendar"), HINT),
    };
    let expected = match order {
        Convention::One(DateOrder::Iso) => "year-month-day, as in 2021-05-31",
        Convention::One(DateOrder::DayMonthYear) => "day-month-year, as in 31-05-2021, or 2021-05-31",
        Convention::One(DateOrder::MonthDayYear) => "month/day/year, as in 5/31/2021, or 2021-05-31",
        Convention::Both => "a date, as in 2021-05-31",
    };
    Refusal::new(Code::UnreadableCell, what, expected, hint)
}

/// The day of a text in a column of which it is not known how it writes days, if both ways say the same.
pub(crate) fn one_reading(text: &str) -> Result<Option<Day>, Refusal> {
    match (day_in(text, DateOrder::DayMonthYear), day_in(text, DateOrder::MonthDayYear)) {
        (Some(a), Some(b)) if a == b => Ok(Some(a)),
        (None, None) => Ok(None),
        (a, b) => {
            let readings: Vec<String> = [a, b].into_iter().flatten().map(|day| day.to_string()).collect();
            let what = format!(
                "\"{text}\" may be {}, and other cells of the column say otherwise or nothing",
                readings.join(" or ")
            );
            let hint = "set dates, or dates_of for this column, in the export profile";
            Err(Refusal::new(Code::AmbiguousDate, what, "dates that can be read in one way", hint))
        }
    }
}

/// How the days of one column are written that are no texts in ISO form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayForms {
    /// Date cells of a workbook up to the 12th of a month, on which days of the month, and later ones.
    early_cells: u64,
    early_days: u16,
    late_cells: u64,
    /// Texts that are days only in the order in which the column is read, only in the other, or in both.
    as_read: u64,
    otherwise: u64,
    both: u64,
}

impl DayForms {
    pub(crate) fn count(&mut self, cell: RawCell<'_>, order: Convention<DateOrder>) {
        match cell {
            RawCell::Day(day) if day.day_of_month() <= 12 => {
                self.early_cells += 1;
                self.early_days |= 1 << day.day_of_month();
            }
            RawCell::Day(_) => self.late_cells += 1,
            RawCell::Text(text) => {
                let (dmy, mdy) = (day_in(text, DateOrder::DayMonthYear), day_in(text, DateOrder::MonthDayYear));
                match (dmy, mdy, order) {
                    (Some(a), Some(b), _) => self.both += u64::from(a != b),
                    (Some(_), None, Convention::One(DateOrder::MonthDayYear))
                    | (None, Some(_), Convention::One(DateOrder::DayMonthYear)) => self.otherwise += 1,
                    (Some(_), None, _) | (None, Some(_), _) => self.as_read += 1,
                    (None, None, _) => {}
                }
            }
            RawCell::Blank | RawCell::Number(_) | RawCell::Truth(_) | RawCell::Unusable(_) => {}
        }
    }

    pub(crate) fn add(&mut self, other: DayForms) {
        self.early_cells += other.early_cells;
        self.early_days |= other.early_days;
        self.late_cells += other.late_cells;
        self.as_read += other.as_read;
        self.otherwise += other.otherwise;
        self.both += other.both;
    }

    /// Why the days of the column cannot be trusted, and with them the file.
    pub(crate) fn doubt(&self, column: &str) -> Option<FileProblem> {
        let texts = self.as_read + self.otherwise;
        // A spreadsheet program of the other order turns 3/4 into a date, the wrong one, and leaves 31/4 a text.
        // Firsts of months alone prove nothing.
        if self.late_cells == 0 && self.both == 0 && self.early_days.count_ones() >= 3 && texts >= 2 {
            return Some(FileProblem::new(
                format!(
                    "column \"{column}\": {} cells are dates, none later than the 12th of a month, and {texts} are texts, \
                     none of which could be a date in another order: days and months of the dates are swapped",
                    self.early_cells
                ),
                "dates as they were exported",
                "export again and do not open the file in a spreadsheet program that writes days in another order",
            ));
        }
        if self.otherwise >= 2 && self.as_read == 0 && self.both > 0 {
            return Some(FileProblem::new(
                format!(
                    "column \"{column}\": {} cells are days only in another order than the profile says, and none only in \
                     that order; {} would be read wrong",
                    self.otherwise, self.both
                ),
                "days in the order that the profile says",
                "set dates, or dates_of for this column, in the export profile",
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Convention, DateOrder, DayForms, RawCell, day_in};
    use crate::model::Day;

    #[test]
    fn days_in_each_order() {
        let shown = |text: &str, order| day_in(text, order).map(|day| day.to_string());
        for (text, dmy, mdy) in [
            ("3/4/2021", Some("2021-04-03"), Some("2021-03-04")),
            ("31.05.2021", Some("2021-05-31"), None),
            ("5-31-2021", None, Some("2021-05-31")),
            ("29/02/2021", None, None),
            ("3/4/21", None, None),
            ("3/4", None, None),
            ("3/4/2021/1", None, None),
            ("03/004/2021", None, None),
        ] {
            assert_eq!(shown(text, DateOrder::DayMonthYear).as_deref(), dmy, "{text}");
            assert_eq!(shown(text, DateOrder::MonthDayYear).as_deref(), mdy, "{text}");
        }
    }

    #[test]
    fn midnight_is_no_time_of_day() {
        for time in ["0:00", "0:00:00", "00:00:00.000", "12:00:00 am", "12:00 AM", "00:00:00Z", "00:00:00+00:00"] {
            assert!(super::is_midnight(time), "{time}");
        }
        for time in ["", "0", "0:01", "12:00:00", "12:00:00 PM", "00:00:00+02:00", "am", "1:00 AM", "0:00:00:00:00"] {
            assert!(!super::is_midnight(time), "{time}");
        }
    }

    /// The doubt about a column of these cells, `#` before date cells, read as `order`.
    fn doubt(order: Convention<DateOrder>, cells: &str) -> Option<String> {
        let mut forms = DayForms::default();
        for cell in cells.split(' ') {
            let day = cell.strip_prefix('#').and_then(Day::parse_iso);
            forms.count(day.map_or(RawCell::Text(cell), RawCell::Day), order);
        }
        forms.doubt("paid_on").map(|problem| problem.what)
    }

    #[test]
    fn swapped_days_and_wrong_orders_are_seen_by_the_column() {
        let dmy = Convention::One(DateOrder::DayMonthYear);
        let swapped = doubt(dmy, "#2021-04-03 #2021-01-12 #2021-11-02 31/05/2021 30/05/2021").expect("swapped");
        assert!(swapped.contains("3 cells are dates") && swapped.contains("are swapped"), "{swapped}");
        assert_eq!(doubt(dmy, "#2021-04-03 #2021-01-13 #2021-11-02 31/05/2021"), None);
        assert_eq!(doubt(dmy, "#2021-04-03 #2021-01-12 03/04/2021 31/05/2021"), None);
        assert_eq!(doubt(dmy, "#2021-04-03 #2021-01-12 #2021-11-02 31/05/2021"), None);
        assert_eq!(doubt(dmy, "#2021-01-01 #2021-02-01 #2021-03-01 31/05/2021 30/05/2021"), None);
        let wrong = doubt(dmy, "5/31/2021 5/30/2021 3/4/2021").expect("the other order");
        assert!(wrong.contains("2 cells are days only in another order"), "{wrong}");
        assert_eq!(doubt(dmy, "5/31/2021 5/30/2021 31/5/2021 3/4/2021"), None);
        assert_eq!(doubt(dmy, "5/31/2021 3/4/2021"), None);
    }
}
