//! The house rules as tables: which module may know which, which crate is used where, how large things may grow.

use std::fs;
use std::path::{Path, PathBuf};

use crate::folder::project;

/// Modules in the order of the flow; each may use those that its line names, and itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("error", &[]),
    ("mistake", &[]),
    ("store", &[]),
    ("wording", &["model"]),
    ("config", &["model", "mistake"]),
    ("program", &["model", "mistake"]),
    ("ingest", &["model", "mistake"]),
    ("decisions", &["model", "ingest"]),
    ("matching", &["model", "program", "ingest", "decisions"]),
    ("casebook", &["model", "program", "ingest", "matching"]),
    ("eligibility", &["model", "program", "ingest", "casebook"]),
    ("verdicts", &["model", "program", "ingest", "decisions", "matching", "casebook", "eligibility"]),
    ("compare", &["model", "program", "ingest", "decisions", "casebook", "verdicts"]),
    ("items", &["model", "decisions", "matching", "verdicts", "compare"]),
    ("books", &["model", "program", "casebook", "decisions", "matching", "verdicts"]),
    ("invoice", &["model", "ingest", "store", "verdicts"]),
    ("letters", &["model", "program", "ingest", "store", "wording", "casebook", "verdicts"]),
    ("ledger", &["model", "error", "store", "invoice"]),
    (
        "results",
        &[
            "model",
            "config",
            "program",
            "ingest",
            "store",
            "matching",
            "eligibility",
            "verdicts",
            "compare",
            "items",
            "books",
            "invoice",
            "letters",
            "ledger",
        ],
    ),
    (
        "report",
        &[
            "model",
            "config",
            "program",
            "ingest",
            "store",
            "wording",
            "decisions",
            "matching",
            "eligibility",
            "verdicts",
            "compare",
            "items",
            "books",
            "invoice",
            "letters",
            "results",
        ],
    ),
    ("home", &["model", "error", "mistake", "config", "program", "ingest", "ledger", "store"]),
    (
        "controls",
        &[
            "model",
            "config",
            "ingest",
            "store",
            "decisions",
            "verdicts",
            "compare",
            "items",
            "books",
            "invoice",
            "results",
            "report",
            "home",
        ],
    ),
    (
        "history",
        &[
            "model",
            "error",
            "program",
            "ingest",
            "store",
            "decisions",
            "verdicts",
            "compare",
            "books",
            "ledger",
            "results",
            "report",
            "home",
        ],
    ),
    (
        "pipeline",
        &[
            "model",
            "error",
            "config",
            "program",
            "ingest",
            "store",
            "decisions",
            "eligibility",
            "verdicts",
            "compare",
            "items",
            "books",
            "invoice",
            "letters",
            "ledger",
            "results",
            "report",
            "controls",
            "home",
            "history",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "error",
            "config",
            "program",
            "ingest",
            "wording",
            "casebook",
            "eligibility",
            "verdicts",
            "compare",
            "ledger",
            "results",
            "report",
            "home",
            "history",
            "pipeline",
        ],
    ),
];

/// A crate and the only places that may name it. What only edges may call (clock, environment, files) is a list of
/// `.clippy.toml`.
const OWNED: &[(&str, &[&str])] = &[
    ("polars::", &["results/summaries.rs", "report/parquet.rs"]),
    ("polars_", &["results/summaries.rs", "report/parquet.rs"]),
    ("rust_xlsxwriter", &["report/workbook.rs", "report/workbook/"]),
    ("calamine", &["ingest/xlsx/frames.rs", "controls/readback.rs", "controls/readback/"]),
    ("annotate_snippets", &["mistake.rs"]),
    ("zip::", &["ingest/xlsx/gate.rs"]),
    ("chardetng", &["ingest/csv/encoding.rs"]),
    ("rustix", &["ingest/xlsx/process.rs"]),
    ("csv::Reader", &["ingest/csv.rs", "ingest/csv/header.rs", "ingest/laws.rs", "report/csv.rs"]),
    ("csv::Writer", &["report/csv.rs", "ingest/laws.rs"]),
    ("lettre", &["letters/compose.rs"]),
    ("minijinja", &["letters/compose.rs"]),
    ("rusqlite", &["ledger.rs", "ledger/"]),
    ("fluent_bundle", &["wording.rs"]),
    ("icu_", &["wording.rs", "ingest/plain.rs"]),
    ("clap", &["main.rs", "cli.rs", "cli/"]),
    ("indicatif", &["main.rs"]),
];

