//! What people decide about open items, and how far they may.

use std::collections::BTreeMap;
use std::fmt;

use super::{Currency, Day, ItemHash, ItemId, Money, Place, Text};

/// Why an amount that stays open is booked away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Adjustment {
    /// Less than anybody will ever pay or ask back.
    Rounding,
    /// Two currencies, and the rate between them.
    Fx,
    /// A fee that the payer or a bank kept.
    Fee,
    /// Money that will not come.
    WriteOff,
    /// Anything else; the reason says what.
    Other,
}

impl Adjustment {
    /// All kinds.
    pub const ALL: [Adjustment; 5] =
        [Adjustment::Rounding, Adjustment::Fx, Adjustment::Fee, Adjustment::WriteOff, Adjustment::Other];

    /// The word of machine files and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Adjustment::Rounding => "rounding",
            Adjustment::Fx => "fx",
            Adjustment::Fee => "fee",
            Adjustment::WriteOff => "write-off",
            Adjustment::Other => "other",
        }
    }
}

/// What somebody decides about an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// It is in order as it is.
    Accept,
    /// It is released until this day.
    Waive(Day),
    /// What is open is booked away.
    Adjust(Adjustment),
    /// It is not agreed; it stays open.
    Dispute,
    /// A payment belongs to this voucher, or to this invoice of ours.
    Resolve(Text),
    /// An earlier decision no longer stands.
    Withdraw,
}

/// The word of a decision in files, without what some of them need beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionWord {
    /// See [`Disposition::Accept`].
    Accept,
    /// See [`Disposition::Waive`].
    Waive,
    /// See [`Disposition::Adjust`]; each kind has a word of its own.
    Adjust(Adjustment),
    /// See [`Disposition::Dispute`].
    Dispute,
    /// See [`Disposition::Resolve`].
    Resolve,
    /// See [`Disposition::Withdraw`].
    Withdraw,
}

impl DecisionWord {
    /// All words and what they mean, in the order in which people choose among them.
    pub const LIST: [(&'static str, DecisionWord); 10] = [
        ("accept", DecisionWord::Accept),
        ("waive", DecisionWord::Waive),
        ("adjust-rounding", DecisionWord::Adjust(Adjustment::Rounding)),
        ("adjust-fx", DecisionWord::Adjust(Adjustment::Fx)),
        ("adjust-fee", DecisionWord::Adjust(Adjustment::Fee)),
        ("adjust-write-off", DecisionWord::Adjust(Adjustment::WriteOff)),
        ("adjust-other", DecisionWord::Adjust(Adjustment::Other)),
        ("dispute", DecisionWord::Dispute),
        ("resolve", DecisionWord::Resolve),
        ("withdraw", DecisionWord::Withdraw),
    ];

    /// What a text of a file means.
    pub fn from_text(text: &str) -> Option<DecisionWord> {
        DecisionWord::LIST.into_iter().find(|(known, _)| *known == text).map(|(_, word)| word)
    }

    /// The text in files.
    pub fn as_str(self) -> &'static str {
        DecisionWord::LIST.into_iter().find(|(_, word)| *word == self).map_or("", |(text, _)| text)
    }
}

impl Disposition {
    /// What a word says with what stands beside it: the day until which an item is waived, the target of a payment.
    ///
    /// # Errors
    /// The name of the column that the word needs and that is blank.
    pub fn new(word: DecisionWord, until: Option<Day>, target: Option<Text>) -> Result<Disposition, &'static str> {
        Ok(match word {
            DecisionWord::Accept => Disposition::Accept,
            DecisionWord::Waive => Disposition::Waive(until.ok_or("waive_until")?),
            DecisionWord::Adjust(kind) => Disposition::Adjust(kind),
            DecisionWord::Dispute => Disposition::Dispute,
            DecisionWord::Resolve => Disposition::Resolve(target.ok_or("resolve_to")?),
            DecisionWord::Withdraw => Disposition::Withdraw,
        })
    }

    /// Its word in files.
    pub fn word(&self) -> &'static str {
        let word = match self {
            Disposition::Accept => DecisionWord::Accept,
            Disposition::Waive(_) => DecisionWord::Waive,
            Disposition::Adjust(kind) => DecisionWord::Adjust(*kind),
            Disposition::Dispute => DecisionWord::Dispute,
            Disposition::Resolve(_) => DecisionWord::Resolve,
            Disposition::Withdraw => DecisionWord::Withdraw,
        };
        word.as_str()
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Disposition::Waive(until) => write!(f, "{} until {until}", self.word()),
            Disposition::Resolve(target) => write!(f, "{} to {target}", self.word()),
            _ => f.write_str(self.word()),
        }
    }
}

