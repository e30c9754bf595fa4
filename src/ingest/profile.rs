//! An export profile: how one system writes its files, as `config/exports/*.toml` says it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::encoding;
use super::headers::plain;
use super::locale::{DateOrder, DecimalMark};
use super::sheet::FileProblem;
use crate::model::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProfile {
    format: Format,
    sheet: Option<String>,
    delimiter: Option<String>,
    encoding: Option<String>,
    decimal: Option<DecimalMark>,
    #[serde(default)]
    decimal_of: BTreeMap<String, DecimalMark>,
    dates: Option<DateOrder>,
    #[serde(default)]
    dates_of: BTreeMap<String, DateOrder>,
    exported_on: Option<String>,
    file_name: Option<String>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    columns: Titles,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    preferred: BTreeMap<String, String>,
    #[serde(default)]
    nl: Translation,
    #[serde(default)]
    sv: Translation,
    #[serde(default)]
    de: Translation,
    #[serde(default, rename = "zh-CN")]
    zh_cn: Translation,
    #[serde(default)]
    fr: Translation,
    #[serde(default)]
    fixed: BTreeMap<String, String>,
}

/// When a file is refused whole.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    /// More of its rows are refused than this many, and more than `refused_per_mille`.
    pub(super) refused_rows: u64,
    /// Of a thousand rows.
    pub(super) refused_per_mille: u64,
    /// It has more rows.
    pub(super) rows: u64,
    /// It is longer.
    pub(super) mebibytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { refused_rows: 50, refused_per_mille: 5, rows: 20_000_000, mebibytes: 2048 }
    }
}

impl Limits {
    /// More refused rows than this refuse any file of so many bytes whose rows have so many cells.
    pub(super) fn most_refused(self, bytes: u64, cells: usize) -> u64 {
        // No row is shorter than its delimiters; a workbook packs several into a byte, and has a million at most.
        let rows = (bytes / cells.max(1) as u64).max(1 << 20).min(self.rows);
        self.refused_rows.max(rows.saturating_mul(self.refused_per_mille) / 1000) + 1
    }

    /// # Errors
    /// The file is too long.
    pub(super) fn check_length(self, bytes: u64) -> Result<(), FileProblem> {
        let most = self.mebibytes;
        if bytes <= most << 20 {
            return Ok(());
        }
        Err(FileProblem::new(
            format!("it has {} MiB", bytes >> 20),
            &format!("at most {most} MiB"),
            "split the export, or set mebibytes under [limits] in the export profile",
        ))
    }
}

/// Canonical column → titles of an export.
type Titles = BTreeMap<String, Vec<String>>;
/// Column → canonical word → words of an export.
type Words = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Titles and words of one language.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Translation {
    #[serde(default)]
    columns: Titles,
    #[serde(default)]
    words: Words,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    Csv,
    Xlsx,
}

/// How one system writes its files.
#[derive(Clone, Debug)]
pub struct Profile {
    pub(super) format: Format,
    pub(super) sheet: Option<String>,
    /// What stands between fields; `None`: what the header says.
    pub(super) delimiter: Option<u8>,
    /// What bytes stand for; `None`: UTF-8 if they are, else what they look like.
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
    /// The decimal mark of all amounts; `None`: what the cells of each column say together.
    pub(super) decimal: Option<DecimalMark>,
    /// The decimal mark of single columns.
    pub(super) decimal_of: BTreeMap<String, DecimalMark>,
    /// The order of all dates; `None`: what the cells of each column say together.
    pub(super) dates: Option<DateOrder>,
    /// The order of dates of single columns.
    pub(super) dates_of: BTreeMap<String, DateOrder>,
    pub(super) limits: Limits,
    exported_on: Option<String>,
    file_name: Option<String>,
    /// Title of the export, without what drifts → canonical column.
    pub(super) titles: HashMap<String, String>,
    /// Column → the title that is read where several of its titles stand side by side, without what drifts.
    pub(super) preferred: BTreeMap<String, String>,
    /// Column → word of the export, without what drifts → canonical word.
    pub(super) words: BTreeMap<String, BTreeMap<String, String>>,
    /// Column → the value of all its cells.
    pub(super) fixed: BTreeMap<String, String>,
}

/// What is wrong with a profile file.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Not TOML, or not the expected shape; the text points at the line.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A value that does not fit.
    #[error("{0}")]
    Content(String),
}

