//! The few things that stop a run, each with its sentence and its exit code. Problems of rows never come here.

use std::fmt;
use std::path::PathBuf;

/// How a command ended, as schedulers see it. Of `Refused`, `MailLeft` and `ApprovalWaits` the highest is given;
/// the others end the run by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Internal error.
    Internal = 1,
    /// Usage or configuration.
    Usage = 2,
    /// Done, but rows or files were refused.
    Refused = 3,
    /// Nothing could be done: a required input is missing or refused.
    NothingDone = 4,
    /// Reserved: done, mail left undelivered. Letters are captured, not sent.
    MailLeft = 5,
    /// Another run holds the lock.
    Locked = 6,
    /// Done, a batch waits for approval.
    ApprovalWaits = 7,
    /// An output could not be written.
    Unwritable = 8,
    /// Control totals do not tie, nothing published.
    DoesNotTie = 9,
    /// Ledger unusable, nothing written.
    LedgerUnusable = 10,
}

impl Exit {
    /// The number for the operating system.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The exit with this number, as a ledger has kept it.
    pub fn from_code(code: u8) -> Option<Exit> {
        use Exit::{
            ApprovalWaits, DoesNotTie, Done, Internal, LedgerUnusable, Locked, MailLeft, NothingDone, Refused,
            Unwritable, Usage,
        };
        let all = [
            Done,
            Internal,
            Usage,
            Refused,
            NothingDone,
            MailLeft,
            Locked,
            ApprovalWaits,
            Unwritable,
            DoesNotTie,
            LedgerUnusable,
        ];
        all.into_iter().find(|exit| exit.code() == code)
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub struct RunError {
    /// The exit code.
    pub exit: Exit,
    /// What a person reads: place, what, both values, what to do.
    pub message: String,
}

impl RunError {
    /// Stops with this exit and message.
    pub fn new(exit: Exit, message: impl Into<String>) -> RunError {
        RunError { exit, message: message.into() }
    }

    /// A mistake in what was typed or configured.
    pub fn usage(message: impl Into<String>) -> RunError {
        RunError::new(Exit::Usage, message)
    }

    /// A mistake in a configuration file.
    pub fn config(file: &str, what: &dyn fmt::Display) -> RunError {
        RunError::usage(format!("{file}: {what}"))
    }

    /// An output that could not be written.
    pub fn unwritable(path: impl Into<PathBuf>, error: &std::io::Error) -> RunError {
        let path = path.into();
        RunError::new(
            Exit::Unwritable,
            format!(
                "{}: cannot be written: {error}\n  hint: check space and permissions, then run again",
                path.display()
            ),
        )
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RunError {}
