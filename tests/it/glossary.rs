//! The glossary is true: a term stands once and in order, its type is in the code, and its codes are there.

use std::collections::BTreeSet;
use std::fs;

use vouchsafe::model::{Code, RejectionReason};

use crate::folder::project;
use crate::house::type_names;

/// A line of the table.
struct Term {
    term: String,
    meaning: String,
    types: Vec<String>,
    codes: Vec<String>,
}

fn terms() -> Vec<Term> {
    let page = fs::read_to_string(project().join("src/glossary.md")).unwrap();
    let mut lines = page.lines().filter(|line| line.starts_with('|'));
    assert_eq!(lines.next(), Some("| term | meaning | type | codes |"));
    assert_eq!(lines.next(), Some("|---|---|---|---|"));
    lines.map(term).collect()
}

fn term(line: &str) -> Term {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let &["", term, meaning, types, codes, ""] = cells.as_slice() else { panic!("four cells: {line}") };
    let list = |text: &str| text.split(", ").filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let type_name = |name: String| {
        let name = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
        name.unwrap_or_else(|| panic!("a type stands in backticks: {line}")).to_owned()
    };
    let types = list(types).into_iter().map(type_name).collect();
    Term { term: term.to_owned(), meaning: meaning.to_owned(), types, codes: list(codes) }
}

#[test]
fn each_term_stands_once_and_is_a_sentence() {
    let terms = terms();
    assert!(terms.len() > 80);
    for pair in terms.windows(2) {
        assert!(pair[0].term.to_lowercase() < pair[1].term.to_lowercase(), "{}, {}", pair[0].term, pair[1].term);
    }
    for Term { term, meaning, types, .. } in &terms {
        let is_sentence = meaning.starts_with(char::is_uppercase) && meaning.ends_with('.');
        assert!(is_sentence && !meaning.trim_end_matches('.').contains(". "), "{term}: {meaning}");
        assert!(!types.is_empty(), "{term} has no type");
    }
}

#[test]
fn each_type_of_the_glossary_is_in_the_code() {
    let known: BTreeSet<String> = type_names().into_keys().collect();
    let of_terms: BTreeSet<String> = terms().into_iter().flat_map(|term| term.types).collect();
    assert_eq!(of_terms.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn each_code_of_the_glossary_is_judged() {
    let mut known: BTreeSet<String> = Code::all().map(|code| code.as_str().to_owned()).collect();
    known.extend(RejectionReason::ALL.iter().map(|reason| reason.as_str().to_owned()));
    known.insert("CT-05".to_owned());
    let of_terms: BTreeSet<String> = terms().into_iter().flat_map(|term| term.codes).collect();
    assert_eq!(of_terms.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}
