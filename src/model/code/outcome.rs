//! The outcome of a finding, and of a verdict.

use std::fmt;

/// What a finding makes of a verdict, and the gravest of them what the verdict is. Ordered so that the graver of two is
/// the greater: what somebody here has to act on outranks what is only waited for. Items, aging and totals are sorted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Payable now, or settled.
    Ok,
    /// In order, and waiting for an event or a day.
    Pending,
    /// Cannot be decided, or may not go out yet.
    Blocked,
    /// A check failed.
    Exception,
}

impl Outcome {
    /// All, from the gravest to the lightest.
    pub const ALL: [Outcome; 4] = [Outcome::Exception, Outcome::Blocked, Outcome::Pending, Outcome::Ok];

    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Pending => "pending",
            Outcome::Blocked => "blocked",
            Outcome::Exception => "exception",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
