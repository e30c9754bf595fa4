//! Open items, as they are carried from run to run: a finding keeps its id as long as it is about the same case.

use std::collections::HashMap;
use std::fmt;

use super::{Code, Day, Group, Money, PartnerId, Text};

/// The id of a finding: the first 16 hex digits of SHA-256 over program, subject kind, subject and check family.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u64);

/// What a person saw of an item when deciding: the first 16 hex digits of SHA-256 over id, code, amount and evidence.
/// It changes as soon as one of them does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemHash(u64);

macro_rules! sixteen_digits {
    ($($name:ident)+) => {$(
        impl $name {
            /// Of the first eight bytes of a digest.
            pub fn new(bits: u64) -> $name {
                $name(bits)
            }

            /// As a number.
            pub fn bits(self) -> u64 {
                self.0
            }

            /// Reads 16 hex digits.
            pub fn parse(text: &str) -> Option<$name> {
                let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
                is_hex.then(|| u64::from_str_radix(text, 16).ok()).flatten().map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )+};
}
sixteen_digits! { ItemId ItemHash }

/// An item as a run has left it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The voucher, or the reference of an unapplied payment.
    pub subject: Text,
    /// Its code then.
    pub code: Code,
    /// The business day from which it counts.
    pub opened_on: Day,
    /// The as-of date of the run that showed it first, or first again.
    pub since: Day,
    /// The money that it was about.
    pub amount: Option<Money>,
    /// What a person saw of it.
    pub hash: ItemHash,
}

/// What the last run of a job has left open.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// Open items by id.
    pub open: HashMap<ItemId, Item>,
    /// What an earlier run of the same day has shown first.
    pub today: HashMap<ItemId, ItemHash>,
    /// What other jobs have open: decisions hold for all jobs of a program, and one may see what another does not.
    pub elsewhere: HashMap<ItemId, ItemHash>,
}

impl Carried {
    /// What a person has last seen of an item.
    pub fn printed(&self, id: ItemId) -> Option<ItemHash> {
        self.open.get(&id).map(|item| item.hash).or_else(|| self.today.get(&id).copied())
    }

    /// The business day of an item whose rows name none: the one that it had before.
    pub fn opened_on(&self, id: ItemId) -> Option<Day> {
        self.open.get(&id).map(|item| item.opened_on)
    }
}

/// Who looks after some of the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Only these codes; none: all.
    pub codes: Vec<Code>,
    /// Only this group.
    pub group: Option<Group>,
    /// Only this partner.
    pub partner: Option<PartnerId>,
    /// Who looks after them.
    pub owner: Text,
}

impl Route {
    /// A route of a group to an owner.
    pub fn of_group(group: Group, owner: &str) -> Route {
        Route { codes: Vec::new(), group: Some(group), partner: None, owner: Text::new(owner) }
    }
}

#[cfg(test)]
mod tests {
    use super::ItemId;

    #[test]
    fn an_id_is_sixteen_hex_digits() {
        let id = ItemId::new(0x00ff_0000_0000_0001);
        assert_eq!(id.to_string(), "00ff000000000001");
        assert_eq!(ItemId::parse("00ff000000000001"), Some(id));
        for wrong in ["", "ff", "00ff00000000000g", "+0ff000000000001", "00ff0000000000011"] {
            assert_eq!(ItemId::parse(wrong), None, "{wrong}");
        }
    }
}
