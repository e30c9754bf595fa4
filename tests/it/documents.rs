//! The page of documents says what the columns of machine files say; golden runs take the names of columns from it.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use vouchsafe::report::documents_page;

use crate::folder::project;

const PAGE: &str = "src/report/documents.md";

/// The columns of each machine file, as the page has them.
pub(crate) static COLUMNS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let page = fs::read_to_string(project().join(PAGE)).unwrap();
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut file = String::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## `") {
            file = title.trim_end_matches('`').to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            columns.entry(file.clone()).or_default().push(row.split('`').next().unwrap().to_owned());
        }
    }
    columns
});

#[test]
fn the_page_is_what_the_columns_say() {
    let page = documents_page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(project().join(PAGE), &page).unwrap();
    }
    let written = fs::read_to_string(project().join(PAGE)).unwrap();
    assert!(
        written == page,
        "{PAGE} is another than its columns; if they are right: UPDATE_GOLDEN=1 cargo test the_page"
    );
}

#[test]
fn every_column_says_what_it_means() {
    let silent: Vec<String> =
        documents_page().lines().filter(|line| line.contains("` |  |")).map(str::to_owned).collect();
    assert_eq!(silent, Vec::<String>::new());
    let readme = fs::read_to_string(project().join("README.md")).unwrap();
    assert!(readme.contains(PAGE), "README does not name {PAGE}");
}
