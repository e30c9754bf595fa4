//! The README's list of rules is what the table of codes says: written by `UPDATE_README=1 cargo test rule_list`, compared
//! by every other run. What a code is raised for is what its variant says in `src/model/code.rs`.

use std::collections::BTreeMap;
use std::fs;

use vouchsafe::model::{CODES, CodeSpec, Release};

use crate::folder::project;

const BEGIN: &str = "<!-- the list of rules: begins -->\n";
const END: &str = "<!-- the list of rules: ends -->\n";

/// What each code is raised for, by the name of its variant.
fn meanings() -> BTreeMap<String, String> {
    let text = fs::read_to_string(project().join("src/model/code.rs")).unwrap();
    let variants = text.split_once("pub enum Code {\n").unwrap().1.split_once("\n}\n").unwrap().0;
    let mut meanings = BTreeMap::new();
    let mut meaning = String::new();
    for line in variants.lines().map(str::trim) {
        match line.strip_prefix("/// ") {
            Some(part) => meaning = format!("{meaning} {part}"),
            None => {
                meanings.insert(line.trim_end_matches(',').to_owned(), meaning.trim().trim_end_matches('.').to_owned());
                meaning.clear();
            }
        }
    }
    meanings
}

/// `SecondLongEngagement` as it is read: second long engagement.
fn words(variant: &str) -> String {
    let mut words = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn released(spec: &CodeSpec) -> String {
    let how = match spec.release {
        Release::ByEvidence => return "–".to_owned(),
        Release::Accepted => "accept, waive",
        Release::AcceptedOrBooked => "accept, waive, adjust",
        Release::BookedAsFx => "adjust-fx",
    };
    format!("{how}{}", if spec.two_people { "; two people" } else { "" })
}

fn list() -> String {
    let meanings = meanings();
    let mut lines = vec![
        "| code | name | raised when | looked at | outcome | cleared by | released |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(CODES.iter().map(|spec| {
        let variant = format!("{:?}", spec.code);
        let (name, meaning) = (words(&variant), &meanings[&variant]);
        let (text, looked_at, outcome, group) = (spec.text, spec.looked_at, spec.outcome, spec.group.as_str());
        format!("| {text} | {name} | {meaning} | {looked_at} | {outcome} | {group} | {} |", released(spec))
    }));
    format!("{}\n", lines.join("\n"))
}

#[test]
fn the_list_in_the_readme_is_that_of_the_table_of_codes() {
    let path = project().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let list = format!("\n{}\n", list());
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{list}{END}{after}")).unwrap();
        return;
    }
    assert!(written == list, "the list of rules has changed; UPDATE_README=1 cargo test rule_list writes it:\n{list}");
}
