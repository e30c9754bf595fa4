//! The documents behind citations, each with the versions of it that were kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Day;

/// A document behind citations.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceDocument {
    /// Its title.
    pub title: String,
    /// Its address: a page, or repository and path.
    pub address: String,
    /// Versions of it that were kept, as they were read.
    #[serde(default)]
    pub versions: Vec<Version>,
}

/// A version of a document, as it was read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Language tag.
    pub language: String,
    /// The date that it carries.
    pub ms_date: Day,
    /// SHA-256 of its text, in hex.
    pub sha256: String,
}

/// The short code with which a citation begins.
pub(super) fn source_of(citation: &str) -> &str {
    citation.split([' ', ':', ';', ',']).next().unwrap_or_default()
}
