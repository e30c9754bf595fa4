//! A refused row: where it stands, why, its raw text, and the keys that can still be read, since the facts
//! under them are unknown now.

use std::collections::BTreeMap;

use compact_str::CompactString;

use crate::ingest::cell::days::day_in;
use crate::ingest::profile::notation::DateOrder;
use crate::model::{
    Code, CompetencyName, ConsultantId, Country, Dataset, Day, InvoiceNumber, LocationId, Money, Offering, PartnerId,
    Place, Tables, VoucherId,
};

/// A refused row.
#[derive(Clone, Debug)]
pub struct Reject {
    /// Where it stands.
    pub place: Place,
    /// In which data set.
    pub dataset: Dataset,
    /// The column that could not be used.
    pub column: &'static str,
    /// Its title in the file, if it stands there.
    pub title: Option<String>,
    /// The finding code.
    pub code: Code,
    /// The cell as it came.
    pub value: String,
    /// What is wrong.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub hint: String,
    /// The whole row as it came, escaped, cells separated by ` | `.
    pub raw: String,
    /// The parts of the row that can be read.
    pub keys: Keys,
    /// A row that a later export replaced needs no repair.
    pub superseded: bool,
}

impl Reject {
    /// The message in the shape of all messages.
    pub fn message(&self, tables: &Tables) -> String {
        let place = tables.describe(self.place);
        let column = match &self.title {
            Some(title) if title != self.column => format!("\"{}\" (\"{title}\")", self.column),
            Some(_) | None => format!("\"{}\"", self.column),
        };
        format!("{place}, column {column}: {}\n  expected {}\n  hint: {}", self.what, self.expected, self.hint)
    }
}

/// A refused row, with what else its file knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) reject: Reject,
    /// The key under which a later export replaces it, if it can be read.
    pub(crate) key: Option<CompactString>,
    pub(crate) exported_on: Option<Day>,
    /// Its amount, if it can be read.
    pub(crate) amount: Option<Money>,
}

/// What a row is about, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The voucher.
    pub voucher: Option<VoucherId>,
    /// A voucher is named, and cannot be read.
    pub voucher_garbled: bool,
    /// A location or company is named, and cannot be read.
    pub claimant_garbled: bool,
    /// Cells that may be a voucher's id, of a row whose cells cannot be told apart.
    pub mentioned: Vec<VoucherId>,
    /// The company.
    pub partner: Option<PartnerId>,
    /// The location.
    pub location: Option<LocationId>,
    /// The consultant.
    pub consultant: Option<ConsultantId>,
    /// The invoice.
    pub invoice: Option<InvoiceNumber>,
    /// The offering.
    pub offering: Option<Offering>,
    /// The competency.
    pub competency: Option<CompetencyName>,
    /// The country.
    pub country: Option<Country>,
    /// The level in days.
    pub days: Option<u32>,
    /// The day that is part of the key: enrolled, attained, passed, valid from.
    pub day: Option<Day>,
}

/// Facts that are unknown although the data set is there: a row about them was refused, or rows contradict each
/// other.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// In which data set.
    pub dataset: Dataset,
    /// The code of the refusal; IN-01 for a contradiction.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is in doubt.
    pub keys: Keys,
    /// Rows contradict each other, so that not even what was read holds.
    pub contradiction: bool,
}

/// What refused cells say about the declared order of dates: those that are days only in the other order.
pub(crate) fn other_orders<'r>(rejects: impl Iterator<Item = &'r Reject>) -> Vec<String> {
    let mut counts: BTreeMap<(&'static str, &'static str), u64> = BTreeMap::new();
    for reject in rejects.filter(|reject| reject.code == Code::UnreadableCell) {
        let order =
            match (day_in(&reject.value, DateOrder::DayMonthYear), day_in(&reject.value, DateOrder::MonthDayYear)) {
                (Some(_), None) => "day-month-year",
                (None, Some(_)) => "month-day-year",
                _ => continue,
            };
        *counts.entry((reject.column, order)).or_default() += 1;
    }
    let note = |((column, order), count)| {
        format!(
            "{column}: {count} refused cells are days only as {order}; if all are, the others were read wrong: set dates"
        )
    };
    counts.into_iter().map(note).collect()
}
