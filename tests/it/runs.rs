//! Every folder under `tests/runs` is a run: `in/` holds the exports, or `command` a command for the sample home;
//! `expected/` what must come out. Adding a case is adding files. `UPDATE_GOLDEN=1 cargo test` writes the expectations anew.

use std::fs;
use std::path::Path;

use crate::folder::{Folder, copy, project};

const COMPARED: [&str; 4] = ["verdicts.csv", "findings.csv", "rejects.csv", "invoices/batch.csv"];

#[test]
fn golden_runs() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut cases: Vec<_> =
        fs::read_dir(project().join("tests/runs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 8);
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy();
        for (file, text) in outputs(&case) {
            let golden = case.join("expected").join(&file);
            if update {
                fs::create_dir_all(golden.parent().unwrap()).unwrap();
                fs::write(&golden, &text).unwrap();
            }
            let expected = fs::read_to_string(&golden).unwrap_or_default();
            assert!(expected == text, "{name}/{file}: expected\n{expected}\nfound\n{text}");
        }
    }
}

/// What a case comes to: the files in `in/`, or the command of the sample home that the file `command` holds.
fn outputs(case: &Path) -> Vec<(String, String)> {
    let (home, command) = match fs::read_to_string(case.join("command")) {
        Ok(command) => (Folder::sample(), command.trim().to_owned()),
        Err(_) => {
            let home = Folder::empty();
            copy(&project().join("config"), &home.path("config"));
            copy(&case.join("in"), &home.path("in"));
            home.write("jobs/golden.toml", &job(&case.join("in")));
            (home, "run golden --as-of 2021-05-31".to_owned())
        }
    };
    let said = home.say(&command);
    let words: Vec<&str> = command.split(' ').collect();
    let (job, as_of) = (words[1], words[words.len() - 1]);
    let mut actual = vec![("said.txt".to_owned(), format!("exit {}\n{}{}", said.code, said.stdout, said.stderr))];
    for file in COMPARED {
        if let Ok(text) = fs::read_to_string(home.path(&format!("out/{job}/{as_of}/{file}"))) {
            actual.push((file.replace('/', "-"), text));
        }
    }
    actual
}

/// A job over the canonical files of a folder: one source per file, named by its stem.
fn job(folder: &Path) -> String {
    let mut text = "program = \"sa-planning-services\"\nperiod = \"month\"\noutputs = [\"tables\", \"invoices\"]\n\n[schedule]\ncron = \"0 6 1 * *\"\ntime_zone = \"UTC\"\n".to_owned();
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in names {
        let dataset = name.trim_end_matches(".csv");
        text.push_str(&format!("\n[sources.{dataset}]\nfiles = \"in/{name}\"\n"));
    }
    text
}
