//! What a program calls the systems behind its exports and its papers, by language. Messages of findings are in English.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::mistakes::Diagnostics;
use crate::mistake::{Part, hint};
use crate::model::Language;

/// A name in English, and in the languages for which the program has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    english: String,
    others: BTreeMap<&'static str, String>,
}

impl Name {
    /// In English.
    pub fn english(&self) -> &str {
        &self.english
    }

    /// In a language, if the program has it in that.
    pub fn in_language(&self, language: Language) -> Option<&str> {
        match language {
            Language::En => Some(&self.english),
            other => self.others.get(other.tag()).map(String::as_str),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.english)
    }
}

impl From<&str> for Name {
    fn from(english: &str) -> Name {
        Name { english: english.to_owned(), others: BTreeMap::new() }
    }
}

/// Names that messages need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The system whose export lists vouchers.
    pub vouchers: Name,
    /// The system whose export lists reservations and redemptions.
    pub redemptions: Name,
    /// The system in which partners keep their profile and enrollments.
    pub partners: Name,
    /// What a partner hands in about a delivery.
    pub report: Name,
}

/// What the program calls the systems behind its exports and its papers.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNames {
    /// The system whose export lists vouchers.
    pub(super) vouchers: Option<RawName>,
    /// The system whose export lists reservations and redemptions.
    pub(super) redemptions: Option<RawName>,
    /// The system in which partners keep their profile and enrollments.
    pub(super) partners: Option<RawName>,
    /// What a partner hands in about a delivery.
    pub(super) report: Option<RawName>,
}

/// In English, or by language: en, nl, sv, de, zh-CN, fr.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text in English, or texts by language, as { en = \"..\", de = \"..\" }")]
pub(super) enum RawName {
    English(String),
    ByLanguage(BTreeMap<String, String>),
}

/// The names of a program file; those that it does not give are general ones.
pub(super) fn names(raw: &RawNames, found: &mut Diagnostics<'_>) -> Names {
    let mut of = |raw: &Option<RawName>, key: &str, general: &str| {
        raw.as_ref().map_or(Name::from(general), |raw| name(raw, &["names".into(), key.into()], found))
    };
    Names {
        vouchers: of(&raw.vouchers, "vouchers", "the list of vouchers"),
        redemptions: of(&raw.redemptions, "redemptions", "the list of redemptions"),
        partners: of(&raw.partners, "partners", "the partner portal"),
        report: of(&raw.report, "report", "report"),
    }
}

/// A blank would leave a hole in a sentence of a letter.
fn in_one_line(text: &str, path: &[Part], found: &mut Diagnostics<'_>) {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        found.add(path.iter().cloned(), "it is blank, or of several lines\n  expected a text in one line");
    }
}

/// A name in one or more languages, English among them.
pub(super) fn name(raw: &RawName, path: &[Part], found: &mut Diagnostics<'_>) -> Name {
    let by_language = match raw {
        RawName::English(english) => {
            in_one_line(english, path, found);
            return Name::from(english.as_str());
        }
        RawName::ByLanguage(by_language) => by_language,
    };
    let mut others = BTreeMap::new();
    for (tag, text) in by_language {
        match Language::from_tag(tag) {
            Some(language) => {
                let path: Vec<Part> = path.iter().cloned().chain([tag.into()]).collect();
                in_one_line(text, &path, found);
                if others.insert(language.tag(), text.clone()).is_some() {
                    found.add(
                        path,
                        format!("{} stands here twice\n  expected one name in each language", language.tag()),
                    );
                }
            }
            None => {
                let tags = Language::ALL.map(Language::tag);
                let what =
                    format!("\"{tag}\" is no language{}\n  expected one of {}", hint(tag, tags), tags.join(", "));
                found.add(path.iter().cloned().chain([tag.into()]), what);
            }
        }
    }
    let english = others.remove(Language::En.tag());
    if english.is_none() {
        found
            .add(path.iter().cloned(), "a name in several languages needs its English one\n  expected an entry \"en\"");
    }
    Name { english: english.unwrap_or_default(), others }
}
