//! An export profile: how one system writes its files, as `config/exports/*.toml` says it.

pub(super) mod file;
pub(super) mod notation;
pub(super) mod titles;
pub(super) mod words;

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Deserialize;

use notation::{DateOrder, DecimalMark};

use super::sheet::FileProblem;
use crate::model::Day;

/// When a file is refused whole.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
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
    /// More refused rows than this refuse any file of this length whose rows have this number of cells.
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

/// The kind of file.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
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
    pub(super) exported_on: Option<String>,
    pub(super) file_name: Option<String>,
    /// Title of the export, without what drifts → canonical column.
    pub(super) titles: HashMap<String, String>,
    /// Column → the title that is read where several of its titles stand side by side, without what drifts.
    pub(super) preferred: BTreeMap<String, String>,
    /// Column → word of the export, without what drifts → canonical word.
    pub(super) words: BTreeMap<String, BTreeMap<String, String>>,
    /// Column → the value of all its cells.
    pub(super) fixed: BTreeMap<String, String>,
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
