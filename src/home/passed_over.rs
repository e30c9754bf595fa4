//! Files that lie where sources look and that no source takes: perhaps an export whose name is not quite what the
//! pattern says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::Home;
use super::drop_folder::printable;
use crate::config::job::Job;
use crate::error::RunError;
use crate::model::Dataset;

/// A file that no source takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Path relative to the home.
    pub path: String,
    /// The source whose pattern its name nearly fits, and the pattern.
    pub nearly: Option<(Dataset, String)>,
}

impl PassedOver {
    /// The message in the shape of all messages.
    pub fn message(&self) -> String {
        let path = &self.path;
        match &self.nearly {
            Some((dataset, pattern)) => format!(
                "{path}: no source takes it\n  expected a name like \"{pattern}\", if it is an export of {dataset}\n  \
                 hint: rename it, or change files of the source \"{dataset}\" in the job file"
            ),
            None => format!("{path}: no source takes it\n  expected only exports there\n  hint: move it elsewhere"),
        }
    }
}

impl Home {
    /// Files in the folders of these jobs' sources that no job's source takes, by path.
    ///
    /// # Errors
    /// A pattern of these jobs that is none, or a folder that cannot be read.
    pub fn passed_over(&self, jobs: &[String]) -> Result<Vec<PassedOver>, RunError> {
        // What is wrong with another job is said when that one runs.
        let all: Vec<Job> = self.job_names()?.iter().filter_map(|name| self.job(name).ok()).collect();
        let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
        for job in &all {
            for (dataset, spec) in &job.sources {
                match self.matching(*dataset, &spec.files) {
                    Ok(found) => taken.extend(found.iter().map(|path| plain(path))),
                    Err(error) if jobs.contains(&job.name) => return Err(error),
                    Err(_) => {}
                }
            }
        }
        let mut folders: BTreeMap<PathBuf, Vec<(Dataset, String)>> = BTreeMap::new();
        let shared = all.iter().filter(|job| jobs.contains(&job.name)).filter_map(|job| job.sources_of.as_ref());
        let asked: Vec<&String> = jobs.iter().chain(shared).collect();
        let looked_at = all.iter().filter(|job| asked.contains(&&job.name));
        for (dataset, spec) in looked_at.flat_map(|job| &job.sources) {
            if let Some((folder, name)) = folder_and_name(&spec.files) {
                folders.entry(self.path(folder)).or_default().push((*dataset, name.to_owned()));
            }
        }
        // A file may lie below the folders of two sources; it is named once, if one may with the pattern it nearly fits.
        let mut found: BTreeMap<PathBuf, PassedOver> = BTreeMap::new();
        for (folder, patterns) in folders {
            let others = files_below(&folder, DEPTH).into_iter().map(|path| plain(&path));
            for path in others.filter(|path| !taken.contains(path)) {
                let file = self.one(&path, &patterns);
                let known = found.entry(path).or_insert_with(|| file.clone());
                known.nearly = known.nearly.take().or(file.nearly);
            }
        }
        Ok(found.into_values().collect())
    }

    fn one(&self, path: &Path, patterns: &[(Dataset, String)]) -> PassedOver {
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let shown = plain(path);
        let shown = shown.strip_prefix(plain(&self.path(""))).unwrap_or(&shown);
        let shown = printable(&shown.to_string_lossy().replace('\\', "/"));
        PassedOver { path: shown, nearly: patterns.iter().find(|(_, pattern)| is_nearly(pattern, &name)).cloned() }
    }
}

/// The folder of a pattern, if it is only one, and the pattern of names in it.
fn folder_and_name(pattern: &str) -> Option<(&str, &str)> {
    let (folder, name) = pattern.rsplit_once('/').unwrap_or((".", pattern));
    (!folder.contains(['*', '?', '['])).then_some((folder, name))
}

/// A path without what stands for the folder itself: `./a` and `a` are one file.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// How many folders below that of a source are looked into.
const DEPTH: u32 = 2;

/// Regular files in a folder and the folders in it, but for those that spreadsheet programs keep beside an open one.
fn files_below(folder: &Path, depth: u32) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for entry in entries {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && depth > 0 {
            found.extend(files_below(&entry.path(), depth - 1));
        } else if kind.is_file() && !entry.file_name().to_string_lossy().starts_with(['~', '#']) {
            found.push(entry.path());
        }
    }
    found
}

/// Whether a name begins as a pattern does up to its first wildcard, whatever the case and what stands between words.
fn is_nearly(pattern: &str, name: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let stem = pattern.split(['*', '?', '[']).next().unwrap_or(pattern);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    !plain(stem).is_empty() && plain(name).starts_with(&plain(stem))
}

#[cfg(test)]
mod tests {
    use super::{folder_and_name, is_nearly};

    #[test]
    fn names_that_nearly_fit() {
        for (pattern, name, nearly) in [
            ("vlsc-*.xlsx", "VLSC_2021-06-01.xlsx", true),
            ("vlsc-*.xlsx", "vvr-2021-06-01.xlsx", false),
            ("payment-status-*.csv", "Payment Status 2021-06-01.csv.gz", true),
            ("payment-status-*.csv", ".payment-status-2021-06-01.csv", true),
            ("payment-status-*.csv", "payments-2021-06-01.csv", false),
            ("contacts.csv", "Contacts (1).csv", true),
            ("*.csv", "any.txt", false),
        ] {
            assert_eq!(is_nearly(pattern, name), nearly, "{pattern} {name}");
        }
        assert_eq!(folder_and_name("in/x-*.csv"), Some(("in", "x-*.csv")));
        assert_eq!(folder_and_name("in/*/x.csv"), None);
    }
}
