//! Which cell of a row belongs to which column of the data set, decided once per file. All missing and double
//! titles are reported together, beside the titles that are there.

use std::collections::BTreeMap;

use super::cell::Kind;
use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow};

/// A column of a data set.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// A column whose cells may be blank, or that may be absent.
pub(super) const fn optional(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: false }
}

/// A column that every row must fill.
pub(super) const fn required(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, required: true }
}

/// Where a column's cells come from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// This cell of each row.
    Cell(usize),
    /// The same value for all rows, from the profile or the file name.
    Fixed(String),
    /// Nowhere: the export lacks the column.
    Absent,
}

impl Origin {
    /// The position of the cell in each row, if it has one.
    pub(super) fn position(&self) -> Option<usize> {
        match self {
            Origin::Cell(at) => Some(*at),
            Origin::Fixed(_) | Origin::Absent => None,
        }
    }

    /// The raw cell of the column in a row.
    #[inline]
    pub(super) fn cell<'a>(&'a self, row: &'a impl RawRow) -> Option<RawCell<'a>> {
        match self {
            Origin::Cell(at) => Some(row.cell(*at)),
            Origin::Fixed(text) => Some(RawCell::text(text)),
            Origin::Absent => None,
        }
    }
}

/// A title without what drifts from one export to the next: case, spaces, punctuation, accents, and bytes of UTF-8
/// that were taken for another encoding once.
pub(super) fn plain(title: &str) -> String {
    let twice = title.contains(['Ã', 'Â', 'â', 'å', 'ä', 'ç', 'è', 'é']).then(|| encoded_twice(title)).flatten();
    let letters =
        icu_normalizer::DecomposingNormalizer::new_nfkd().normalize(twice.as_deref().unwrap_or(title)).into_owned();
    letters.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The title whose UTF-8 bytes were read as Windows-1252 and encoded again.
fn encoded_twice(title: &str) -> Option<String> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(title);
    if lossy { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

/// Finds each column's origin, in the order of `columns`.
///
/// # Errors
/// All required columns that are missing and all columns that two titles claim.
pub(super) fn resolve(
    columns: &[Column],
    titles: &[String],
    profile: &Profile,
    file_values: &BTreeMap<String, String>,
) -> Result<Vec<Origin>, FileProblem> {
    let named: Vec<Option<&str>> = titles.iter().map(|title| column_of(title, columns, profile)).collect();
    let mut problems = Vec::new();
    let mut origins = Vec::with_capacity(columns.len());
    for column in columns {
        let found = standing_for(column.name, titles, &named, profile);
        let outside = profile.fixed.get(column.name).or_else(|| file_values.get(column.name));
        let origin = match (found.as_slice(), outside) {
            ([at], _) => Origin::Cell(*at),
            ([], Some(value)) => Origin::Fixed(value.clone()),
            ([], None) => Origin::Absent,
            ([first, second, ..], _) => {
                let (a, b) = (&titles[*first], &titles[*second]);
                problems.push(format!("column \"{}\" is there twice: \"{a}\" and \"{b}\"", column.name));
                Origin::Absent
            }
        };
        if origin == Origin::Absent && found.is_empty() && column.required {
            let guess = did_you_mean(column.name, titles, &named, profile);
            let guess = guess.map_or(String::new(), |title| format!(" (is it \"{title}\"?)"));
            problems.push(format!("required column \"{}\" is missing{guess}", column.name));
        }
        origins.push(origin);
    }
    if problems.is_empty() {
        return Ok(origins);
    }
    let expected = format!("the titles that the profile names; the file has \"{}\"", titles.join("\", \""));
    let hint = "add the title to [columns] of the export profile";
    Err(FileProblem::new(problems.join("; "), &expected, hint))
}

/// So many lines may stand above the titles.
pub(super) const LINES_ABOVE: u32 = 20;

/// Which of the first lines are the titles, by how many known titles each has: the one with the most, the first of equal
/// ones; the very first line if none has enough. `None` if there is no line.
pub(super) fn line_of_titles(known: &[usize]) -> Option<usize> {
    /// So many must be known for a line to be the header, if it is not the first.
    const ENOUGH: usize = 2;
    let best = (0..known.len()).rev().max_by_key(|at| known[*at])?;
    Some(if known[best] >= ENOUGH { best } else { 0 })
}

/// How many columns a row of titles knows, for the choice of the delimiter.
pub(super) fn known(columns: &[Column], titles: &[String], profile: &Profile) -> usize {
    titles.iter().filter(|title| column_of(title, columns, profile).is_some()).count()
}

/// The column that a title stands for, by the profile or by the column's own name.
fn column_of<'a>(title: &str, columns: &'a [Column], profile: &'a Profile) -> Option<&'a str> {
    let title = plain(title);
    let own = || columns.iter().map(|column| column.name).find(|name| plain(name) == title);
    profile.titles.get(&title).map(String::as_str).or_else(own)
}

/// The titles that stand for a column; one alone if the profile prefers it.
fn standing_for(column: &str, titles: &[String], named: &[Option<&str>], profile: &Profile) -> Vec<usize> {
    let found: Vec<usize> = (0..titles.len()).filter(|at| named[*at] == Some(column)).collect();
    let preferred = profile.preferred.get(column);
    let first_choice: Vec<usize> = found.iter().copied().filter(|at| Some(&plain(&titles[*at])) == preferred).collect();
    if first_choice.is_empty() { found } else { first_choice }
}

/// The title that nobody knows and that is most like one of a column's.
fn did_you_mean<'t>(column: &str, titles: &'t [String], named: &[Option<&str>], profile: &Profile) -> Option<&'t str> {
    /// What looks less alike is something else.
    const ALIKE: f64 = 0.88;
    let of_profile = profile.titles.iter().filter(|(_, name)| *name == column).map(|(title, _)| title.clone());
    let wanted: Vec<String> = of_profile.chain([plain(column)]).collect();
    let likeness = |title: &str| {
        let title = plain(title);
        wanted.iter().map(|other| strsim::jaro_winkler(&title, other)).fold(0.0, f64::max)
    };
    let unknown = titles.iter().zip(named).filter(|(_, name)| name.is_none()).map(|(title, _)| title.as_str());
    let scored = unknown.map(|title| (title, likeness(title))).filter(|(_, score)| *score >= ALIKE);
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(title, _)| title)
}

