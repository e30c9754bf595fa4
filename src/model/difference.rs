//! One fact as it was and as it is: how a change is told.

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
