//! The shape of an export profile, as people write it in `config/exports/`, and the way to a [`Profile`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use encoding_rs::Encoding;
use schemars::JsonSchema;
use serde::Deserialize;

use super::notation::{DateOrder, DecimalMark};
use super::{Format, Limits, Profile};
use crate::ingest::dataset::schema_of;
use crate::ingest::plain::plain;
use crate::mistake::{Mistake, Mistakes, Part, hint};
use crate::model::Dataset;

/// How one system writes its files.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Profile")]
struct RawProfile {
    /// csv or xlsx.
    format: Format,
    /// Sheet of a workbook, if it has several.
    sheet: Option<String>,
    /// ",", ";", "|" or "tab"; if none is named, what the header says.
    delimiter: Option<String>,
    /// As in utf-8, windows-1252, utf-16le; if none is named, UTF-8 or what the bytes look like.
    encoding: Option<String>,
    /// The decimal mark of all amounts; if none is named, what the cells of each column say together.
    decimal: Option<DecimalMark>,
    /// The decimal mark of single columns.
    #[serde(default)]
    decimal_of: BTreeMap<String, DecimalMark>,
    /// The order of all dates; if none is named, what the cells of each column say together.
    dates: Option<DateOrder>,
    /// The order of dates of single columns.
    #[serde(default)]
    dates_of: BTreeMap<String, DateOrder>,
    /// Where a file name says on which day it was exported, as in vlsc-%Y-%m-%d.xlsx.
    exported_on: Option<String>,
    /// Column values that a file name carries, as in competencies-{partner_id}-*.
    file_name: Option<String>,
    /// When a file is refused whole.
    #[serde(default)]
    limits: Limits,
    /// Canonical column and its titles.
    #[serde(default)]
    columns: Titles,
    /// Column, canonical word and the words of the export.
    #[serde(default)]
    words: Words,
    /// The title that is read where several of a column stand side by side.
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
    /// Values of columns that the export lacks.
    #[serde(default)]
    fixed: BTreeMap<String, String>,
}

/// Canonical column → titles of an export.
type Titles = BTreeMap<String, Vec<String>>;
/// Column → canonical word → words of an export.
type Words = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Titles and words of one language.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Translation {
    #[serde(default)]
    columns: Titles,
    #[serde(default)]
    words: Words,
}

/// The JSON schema of profile files, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawProfile)
}

impl Profile {
    /// Reads a profile file.
    ///
    /// # Errors
    /// A mistake of shape, or all mistakes of content together, each with its place: a delimiter or encoding that is not
    /// supported, a column that no data set has, a word with two meanings.
    pub fn parse(text: &str) -> Result<Profile, Mistakes> {
        let raw: RawProfile = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        let mut mistakes = Vec::new();
        let delimiter = understood(
            raw.delimiter.as_deref(),
            Meaning {
                key: "delimiter",
                of: delimiter,
                otherwise: "is not supported\n  expected \",\", \";\", \"|\" or \"tab\"",
            },
            &mut mistakes,
        );
        let encoding = understood(
            raw.encoding.as_deref(),
            Meaning {
                key: "encoding",
                of: |name| Encoding::for_label_no_replacement(name.as_bytes()),
                otherwise: "is not known\n  expected an encoding of the web, as in utf-8, windows-1252, gb18030 or utf-16le",
            },
            &mut mistakes,
        );
        known_columns(raw.named_columns(), &mut mistakes);
        check_export_day(raw.exported_on.as_deref(), &mut mistakes);
        let titles = titles(&raw.languages(), &mut mistakes);
        let words = words(&raw.languages(), &mut mistakes);
        if !mistakes.is_empty() {
            return Err(Mistakes::of_content(text, &mistakes));
        }
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
            titles,
            preferred: raw.preferred.into_iter().map(|(column, title)| (column, plain(&title))).collect(),
            words,
            fixed: raw.fixed,
        })
    }
}

/// Titles and words of one language, and the key of its table; those at the top of the file have none.
struct LanguageTable<'r> {
    key: Option<&'static str>,
    columns: &'r Titles,
    words: &'r Words,
}

/// A column that the file names, and the table in which it does.
struct NamedColumn<'r> {
    table: Vec<Part>,
    name: &'r str,
}

impl RawProfile {
    fn languages(&self) -> [LanguageTable<'_>; 6] {
        [
            LanguageTable { key: None, columns: &self.columns, words: &self.words },
            self.nl.table("nl"),
            self.sv.table("sv"),
            self.de.table("de"),
            self.zh_cn.table("zh-CN"),
            self.fr.table("fr"),
        ]
    }

