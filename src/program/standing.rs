//! A program's own words for the standing of a partner: how far it is on the way to an offering.

use schemars::JsonSchema;
use serde::Deserialize;

/// The program's own words for a standing.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingWords {
    /// All requirements are met.
    pub active: String,
    /// Some are.
    pub in_progress: String,
    /// None is.
    pub not_started: String,
    /// Where they are written.
    #[serde(default)]
    pub citation: String,
}

impl StandingWords {
    /// Whether the program file gives them.
    pub(super) fn is_given(&self) -> bool {
        *self != StandingWords::default()
    }
}

impl Default for StandingWords {
    fn default() -> StandingWords {
        let word = str::to_owned;
        StandingWords {
            active: word("active"),
            in_progress: word("in progress"),
            not_started: word("not started"),
            citation: String::new(),
        }
    }
}
