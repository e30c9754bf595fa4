//! Words in six languages (Fluent), and numbers and dates as each of them writes these (CLDR by ICU4X). Amounts
//! carry the ISO code of their currency: a bare $ or kr could be several. A text that a language lacks is an error of
//! this program: nothing is sent in its place.

use std::cell::OnceCell;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;

use crate::model::{Day, Language, Money};

/// The texts of a language, as translators write them.
fn files(language: Language) -> [&'static str; 2] {
    macro_rules! of {
        ($tag:literal) => {
            [
                include_str!(concat!("wording/locales/", $tag, "/letters.ftl")),
                include_str!(concat!("wording/locales/", $tag, "/explain.ftl")),
            ]
        };
    }
    match language {
        Language::En => of!("en"),
        Language::Nl => of!("nl"),
        Language::Sv => of!("sv"),
        Language::De => of!("de"),
        Language::ZhCn => of!("zh-CN"),
        Language::Fr => of!("fr"),
    }
}

/// A text that a language lacks, or words that a text misses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no text \"{id}\" in language {}: {why}", language.tag())]
pub struct NoText {
    language: Language,
    id: String,
    why: String,
}

/// The texts of one language.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    language: Language,
}

/// What it takes to write a language; made once for each language and thread, since making it costs more than using it.
struct Speech {
    texts: FluentBundle<FluentResource>,
    days: Option<DateTimeFormatter<YMD>>,
    numbers: Option<DecimalFormatter>,
}

impl Speech {
    fn new(language: Language) -> Speech {
        let locale = || language.tag().parse::<Locale>().unwrap_or(Locale::UNKNOWN);
        let mut texts = FluentBundle::new(vec![language.tag().parse().unwrap_or_default()]);
        // Isolation marks would stand in subjects and plain text.
        texts.set_use_isolating(false);
        for file in files(language) {
            // A text that cannot be read is missing, and the first who asks for it is told.
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
            texts.add_resource_overriding(resource);
        }
        Speech {
            texts,
            days: DateTimeFormatter::try_new(locale().into(), YMD::long()).ok(),
            numbers: DecimalFormatter::try_new(locale().into(), Default::default()).ok(),
        }
    }

    /// Does something in a language.
    fn with<T>(language: Language, speak: impl FnOnce(&Speech) -> T) -> T {
        thread_local! {
            static SPOKEN: [OnceCell<Speech>; Language::ALL.len()] = const { [const { OnceCell::new() }; _] };
        }
        SPOKEN.with(|spoken| speak(spoken[language as usize].get_or_init(|| Speech::new(language))))
    }
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
    ///
    /// # Errors
    /// The language has no such message, or one of its words is not given.
    pub fn text(self, id: &str, words: &[(&'static str, &str)]) -> Result<String, NoText> {
        self.fill(id, words.iter().copied().collect())
    }

    /// A message that speaks of a `count`, with the plural forms of the language.
    ///
    /// # Errors
    /// As [`Wording::text`].
    pub fn counted(self, id: &str, count: usize, words: &[(&'static str, &str)]) -> Result<String, NoText> {
        self.numbered(id, "count", count, words)
    }

    /// A message that speaks of a number, with the plural forms of the language.
    ///
    /// # Errors
    /// As [`Wording::text`].
    pub fn numbered(
        self,
        id: &str,
        name: &'static str,
        number: usize,
        words: &[(&'static str, &str)],
    ) -> Result<String, NoText> {
        let mut words: FluentArgs<'_> = words.iter().copied().collect();
        words.set(name, number);
        self.fill(id, words)
    }

    fn fill(self, id: &str, words: FluentArgs<'_>) -> Result<String, NoText> {
        let missing = |why: String| NoText { language: self.language, id: id.to_owned(), why };
        Speech::with(self.language, |Speech { texts, .. }| {
            let message = texts.get_message(id).and_then(|message| message.value());
            let pattern = message.ok_or_else(|| missing("there is none".to_owned()))?;
            let mut errors = Vec::new();
            let text = texts.format_pattern(pattern, Some(&words), &mut errors).into_owned();
            match errors.first() {
                None => Ok(text),
                Some(error) => Err(missing(error.to_string())),
            }
        })
    }
}

/// A day as a letter writes it: `31 mei 2021`.
pub fn date_text(language: Language, day: Day) -> String {
    use chrono::Datelike;
    let chrono = day.to_chrono();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = Date::try_new_iso(chrono.year(), small(chrono.month()), small(chrono.day()));
    Speech::with(language, |speech| match (&speech.days, date) {
        (Some(days), Ok(date)) => days.format(&date).to_string(),
        _ => day.to_string(),
    })
}

/// An amount as a letter writes it: `EUR 5.000,00`.
pub fn amount_text(language: Language, money: Money) -> String {
    let mut decimal = Decimal::from(money.minor());
    decimal.multiply_pow10(-i16::try_from(money.currency().exponent()).unwrap_or(0));
    Speech::with(language, |speech| match &speech.numbers {
        Some(numbers) => format!("{}\u{a0}{}", money.currency(), numbers.format(&decimal)),
        None => format!("{}\u{a0}{money}", money.currency()),
    })
}

#[cfg(test)]
mod tests {
    use fluent_bundle::{FluentBundle, FluentResource};

    use super::{Speech, Wording, amount_text, date_text, files};
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
    fn every_text_of_every_language_can_be_read() {
        for language in Language::ALL {
            let mut texts = FluentBundle::new(vec![language.tag().parse().expect("tag")]);
            for file in files(language) {
                let resource = FluentResource::try_new(file.to_owned());
                let resource = resource.unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", language.tag()));
                assert_eq!(texts.add_resource(resource), Ok(()), "{}: an id is there twice", language.tag());
            }
            let formatters = Speech::with(language, |speech| (speech.days.is_some(), speech.numbers.is_some()));
            assert_eq!(formatters, (true, true), "{}", language.tag());
        }
    }

    #[test]
    fn a_text_that_is_missing_is_no_text() {
        let told = |said: Result<String, super::NoText>| said.map_err(|missing| missing.to_string());
        for language in Language::ALL {
            let wording = Wording::of(language);
            let missing = format!("no text \"letter-subjekt\" in language {}: there is none", language.tag());
            assert_eq!(told(wording.text("letter-subjekt", &[])), Err(missing));
            let without_a_word = told(wording.text("letter-greeting", &[])).expect_err("no name is given");
            assert!(without_a_word.contains("letter-greeting") && without_a_word.contains("name"), "{without_a_word}");
        }
    }

    #[test]
    fn counts_have_plural_forms() {
        let subject = |language, count| {
            Wording::of(language).counted("letter-subject", count, &[("partner", "X")]).expect("a subject")
        };
        for language in Language::ALL {
            assert!(subject(language, 3).contains('3'), "{}", subject(language, 3));
        }
        assert_ne!(subject(Language::De, 1).replace('1', "2"), subject(Language::De, 2));
    }
}
