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
    /// The raw cell of the column in a row.
    pub(super) fn cell<'a>(&'a self, row: &'a impl RawRow) -> Option<RawCell<'a>> {
        match self {
            Origin::Cell(at) => Some(row.cell(*at)),
            Origin::Fixed(text) => Some(RawCell::text(text)),
            Origin::Absent => None,
        }
    }
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
    let mut problems = Vec::new();
    let mut origins = Vec::with_capacity(columns.len());
    for column in columns {
        let found: Vec<usize> = (0..titles.len()).filter(|at| names(profile, column.name, &titles[*at])).collect();
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
            problems.push(format!("required column \"{}\" is missing", column.name));
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

/// How many columns a row of titles knows, for the choice of the delimiter.
pub(super) fn known(columns: &[Column], titles: &[String], profile: &Profile) -> usize {
    columns.iter().filter(|column| titles.iter().any(|title| names(profile, column.name, title))).count()
}

fn names(profile: &Profile, column: &str, title: &str) -> bool {
    let same = |name: &str| name.to_lowercase() == title.to_lowercase();
    same(column) || profile.columns.get(column).is_some_and(|titles| titles.iter().any(|name| same(name)))
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
}
