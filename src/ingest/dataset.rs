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

/// The raw cell of a column in a row.
pub(super) fn raw<'a>(origin: &'a Origin, row: &'a RawRow) -> Option<&'a RawCell> {
    match origin {
        Origin::Cell(at) => Some(row.cells.get(*at).unwrap_or(&RawCell::Blank)),
        Origin::Fixed(cell) => Some(cell),
        Origin::Absent => None,
    }
}

/// Reads all cells of a row; the first that cannot be used refuses the row.
pub(super) fn cells(
    columns: &[Column],
    origins: &[Origin],
    row: &RawRow,
    reading: Reading<'_>,
) -> Result<Cells, (usize, Refusal)> {
    let mut values = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        values.push(match raw(&origins[at], row) {
            None => Fact::Unknown,
            Some(RawCell::Blank) if column.required => return Err((at, required_blank())),
            Some(RawCell::Blank) => Fact::No,
            Some(cell) => Fact::Is(reading.value(column.kind, column.name, cell).map_err(|refusal| (at, refusal))?),
        });
    }
    Ok(Cells(values))
}

/// The text under which rows of a data set replace each other, if every part of it can be read.
pub(super) fn key(
    columns: &[Column],
    names: &[&str],
    origins: &[Origin],
    row: &RawRow,
    reading: Reading<'_>,
) -> Option<CompactString> {
    if row.misshapen.is_some() {
        return None;
    }
    let mut key = CompactString::default();
    for name in names {
        let at = columns.iter().position(|column| column.name == *name)?;
        let cell = raw(&origins[at], row).unwrap_or(&RawCell::Blank);
        if *cell == RawCell::Blank {
            if columns[at].required {
                return None;
            }
        } else {
            key.push_str(&reading.value(columns[at].kind, columns[at].name, cell).ok()?.to_string());
        }
        key.push('\u{1f}');
    }
    Some(key)
}

/// Every cell that is shaped like an id: in a row whose cells cannot be told apart any of them may be the voucher's.
fn mentioned(row: &RawRow, reading: Reading<'_>) -> Vec<VoucherId> {
    let id = |cell: &RawCell| match reading.value(Kind::Id, "", cell) {
        Ok(Value::Id(id)) => Some(VoucherId::new(&id)),
        Ok(_) | Err(_) => None,
    };
    row.cells.iter().filter_map(id).collect()
}

/// What a refused row is about, as far as its cells can be read.
pub(super) fn readable_keys(
    columns: &[Column],
    key: &[&str],
    origins: &[Origin],
    row: &RawRow,
    reading: Reading<'_>,
) -> Keys {
    if row.misshapen.is_some() {
        return Keys { voucher_garbled: true, mentioned: mentioned(row, reading), ..Keys::default() };
    }
    let mut keys = Keys::default();
    for (at, column) in columns.iter().enumerate() {
        let Some(cell) = raw(&origins[at], row).filter(|cell| **cell != RawCell::Blank) else {
            continue;
        };
        let Ok(value) = reading.value(column.kind, column.name, cell) else {
            keys.voucher_garbled |= column.name == "voucher_id";
            continue;
        };
        match (column.name, value) {
            ("voucher_id", Value::Id(id)) => keys.voucher = Some(VoucherId::new(&id)),
            ("partner_id", Value::Id(id)) => keys.partner = Some(PartnerId::new(&id)),
            ("location_id", Value::Id(id)) => keys.location = Some(LocationId::new(&id)),
            ("consultant_id", Value::Id(id)) => keys.consultant = Some(ConsultantId::new(&id)),
            ("invoice_number", Value::Id(id)) => keys.invoice = Some(InvoiceNumber::new(&id)),
            (_, Value::Offering(offering)) => keys.offering = Some(offering),
            (_, Value::Competency(competency)) => keys.competency = Some(competency),
            (_, Value::Country(country)) => keys.country = Some(country),
            ("days", Value::Whole(days)) => keys.days = Some(days),
            (name, Value::Day(day)) if key.contains(&name) => keys.day = Some(day),
            _ => {}
        }
    }
    keys
}
