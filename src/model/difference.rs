//! One fact as it was and as it is: how a change is reported.

/// A fact that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which: the column of a row, or the fact of a voucher.
    pub field: &'static str,
    /// As it was; empty where there was none.
    pub before: String,
    /// As it is; empty where there is none any more.
    pub after: String,
}

impl Difference {
    /// A fact as it was and as it is.
    pub fn new(field: &'static str, before: impl Into<String>, after: impl Into<String>) -> Difference {
        Difference { field, before: before.into(), after: after.into() }
    }

    /// A fact that was not there before.
    pub fn added(field: &'static str, after: impl Into<String>) -> Difference {
        Difference::new(field, "", after)
    }
}
