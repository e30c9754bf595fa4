//! When a job runs, as crontab reads it: five fields, or a word such as `@monthly`. What crontab would read as something
//! else, such as a sixth field for seconds, is refused.

use std::collections::BTreeSet;
use std::fmt;

use crate::model::counted;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Words that stand for five fields.
const WORDS: [(&str, &str); 7] = [
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

/// A field: what it counts, its first and last number, and names of the numbers from the first one on.
struct Field {
    what: &'static str,
    first: u8,
    last: u8,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { what: "minute", first: 0, last: 59, names: &[] },
    Field { what: "hour", first: 0, last: 23, names: &[] },
    Field { what: "day of the month", first: 1, last: 31, names: &[] },
    Field { what: "month", first: 1, last: 12, names: &MONTHS },
    Field { what: "day of the week", first: 0, last: 7, names: &WEEKDAYS },
];

/// A schedule, printed as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    text: String,
    minutes: BTreeSet<u8>,
    hours: BTreeSet<u8>,
    days: BTreeSet<u8>,
    months: BTreeSet<u8>,
    /// From 0 for Sunday.
    weekdays: BTreeSet<u8>,
    /// Whether it runs on days that fit one of the two lists. Where a list begins with `*`, days must fit both.
    is_on_either: bool,
}

impl Cron {
    /// Reads a schedule.
    ///
    /// # Errors
    /// What crontab does not understand, in half a sentence.
    pub fn parse(text: &str) -> Result<Cron, String> {
        let written = WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.trim()));
        let fields: Vec<&str> = written.map_or(text, |(_, fields)| fields).split_whitespace().collect();
        let count = fields.len();
        let [minutes, hours, days, months, weekdays] =
            <[&str; 5]>::try_from(fields).map_err(|_| format!("it has {}", counted(count, "field", "fields")))?;
        let [minute, hour, day, month, weekday] = &FIELDS;
        let is_on_either = !days.starts_with('*') && !weekdays.starts_with('*');
        let weekdays = weekday.numbers(weekdays)?.into_iter().map(|day| day % 7).collect();
        Ok(Cron {
            text: text.trim().to_owned(),
            minutes: minute.numbers(minutes)?,
            hours: hour.numbers(hours)?,
            days: day.numbers(days)?,
            months: month.numbers(months)?,
            weekdays,
            is_on_either,
        })
    }

    /// What it means: `at 06:00, on day 1`.
    pub fn describe(&self) -> String {
        let mut parts = vec![self.time()];
        let (any_day, any_weekday) = (self.days.len() == 31, self.weekdays.len() == 7);
        let days = format!("day {}", listed(self.days.iter().map(u8::to_string)));
        let weekdays = listed(self.weekdays.iter().map(|day| WEEKDAYS[usize::from(*day)].to_owned()));
        match (any_day, any_weekday) {
            (true, true) => {}
            (true, false) | (false, true) if self.is_on_either => {}
            (false, true) => parts.push(format!("on {days}")),
            (true, false) => parts.push(format!("on {weekdays}")),
            (false, false) if self.is_on_either => parts.push(format!("on {days}, and on every {weekdays}")),
            (false, false) => parts.push(format!("on {days}, if it is a {weekdays}")),
        }
        if self.months.len() < 12 {
            let months = self.months.iter().map(|month| MONTHS[usize::from(*month) - 1].to_owned());
            parts.push(format!("in {}", listed(months)));
        }
        parts.join(", ")
    }

    fn time(&self) -> String {
        if let ([minute], [hour]) = (&*Vec::from_iter(&self.minutes), &*Vec::from_iter(&self.hours)) {
            return format!("at {hour:02}:{minute:02}");
        }
        let minutes = match self.minutes.len() {
            60 => "every minute".to_owned(),
            _ => format!("at minute {}", listed(self.minutes.iter().map(u8::to_string))),
        };
        match self.hours.len() {
            24 => format!("{minutes} of every hour"),
            _ => format!("{minutes} of hour {}", listed(self.hours.iter().map(u8::to_string))),
        }
    }
}

