//! A control total.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::model::{Currency, MinorUnits, Total};

/// Two figures that must be equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieOut {
    /// T1, T2, …
    pub id: &'static str,
    /// What is compared, left with right.
    pub what: String,
    compared: Compared,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Counts { left: i128, right: i128 },
    Sums { currency: Currency, left: MinorUnits, right: MinorUnits },
}

/// A figure of a control total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How many.
    Count(i128),
    /// How much.
    Sum(Total),
}

impl TieOut {
    /// Two counts.
    pub fn count(id: &'static str, what: impl Into<String>, left: u64, right: u64) -> TieOut {
        let [left, right] = [left, right].map(i128::from);
        TieOut { id, what: what.into(), compared: Compared::Counts { left, right } }
    }

    /// Two sums of one currency.
    pub fn sum(id: &'static str, what: &str, currency: Currency, left: MinorUnits, right: MinorUnits) -> TieOut {
        TieOut { id, what: what.to_owned(), compared: Compared::Sums { currency, left, right } }
    }

    /// Left, right, and left less right.
    pub fn figures(&self) -> [Figure; 3] {
        match self.compared {
            Compared::Counts { left, right } => [left, right, left - right].map(Figure::Count),
            Compared::Sums { currency, left, right } => {
                [left, right, left - right].map(|units| Figure::Sum(units.of(currency)))
            }
        }
    }

    /// Whether both are equal; if not, the run stops.
    pub fn ties(&self) -> bool {
        match self.compared {
            Compared::Counts { left, right } => left == right,
            Compared::Sums { left, right, .. } => left == right,
        }
    }

    /// The currency of sums.
    pub fn currency(&self) -> Option<Currency> {
        match self.compared {
            Compared::Counts { .. } => None,
            Compared::Sums { currency, .. } => Some(currency),
        }
    }
}

impl fmt::Display for TieOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [left, right, _] = self.figures();
        write!(f, "{} {}: {left} and {right}", self.id, self.what)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Count(count) => write!(f, "{count}"),
            Figure::Sum(total) => write!(f, "{total} {}", total.currency),
        }
    }
}

/// Counts are numbers, sums decimal strings beside their currency.
impl Serialize for TieOut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [left, right, difference] = self.figures();
        let mut tie_out = serializer.serialize_struct("TieOut", 6)?;
        tie_out.serialize_field("id", self.id)?;
        tie_out.serialize_field("what", &self.what)?;
        tie_out.serialize_field("currency", &self.currency().map(Currency::code))?;
        tie_out.serialize_field("left", &left)?;
        tie_out.serialize_field("right", &right)?;
        tie_out.serialize_field("difference", &difference)?;
        tie_out.end()
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Count(count) => count.serialize(serializer),
            Figure::Sum(total) => total.serialize(serializer),
        }
    }
}
