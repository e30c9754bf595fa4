//! What there is to read: the sources of a job, and the files that each of them found.

use std::sync::Arc;

use super::content::Content;
use super::profile::Profile;
use crate::model::{Dataset, Day};

/// A source of a job with the files that its pattern found, in the order of their names.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it delivers.
    pub dataset: Dataset,
    /// Without an accepted file the run cannot go on.
    pub required: bool,
    /// The pattern, as the job file writes it.
    pub pattern: String,
    /// How its files are written.
    pub profile: Arc<Profile>,
    /// The files.
    pub files: Vec<InputFile>,
}

/// One file of a source.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Name without folders.
    pub name: String,
    /// Where its content is.
    pub content: Content,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The day on which it was exported, where its name says so.
    pub exported_on: Option<Day>,
}