impl Profile {
    /// The built-in profile: comma, UTF-8, canonical names, ISO dates, decimal points.
    pub fn canonical() -> Profile {
        Profile {
            format: Format::Csv,
            sheet: None,
            delimiter: Some(b','),
            encoding: Some(encoding_rs::UTF_8),
            decimal: Some(DecimalMark::Point),
            decimal_of: BTreeMap::new(),
            dates: Some(DateOrder::Iso),
            dates_of: BTreeMap::new(),
            limits: Limits::default(),
            exported_on: None,
            file_name: None,
            titles: HashMap::new(),
            preferred: BTreeMap::new(),
            words: BTreeMap::new(),
            fixed: BTreeMap::new(),
        }
    }

    /// Reads a profile file.
    ///
    /// # Errors
    /// A mistake of shape, a delimiter or encoding that is not supported, or a word with two meanings.
    pub fn parse(text: &str) -> Result<Profile, ProfileError> {
        let raw: RawProfile = toml::from_str(text)?;
        let delimiter = match raw.delimiter.as_deref() {
            None => None,
            Some(",") => Some(b','),
            Some(";") => Some(b';'),
            Some("tab") => Some(b'\t'),
            Some("|") => Some(b'|'),
            Some(other) => {
                let what = format!("delimiter \"{other}\" is not supported\n  expected \",\", \";\", \"|\" or \"tab\"");
                return Err(ProfileError::Content(what));
            }
        };
        let encoding = match raw.encoding.as_deref() {
            None => None,
            Some(name) => Some(encoding::named(name).ok_or_else(|| {
                let expected = "an encoding of the web, as in utf-8, windows-1252, gb18030 or utf-16le";
                ProfileError::Content(format!("encoding \"{name}\" is not known\n  expected {expected}"))
            })?),
        };
        let own = Translation { columns: raw.columns, words: raw.words };
        let languages = [own, raw.nl, raw.sv, raw.de, raw.zh_cn, raw.fr];
        let of_columns = [
            raw.decimal_of.keys().collect::<Vec<_>>(),
            raw.dates_of.keys().collect(),
            raw.preferred.keys().collect(),
            raw.fixed.keys().collect(),
        ];
        let named = languages.iter().flat_map(|language| language.columns.keys().chain(language.words.keys()));
        let marks = raw.file_name.iter().flat_map(|pattern| marks(pattern)).collect::<Vec<String>>();
        known_columns(named.chain(of_columns.into_iter().flatten()).chain(&marks))?;
        check_export_day(raw.exported_on.as_deref())?;
        Ok(Profile {
            format: raw.format,
            sheet: raw.sheet,
            delimiter,
            encoding,
            decimal: raw.decimal,
            decimal_of: raw.decimal_of,
            dates: raw.dates,
            dates_of: raw.dates_of,
            limits: raw.limits,
            exported_on: raw.exported_on,
            file_name: raw.file_name,
            titles: titles(&languages)?,
            preferred: raw.preferred.into_iter().map(|(column, title)| (column, plain(&title))).collect(),
            words: words(&languages)?,
            fixed: raw.fixed,
        })
    }

    /// The export day that a file name carries, if the profile says where.
    pub fn export_day(&self, file_name: &str) -> Option<Day> {
        let found = match_name(self.exported_on.as_deref()?, file_name)?;
        let number = |key: &str| found.get(key)?.parse::<u32>().ok();
        Day::from_ymd(i32::try_from(number("%Y")?).ok()?, number("%m")?, number("%d")?)
    }

    /// Whether a file name should say on which day it was exported, and does not.
    pub(super) fn lacks_export_day(&self, file_name: &str) -> bool {
        self.exported_on.is_some() && self.export_day(file_name).is_none()
    }

    /// Column values that a file name carries, such as `partner_id`.
    pub fn named_values(&self, file_name: &str) -> BTreeMap<String, String> {
        let Some(pattern) = self.file_name.as_deref() else {
            return BTreeMap::new();
        };
        match_name(pattern, file_name).unwrap_or_default()
    }
}

/// The columns that a pattern of file names marks.
fn marks(pattern: &str) -> Vec<String> {
    let parts = pattern.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(column, _)| column.to_owned()).collect()
}

/// Without year, month and day no name ever says on which day it was exported.
fn check_export_day(pattern: Option<&str>) -> Result<(), ProfileError> {
    let Some(pattern) = pattern else { return Ok(()) };
    let whole = ["%Y", "%m", "%d"].iter().all(|mark| pattern.matches(mark).count() == 1);
    if whole && pattern.matches('%').count() == 3 {
        return Ok(());
    }
    let what = format!("exported_on \"{pattern}\" does not mark one day\n  expected %Y, %m and %d once each");
    Err(ProfileError::Content(what))
}

