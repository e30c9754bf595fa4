//! What a requirement or check says about a case. Unknown is an answer of its own, and never a pass.

use super::{Code, Day, Money, Outcome, Place, Text};

/// The rows that an answer rests on: a few, kept without an allocation, since a run gives dozens of answers per voucher.
pub type Places = smallvec::SmallVec<[Place; 4]>;

/// What is nearly always one or two, and is put together for every voucher.
pub type Few<T> = smallvec::SmallVec<[T; 2]>;

/// The answer of one requirement or check.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// In order; the rows that show it.
    Passed(Places),
    /// The rule does not speak about this case, and why.
    NotApplicable(&'static str),
    /// Not in order, or not yet. Boxed, since most answers are no failures, and answers are passed on by value.
    Failed(Box<Failure>),
    /// Cannot be decided.
    Unknown {
        /// The code that says so in the verdict; none where another check has already said it.
        code: Option<Code>,
        /// What is missing.
        why: String,
        /// The row that is in doubt.
        places: Places,
    },
}

/// A finding before it is attached to a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Which.
    pub code: Code,
    /// What it makes of the verdict.
    pub outcome: Outcome,
    /// What is wrong, with both values.
    pub message: String,
    /// The business day from which it counts.
    pub opened_on: Option<Day>,
    /// The first day on which a pending item is an exception, or the day by which something is due.
    pub due_on: Option<Day>,
    /// Money that differs, where the finding is about an amount.
    pub amount: Option<Money>,
    /// What a person must have seen to decide about it, where code and amount do not say it: another voucher, references.
    pub evidence: Text,
    /// The rows that it rests on, the first of them first.
    pub places: Places,
}

impl Failure {
    /// A finding whose outcome is the usual one of its code.
    pub fn new(code: Code, message: String, opened_on: Option<Day>, places: &[Place]) -> Failure {
        Failure {
            code,
            outcome: code.outcome(),
            message,
            opened_on,
            due_on: None,
            amount: None,
            evidence: Text::default(),
            places: Places::from_slice(places),
        }
    }

    /// The same finding with the day on which it turns or is due.
    pub fn due(self, day: Option<Day>) -> Failure {
        Failure { due_on: day, ..self }
    }

    /// The same finding with what a person must have seen to decide about it.
    pub fn seeing(self, evidence: impl AsRef<str>) -> Failure {
        Failure { evidence: Text::new(evidence), ..self }
    }

    /// The same finding with the money that it is about.
    pub fn about(self, amount: Money) -> Failure {
        Failure { amount: Some(amount), ..self }
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Answer {
        Answer::Failed(Box::new(failure))
    }
}
