//! A home of its own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::{DateTime, Utc};
use clap::Parser;
use serde_json::Value;
use vouchsafe::cli::Cli;
use vouchsafe::error::RunError;
use vouchsafe::home::{Faults, Progress, World};
use vouchsafe::pipeline::CommandResult;

/// A temporary home.
pub(crate) struct Folder {
    root: tempfile::TempDir,
}

/// What the program said.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl Folder {
    /// A home with the configuration, jobs and files of the sample month.
    pub(crate) fn sample() -> Folder {
        let folder = Folder::empty();
        let data = ["sample-data/exports", "sample-data/deployment-vouchers", "sample-data/commerce-incentives"];
        for part in ["config", "jobs"].into_iter().chain(data) {
            copy(&project().join(part), &folder.path(part));
        }
        folder
    }

    pub(crate) fn empty() -> Folder {
        Folder { root: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vouchsafe"));
        command.arg("-C").arg(self.root.path()).args(words.split_whitespace());
        command.env("CI", "1");
        command
    }

    pub(crate) fn say(&self, words: &str) -> Said {
        said(self.command(words).output().unwrap())
    }

    /// Runs the sample month for its day, which must end well.
    pub(crate) fn may(&self) -> Said {
        let said = self.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        said
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_else(|error| panic!("{below}: {error}"))
    }

    pub(crate) fn write(&self, below: &str, text: &str) {
        fs::create_dir_all(self.path(below).parent().unwrap()).unwrap();
        // Exports end with a line end; what happens without one is a case of the corpus.
        let end = if below.ends_with(".csv") && !text.is_empty() && !text.ends_with('\n') { "\n" } else { "" };
        fs::write(self.path(below), format!("{text}{end}")).unwrap();
        let_rest(&self.path(below));
    }

    /// Changes a text file; the change must change something.
    pub(crate) fn edit(&self, below: &str, from: &str, to: &str) {
        let before = self.read(below);
        let after = before.replacen(from, to, 1);
        assert_ne!(before, after, "{below} has no {from}");
        self.write(below, &after);
    }

    pub(crate) fn run_json(&self, folder: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{folder}/run.json"))).unwrap()
    }

    /// All files below a folder with their contents.
    pub(crate) fn tree(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(below))
    }

    /// The ledger without who ran it when.
    pub(crate) fn ledger(&self) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.path("state/ledger.db")).unwrap();
        let tables = ["run", "run_input", "run_output", "claim", "series", "batch", "invoice", "invoice_line"];
        let more = ["item", "decision", "run_record", "notice", "outbox", "event"];
        let mut lines = Vec::new();
        for table in tables.iter().chain(&more) {
            let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2, 3")).unwrap();
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                let cells = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
                Ok(format!("{table} {:?}", cells.collect::<Result<Vec<_>, _>>()?))
            });
            lines.extend(rows.unwrap().map(Result::unwrap));
        }
        lines
    }

    pub(crate) fn delete(&self, below: &str) {
        fs::remove_dir_all(self.path(below)).unwrap();
    }
}

/// Runs a command in this process, with what a test breaks on purpose: the program itself cannot be asked to.
pub(crate) fn with_faults(home: &Path, words: &str, faults: Faults) -> Result<CommandResult, RunError> {
    let home = home.to_string_lossy();
    let cli = Cli::try_parse_from(["vouchsafe", "-C", &home].into_iter().chain(words.split_whitespace())).unwrap();
    cli.execute(&World { faults, ..world(Utc::now()) })
}

/// Runs a command in this process, at a moment of the test's choice.
pub(crate) fn typed_at(home: &Folder, words: &[String], now: DateTime<Utc>) -> Result<CommandResult, RunError> {
    let home = home.path("").to_string_lossy().into_owned();
    let typed = ["vouchsafe", "-C", &home].into_iter().chain(words.iter().map(String::as_str));
    Cli::try_parse_from(typed).unwrap().execute(&world(now))
}

fn world(now: DateTime<Utc>) -> World {
    World {
        now,
        clock: Utc::now,
        program: env!("CARGO_BIN_EXE_vouchsafe").into(),
        host: "test".to_owned(),
        user: "test".to_owned(),
        progress: Progress::shown_by(|_| {}),
        faults: Faults::default(),
    }
}

pub(crate) fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
            let_rest(&target);
        }
    }
}

/// Lets a file look as if nobody had written to it for an hour: fresh files are looked at twice.
pub(crate) fn let_rest(path: &Path) {
    let an_hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    fs::File::options().write(true).open(path).unwrap().set_modified(an_hour_ago).unwrap();
}

/// All files below a folder with their contents.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The rows of a machine CSV as maps.
pub(crate) fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}