const BANNED_FILES: [&str; 6] = ["utils", "util", "helpers", "common", "misc", "manager"];
const BANNED_WORDS: [&str; 6] = ["todo!", "unimplemented!", "dbg!(", ".unwrap()", "#[ignore", "FIXME"];
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;

/// Paths below `folder` with their texts.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let root = project().join(folder);
    let mut found = Vec::new();
    walk(&root, &mut found);
    let mut files: Vec<(String, String)> = found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The part of a file that is not its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

#[test]
fn the_map_has_the_order_of_the_flow() {
    let order: Vec<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    for (at, (room, allowed)) in MAY_IMPORT.iter().enumerate() {
        let later: Vec<&&str> = allowed.iter().filter(|other| !order[..at].contains(other)).collect();
        assert_eq!(later, Vec::<&&str>::new(), "{room} comes before what it uses");
    }
    let map = fs::read_to_string(project().join("src/lib.rs")).unwrap();
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split(" | ").next());
    let told: Vec<String> = rows.flat_map(|rooms| rooms.split("`], [`").map(|room| room.replace("`]", ""))).collect();
    assert_eq!(told, order, "the table of rooms in src/lib.rs");
}

#[test]
fn imports_follow_the_flow() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let name = module(&file);
        if ["lib", "main", "testing"].contains(&name) {
            continue;
        }
        let allowed = MAY_IMPORT.iter().find(|(module, _)| *module == name);
        let Some((_, allowed)) = allowed else { panic!("{file}: no line in MAY_IMPORT") };
        for (at, line) in code(&text).lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for part in line.split("crate::").skip(1) {
                let names = part.trim_start_matches('{').split([',', '}']).map(str::trim);
                let single = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
                let used: Vec<String> = if part.starts_with('{') {
                    names.map(|n| n.split("::").next().unwrap().to_owned()).collect()
                } else {
                    vec![single]
                };
                for other in used.iter().filter(|other| MAY_IMPORT.iter().any(|(module, _)| module == other)) {
                    if other != name && !allowed.contains(&other.as_str()) {
                        wrong.push(format!("src/{file}:{}: {name} must not use {other}", at + 1));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn crates_stay_in_their_files() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        for (name, owners) in OWNED {
            let owned = owners.iter().any(|owner| file == *owner || (owner.ends_with('/') && file.starts_with(owner)));
            let used = code(&text).lines().any(|line| !line.trim_start().starts_with("//") && names(line, name));
            if used && !owned {
                wrong.push(format!("src/{file} uses {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Whether a line names a crate, and not a module of ours with the same name.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| !line[..at].ends_with("::"))
}

#[test]
fn files_and_functions_fit_a_screen_or_a_few() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for (file, text) in sources(folder) {
            if text.lines().count() > FILE_LINES {
                wrong.push(format!("{folder}/{file}: {} lines", text.lines().count()));
            }
            for (start, length) in functions(&text).into_iter().filter(|(_, length)| *length > FUNCTION_LINES) {
                wrong.push(format!("{folder}/{file}:{start}: a function of {length} lines"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// First line and length of each function, by the indentation of its closing brace.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim_start();
        let starts = words.starts_with("fn ") || (words.starts_with("pub") && words.contains(" fn "));
        if starts && !words.ends_with(';') && open.is_none() {
            open = Some((at, indent));
        }
        if let Some((start, outer)) = open.filter(|(_, outer)| words.starts_with('}') && indent == *outer) {
            found.push((start + 1, at - start + 1));
            let _ = outer;
            open = None;
        }
    }
    found
}

#[test]
fn names_and_words_that_we_do_not_use() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let stem = file.rsplit('/').next().unwrap().trim_end_matches(".rs");
        if BANNED_FILES.contains(&stem) || stem == "mod" {
            wrong.push(format!("src/{file}: name the noun instead"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("src/{file}: does not open with what it is for"));
        }
        for word in BANNED_WORDS.iter().filter(|word| code(&text).contains(**word)) {
            wrong.push(format!("src/{file}: {word}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// What two checks need stands below them.
#[test]
fn no_check_takes_from_another() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src/verdicts/checks") {
        let taken = code(&text).lines().filter(|line| line.contains("super::"));
        wrong.extend(taken.map(|line| format!("src/verdicts/checks/{file}: {line}")));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_test_file_is_listed() {
    for (file, _) in sources("tests/it") {
        let (parent, stem) =
            file.trim_end_matches(".rs").rsplit_once('/').unwrap_or(("main", file.trim_end_matches(".rs")));
        let list = fs::read_to_string(project().join(format!("tests/it/{parent}.rs"))).unwrap();
        assert!(stem == "main" || list.contains(&format!("mod {stem};")), "tests/it/{file} is not listed");
    }
}
