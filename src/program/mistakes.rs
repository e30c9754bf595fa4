//! The mistakes of a program file, as they are found: all of them, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use super::citation::{SourceDocument, source_of};
use crate::mistake::{Mistake, Part, hint};

/// The mistakes of a file, as they are found.
pub(super) struct Diagnostics<'a> {
    sources: BTreeSet<&'a str>,
    mistakes: Vec<Mistake>,
}

impl<'a> Diagnostics<'a> {
    /// None yet, of a file with these sources.
    pub(super) fn new(sources: &'a BTreeMap<String, SourceDocument>) -> Diagnostics<'a> {
        Diagnostics { sources: sources.keys().map(String::as_str).collect(), mistakes: Vec::new() }
    }

    /// Whether none was found.
    pub(super) fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// All that were found.
    pub(super) fn into_mistakes(self) -> Vec<Mistake> {
        self.mistakes
    }

    pub(super) fn add(&mut self, path: impl IntoIterator<Item = Part>, what: impl Into<String>) {
        self.mistakes.push(Mistake::new(path, what));
    }

    /// An entry has the id of an earlier one.
    pub(super) fn add_repeated(
        &mut self,
        path: impl IntoIterator<Item = Part>,
        earlier: impl IntoIterator<Item = Part>,
        what: String,
    ) {
        self.mistakes.push(Mistake::new(path, what).beside(earlier, "defined here first"));
    }

    /// A citation begins with the short code of a source, or with "house" where the project itself decided.
    pub(super) fn cited(&mut self, citation: &str, path: &[Part]) {
        let code = source_of(citation);
        if code != "house" && !self.sources.contains(code) {
            let known = hint(code, self.sources.iter().copied());
            let what = format!(
                "the citation \"{citation}\" begins with no source\n  expected a code of [sources], or \"house\", then what is cited{known}"
            );
            self.mistakes.push(Mistake::new(path.iter().cloned().chain(["citation".into()]), what));
        }
    }
}
