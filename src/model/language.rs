//! Languages of letters and texts.

/// A language that letters are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
    /// Swedish.
    Sv,
    /// German.
    De,
    /// Simplified Chinese.
    ZhCn,
    /// French.
    Fr,
}

impl Language {
    /// All six, in the order of the word list `language`.
    pub const ALL: [Language; 6] =
        [Language::En, Language::Nl, Language::Sv, Language::De, Language::ZhCn, Language::Fr];

    /// The language tag of files, mail headers and `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Nl => "nl",
            Language::Sv => "sv",
            Language::De => "de",
            Language::ZhCn => "zh-CN",
            Language::Fr => "fr",
        }
    }

    /// The language with this tag, in any case.
    pub fn from_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }
}
