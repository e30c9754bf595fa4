//! Content-addressed copies of inputs and outputs, and atomic publishing: content first, reference second; a
//! folder appears whole, by rename, or not at all.
#![expect(clippy::disallowed_methods, reason = "content is read and written here")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// SHA-256 of bytes, in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// SHA-256 of a file's content, in hex, without holding it in memory.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of_file(path: &Path) -> io::Result<String> {
    let mut hash = Hashing(Sha256::new());
    io::copy(&mut BufReader::with_capacity(1 << 20, File::open(path)?), &mut hash)?;
    Ok(hex(&hash.0.finalize()))
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The folder `state/store/`: one file per content, named by its hash.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in this folder, which is created when the first content is kept.
    pub fn new(root: PathBuf) -> Store {
        Store { root }
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether nothing was ever kept.
    pub fn is_empty(&self) -> bool {
        match fs::read_dir(&self.root) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        }
    }

    fn path(&self, sha256: &str) -> PathBuf {
        self.root.join(&sha256[..2]).join(sha256)
    }

    /// Keeps a content under its hash. Content that is already there is not written again.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn keep(&self, sha256: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(sha256, bytes.len() as u64, |staged| staged.write_all(bytes))
    }

    /// Keeps a copy of a file, which must still have this hash.
    ///
    /// # Errors
    /// When the folder cannot be written, the file cannot be read, or is no longer what it was.
    pub fn keep_file(&self, sha256: &str, original: &Path) -> io::Result<()> {
        self.put(sha256, fs::metadata(original)?.len(), |staged| {
            io::copy(&mut File::open(original)?, staged.as_file_mut())?;
            if sha256_of_file(staged.path())? == sha256 {
                return Ok(());
            }
            let what = format!("{} was changed while it was read; run again", original.display());
            Err(io::Error::new(io::ErrorKind::InvalidData, what))
        })
    }

    /// Writes a content beside its place, makes it durable and renames it, unless it is there already.
    fn put(
        &self,
        sha256: &str,
        length: u64,
        write: impl FnOnce(&mut tempfile::NamedTempFile) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.path(sha256);
        if fs::metadata(&path).is_ok_and(|known| known.len() == length) {
            return Ok(());
        }
        let folder = self.root.join(&sha256[..2]);
        fs::create_dir_all(&folder)?;
        let mut staged = tempfile::NamedTempFile::new_in(&folder)?;
        write(&mut staged)?;
        staged.as_file().sync_all()?;
        staged.persist(&path).map_err(|error| error.error)?;
        sync_folder(&folder)
    }

    /// Where the content under a hash lies, once it was checked against it.
    ///
    /// # Errors
    /// When it is not there, or no longer what it was.
    pub fn checked_path(&self, sha256: &str) -> io::Result<PathBuf> {
        let path = self.path(sha256);
        if sha256_of_file(&path)? == sha256 { Ok(path) } else { Err(altered(sha256)) }
    }

    /// The content under a hash, checked against it.
    ///
    /// # Errors
    /// When it is not there, or no longer what it was.
    pub fn read(&self, sha256: &str) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.path(sha256))?;
        if sha256_hex(&bytes) == sha256 {
            return Ok(bytes);
        }
        Err(altered(sha256))
    }
}

fn altered(sha256: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("stored content {sha256} was altered"))
}

/// A document that is to be published: its path within the folder of the run, and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Path with `/`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Writes documents into a fresh folder and makes them durable.
///
/// # Errors
/// With the path that could not be written.
pub fn stage(folder: &Path, documents: &[Document]) -> Result<(), (PathBuf, io::Error)> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed(folder))?;
    }
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut folders = BTreeSet::from([folder.to_owned()]);
    for document in documents {
        let path = folder.join(&document.path);
        if let Some(parent) = path.parent().filter(|parent| !folders.contains(*parent)) {
            fs::create_dir_all(parent).map_err(failed(parent))?;
            folders.insert(parent.to_owned());
        }
        let mut file = File::create(&path).map_err(failed(&path))?;
        file.write_all(&document.bytes).map_err(failed(&path))?;
        file.sync_all().map_err(failed(&path))?;
    }
    folders.iter().try_for_each(|folder| sync_folder(folder).map_err(failed(folder)))
}

/// Renames a staged folder into place.
///
/// # Errors
/// When the target exists or cannot be written.
pub fn publish(staged: &Path, target: &Path) -> io::Result<()> {
    let parent = target.parent().unwrap_or(target);
    fs::create_dir_all(parent)?;
    fs::rename(staged, target)?;
    sync_folder(parent)
}

/// Makes the names in a folder durable, where the system can open folders.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
