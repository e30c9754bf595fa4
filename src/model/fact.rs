//! What a row says about one thing: nothing (the export has no such column), no, or a value.

/// The content of an optional cell. Unknown is never a pass and never a "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fact<T> {
    /// The export has no such column, or what the cell rests on is in dispute.
    #[default]
    Unknown,
    /// The column is there and the cell is blank: no, or not yet.
    No,
    /// The cell's value.
    Is(T),
}

impl<T> Fact<T> {
    /// The value, if the row names one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Fact::Is(value) => Some(value),
            Fact::Unknown | Fact::No => None,
        }
    }

    /// Whether the export could not say.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Fact::Unknown)
    }

    /// The same answer about something computed from the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Fact::Unknown => Fact::Unknown,
            Fact::No => Fact::No,
            Fact::Is(value) => Fact::Is(f(value)),
        }
    }
}

impl<T: Copy> Fact<T> {
    /// The value by copy, if the row names one.
    pub fn get(self) -> Option<T> {
        self.value().copied()
    }
}
