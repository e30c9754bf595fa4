//! Words in six languages (Fluent), and numbers and dates as each of them writes these (CLDR by ICU4X). Amounts
//! carry the ISO code of their currency: a bare $ or kr could be several.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;

use crate::model::{Day, Language, Money};

static_loader! {
    static TEXTS = {
        locales: "./src/wording/locales",
        fallback_language: "en",
        // Isolation marks would stand in subjects and plain text.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The texts of one language.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    language: Language,
}

impl Wording {
    /// The texts of this language.
    pub fn of(language: Language) -> Wording {
        Wording { language }
    }

    /// The language.
    pub fn language(self) -> Language {
        self.language
    }

    /// A message with its words filled in.
    pub fn text(self, id: &str, words: &[(&'static str, &str)]) -> String {
        self.lookup(id, words.iter().map(|(name, word)| (*name, FluentValue::from(*word))).collect())
    }

    /// A message that speaks of a `count`, with the plural forms of the language.
    pub fn counted(self, id: &str, count: usize, words: &[(&'static str, &str)]) -> String {
        self.numbered(id, "count", count, words)
    }

    /// A message that speaks of a number, with the plural forms of the language.
    pub fn numbered(self, id: &str, name: &'static str, number: usize, words: &[(&'static str, &str)]) -> String {
        let mut values: Vec<(&'static str, FluentValue<'static>)> =
            words.iter().map(|(name, word)| (*name, FluentValue::from((*word).to_owned()))).collect();
        values.push((name, FluentValue::from(number)));
        self.lookup(id, values)
    }

    fn lookup(self, id: &str, words: Vec<(&'static str, FluentValue<'_>)>) -> String {
        let language: LanguageIdentifier = self.language.tag().parse().unwrap_or_default();
        let words: HashMap<Cow<'static, str>, FluentValue<'_>> =
            words.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
        TEXTS.lookup_with_args(&language, id, &words)
    }
}

fn locale(language: Language) -> Locale {
    language.tag().parse().unwrap_or(Locale::UNKNOWN)
}

/// A day as a letter writes it: `31 mei 2021`.
pub fn date_text(language: Language, day: Day) -> String {
    let chrono = day.to_chrono();
    let formatter = DateTimeFormatter::try_new(locale(language).into(), YMD::long());
    let date = Date::try_new_iso(chrono::Datelike::year(&chrono), month(chrono), day_of_month(chrono));
    match (formatter, date) {
        (Ok(formatter), Ok(date)) => formatter.format(&date).to_string(),
        _ => day.to_string(),
    }
}

fn month(date: chrono::NaiveDate) -> u8 {
    u8::try_from(chrono::Datelike::month(&date)).unwrap_or(1)
}

fn day_of_month(date: chrono::NaiveDate) -> u8 {
    u8::try_from(chrono::Datelike::day(&date)).unwrap_or(1)
}

/// An amount as a letter writes it: `EUR 5.000,00`.
pub fn amount_text(language: Language, money: Money) -> String {
    let mut decimal = Decimal::from(money.minor());
    decimal.multiply_pow10(-i16::try_from(money.currency().exponent()).unwrap_or(0));
    match DecimalFormatter::try_new(locale(language).into(), Default::default()) {
        Ok(formatter) => format!("{}\u{a0}{}", money.currency(), formatter.format(&decimal)),
        Err(_) => format!("{}\u{a0}{money}", money.currency()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wording, amount_text, date_text};
    use crate::model::{Currency, Day, Language, Money};

    #[test]
    fn each_language_writes_its_own_way() {
        let day = Day::parse_iso("2021-05-31").expect("day");
        let money = Money::new(123_456_750, Currency::from_code("EUR").expect("EUR"));
        let written: Vec<String> =
            Language::ALL.iter().map(|l| format!("{} · {}", date_text(*l, day), amount_text(*l, money))).collect();
        assert_eq!(
            written,
            [
                "May 31, 2021 · EUR\u{a0}1,234,567.50",
                "31 mei 2021 · EUR\u{a0}1.234.567,50",
                "31 maj 2021 · EUR\u{a0}1\u{a0}234\u{a0}567,50",
                "31. Mai 2021 · EUR\u{a0}1.234.567,50",
                "2021年5月31日 · EUR\u{a0}1,234,567.50",
                "31 mai 2021 · EUR\u{a0}1\u{202f}234\u{202f}567,50",
            ]
        );
    }

    #[test]
    fn counts_have_plural_forms() {
        let subject = |language, count| Wording::of(language).counted("letter-subject", count, &[("partner", "X")]);
        for language in Language::ALL {
            assert!(subject(language, 3).contains('3'), "{}", subject(language, 3));
        }
        assert_ne!(subject(Language::De, 1).replace('1', "2"), subject(Language::De, 2));
    }
}
