//! One at a time: whoever changes ledger, store or outputs holds the lock of the home.

use std::fs::{File, TryLockError};

use crate::error::{Exit, RunError};
use crate::home::Home;

/// The lock of a home, held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock.
    ///
    /// # Errors
    /// When another run holds it, or its file cannot be written.
    pub fn take(home: &Home) -> Result<Lock, RunError> {
        let folder = home.path("state");
        std::fs::create_dir_all(&folder).map_err(|error| RunError::unwritable(&folder, &error))?;
        let path = folder.join("run.lock");
        let file = File::options().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(|error| RunError::unwritable(&path, &error))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                let hint = "hint: wait for it to end; nothing was done";
                RunError::new(Exit::Locked, format!("{}: another run holds the lock\n  {hint}", path.display()))
            }
            TryLockError::Error(error) => RunError::unwritable(&path, &error),
        })?;
        Ok(Lock { _file: file })
    }
}
