//! One driver for all data sets: the columns say how cells are read, a small function makes the row.

use compact_str::CompactString;

use super::cell::{Kind, Reading, Refusal, Value};
use super::headers::{Column, Origin};
use super::reject::Keys;
use super::sheet::{RawCell, RawRow};
use crate::model::{
    Code, CompetencyName, ConsultantId, Country, Currency, Day, EngagementId, Fact, InvoiceNumber, LocationId,
    Offering, PartnerId, Place, Text, Vocabulary, VoucherId,
};

/// What the driver needs to know of a data set.
pub(super) trait Rows {
    /// The typed row.
    type Row: Send;
    /// Columns, in the order in which [`Rows::row`] asks for them.
    const COLUMNS: &'static [Column];
    /// Columns under which a later export replaces a row.
    const KEY: &'static [&'static str];
    /// Columns that may differ between two rows of one key without a contradiction.
    const PROGRESS: &'static [&'static str] = &[];
    /// Rows of one key that contradict each other stay side by side; the check that needs one of them says so.
    const KEEP_CONTRADICTIONS: bool = false;

    /// Makes the row from its cells.
    fn row(place: Place, cells: &Cells, vocabulary: &Vocabulary) -> Result<Self::Row, (usize, Refusal)>;

    /// Which of two rows that differ only in [`Rows::PROGRESS`] is further; the later file order wins ties.
    fn is_further(_: &Self::Row, _: &Self::Row) -> bool {
        false
    }

    /// What other stages look the row up by.
    fn place(row: &Self::Row) -> Place;
}

/// The typed cells of one row, by position of the column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cells(Vec<Fact<Value>>);

