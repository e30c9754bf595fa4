//! Every language has the same messages with the same words in them, and none is a copy of the English.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::folder::project;

const LANGUAGES: [&str; 6] = ["en", "nl", "sv", "de", "zh-CN", "fr"];

/// Message id → the variables that it uses, and its text.
fn messages(language: &str) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let text = fs::read_to_string(project().join(format!("src/wording/locales/{language}/letters.ftl"))).unwrap();
    let mut found: BTreeMap<String, (BTreeSet<String>, String)> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, rest)) = line.split_once(" =").filter(|(id, _)| !id.starts_with(' ') && !id.contains(' ')) {
            current = id.to_owned();
            found.insert(current.clone(), (BTreeSet::new(), rest.to_owned()));
        } else if let Some(message) = found.get_mut(&current) {
            message.1.push_str(line);
        }
    }
    for (words, text) in found.values_mut() {
        let parts = text.split('$').skip(1);
        words.extend(parts.map(|part| part.chars().take_while(|c| c.is_ascii_alphabetic()).collect::<String>()));
    }
    found
}

#[test]
fn all_languages_say_the_same_things() {
    let english = messages("en");
    assert!(english.len() > 15);
    for language in LANGUAGES {
        let others = messages(language);
        assert_eq!(others.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (id, (words, text)) in &others {
            assert_eq!(*words, english[id].0, "{language}: {id}");
            assert!(language == "en" || text.len() < 25 || *text != english[id].1, "{language}: {id} is English");
        }
    }
}
