//! A control total.

use serde::Serialize;

use crate::model::{Currency, MinorUnits};

/// Two figures that must be equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TieOut {
    /// T1, T2, …
    pub id: &'static str,
    /// What is compared, left with right.
    pub what: String,
    /// The currency of amounts in minor units; counts have none.
    pub currency: Option<&'static str>,
    /// Left figure.
    pub left: i128,
    /// Right figure.
    pub right: i128,
    /// Left less right; zero or the run stops.
    pub difference: i128,
}

impl TieOut {
    /// Two counts.
    pub fn count(id: &'static str, what: impl Into<String>, left: u64, right: u64) -> TieOut {
        let (left, right) = (i128::from(left), i128::from(right));
        TieOut { id, what: what.into(), currency: None, left, right, difference: left - right }
    }

    /// Two sums of one currency, in minor units.
    pub fn sum(id: &'static str, what: &str, currency: Currency, left: MinorUnits, right: MinorUnits) -> TieOut {
        let (left, right) = (left.minor(), right.minor());
        let currency = Some(currency.code());
        TieOut { id, what: what.to_owned(), currency, left, right, difference: left - right }
    }
}
