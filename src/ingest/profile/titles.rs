//! Which cell of a row belongs to which column of the data set, decided once per file. All missing and double
//! titles are reported together, beside the titles that are there.

use std::collections::BTreeMap;

use super::Profile;
use crate::ingest::columns::column::InputColumn;
use crate::ingest::plain::plain;
use crate::ingest::sheet::{FileProblem, RawCell, RawRow};

/// Where a column's cells come from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ColumnOrigin {
    /// This cell of each row.
    Cell(usize),
    /// The same value for all rows, from the profile or the file name.
    Fixed(String),
    /// Nowhere: the export lacks the column.
    Absent,
}

impl ColumnOrigin {
    /// The position of the cell in each row, if it has one.
    pub(crate) fn position(&self) -> Option<usize> {
        match self {
            ColumnOrigin::Cell(at) => Some(*at),
            ColumnOrigin::Fixed(_) | ColumnOrigin::Absent => None,
        }
    }

    /// The raw cell of the column in a row.
    #[inline]
    pub(crate) fn cell<'a>(&'a self, row: &'a impl RawRow) -> Option<RawCell<'a>> {
        match self {
            ColumnOrigin::Cell(at) => Some(row.cell(*at)),
            ColumnOrigin::Fixed(text) => Some(RawCell::text(text)),
            ColumnOrigin::Absent => None,
        }
    }
}

/// Finds each column's origin, in the order of `columns`.
///
/// # Errors
/// All required columns that are missing and all columns that two titles claim.
pub(crate) fn resolve(
    columns: &[InputColumn],
    titles: &[String],
    profile: &Profile,
    file_values: &BTreeMap<String, String>,
) -> Result<Vec<ColumnOrigin>, FileProblem> {
    let named: Vec<Option<&str>> = titles.iter().map(|title| column_of(title, columns, profile)).collect();
    let mut problems = Vec::new();
    let mut origins = Vec::with_capacity(columns.len());
    for column in columns {
        let found = standing_for(column.name, titles, &named, profile);
        let outside = profile.fixed.get(column.name).or_else(|| file_values.get(column.name));
        let origin = match (found.as_slice(), outside) {
            ([at], _) => ColumnOrigin::Cell(*at),
            ([], Some(value)) => ColumnOrigin::Fixed(value.clone()),
            ([], None) => ColumnOrigin::Absent,
            ([first, second, ..], _) => {
                let (a, b) = (&titles[*first], &titles[*second]);
                problems.push(format!("column \"{}\" is there twice: \"{a}\" and \"{b}\"", column.name));
                ColumnOrigin::Absent
            }
        };
        if origin == ColumnOrigin::Absent && found.is_empty() && column.required {
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

/// The greatest number of lines above the titles.
pub(crate) const LINES_ABOVE: u32 = 20;

/// Which of the first lines are the titles, by how many known titles each has: the one with the most, the first of equal
/// ones; the very first line if none has enough. `None` if there is no line.
pub(crate) fn line_of_titles(known: &[usize]) -> Option<usize> {
    /// The number that must be known for a line to be the header, if it is not the first.
    const ENOUGH: usize = 2;
    let best = (0..known.len()).rev().max_by_key(|at| known[*at])?;
    Some(if known[best] >= ENOUGH { best } else { 0 })
}

/// How many columns a row of titles knows, for the choice of the delimiter.
pub(crate) fn known(columns: &[InputColumn], titles: &[String], profile: &Profile) -> usize {
    titles.iter().filter(|title| column_of(title, columns, profile).is_some()).count()
}

/// The column that a title stands for, by the profile or by the column's own name.
fn column_of<'a>(title: &str, columns: &'a [InputColumn], profile: &'a Profile) -> Option<&'a str> {
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

/// The unknown title that is most like one of a column's.
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
    use super::{ColumnOrigin, InputColumn, Profile, resolve};
    use crate::ingest::columns::kind::Kind;

    const COLUMNS: &[InputColumn] = &[
        InputColumn::required("voucher_id", Kind::Id),
        InputColumn::required("days", Kind::Whole),
        InputColumn::optional("status", Kind::Text),
    ];

    fn check(titles: &[&str]) -> Result<Vec<ColumnOrigin>, String> {
        let profile =
            Profile::parse("format = \"csv\"\n[columns]\nvoucher_id = [\"Voucher Number\"]").expect("profile");
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        resolve(COLUMNS, &titles, &profile, &std::collections::BTreeMap::new()).map_err(|problem| problem.what)
    }

    #[test]
    fn titles_are_found_by_name_and_alias() {
        let origins = check(&["Days", "other", "VOUCHER NUMBER"]);
        assert_eq!(origins, Ok(vec![ColumnOrigin::Cell(2), ColumnOrigin::Cell(0), ColumnOrigin::Absent]));
    }

    #[test]
    fn all_problems_are_named_together() {
        let what = check(&["Voucher Number", "voucher_id"]).expect_err("two problems");
        assert!(what.contains("\"voucher_id\" is there twice") && what.contains("\"days\" is missing"), "{what}");
    }

    #[test]
    fn a_title_that_is_nearly_right_is_named() {
        let what = check(&["Vouchr Number", "days"]).expect_err("a missing title");
        assert!(what.contains("\"voucher_id\" is missing (is it \"Vouchr Number\"?)"), "{what}");
        let what = check(&["Name", "days"]).expect_err("a missing title");
        assert_eq!(what, "required column \"voucher_id\" is missing");
    }
}
