//! Why a cell, and with it its row, is refused.

use crate::model::Code;

/// Why a cell, and with it the row, is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    pub(crate) what: String,
    pub(crate) expected: String,
    pub(crate) hint: String,
}

impl Refusal {
    pub(crate) fn new(code: Code, what: impl Into<String>, expected: impl Into<String>, hint: &str) -> Refusal {
        Refusal { code, what: what.into(), expected: expected.into(), hint: hint.to_owned() }
    }
}

/// The refusal of a required cell that is blank.
pub(crate) fn required_blank() -> Refusal {
    Refusal::new(Code::BlankRequiredCell, "the required cell is blank", "a value", "fill the cell and export again")
}
