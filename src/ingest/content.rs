//! The content of an input file: read when its turn comes, since all files together may be larger than memory.
#![expect(clippy::disallowed_methods, reason = "input files are read here")]

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use encoding_rs::{Encoding, UTF_8};

use super::sheet::FileProblem;

/// A file from here on is read in parts, by several threads.
const LARGE: u64 = 8 << 20;
/// The header of a file stands within this number of bytes.
const HEAD: usize = 1 << 20;

/// Where the content of an input file is.
#[derive(Clone, Debug)]
pub enum Content {
    /// In a file, which must still be what it was when it was looked at.
    File {
        /// Where.
        path: PathBuf,
        /// What it looked like.
        stamp: Stamp,
    },
    /// In memory.
    Memory(Arc<[u8]>),
    /// Nowhere: the file was not taken, for this reason.
    Untaken(FileProblem),
}

/// What shows that a file was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a file that was looked at.
    pub fn of(metadata: &Metadata) -> Stamp {
        Stamp { length: metadata.len(), modified: metadata.modified().ok() }
    }

    /// When it was last written to.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }
}

impl Content {
    /// A file as it looks now.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn of_file(path: &Path) -> io::Result<Content> {
        Ok(Content::File { path: path.to_owned(), stamp: Stamp::of(&std::fs::metadata(path)?) })
    }

    /// Length in bytes.
    pub fn length(&self) -> u64 {
        match self {
            Content::File { stamp, .. } => stamp.length,
            Content::Memory(bytes) => bytes.len() as u64,
            Content::Untaken(_) => 0,
        }
    }

    /// Whether it is a file on disk.
    pub(super) fn is_file(&self) -> bool {
        matches!(self, Content::File { .. })
    }

    /// Whether it is worth the work of several threads.
    pub(super) fn is_large(&self) -> bool {
        self.length() >= LARGE
    }

    /// The file with its beginning, if it is large and may be read part by part: UTF-8, as far as can be seen.
    pub(super) fn large(&self, declared: Option<&'static Encoding>) -> Result<Option<Large>, FileProblem> {
        let Content::File { path, stamp } = self else { return Ok(None) };
        if stamp.length < LARGE || declared.is_some_and(|encoding| encoding != UTF_8) {
            return Ok(None);
        }
        let open = || -> io::Result<Large> {
            let file = File::open(path)?;
            let mut head = vec![0; HEAD];
            read_exact_at(&file, &mut head, 0)?;
            Ok(Large { file, length: stamp.length, head })
        };
        let large = open().map_err(|error| unreadable(&error))?;
        let marked = Encoding::for_bom(&large.head).is_some_and(|(encoding, _)| encoding != UTF_8);
        // A letter may be cut at the end of the head.
        let is_utf8 = std::str::from_utf8(&large.head).map_or_else(|error| error.error_len().is_none(), |_| true);
        Ok(Some(large).filter(|_| is_utf8 && !marked))
    }

    /// Whether a file is still what it was when it was looked at.
    pub(super) fn check_unchanged(&self, now: io::Result<Metadata>) -> Result<(), FileProblem> {
        let Content::File { stamp, .. } = self else { return Ok(()) };
        let now = now.map_err(|error| unreadable(&error))?;
        if Stamp::of(&now) == *stamp { Ok(()) } else { Err(changed()) }
    }

    /// The same for a file that another process opens.
    pub(super) fn check_unchanged_on_disk(&self) -> Result<(), FileProblem> {
        let Content::File { path, .. } = self else { return Ok(()) };
        self.check_unchanged(std::fs::metadata(path))
    }

    /// The bytes.
    pub(super) fn read(&self) -> Result<Cow<'_, [u8]>, FileProblem> {
        match self {
            Content::Untaken(problem) => Err(problem.clone()),
            Content::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::File { path, stamp } => match read_file(path, *stamp) {
                Ok(Some(bytes)) => Ok(Cow::Owned(bytes)),
                Ok(None) => Err(changed()),
                Err(error) => Err(unreadable(&error)),
            },
        }
    }
}

/// A large file with its beginning.
pub(super) struct Large {
    pub(super) file: File,
    pub(super) length: u64,
    pub(super) head: Vec<u8>,
}

fn changed() -> FileProblem {
    FileProblem::new(
        "the file was changed while it was read",
        "a file that nobody writes to",
        "run again once its upload has ended",
    )
}

fn unreadable(error: &io::Error) -> FileProblem {
    FileProblem::new(format!("it cannot be read: {error}"), "a readable file", "check permissions")
}

/// The content of a file, if it is still what it was.
fn read_file(path: &Path, stamp: Stamp) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let length = usize::try_from(stamp.length).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut bytes = vec![0; length];
    match read_exact_at(&file, &mut bytes, 0) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    Ok((Stamp::of(&file.metadata()?) == stamp).then_some(bytes))
}

#[cfg(unix)]
pub(super) fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
pub(super) fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                at += read as u64;
            }
        }
    }
    Ok(())
}