    /// All columns that the file names, wherever it does.
    fn named_columns(&self) -> Vec<NamedColumn<'_>> {
        let mut named = Vec::new();
        for LanguageTable { key, columns, words } in self.languages() {
            let table = |name: &str| key.into_iter().chain([name]).map(Part::from).collect::<Vec<_>>();
            named.extend(columns.keys().map(|name| NamedColumn { table: table("columns"), name }));
            named.extend(words.keys().map(|name| NamedColumn { table: table("words"), name }));
        }
        let others = [
            ("decimal_of", self.decimal_of.keys().map(String::as_str).collect::<Vec<&str>>()),
            ("dates_of", self.dates_of.keys().map(String::as_str).collect()),
            ("preferred", self.preferred.keys().map(String::as_str).collect()),
            ("fixed", self.fixed.keys().map(String::as_str).collect()),
            ("file_name", self.file_name.iter().flat_map(|pattern| marks(pattern)).collect()),
        ];
        for (table, names) in others {
            named.extend(names.into_iter().map(|name| NamedColumn { table: vec![table.into()], name }));
        }
        named
    }
}

impl Translation {
    fn table(&self, key: &'static str) -> LanguageTable<'_> {
        LanguageTable { key: Some(key), columns: &self.columns, words: &self.words }
    }
}

/// What the text of an entry means.
struct Meaning<T> {
    key: &'static str,
    of: fn(&str) -> Option<T>,
    /// What is said of a text that means nothing.
    otherwise: &'static str,
}

/// What a text means, if one is given; a mistake where it means nothing.
fn understood<T>(text: Option<&str>, meaning: Meaning<T>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let text = text?;
    let Meaning { key, of, otherwise } = meaning;
    let understood = of(text);
    if understood.is_none() {
        mistakes.push(Mistake::new([key.into()], format!("{key} \"{text}\" {otherwise}")));
    }
    understood
}

fn delimiter(text: &str) -> Option<u8> {
    match text {
        "," => Some(b','),
        ";" => Some(b';'),
        "tab" => Some(b'\t'),
        "|" => Some(b'|'),
        _ => None,
    }
}

/// The columns that a pattern of file names marks.
fn marks(pattern: &str) -> impl Iterator<Item = &str> {
    let parts = pattern.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(column, _)| column)
}

/// Without year, month and day no name ever says on which day it was exported.
fn check_export_day(pattern: Option<&str>, mistakes: &mut Vec<Mistake>) {
    let Some(pattern) = pattern else { return };
    let whole = ["%Y", "%m", "%d"].iter().all(|mark| pattern.matches(mark).count() == 1);
    if !whole || pattern.matches('%').count() != 3 {
        let what = format!("exported_on \"{pattern}\" does not mark one day\n  expected %Y, %m and %d once each");
        mistakes.push(Mistake::new(["exported_on".into()], what));
    }
}

/// A misspelled column would never be read, without a word.
fn known_columns(named: Vec<NamedColumn<'_>>, mistakes: &mut Vec<Mistake>) {
    let known: BTreeSet<&str> =
        Dataset::ALL.iter().flat_map(|dataset| schema_of(*dataset).columns).map(|column| column.name).collect();
    for NamedColumn { table, name } in named.into_iter().filter(|column| !known.contains(column.name)) {
        let what = format!("\"{name}\" is no column of any data set{}", hint(name, known.iter().copied()));
        mistakes.push(Mistake::new(table.into_iter().chain([name.into()]), what));
    }
}

/// Titles of all languages; none of them may stand for two columns.
fn titles(languages: &[LanguageTable<'_>], mistakes: &mut Vec<Mistake>) -> HashMap<String, String> {
    let mut by_title: HashMap<String, String> = HashMap::new();
    for (column, titles) in languages.iter().flat_map(|language| language.columns) {
        for title in titles {
            let before = by_title.insert(plain(title), column.clone());
            if let Some(before) = before.filter(|before| before != column) {
                let what = format!("columns: \"{title}\" stands for \"{before}\" and for \"{column}\"");
                mistakes.push(Mistake::new(["columns".into(), column.into()], what));
            }
        }
    }
    by_title
}

/// Words of all languages, without what drifts; none of them may stand for two others.
fn words(languages: &[LanguageTable<'_>], mistakes: &mut Vec<Mistake>) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut by_column: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (column, meanings) in languages.iter().flat_map(|language| language.words) {
        let by_word = by_column.entry(column.clone()).or_default();
        for (canonical, word) in
            meanings.iter().flat_map(|(canonical, words)| words.iter().map(move |w| (canonical, w)))
        {
            let before = by_word.insert(plain(word), canonical.clone());
            if let Some(before) = before.filter(|before| before != canonical) {
                let what = format!("words.{column}: \"{word}\" stands for \"{before}\" and for \"{canonical}\"");
                mistakes.push(Mistake::new(["words".into(), column.into(), canonical.into()], what));
            }
        }
    }
    by_column
}
