//! Files that lie where sources look and that no source takes: perhaps an export whose name is not quite what the
//! pattern says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Home;
use crate::error::RunError;
use crate::job::Job;
use crate::model::Dataset;

/// Kinds of files that exports come in.
const KINDS: [&str; 7] = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "zip"];

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
    /// A pattern that is none.
    pub fn passed_over(&self, jobs: &[String]) -> Result<Vec<PassedOver>, RunError> {
        // What is wrong with another job is said when that one runs.
        let all: Vec<Job> = self.job_names()?.iter().filter_map(|name| self.job(name).ok()).collect();
        let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
        for (dataset, spec) in all.iter().flat_map(|job| &job.sources) {
            taken.extend(self.matching(*dataset, &spec.files)?);
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
        let mut found = Vec::new();
        for (folder, patterns) in folders {
            let files = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
            let mut others: Vec<PathBuf> = files.filter(|path| is_export(path) && !taken.contains(path)).collect();
            others.sort();
            found.extend(others.iter().map(|path| self.one(path, &patterns)));
        }
        Ok(found)
    }

    fn one(&self, path: &Path, patterns: &[(Dataset, String)]) -> PassedOver {
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let shown = path.strip_prefix(self.path("")).unwrap_or(path);
        let shown = shown.to_string_lossy().replace('\\', "/").escape_debug().to_string();
        let nearest = patterns.iter().max_by_key(|(_, pattern)| alike(pattern, &name));
        PassedOver { path: shown, nearly: nearest.filter(|(_, pattern)| alike(pattern, &name) >= 3).cloned() }
    }
}

/// The folder of a pattern, if it is only one, and the pattern of names in it.
fn folder_and_name(pattern: &str) -> Option<(&str, &str)> {
    let (folder, name) = pattern.rsplit_once('/').unwrap_or((".", pattern));
    (!folder.contains(['*', '?', '['])).then_some((folder, name))
}

fn is_export(path: &Path) -> bool {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let kind = name.rsplit_once('.').map_or(String::new(), |(_, kind)| kind.to_ascii_lowercase());
    !name.starts_with(['.', '~']) && KINDS.contains(&kind.as_str())
}

/// How many letters a name has in common with a pattern from the beginning, whatever their case, and whatever stands
/// between words.
fn alike(pattern: &str, name: &str) -> usize {
    let plain = |text: &str| -> Vec<char> {
        text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '*').flat_map(char::to_lowercase).collect()
    };
    plain(pattern).iter().zip(plain(name)).take_while(|(a, b)| *a == b).count()
}

#[cfg(test)]
mod tests {
    use super::{alike, folder_and_name};

    #[test]
    fn names_that_nearly_fit() {
        for (pattern, name, count) in [
            ("vlsc-*.xlsx", "VLSC_2021-06-01.xlsx", 4),
            ("vlsc-*.xlsx", "vvr-2021-06-01.xlsx", 1),
            ("payment-status-*.csv", "Payment Status 2021-06-01.csv", 13),
        ] {
            assert_eq!(alike(pattern, name), count, "{pattern} {name}");
        }
        assert_eq!(folder_and_name("in/x-*.csv"), Some(("in", "x-*.csv")));
        assert_eq!(folder_and_name("in/*/x.csv"), None);
    }
}
