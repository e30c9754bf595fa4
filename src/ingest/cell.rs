//! One cell becomes one value, or a named refusal that says what was expected. Nothing is guessed or rounded.

pub(super) mod amounts;
pub(super) mod conventions;
mod country;
pub(super) mod days;
pub(super) mod refusal;

use std::borrow::Cow;

use amounts::{decimal_in, exact_decimal, not_an_amount, one_amount};
use compact_str::CompactString;
use conventions::{Convention, Conventions};
use days::{day_in, iso_day, not_a_day, one_reading};
use refusal::Refusal;

use super::columns::kind::{Kind, Value};
use super::plain::plain;
use super::profile::Profile;
use super::sheet::RawCell;
use crate::model::{Code, Currency, Dataset, Text, Vocabulary};

/// Reads cells of one file, with what there is to know besides the cell.
#[derive(Clone, Copy)]
pub(super) struct CellReader<'a> {
    pub(super) dataset: Dataset,
    pub(super) profile: &'a Profile,
    pub(super) conventions: &'a Conventions,
    pub(super) vocabulary: &'a Vocabulary,
}

const CORRECT: &str = "correct the row and export again";
const CORRECT_OR_ALIAS: &str = "correct the row, or add the word to the export profile or the program file";

impl CellReader<'_> {
    /// The value of a cell that is not blank.
    pub(super) fn value(&self, kind: Kind, column: &str, cell: RawCell<'_>) -> Result<Value, Refusal> {
        if let RawCell::Unusable(shown) = cell {
            return Err(Refusal::new(
                Code::UnreadableCell,
                format!("\"{shown}\" is no value"),
                "a plain value",
                CORRECT,
            ));
        }
        if matches!(cell, RawCell::Truth(_)) && !matches!(kind, Kind::Word(_) | Kind::Text) {
            let what = format!("\"{}\" is a truth value", cell.shown());
            return Err(Refusal::new(Code::UnreadableCell, what, "a plain value", CORRECT));
        }
        let text = match cell {
            RawCell::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.shown()),
        };
        let word = self.canonical_word(column, &text);
        match kind {
            Kind::Id => id(cell, &text),
            Kind::Text => plain_text(&text).map(Value::Text),
            Kind::Day => self.day(column, cell, &text),
            Kind::Whole => whole(&text),
            Kind::Amount | Kind::Price => self.amount(column, cell, &text),
            Kind::Word(words) => word_in(words, word),
            Kind::Country => listed(
                country::country(word).map(Value::Country),
                word,
                "country",
                "an ISO 3166-1 code or a name in one of the six languages, as in NL or Netherlands",
            ),
            Kind::Offering => listed(
                self.vocabulary.offering(word).map(Value::Offering),
                word,
                "offering",
                "an offering of the program file, as in SSDPS",
            ),
            Kind::Engagement => listed(
                self.vocabulary.engagement(word).map(Value::Engagement),
                word,
                "engagement",
                "an id, English name or alias of the program file",
            ),
            Kind::Competency => plain_text(word).map(|name| Value::Competency(self.vocabulary.competency(&name))),
            Kind::Level => {
                whole_number(&text).or_else(|| self.vocabulary.level(word)).map(Value::Whole).ok_or_else(|| {
                    let what = format!("\"{text}\" is not a whole number");
                    Refusal::new(
                        Code::UnreadableCell,
                        what,
                        "digits, as in 5, or a level of the program file",
                        CORRECT_OR_ALIAS,
                    )
                })
            }
            Kind::Milestone => listed(
                self.vocabulary.milestone(word).map(Value::Milestone),
                word,
                "milestone",
                "an id, name or alias of the program file",
            ),
            Kind::Currency => listed(
                Currency::from_code(&word.to_ascii_uppercase()).map(Value::Currency),
                word,
                "currency",
                "an ISO 4217 code, as in EUR",
            ),
            Kind::Email => email(&text).map(Value::Text),
        }
    }

    /// The number of a cell of whole numbers.
    pub(super) fn whole(&self, kind: Kind, column: &str, cell: RawCell<'_>) -> Result<u32, Refusal> {
        match self.value(kind, column, cell)? {
            Value::Whole(number) => Ok(number),
            other => unreachable!("{other:?} is no whole number"),
        }
    }

    fn canonical_word<'a>(&'a self, column: &str, text: &'a str) -> &'a str {
        let words = self.profile.words.get(column);
        let of_profile = words.and_then(|words| words.get(&plain(text))).map(String::as_str);
        let of_program = || self.vocabulary.word(self.dataset.as_str(), column, text);
        of_profile.or_else(of_program).unwrap_or(text)
    }

    fn day(&self, column: &str, cell: RawCell<'_>, text: &str) -> Result<Value, Refusal> {
        let order = self.conventions.dates(self.profile, column);
        let found = match (cell, order) {
            (RawCell::Day(day), _) => Some(day),
            (RawCell::Text(text), Convention::One(order)) => iso_day(text).or_else(|| day_in(text, order)),
            (RawCell::Text(text), Convention::Both) => match iso_day(text) {
                Some(day) => Some(day),
                None => one_reading(text)?,
            },
            (RawCell::Blank | RawCell::Number(_) | RawCell::Truth(_) | RawCell::Unusable(_), _) => None,
        };
        found.filter(|day| day.is_in_range()).map(Value::Day).ok_or_else(|| not_a_day(text, order))
    }

    fn amount(&self, column: &str, cell: RawCell<'_>, text: &str) -> Result<Value, Refusal> {
        let mark = self.conventions.decimals(self.profile, column);
        let decimal = match (cell, mark) {
            (RawCell::Number(number), _) => exact_decimal(number),
            (RawCell::Text(text), Convention::One(mark)) => decimal_in(text, mark),
            (RawCell::Text(text), Convention::Both) => one_amount(text)?,
            (RawCell::Blank | RawCell::Day(_) | RawCell::Truth(_) | RawCell::Unusable(_), _) => None,
        };
        decimal.map(|text| Value::Amount(CompactString::new(text))).ok_or_else(|| not_an_amount(text))
    }
}