/// What a person has put down: a row of the data set `decisions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionEntry {
    /// About which item.
    pub item: ItemId,
    /// What was seen of it, if the row says so.
    pub hash: Option<ItemHash>,
    /// What is decided.
    pub disposition: Disposition,
    /// Why.
    pub reason: Text,
    /// Who decided.
    pub first: Text,
    /// Who agreed.
    pub second: Option<Text>,
}

/// A row of the data set `decisions`.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionRow {
    /// Where it stands.
    pub place: Place,
    /// What it says; or the column that is missing for it.
    pub entry: Result<DecisionEntry, &'static str>,
    /// The item, as far as the cell is an id of one.
    pub finding_id: Text,
}

/// Codes of decisions that do not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RejectionReason {
    /// DC-01: the item has changed since it was seen, or is not open.
    Stale,
    /// DC-02: both initials are one person's.
    SamePerson,
    /// DC-03: nobody who signed may decide this.
    OverAuthority,
    /// DC-04: it stood until a day that has gone by.
    Expired,
    /// DC-05: the row does not say what its word needs, or says two things.
    Incomplete,
}

impl RejectionReason {
    /// All objections.
    pub const ALL: [RejectionReason; 5] = [
        RejectionReason::Stale,
        RejectionReason::SamePerson,
        RejectionReason::OverAuthority,
        RejectionReason::Expired,
        RejectionReason::Incomplete,
    ];

    /// The objection with this printed code.
    pub fn from_text(text: &str) -> Option<RejectionReason> {
        RejectionReason::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// The printed code.
    pub fn as_str(self) -> &'static str {
        match self {
            RejectionReason::Stale => "DC-01",
            RejectionReason::SamePerson => "DC-02",
            RejectionReason::OverAuthority => "DC-03",
            RejectionReason::Expired => "DC-04",
            RejectionReason::Incomplete => "DC-05",
        }
    }
}

/// A decision that was taken or refused in a run, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided, by whom.
    pub entry: DecisionEntry,
    /// The item as it was then.
    pub bound: ItemHash,
    /// The as-of date of the run that took it, or refused it.
    pub taken_on: Day,
    /// Why it was refused, if it was: it stays refused.
    pub refused: Option<(RejectionReason, String)>,
}

/// How far people may decide, from the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Who may decide at all, and about how much.
    pub people: BTreeMap<Text, BTreeMap<Currency, Money>>,
    /// Above it two people decide; a currency without one always needs two.
    pub alone: BTreeMap<Currency, Money>,
    /// The most that may be booked away, per kind; a kind or currency without one, nothing.
    pub limits: BTreeMap<Adjustment, BTreeMap<Currency, Money>>,
    /// Days after which an accepted item is asked again.
    pub accept_days: u32,
    /// The most days for which an item may be waived.
    pub waive_days: u32,
}

#[cfg(test)]
mod tests {
    use super::{Adjustment, DecisionWord, Disposition};
    use crate::model::{Day, Text};

    #[test]
    fn every_disposition_has_its_own_word() {
        let day = Day::parse_iso("2021-06-30");
        for (text, word) in DecisionWord::LIST {
            let disposition = Disposition::new(word, day, Some(Text::new("V-1"))).expect("nothing is missing");
            assert_eq!((disposition.word(), DecisionWord::from_text(text)), (text, Some(word)));
        }
        for kind in Adjustment::ALL {
            assert_eq!(Disposition::Adjust(kind).word(), format!("adjust-{}", kind.as_str()));
        }
        assert_eq!(Disposition::new(DecisionWord::Waive, None, None), Err("waive_until"));
        assert_eq!(Disposition::new(DecisionWord::Resolve, None, None), Err("resolve_to"));
    }
}
