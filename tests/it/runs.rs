//! Every folder under `tests/runs` is a run, or several one after the other. `in/` holds the exports of a single run,
//! `command` a command for the sample home; of consecutive runs, each folder named by its as-of date holds the exports
//! that arrived since the last one; it may hold a file `command` with what is typed instead of the usual run, and a file
//! `edit` with changes of the configuration. A day on which nothing arrived has a `command`: git keeps no empty folder.
//! `expected/` is what must come out, all of it and nothing else. Adding a case is adding files; `UPDATE_GOLDEN=1 cargo test` writes the
//! expectations anew.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::folder::{Folder, Said, copy, project, tree};

/// What is compared of the folder of a run, as far as it is there.
const COMPARED: [&str; 13] = [
    "verdicts.csv",
    "findings.csv",
    "items.csv",
    "decisions.csv",
    "statement.csv",
    "accounts.csv",
    "changes.csv",
    "matches.csv",
    "suggestions.csv",
    "after-close.csv",
    "money-clock.csv",
    "rejects.csv",
    "invoices/batch.csv",
];

/// Exports that all consecutive runs start from, where a case has none of its own.
const SHARED: &str = "shared";

#[test]
fn golden_runs() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let cases = folders(&project().join("tests/runs"));
    assert!(cases.len() >= 8);
    for case in cases.iter().filter(|case| !case.ends_with(SHARED)) {
        let name = case.file_name().unwrap().to_string_lossy();
        let expected = tree(&case.join("expected"));
        let found = outputs(case);
        for (file, text) in &found {
            if update {
                let golden = case.join("expected").join(file);
                fs::create_dir_all(golden.parent().unwrap()).unwrap();
                fs::write(golden, text).unwrap();
                continue;
            }
            let golden = expected.get(file).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            assert!(golden == *text, "{name}/{file}: expected\n{golden}\nfound\n{text}");
        }
        let written: HashSet<&String> = found.iter().map(|(file, _)| file).collect();
        let missing: Vec<&String> = expected.keys().filter(|file| !written.contains(file)).collect();
        assert!(missing.is_empty(), "{name}: expected, but not written: {missing:?}");
    }
}

/// Folders in a folder, sorted.
fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// What a case comes to, by file.
fn outputs(case: &Path) -> Vec<(String, String)> {
    if let Ok(command) = fs::read_to_string(case.join("command")) {
        let home = Folder::sample();
        return said_and_written(&home, command.trim());
    }
    let home = Folder::empty();
    copy(&project().join("config"), &home.path("config"));
    if case.join("in").exists() {
        copy(&case.join("in"), &home.path("in"));
        home.write("jobs/golden.toml", &job(&case.join("in")));
        return said_and_written(&home, "run golden --as-of 2021-05-31");
    }
    consecutive(case, &home)
}

/// Runs one after the other; the files of each day join those of the days before.
fn consecutive(case: &Path, home: &Folder) -> Vec<(String, String)> {
    copy(&case.parent().unwrap().join(SHARED), &home.path("in"));
    home.write("jobs/golden.toml", &dated_job());
    let mut found = Vec::new();
    for step in folders(case).iter().filter(|folder| !folder.ends_with("expected")) {
        let day = step.file_name().unwrap().to_string_lossy().into_owned();
        assert!(fs::read_dir(step).unwrap().next().is_some(), "{}: git keeps no empty folder", step.display());
        for entry in fs::read_dir(step).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            match stem.as_str() {
                "command" => {}
                // Path, what stands there, what shall stand there.
                "edit" => text.lines().for_each(|line| {
                    let parts: Vec<&str> = line.split('|').collect();
                    home.edit(parts[0], parts[1], parts[2]);
                }),
                stem => home.write(&format!("in/{stem}-{}.csv", &day[..10]), &text),
            }
        }
        let command = fs::read_to_string(step.join("command")).unwrap_or(format!("run golden --as-of {}", &day[..10]));
        for (number, line) in (1..).zip(command.lines()) {
            let which = if number == 1 { day.clone() } else { format!("{day}-{number}") };
            found
                .extend(said_and_written(home, line).into_iter().map(|(file, text)| (format!("{which}/{file}"), text)));
        }
    }
    found
}

/// What a command said and, if it is a run, the files that it wrote.
fn said_and_written(home: &Folder, command: &str) -> Vec<(String, String)> {
    let Said { code, stdout, stderr } = home.say(command);
    // A seal covers the configuration, which changes for other reasons.
    let is_seal = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hidden: Vec<&str> =
        stdout.split(' ').map(|word| if is_seal(word.trim()) { "<seal>\n" } else { word }).collect();
    let mut actual = vec![("said.txt".to_owned(), format!("exit {code}\n{}{stderr}", hidden.join(" ")))];
    // The folder of a run is the last line of what it says.
    let folder = stdout.lines().last().filter(|line| line.starts_with("out/")).map(|line| home.path(line));
    for file in folder.iter().flat_map(|_| COMPARED) {
        let path = folder.as_ref().unwrap().join(file);
        if let Ok(text) = fs::read_to_string(path) {
            actual.push((file.replace('/', "-"), text));
        }
    }
    actual
}

const HEAD: &str = "program = \"sa-planning-services\"\nperiod = \"month\"\noutputs = [\"tables\", \"invoices\"]\n\n[schedule]\ncron = \"0 6 1 * *\"\ntime_zone = \"UTC\"\n";

/// A job over the canonical files of a folder: one source per file, named by its stem.
fn job(folder: &Path) -> String {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let source = |name: &String| {
        let dataset = name.trim_end_matches(".csv");
        format!("\n[sources.{dataset}]\nfiles = \"in/{name}\"\n")
    };
    names.iter().map(source).fold(HEAD.to_owned(), |text, part| text + &part)
}

/// A job over all data sets, whose files carry the day of their export.
fn dated_job() -> String {
    let source = |dataset: &str| {
        format!("\n[sources.{dataset}]\nfiles = \"in/{dataset}-*.csv\"\nprofile = \"dated\"\nrequired = false\n")
    };
    let datasets = [
        "partners",
        "contacts",
        "enrollments",
        "competencies",
        "certifications",
        "vouchers",
        "redemptions",
        "completions",
        "payments",
        "rates",
        "claims",
        "decisions",
    ];
    datasets.into_iter().map(source).fold(HEAD.to_owned(), |text, part| text + &part)
}