/// Whether a text is shaped like an id.
pub(super) fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn id(cell: RawCell<'_>, text: &str) -> Result<Value, Refusal> {
    match cell {
        RawCell::Text(_) if is_id(text) => Ok(Value::Id(CompactString::new(text))),
        RawCell::Text(_) => {
            let what = format!("\"{text}\" is not an id");
            Err(Refusal::new(Code::MalformedId, what, "1 to 40 letters A to Z, digits and hyphens", CORRECT))
        }
        RawCell::Blank | RawCell::Number(_) | RawCell::Day(_) | RawCell::Truth(_) | RawCell::Unusable(_) => {
            let what = match cell {
                RawCell::Number(_) => format!("the id {text} is stored as a number"),
                _ => format!("the id {text} is not stored as text"),
            };
            Err(Refusal::new(
                Code::MalformedId,
                what,
                "text, since leading zeros are lost in a number",
                "format the column as text and export again",
            ))
        }
    }
}

fn plain_text(text: &str) -> Result<Text, Refusal> {
    if text.chars().any(char::is_control) {
        let what = format!("\"{}\" holds control characters", text.escape_debug());
        return Err(Refusal::new(Code::UnreadableCell, what, "text in one line", CORRECT));
    }
    Ok(Text::new(text))
}

/// A whole number of at most nine digits.
pub(super) fn whole_number(text: &str) -> Option<u32> {
    let digits = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')))
}

fn whole(text: &str) -> Result<Value, Refusal> {
    whole_number(text).map(Value::Whole).ok_or_else(|| {
        Refusal::new(
            Code::UnreadableCell,
            format!("\"{text}\" is not a whole number"),
            "digits, as in 5",
            CORRECT_OR_ALIAS,
        )
    })
}

fn word_in(words: &'static [&'static str], word: &str) -> Result<Value, Refusal> {
    words.iter().position(|known| plain(known) == plain(word)).map(Value::Word).ok_or_else(|| {
        let expected = format!("one of {}", words.join(", "));
        Refusal::new(Code::UnknownWord, format!("\"{word}\" is an unknown word"), expected, CORRECT_OR_ALIAS)
    })
}

fn listed(found: Option<Value>, word: &str, what: &str, expected: &str) -> Result<Value, Refusal> {
    found.ok_or_else(|| {
        Refusal::new(Code::UnknownWord, format!("\"{word}\" is no known {what}"), expected, CORRECT_OR_ALIAS)
    })
}

/// Stricter than the mail library, so that no letter can fail for its address: one bare ASCII address with a dotted domain.
fn email(text: &str) -> Result<Text, Refusal> {
    let good = text.split_once('@').is_some_and(|(local, domain)| {
        let is_letter = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
        let local_ok =
            local.len() <= 64 && local.split('.').all(|part| !part.is_empty() && part.bytes().all(is_letter));
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let dotted = domain.contains('.') && domain.bytes().next_back().is_some_and(|b| b.is_ascii_alphabetic());
        local_ok && domain.split('.').all(is_label) && dotted
    });
    if good && text.len() <= 254 {
        return Ok(Text::new(text));
    }
    let what = format!("\"{}\" is not one bare mail address", text.escape_debug());
    Err(Refusal::new(Code::MalformedId, what, "name@domain, as in finance@partner.example.com", CORRECT))
}

