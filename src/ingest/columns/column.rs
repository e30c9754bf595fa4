//! One column of a data set: its name, what its cells hold, and whether every row must fill it.

use super::kind::Kind;

/// A column of a data set.
#[derive(Debug)]
pub(crate) struct InputColumn {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// A column whose cells may be blank, or that may be absent.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> InputColumn {
    InputColumn { name, kind, required: false }
}

/// A column that every row must fill.
pub(crate) const fn required(name: &'static str, kind: Kind) -> InputColumn {
    InputColumn { name, kind, required: true }
}
