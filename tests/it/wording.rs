//! Every language has the same messages with the same words in them, and none is a copy of the English.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use vouchsafe::model::{Code, Language, Outcome};
use vouchsafe::program::{self, HouseRules, Name};
use vouchsafe::verdicts::State;

use crate::folder::{Folder, project};
use crate::tidy::sources;

const LANGUAGES: [&str; 6] = ["en", "nl", "sv", "de", "zh-CN", "fr"];

/// Message id → the variables that it uses, and its text.
fn messages(language: &str, file: &str) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let text = fs::read_to_string(project().join(format!("src/wording/locales/{language}/{file}.ftl"))).unwrap();
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
    for file in ["letters", "explain"] {
        let english = messages("en", file);
        assert!(english.len() > 15);
        for language in LANGUAGES {
            let mut others = messages(language, file);
            // English titles of rules stand in the program files, and others may.
            others.retain(|id, _| !id.starts_with("rule-"));
            assert_eq!(others.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
            for (id, (words, text)) in &others {
                assert_eq!(*words, english[id].0, "{language}: {id}");
                assert!(language == "en" || text.len() < 25 || *text != english[id].1, "{language}: {id} is English");
            }
        }
    }
}

/// A title stands with the rule; where it does not, a general one of the code is a text of the language.
#[test]
fn every_rule_has_a_title_in_every_language() {
    let file = |name: &str| fs::read_to_string(project().join(format!("config/{name}.toml"))).unwrap();
    let house_rules = HouseRules::parse(&file("house-rules")).unwrap();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let general = messages(language.tag(), "explain");
        let codes: BTreeSet<String> = Code::all().map(|code| format!("rule-{code}")).collect();
        let unknown = general.keys().filter(|id| id.starts_with("rule-") && !codes.contains(*id));
        assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&String>::new(), "{}", language.tag());
        for program in ["sa-planning-services", "deployment-vouchers", "commerce-incentives"] {
            let program = program::parse(&file(&format!("programs/{program}")), Some(&house_rules)).unwrap();
            let is_silent = |code: &Code, title: &Name| {
                title.in_language(language).is_none() && !general.contains_key(&format!("rule-{code}"))
            };
            let silent: Vec<&Code> = program
                .rules
                .iter()
                .filter(|(code, rule)| is_silent(code, &rule.title))
                .map(|(code, _)| code)
                .collect();
            assert_eq!(silent, Vec::<&Code>::new(), "{} of {}", language.tag(), program.id);
        }
    }
}

/// Names of texts that the program puts together from two words, or asks for where a program has no name of its own.
const NAMES: [(&str, &str); 6] = [
    ("letter", "partner-portal report"),
    ("topic", "enrollment-renewal voucher-expiry unclaimed"),
    ("date", "created assigned reserved started completed reported redeemed last-day claim-by turns-on"),
    ("amount", "entitled invoiced paid payable"),
    ("row", "voucher redemption completion milestone payment claim location in-doubt"),
    ("explain", "in-order left-out unknown no-amount nothing-later next source rows"),
];

/// Ids that the program asks for: those that stand in it whole, and those that it puts together.
fn asked_for() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (_, text) in sources("src").into_iter().filter(|(_, text)| text.contains("wording: Wording")) {
        for call in ["wording.text(", "wording.counted(", "wording.numbered("] {
            let literals = text.split(call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            ids.extend(literals.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    ids.extend(NAMES.iter().flat_map(|(kind, names)| names.split(' ').map(move |name| format!("{kind}-{name}"))));
    ids.extend(State::ALL.map(|state| format!("state-{state}")));
    ids.extend(Outcome::ALL.map(|outcome| format!("outcome-{outcome}")));
    ids
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let ids = asked_for();
    assert!(ids.len() > 30, "{ids:?}");
    for language in LANGUAGES {
        let known: BTreeSet<String> =
            ["letters", "explain"].into_iter().flat_map(|file| messages(language, file).into_keys()).collect();
        assert_eq!(ids.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "{language}");
        let unused = known.difference(&ids).filter(|id| !id.starts_with("rule-"));
        assert_eq!(unused.collect::<Vec<_>>(), Vec::<&String>::new(), "{language}: texts that nothing asks for");
    }
}

#[test]
fn a_voucher_is_explained_in_every_language() {
    let home = Folder::sample();
    home.may();
    let words = [
        ("en", "state redeemed, outcome exception LC-01"),
        ("nl", "status ingewisseld, uitkomst afwijking LC-01"),
        ("sv", "status inlöst, utfall avvikelse LC-01"),
        ("de", "Status eingelöst, Ergebnis Abweichung LC-01"),
        ("fr", "état utilisé, résultat anomalie LC-01"),
        ("zh-CN", "状态：已兑换，结论：异常 LC-01"),
    ];
    for (language, line) in words {
        let said = home.say(&format!("explain V-210400937 --language {language}"));
        assert!(said.stdout.contains(line), "{}", said.stdout);
        assert_eq!(language == "en", said.stdout.contains("\n! LC-01: Status words and dates agree\n"), "{language}");
    }
    assert_eq!(home.say("explain V-210400937 --language it").code, 2);
}