#[cfg(test)]
mod tests {
    use super::{CellReader, Kind, Profile, RawCell};
    use crate::model::Vocabulary;

    /// `kind | cell | value or code`, a number cell is written `#5`.
    fn check(profile: &str, kind: Kind, rows: &[(&str, &str)]) {
        let profile = Profile::parse(&format!("format = \"csv\"\n{profile}")).expect("profile");
        let vocabulary = Vocabulary::default();
        let reader = CellReader {
            dataset: crate::model::Dataset::Payments,
            profile: &profile,
            conventions: &super::Conventions::default(),
            vocabulary: &vocabulary,
        };
        for (cell, expected) in rows {
            let raw = match cell.strip_prefix('#') {
                Some(number) => RawCell::Number(number.parse().expect("number")),
                None => RawCell::text(cell),
            };
            let shown = match reader.value(kind, "bank_mapped", raw) {
                Ok(value) => value.to_string(),
                Err(refusal) => refusal.code.to_string(),
            };
            assert_eq!(shown, *expected, "{cell}");
        }
    }

    #[test]
    fn days() {
        check(
            "dates = \"iso\"",
            Kind::Day,
            &[("2021-05-31", "2021-05-31"), ("31-05-2021", "IN-11"), ("2021-02-30", "IN-11"), ("#44347", "IN-11")],
        );
        check(
            "dates = \"day-month-year\"",
            Kind::Day,
            &[("3.4.2021", "2021-04-03"), ("2021-04-03", "2021-04-03"), ("13/13/2021", "IN-11"), ("3.4.21", "IN-11")],
        );
        check(
            "dates = \"month-day-year\"",
            Kind::Day,
            &[("3/4/2021", "2021-03-04"), ("5/31/2021", "2021-05-31"), ("31/5/2021", "IN-11")],
        );
    }

    #[test]
    fn amounts() {
        check(
            "decimal = \"point\"",
            Kind::Amount,
            &[("1250.00", "1250.00"), ("#1250.5", "1250.5"), ("#1e11", "IN-14")],
        );
        check(
            "decimal = \"comma\"",
            Kind::Amount,
            &[("1250,00", "1250.00"), ("1.250,00", "1250.00"), ("1.25,00", "IN-14"), ("-3,5", "-3.5")],
        );
    }

    #[test]
    fn ids_words_and_addresses() {
        check("", Kind::Id, &[("0012-AB", "0012-AB"), ("12 34", "IN-16"), ("#1234", "IN-16"), ("O\u{0301}", "IN-16")]);
        check(
            "",
            Kind::Whole,
            &[("5", "5"), ("#5", "5"), ("five", "IN-11"), ("#5.5", "IN-11"), ("-1", "IN-11"), ("+5", "IN-11")],
        );
        check(
            "[words.bank_mapped]\nno = [\"Nee\"]",
            Kind::Word(&["yes", "no"]),
            &[("Yes", "0"), ("nee", "1"), ("maybe", "IN-15")],
        );
        check(
            "",
            Kind::Country,
            &[
                ("nl", "NL"),
                ("Netherlands", "NL"),
                ("Atlantis", "IN-15"),
                ("O\u{308}sterreich", "AT"),
                ("OSTERREICH", "AT"),
                ("Cote d'Ivoire", "CI"),
                ("Pays Bas", "NL"),
                ("T\u{dc}RK\u{130}YE", "TR"),
                ("\u{ff2e}\u{ff2c}", "NL"),
            ],
        );
        check("", Kind::Currency, &[("eur", "EUR"), ("EURO", "IN-15"), ("XAU", "IN-15")]);
        check(
            "",
            Kind::Email,
            &[
                ("a@b.example.com", "a@b.example.com"),
                ("a@localhost", "IN-16"),
                ("a@b.com, c@d.com", "IN-16"),
                ("a@1.2.3.4", "IN-16"),
                ("Name <a@b.com>", "IN-16"),
                ("o'brien+x@sub-domain.example.com", "o'brien+x@sub-domain.example.com"),
                ("finance.@b.example.com", "IN-16"),
                (".finance@b.example.com", "IN-16"),
                ("fin..ance@b.example.com", "IN-16"),
                ("a@-b.example.com", "IN-16"),
                ("a@b-.example.com", "IN-16"),
                (
                    concat!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "@b.example.com"),
                    "IN-16",
                ),
                (
                    concat!("a@", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", ".example.com"),
                    "IN-16",
                ),
            ],
        );
    }
}