/// A misspelled column would never be read, without a word.
fn known_columns<'c>(names: impl Iterator<Item = &'c String>) -> Result<(), ProfileError> {
    let known: BTreeSet<&str> =
        super::SHAPES.iter().flat_map(|shape| shape.columns).map(|column| column.name).collect();
    for name in names {
        if !known.contains(name.as_str()) {
            let nearest =
                known.iter().max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
            let guess = nearest.map_or(String::new(), |nearest| format!("\n  is it \"{nearest}\"?"));
            return Err(ProfileError::Content(format!("\"{name}\" is no column of any data set{guess}")));
        }
    }
    Ok(())
}

/// Titles of all languages; none of them may stand for two columns.
fn titles(languages: &[Translation]) -> Result<HashMap<String, String>, ProfileError> {
    let mut by_title: HashMap<String, String> = HashMap::new();
    for (column, titles) in languages.iter().flat_map(|language| &language.columns) {
        for title in titles {
            let before = by_title.insert(plain(title), column.clone());
            if let Some(before) = before.filter(|before| before != column) {
                let what = format!("columns: \"{title}\" stands for \"{before}\" and for \"{column}\"");
                return Err(ProfileError::Content(what));
            }
        }
    }
    Ok(by_title)
}

/// Words of all languages, without what drifts; none of them may stand for two others.
fn words(languages: &[Translation]) -> Result<BTreeMap<String, BTreeMap<String, String>>, ProfileError> {
    let mut by_column: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (column, meanings) in languages.iter().flat_map(|language| &language.words) {
        let by_word = by_column.entry(column.clone()).or_default();
        for (canonical, word) in
            meanings.iter().flat_map(|(canonical, words)| words.iter().map(move |w| (canonical, w)))
        {
            let before = by_word.insert(plain(word), canonical.clone());
            if let Some(before) = before.filter(|before| before != canonical) {
                let what = format!("words.{column}: \"{word}\" stands for \"{before}\" and for \"{canonical}\"");
                return Err(ProfileError::Content(what));
            }
        }
    }
    Ok(by_column)
}

/// Matches a file name with a pattern of literals, `*`, `%Y`, `%m`, `%d` and `{column}`; returns what the
/// marks stand for.
fn match_name(pattern: &str, name: &str) -> Option<BTreeMap<String, String>> {
    let Some(first) = pattern.chars().next() else {
        return name.is_empty().then(BTreeMap::new);
    };
    let digits = |width: usize| name.get(..width).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let taken = |mark: &str, rest_of_pattern: &str, value: &str| {
        let mut found = match_name(rest_of_pattern, name.get(value.len()..)?)?;
        found.insert(mark.to_owned(), value.to_owned());
        Some(found)
    };
    match first {
        '%' => {
            let mark = pattern.get(..2)?;
            taken(mark, &pattern[2..], digits(if mark == "%Y" { 4 } else { 2 })?)
        }
        '{' => {
            let (column, rest) = pattern[1..].split_once('}')?;
            (1..=name.len()).filter_map(|end| name.get(..end)).find_map(|value| taken(column, rest, value))
        }
        '*' => (0..=name.len()).filter_map(|end| name.get(end..)).find_map(|rest| match_name(&pattern[1..], rest)),
        literal => match_name(&pattern[literal.len_utf8()..], name.strip_prefix(literal)?),
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;
    use crate::model::Day;

    #[test]
    fn file_names_carry_days_and_values() {
        let text = "format = \"csv\"\nexported_on = \"comp-*-%Y-%m-%d.tsv\"\nfile_name = \"comp-{partner_id}-*\"";
        let profile = Profile::parse(text).expect("profile");
        let name = "comp-4100001-2021-06-01.tsv";
        assert_eq!(profile.export_day(name), Day::from_ymd(2021, 6, 1));
        assert_eq!(profile.named_values(name).get("partner_id").map(String::as_str), Some("4100001"));
        assert_eq!(profile.export_day("comp-x.tsv"), None);
    }

    #[test]
    fn mistakes_are_refused_with_their_place() {
        let unknown = Profile::parse("format = \"csv\"\ndelimeter = \";\"").expect_err("unknown key").to_string();
        assert!(unknown.contains("delimeter"), "{unknown}");
        let twice = "format = \"csv\"\n[words.status]\nPaid = [\"Sent\"]\nSubmitted = [\"sent\"]";
        assert!(Profile::parse(twice).expect_err("two meanings").to_string().contains("\"Paid\""));
    }
}