#[cfg(test)]
mod tests {
    use super::super::cell::Kind;
    use super::super::profile::Profile;
    use super::{Column, Origin, optional, required, resolve};

    const COLUMNS: &[Column] =
        &[required("voucher_id", Kind::Id), required("days", Kind::Whole), optional("status", Kind::Text)];

    fn check(titles: &[&str]) -> Result<Vec<Origin>, String> {
        let profile =
            Profile::parse("format = \"csv\"\n[columns]\nvoucher_id = [\"Voucher Number\"]").expect("profile");
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        resolve(COLUMNS, &titles, &profile, &std::collections::BTreeMap::new()).map_err(|problem| problem.what)
    }

    #[test]
    fn titles_are_found_by_name_and_alias() {
        let origins = check(&["Days", "other", "VOUCHER NUMBER"]);
        assert_eq!(origins, Ok(vec![Origin::Cell(2), Origin::Cell(0), Origin::Absent]));
    }

    #[test]
    fn all_problems_are_named_together() {
        let what = check(&["Voucher Number", "voucher_id"]).expect_err("two problems");
        assert!(what.contains("\"voucher_id\" is there twice") && what.contains("\"days\" is missing"), "{what}");
    }

    #[test]
    fn case_spaces_accents_and_broken_encodings_drift() {
        for title in ["VOUCHER  number", "voucher_number", "VoucherNumber:", "Vouchër Numb\u{e9}r"] {
            assert_eq!(super::plain(title), "vouchernumber", "{title}");
        }
        assert_eq!(super::plain("verifiÃ«ren"), "verifieren");
        assert_eq!(super::plain("服务级别（天）"), super::plain("服务级别 (天)"));
        assert_eq!(super::plain("État"), "etat");
    }

    #[test]
    fn a_title_that_is_nearly_right_is_named() {
        let what = check(&["Vouchr Number", "days"]).expect_err("a missing title");
        assert!(what.contains("\"voucher_id\" is missing (is it \"Vouchr Number\"?)"), "{what}");
        let what = check(&["Name", "days"]).expect_err("a missing title");
        assert_eq!(what, "required column \"voucher_id\" is missing");
    }
}