fn listed(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

impl Field {
    /// The numbers of a list of `*`, numbers and ranges, each of the first and last with a step.
    fn numbers(&self, text: &str) -> Result<BTreeSet<u8>, String> {
        let mut numbers = BTreeSet::new();
        for part in text.split(',') {
            let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
            let (first, last) = match range.split_once('-') {
                _ if range == "*" => (self.first, self.last),
                Some((first, last)) => (self.number(first)?, self.number(last)?),
                None if step.is_none() => (self.number(range)?, self.number(range)?),
                None => return Err(self.wrong(part)),
            };
            let step = step.map_or(Some(1), |step| step.parse().ok().filter(|step| *step > 0));
            let step: usize = step.filter(|_| first <= last).ok_or_else(|| self.wrong(part))?;
            numbers.extend((first..=last).step_by(step));
        }
        Ok(numbers)
    }

    fn number(&self, text: &str) -> Result<u8, String> {
        let is_short = |name: &&str| name.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(text));
        let named = self.names.iter().position(is_short).and_then(|at| u8::try_from(at).ok()).map(|at| at + self.first);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = named.or_else(|| text.parse().ok().filter(|_| digits));
        number.filter(|number| (self.first..=self.last).contains(number)).ok_or_else(|| self.wrong(text))
    }

    fn wrong(&self, text: &str) -> String {
        format!("\"{text}\" is no {} ({} to {})", self.what, self.first, self.last)
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Cron;

    #[test]
    fn what_crontab_understands_is_understood() {
        for (text, meaning) in [
            ("0 6 1 * *", "at 06:00, on day 1"),
            ("30 2 * * *", "at 02:30"),
            ("0 8 * * 1-5", "at 08:00, on Monday, Tuesday, Wednesday, Thursday, Friday"),
            ("0 8 * * MON,wed", "at 08:00, on Monday, Wednesday"),
            ("0 8 * * 7", "at 08:00, on Sunday"),
            ("15 6 31 jan-mar *", "at 06:15, on day 31, in January, February, March"),
            ("0 6 1 * mon", "at 06:00, on day 1, and on every Monday"),
            // One of the lists is all days, but does not begin with `*`: it runs on each of them.
            ("0 6 1-31 * mon", "at 06:00"),
            ("0 6 */15 * mon", "at 06:00, on day 1, 16, 31, if it is a Monday"),
            ("*/20 * * * *", "at minute 0, 20, 40 of every hour"),
            ("5 8-18/5 * * *", "at minute 5 of hour 8, 13, 18"),
            ("* * * * *", "every minute of every hour"),
            ("@monthly", "at 00:00, on day 1"),
            ("  0   6 1 * * ", "at 06:00, on day 1"),
        ] {
            let cron = Cron::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((cron.describe().as_str(), cron.to_string().as_str()), (meaning, text.trim()));
        }
    }

    #[test]
    fn what_crontab_reads_as_something_else_is_refused() {
        for (text, why) in [
            ("0 0 6 1 * *", "it has 6 fields"),
            ("x", "it has 1 field"),
            ("", "it has 0 fields"),
            ("0 25 * * *", "\"25\" is no hour (0 to 23)"),
            ("60 6 * * *", "\"60\" is no minute (0 to 59)"),
            ("0 6 L * *", "\"L\" is no day of the month (1 to 31)"),
            ("0 6 0 * *", "\"0\" is no day of the month (1 to 31)"),
            ("0 6 ? * *", "\"?\" is no day of the month (1 to 31)"),
            ("0 6 * * mon#2", "\"mon#2\" is no day of the week (0 to 7)"),
            ("0 6 * 13 *", "\"13\" is no month (1 to 12)"),
            ("5/15 * * * *", "\"5/15\" is no minute (0 to 59)"),
            ("*/0 * * * *", "\"*/0\" is no minute (0 to 59)"),
            ("9-5 * * * *", "\"9-5\" is no minute (0 to 59)"),
            ("+5 6 * * *", "\"+5\" is no minute (0 to 59)"),
            ("1,,2 6 * * *", "\"\" is no minute (0 to 59)"),
            ("@often", "it has 1 field"),
        ] {
            assert_eq!(Cron::parse(text).expect_err(text), why, "{text}");
        }
    }
}
