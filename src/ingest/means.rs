//! What reading needs from outside: who opens workbooks, and who watches.

use super::xlsx::process::Opener;

/// What is going on while files are read, for those who wait or measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file is opened.
    Opened {
        /// Name without folders.
        name: String,
        /// Length in bytes.
        bytes: u64,
    },
    /// The form of a part of it was checked; this thread begins to parse it.
    Gated,
    /// A part of it was parsed.
    Part {
        /// Length in bytes.
        bytes: u64,
    },
    /// All of it was parsed.
    Parsed,
    /// The rows of all files were brought together by voucher.
    Gathered,
}

/// Receives events, from any thread.
pub type Watch<'a> = &'a (dyn Fn(Event) + Sync);

/// What reading needs from outside.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// Who opens workbooks.
    pub opener: &'a Opener,
    /// Who receives events.
    pub watch: Watch<'a>,
}

impl Means<'static> {
    /// Workbooks are opened here, and events go nowhere: for files that can be trusted.
    pub const PLAIN: Means<'static> = Means { opener: &Opener::Itself, watch: &|_| {} };
}
