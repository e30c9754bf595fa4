//! Open money of one currency, by where it stands.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use crate::model::MinorUnits;

/// Open money by where it stands, in minor units of one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Redeemed, and not in order yet.
    pub held: MinorUnits,
    /// In order, and not invoiced yet.
    pub to_invoice: MinorUnits,
    /// Invoiced or requested, and not paid yet.
    pub awaiting_payment: MinorUnits,
    /// Money that came and is applied to nothing: negative, as it is owed back or to be applied.
    pub unapplied: MinorUnits,
}

impl Balance {
    /// All that is open.
    pub fn total(self) -> MinorUnits {
        self.held + self.to_invoice + self.awaiting_payment + self.unapplied
    }

    /// Where money stands, by the names of machine files.
    pub fn places(self) -> [(&'static str, MinorUnits); 4] {
        [
            ("held", self.held),
            ("to_invoice", self.to_invoice),
            ("awaiting_payment", self.awaiting_payment),
            ("unapplied", self.unapplied),
        ]
    }
}

impl Add for Balance {
    type Output = Balance;

    fn add(self, other: Balance) -> Balance {
        Balance {
            held: self.held + other.held,
            to_invoice: self.to_invoice + other.to_invoice,
            awaiting_payment: self.awaiting_payment + other.awaiting_payment,
            unapplied: self.unapplied + other.unapplied,
        }
    }
}

impl Sub for Balance {
    type Output = Balance;

    fn sub(self, other: Balance) -> Balance {
        Balance {
            held: self.held - other.held,
            to_invoice: self.to_invoice - other.to_invoice,
            awaiting_payment: self.awaiting_payment - other.awaiting_payment,
            unapplied: self.unapplied - other.unapplied,
        }
    }
}

impl AddAssign for Balance {
    fn add_assign(&mut self, other: Balance) {
        *self = *self + other;
    }
}

impl Sum for Balance {
    fn sum<I: Iterator<Item = Balance>>(balances: I) -> Balance {
        balances.fold(Balance::default(), Add::add)
    }
}
