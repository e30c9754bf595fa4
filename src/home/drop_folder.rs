//! Which files of a folder are taken: regular ones, to which nobody writes any more. Everything else is left where it
//! is and named, since a file that is passed over in silence is a file that is lost.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use crate::ingest::{Content, FileProblem, InputFile, Stamp};
use crate::model::Day;
use crate::store::sha256_of_file;

/// What stands for the hash of a file that was not taken.
pub(super) const UNTAKEN: &str = "untaken";
/// A file that was written to so shortly ago may still be written to.
const FRESH: Duration = Duration::from_secs(3);

/// A file that a pattern has found, and how it looked then.
pub(super) struct Looked {
    path: PathBuf,
    stamp: Result<Stamp, FileProblem>,
}

impl Looked {
    /// Looks at a file.
    pub(super) fn at(path: PathBuf) -> Looked {
        Looked { stamp: look(&path), path }
    }

    /// How long it was left alone.
    fn age(&self, now: SystemTime) -> Option<Duration> {
        let modified = self.stamp.as_ref().ok()?.modified()?;
        Some(now.duration_since(modified).unwrap_or_default())
    }
}

/// Waits until no file is fresh, so that the next look sees whether somebody goes on writing.
pub(super) fn let_uploads_end<'l>(files: impl Iterator<Item = &'l Looked>, now: SystemTime) {
    let youngest = files.filter_map(|file| file.age(now)).min();
    if let Some(age) = youngest.filter(|age| *age < FRESH) {
        std::thread::sleep(FRESH - age);
    }
}

/// Takes files, in the given order; what cannot be taken comes with its reason.
pub(super) fn take(
    files: Vec<Looked>,
    export_day: impl Fn(&str) -> Option<Day> + Sync,
    now: SystemTime,
) -> Vec<InputFile> {
    let one = |Looked { path, stamp }: Looked| {
        let name = path.file_name().map_or(String::new(), |name| printable(&name.to_string_lossy()));
        let exported_on = export_day(&name);
        let (content, sha256) = stamp
            .and_then(|stamp| has_come(exported_on, now).map(|()| stamp))
            .and_then(|stamp| taken(&path, stamp))
            .unwrap_or_else(|problem| (Content::Untaken(problem), UNTAKEN.to_owned()));
        InputFile { exported_on, name, content, sha256 }
    };
    files.into_par_iter().map(one).collect()
}

/// A slip of the pen in a file name would make this export win over all that come until that day.
fn has_come(exported_on: Option<Day>, now: SystemTime) -> Result<(), FileProblem> {
    // Somewhere it is tomorrow already.
    match exported_on.filter(|day| *day > Day::in_utc(now).plus_days(1)) {
        None => Ok(()),
        Some(day) => Err(FileProblem::new(
            format!("its name says that it was exported on {day}, which has not come"),
            "the day of the export in the name",
            "correct the name",
        )),
    }
}

/// A name as it can stand in a line.
pub(super) fn printable(name: &str) -> String {
    let escape =
        |letter: char| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() };
    name.chars().map(escape).collect()
}

fn look(path: &Path) -> Result<Stamp, FileProblem> {
    let found = fs::symlink_metadata(path).map_err(|error| gone(&error))?;
    match not_regular(&found) {
        Some(what) => Err(FileProblem::new(
            format!("it is {what}"),
            "a regular file",
            "put the file itself there: links are not followed",
        )),
        None => Ok(Stamp::of(&found)),
    }
}

/// The file with its hash, if it still looks the same once it was read.
fn taken(path: &Path, first: Stamp) -> Result<(Content, String), FileProblem> {
    let sha256 = sha256_of_file(path).map_err(|error| gone(&error))?;
    let now = look(path)?;
    if now != first {
        return Err(FileProblem::new(
            "somebody is still writing to it",
            "a file whose upload has ended",
            "it is left for the next run",
        ));
    }
    Ok((Content::File { path: path.to_owned(), stamp: now }, sha256))
}

/// What it is, if it is no regular file.
fn not_regular(found: &Metadata) -> Option<&'static str> {
    if found.is_symlink() {
        return Some("a link");
    }
    if found.is_dir() {
        return Some("a folder");
    }
    if !found.is_file() {
        return Some("a pipe or a device");
    }
    has_other_names(found).then_some("a hard link to a file that has another name too")
}

/// Whoever can write to the file under its other name can change it here.
#[cfg(unix)]
fn has_other_names(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

fn gone(error: &std::io::Error) -> FileProblem {
    FileProblem::new(format!("it cannot be read: {error}"), "a readable file", "check permissions")
}