macro_rules! getters {
    ($($(#[$doc:meta])* $get:ident $need:ident $variant:ident $type:ty;)+) => {$(
        $(#[$doc])*
        pub(super) fn $get(&self, column: usize) -> Fact<$type> {
            match &self.0[column] {
                Fact::Is(Value::$variant(value)) => Fact::Is(value.clone()),
                Fact::Unknown => Fact::Unknown,
                Fact::No | Fact::Is(_) => Fact::No,
            }
        }

        $(#[$doc])*
        pub(super) fn $need(&self, column: usize) -> Result<$type, (usize, Refusal)> {
            match self.$get(column) {
                Fact::Is(value) => Ok(value),
                Fact::No | Fact::Unknown => Err((column, required_blank())),
            }
        }
    )+};
}

impl Cells {
    getters! {
        /// An id.
        id need_id Id CompactString;
        /// A text.
        text need_text Text Text;
        /// A day.
        day need_day Day Day;
        /// A whole number.
        whole need_whole Whole u32;
        /// An amount, still text.
        amount need_amount Amount CompactString;
        /// A word, by its position in the list.
        word need_word Word usize;
        /// A country.
        country need_country Country Country;
        /// An offering.
        offering need_offering Offering Offering;
        /// An engagement.
        engagement need_engagement Engagement EngagementId;
        /// A competency.
        competency need_competency Competency CompetencyName;
        /// A currency.
        currency need_currency Currency Currency;
    }

    /// What the row is about.
    pub(super) fn keys(&self, columns: &[Column], key: &[&str]) -> Keys {
        keys(columns, key, self.0.iter())
    }

    /// Whether two rows differ in a column that is none of these.
    pub(super) fn differs_outside(&self, other: &Cells, columns: &[Column], progress: &[&str]) -> bool {
        let pairs = self.0.iter().zip(&other.0).zip(columns);
        pairs.into_iter().any(|((a, b), column)| !progress.contains(&column.name) && a != b)
    }
}

/// The refusal of a required cell that is blank.
pub(super) fn required_blank() -> Refusal {
    Refusal::new(Code::In12, "the required cell is blank", "a value", "fill the cell and export again")
}

/// What every column of one row says. Each cell is read once; cells, key, keys and amount are taken from here.
pub(super) struct Said(Vec<Result<Fact<Value>, Refusal>>);

impl Said {
    /// Reads every column, whether or not the others can be used.
    pub(super) fn read(columns: &[Column], origins: &[Origin], row: &RawRow, reading: Reading<'_>) -> Said {
        let one = |(column, origin): (&Column, &Origin)| match raw(origin, row) {
            None => Ok(Fact::Unknown),
            Some(RawCell::Blank) => Ok(Fact::No),
            Some(cell) => reading.value(column.kind, column.name, cell).map(Fact::Is),
        };
        Said(columns.iter().zip(origins).map(one).collect())
    }

    /// The value of a column, if it has one that can be read.
    pub(super) fn value(&self, columns: &[Column], name: &str) -> Option<&Value> {
        match &self.0[columns.iter().position(|column| column.name == name)?] {
            Ok(Fact::Is(value)) => Some(value),
            Ok(Fact::No | Fact::Unknown) | Err(_) => None,
        }
    }

    /// The text under which rows of a data set replace each other, if every part of it can be read.
    pub(super) fn key(&self, columns: &[Column], names: &[&str]) -> Option<CompactString> {
        let mut key = CompactString::default();
        for name in names {
            let at = columns.iter().position(|column| column.name == *name)?;
            match &self.0[at] {
                Ok(Fact::Is(value)) => key.push_str(&value.to_string()),
                Ok(Fact::No | Fact::Unknown) if !columns[at].required => {}
                Ok(Fact::No | Fact::Unknown) | Err(_) => return None,
            }
            key.push('\u{1f}');
        }
        Some(key)
    }

    /// What the row is about, as far as its cells can be read.
    pub(super) fn keys(&self, columns: &[Column], key: &[&str]) -> Keys {
        let garbled =
            |(column, said): (&Column, &Result<Fact<Value>, Refusal>)| column.name == "voucher_id" && said.is_err();
        let readable = self.0.iter().map(|said| said.as_ref().unwrap_or(&Fact::No));
        Keys { voucher_garbled: columns.iter().zip(&self.0).any(garbled), ..keys(columns, key, readable) }
    }

    /// The cells, if all can be used; the first that cannot refuses the row.
    pub(super) fn cells(&self, columns: &[Column]) -> Result<Cells, (usize, Refusal)> {
        let one = |(at, said): (usize, &Result<Fact<Value>, Refusal>)| match said {
            Ok(Fact::No) if columns[at].required => Err((at, required_blank())),
            Ok(fact) => Ok(fact.clone()),
            Err(refusal) => Err((at, refusal.clone())),
        };
        self.0.iter().enumerate().map(one).collect::<Result<_, _>>().map(Cells)
    }
}

/// The raw cell of a column in a row.
pub(super) fn raw<'a>(origin: &'a Origin, row: &'a RawRow) -> Option<&'a RawCell> {
    match origin {
        Origin::Cell(at) => Some(row.cells.get(*at).unwrap_or(&RawCell::Blank)),
        Origin::Fixed(cell) => Some(cell),
        Origin::Absent => None,
    }
}

/// What a row is about whose cells cannot be told apart: any that is shaped like an id may be the voucher's.
pub(super) fn misshapen_keys(row: &RawRow, reading: Reading<'_>) -> Keys {
    let id = |cell: &RawCell| match reading.value(Kind::Id, "", cell) {
        Ok(Value::Id(id)) => Some(VoucherId::new(&id)),
        Ok(_) | Err(_) => None,
    };
    Keys { voucher_garbled: true, mentioned: row.cells.iter().filter_map(id).collect(), ..Keys::default() }
}

fn keys<'a>(columns: &[Column], key: &[&str], facts: impl Iterator<Item = &'a Fact<Value>>) -> Keys {
    let mut keys = Keys::default();
    for (column, fact) in columns.iter().zip(facts) {
        let Fact::Is(value) = fact else { continue };
        match (column.name, value) {
            ("voucher_id", Value::Id(id)) => keys.voucher = Some(VoucherId::new(id)),
            ("partner_id", Value::Id(id)) => keys.partner = Some(PartnerId::new(id)),
            ("location_id", Value::Id(id)) => keys.location = Some(LocationId::new(id)),
            ("consultant_id", Value::Id(id)) => keys.consultant = Some(ConsultantId::new(id)),
            ("invoice_number", Value::Id(id)) => keys.invoice = Some(InvoiceNumber::new(id)),
            (_, Value::Offering(offering)) => keys.offering = Some(offering.clone()),
            (_, Value::Competency(competency)) => keys.competency = Some(competency.clone()),
            (_, Value::Country(country)) => keys.country = Some(*country),
            ("days", Value::Whole(days)) => keys.days = Some(*days),
            (name, Value::Day(day)) if key.contains(&name) => keys.day = Some(*day),
            _ => {}
        }
    }
    keys
}
