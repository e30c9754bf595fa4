//! The page of documents says what the columns of machine files say; golden runs take the names of columns from it.

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;
use vouchsafe::report::documents_page;

use crate::folder::{Folder, project};

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

/// Each leaf of a page of JSON, by its path: `inputs[].file`.
fn leaves(value: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                leaves(member, &path, found);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| leaves(element, &format!("{path}[]"), found)),
        leaf => {
            // A null says less than what stands there elsewhere.
            let known = found.entry(path.to_owned()).or_insert(Value::Null);
            if known.is_null() {
                *known = leaf.clone();
            }
        }
    }
}

/// Whether a path is one that the page documents; `<…>` stands for any name, which may itself have points.
fn is_of(path: &str, documented: &str) -> bool {
    match documented.split_once('<') {
        None => path == documented,
        Some((before, rest)) => {
            let after = rest.split_once('>').unwrap().1;
            let Some(name) = path.strip_prefix(before) else { return false };
            (1..=name.len()).filter(|at| name.is_char_boundary(*at)).any(|at| is_of(&name[at..], after))
        }
    }
}

/// Whether a value is of the unit that the page names; nothing is of every unit.
fn is_in(value: &Value, unit: &str) -> bool {
    let is_amount = |text: &str| text.trim_start_matches('-').split('.').all(|part| part.parse::<u64>().is_ok());
    match (value, unit) {
        (Value::Null, _) | (Value::String(_), "text") => true,
        (Value::String(day), "day") => day.len() == 10,
        (Value::String(amount), "amount" | "amount, or whole number") => is_amount(amount),
        (Value::Number(number), "whole number" | "amount, or whole number") => number.is_i64() || number.is_u64(),
        _ => false,
    }
}

#[test]
fn pages_of_json_have_the_keys_and_units_that_are_documented() {
    let home = Folder::sample();
    home.may();
    let out = "out/month-end/2021-05-31";
    let page = documents_page();
    let section = |title: &str| {
        let rows = page.split("\n## ").find(|section| section.starts_with(&format!("`{title}`"))).unwrap().lines();
        let rows = rows.filter_map(|row| row.strip_prefix("| `"));
        let row = |row: &str| {
            let (key, rest) = row.split_once('`').unwrap();
            let unit = rest.trim_end_matches(" |").rsplit("| ").next().unwrap();
            (key.to_owned(), unit.to_owned())
        };
        rows.map(row).collect::<Vec<_>>()
    };
    let batches: Value = serde_json::from_str(&home.read(&format!("{out}/invoices/batch.json"))).unwrap();
    for (title, json) in [("run.json", home.run_json(out)), ("invoices/batch.json", batches)] {
        let mut found = BTreeMap::new();
        leaves(&json, "", &mut found);
        let documented = section(title);
        for (path, value) in &found {
            let unit = documented.iter().find(|(key, _)| is_of(path, key)).map(|(_, unit)| unit);
            let unit = unit.unwrap_or_else(|| panic!("{title}: {path} is not documented"));
            assert!(is_in(value, unit), "{title}: {path} is {value}, documented as {unit}");
        }
        let unseen: Vec<&str> = documented
            .iter()
            .map(|(key, _)| key.as_str())
            .filter(|key| !found.keys().any(|path| is_of(path, key)))
            .collect();
        // What the sample month does not show.
        let rare = [
            "changes[]",
            "inputs[].notes[]",
            "vouchers.invoiced_before.<currency>",
            "invoices.waiting.<currency>",
            "decisions.<status>",
            "conflicts[].worth.<currency>",
        ];
        assert_eq!(
            unseen.into_iter().filter(|key| !rare.contains(key)).collect::<Vec<_>>(),
            Vec::<&str>::new(),
            "{title}"
        );
    }
}
