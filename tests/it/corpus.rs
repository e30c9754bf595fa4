//! Bad and odd files: each is made here, checked by the program as a person would check it, and must come to its
//! outcome with its message. No file may make the program panic, hang or ask for much memory.

mod csv_files;
mod headers;
mod shapes;
mod values;
mod workbook_sheets;
mod workbooks;
mod xlsx;

use std::time::{Duration, Instant};

use crate::folder::{Folder, Said, let_rest, project};

/// One file with its outcome.
pub(crate) struct Case {
    /// What is odd about it.
    name: String,
    /// Its data set.
    dataset: &'static str,
    /// The text of its export profile.
    profile: String,
    /// Its name in the drop folder.
    file: &'static str,
    bytes: Vec<u8>,
    /// The exit code of `check`.
    exit: i32,
    /// What the program must say.
    says: Vec<String>,
}

impl Case {
    /// A file that is accepted whole, with these counts.
    fn good(name: &str, bytes: impl Into<Vec<u8>>, counts: &str) -> Case {
        Case::new(name, bytes, 0, &[counts])
    }

    /// A file of which rows are refused.
    fn rows(name: &str, bytes: impl Into<Vec<u8>>, says: &[&str]) -> Case {
        Case::new(name, bytes, 3, says)
    }

    /// A file that is refused whole; it is the only one of its source.
    fn refused(name: &str, bytes: impl Into<Vec<u8>>, says: &[&str]) -> Case {
        let mut case = Case::new(name, bytes, 4, says);
        case.says.push("refused: the file: ".to_owned());
        case
    }

    fn new(name: &str, bytes: impl Into<Vec<u8>>, exit: i32, says: &[&str]) -> Case {
        Case {
            name: name.to_owned(),
            dataset: "payments",
            profile: "format = \"csv\"\ndates = \"iso\"\ndecimal = \"point\"\ndelimiter = \",\"\nencoding = \"utf-8\""
                .to_owned(),
            file: "in.csv",
            bytes: bytes.into(),
            exit,
            says: says.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    fn of(mut self, dataset: &'static str) -> Case {
        self.dataset = dataset;
        self
    }

    fn profile(mut self, text: &str) -> Case {
        self.profile = text.to_owned();
        self
    }

    fn named(mut self, file: &'static str) -> Case {
        self.file = file;
        self
    }

    /// Checks the file in a home of its own.
    fn check(&self) -> Said {
        let home = Folder::empty();
        for file in ["programs/sa-planning-services.toml", "house-rules.toml", "settings.toml"] {
            let file = format!("config/{file}");
            home.write(&file, &std::fs::read_to_string(project().join(&file)).unwrap());
        }
        home.write("config/exports/p.toml", &self.profile);
        let job = format!(
            "program = \"sa-planning-services\"\nperiod = \"month\"\noutputs = [\"tables\"]\n[schedule]\ncron = \"0 6 1 * *\"\ntime_zone = \"UTC\"\n[sources.{}]\nfiles = \"in/*\"\nprofile = \"p\"\n",
            self.dataset
        );
        home.write("jobs/one.toml", &job);
        std::fs::create_dir_all(home.path("in")).unwrap();
        let path = home.path("in").join(self.file);
        std::fs::write(&path, &self.bytes).unwrap();
        let_rest(&path);
        home.say("check one")
    }

    fn problem(&self) -> Option<String> {
        let start = Instant::now();
        let said = self.check();
        let missing = self.says.iter().find(|text| !said.stdout.contains(*text));
        let slow = start.elapsed() > Duration::from_secs(10);
        if said.code == self.exit && missing.is_none() && !slow && said.stderr.is_empty() {
            return None;
        }
        let wanted = missing.map_or(String::new(), |text| format!("\n  wanted: {text}"));
        let name = &self.name;
        Some(format!(
            "{name}: exit {} for {}{wanted}\n  stdout: {}\n  stderr: {}",
            said.code, self.exit, said.stdout, said.stderr
        ))
    }
}

/// All cases must come to their outcomes.
fn check(cases: &[Case]) {
    use rayon::prelude::*;
    let problems: Vec<String> = cases.par_iter().filter_map(Case::problem).collect();
    assert!(problems.is_empty(), "{} of {} cases:\n{}", problems.len(), cases.len(), problems.join("\n\n"));
}

/// The columns of `payments`.
const TITLES: [&str; 11] = [
    "reference",
    "invoice_number",
    "voucher_id",
    "amount",
    "currency",
    "status",
    "requested_on",
    "paid_on",
    "reason",
    "partner_id",
    "location_id",
];

/// A payment in order, with some cells changed.
fn payment(changes: &[(&str, &str)]) -> String {
    let sound = ["R-1", "", "V-1", "1250.00", "EUR", "Paid", "2021-05-01", "2021-05-20", "", "P-1", "L-1"];
    let cells = TITLES.iter().zip(sound).map(|(title, cell)| {
        let changed = changes.iter().find(|(column, _)| column == title).map_or(cell, |(_, value)| value);
        if changed.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", changed.replace('"', "\"\""))
        } else {
            changed.to_owned()
        }
    });
    cells.collect::<Vec<String>>().join(",")
}

/// A file of payments with a header.
fn payments(rows: &[String]) -> String {
    format!("{}\n{}\n", TITLES.join(","), rows.join("\n"))
}

#[test]
fn the_corpus_is_as_large_as_it_should_be() {
    let all = [csv_files::cases(), headers::cases(), shapes::cases(), values::cases(), workbooks::cases()];
    let count: usize = all.iter().map(Vec::len).sum();
    assert!(count >= 150, "{count}");
}
