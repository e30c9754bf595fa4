//! What every cell of one row says, read one by one: for rows that are refused, or of which something must be known
//! besides their cells.

use compact_str::CompactString;

use super::reject::Keys;
use crate::ingest::cell::CellReader;
use crate::ingest::cell::amounts::not_an_amount;
use crate::ingest::cell::refusal::{Refusal, required_blank};
use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::InputColumn;
use crate::ingest::columns::kind::{Kind, Value};
use crate::ingest::columns::schema::{DatasetSchema, MoneyColumns};
use crate::ingest::profile::titles::ColumnOrigin;
use crate::ingest::sheet::{RawCell, RawRow};
use crate::model::{ConsultantId, Currency, Fact, InvoiceNumber, LocationId, Money, PartnerId, VoucherId};

/// The cell because of which a row is refused.
pub(crate) struct RefusedCell {
    pub(crate) column: usize,
    pub(crate) refusal: Refusal,
}

/// What every column of a row says, read one by one whether or not the others can be used: the way of a row that is
/// refused, or of which something must be known besides its cells.
pub(crate) struct CellResults(Vec<Result<Fact<Value>, Refusal>>);

impl CellResults {
    /// Reads every column of a row as it came.
    pub(crate) fn read(
        schema: &DatasetSchema,
        origins: &[ColumnOrigin],
        row: &impl RawRow,
        reader: CellReader<'_>,
    ) -> CellResults {
        let one = |(column, origin): (&InputColumn, &ColumnOrigin)| match origin.cell(row) {
            None => Ok(Fact::Unknown),
            Some(RawCell::Blank) => Ok(Fact::No),
            Some(cell) => reader.value(column.kind, column.name, cell).map(Fact::Is),
        };
        CellResults(schema.columns.iter().zip(origins).map(one).collect())
    }

    /// What a row says that was accepted.
    pub(crate) fn of(cells: Cells<'_>) -> CellResults {
        CellResults((0..cells.schema().columns.len()).map(|column| Ok(cells.value(column))).collect())
    }

    fn value(&self, column: usize) -> Option<&Value> {
        match &self.0[column] {
            Ok(Fact::Is(value)) => Some(value),
            Ok(Fact::No | Fact::Unknown) | Err(_) => None,
        }
    }

    /// The first column that refuses the row.
    pub(crate) fn refusal(&self, schema: &DatasetSchema) -> Option<RefusedCell> {
        let one = |(at, result): (usize, &Result<Fact<Value>, Refusal>)| match result {
            Ok(Fact::No) if schema.columns[at].required => Some(RefusedCell { column: at, refusal: required_blank() }),
            Ok(_) => None,
            Err(refusal) => Some(RefusedCell { column: at, refusal: refusal.clone() }),
        };
        let of_cell = self.0.iter().enumerate().find_map(one);
        of_cell.or_else(|| {
            let MoneyColumns { amount, currency } = schema.money?;
            match (self.value(amount)?, self.value(currency)?) {
                (Value::Amount(text), Value::Currency(currency)) => {
                    let problem = amount_in(text, schema.columns[amount].kind, *currency).err()?;
                    Some(RefusedCell { column: amount, refusal: problem })
                }
                _ => None,
            }
        })
    }

    /// The amount of a row that has one, whether or not the rest of the row can be read.
    pub(crate) fn amount(&self, schema: &DatasetSchema) -> Option<Money> {
        let MoneyColumns { amount, currency } = schema.money?;
        match (self.value(amount)?, self.value(currency)?) {
            (Value::Amount(text), Value::Currency(currency)) => Money::parse(text, *currency).ok(),
            _ => None,
        }
    }

    /// The text under which rows of a data set replace each other, if every part of it can be read.
    pub(crate) fn key(&self, schema: &DatasetSchema) -> Option<CompactString> {
        let mut key = CompactString::default();
        for at in schema.key {
            match &self.0[*at] {
                Ok(Fact::Is(value)) => key.push_str(&value.to_string()),
                Ok(Fact::No | Fact::Unknown) if !schema.columns[*at].required => {}
                Ok(Fact::No | Fact::Unknown) | Err(_) => return None,
            }
            key.push('\u{1f}');
        }
        Some(key)
    }

    /// What the row is about, as far as its cells can be read.
    pub(crate) fn keys(&self, schema: &DatasetSchema) -> Keys {
        let mut keys = Keys::default();
        for (at, (column, result)) in schema.columns.iter().zip(&self.0).enumerate() {
            let value = match result {
                Ok(Fact::Is(value)) => value,
                Ok(Fact::No | Fact::Unknown) => continue,
                Err(_) => {
                    keys.voucher_garbled |= column.name == "voucher_id";
                    keys.claimant_garbled |= matches!(column.name, "location_id" | "partner_id");
                    continue;
                }
            };
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
                (_, Value::Day(day)) if schema.key.contains(&at) => keys.day = Some(*day),
                _ => {}
            }
        }
        keys
    }
}

/// The amount that a decimal text is in a currency.
pub(crate) fn amount_in(text: &str, kind: Kind, currency: Currency) -> Result<Money, Refusal> {
    let amount = Money::parse(text, currency).ok();
    amount.filter(|amount| kind != Kind::Price || amount.minor() >= 0).ok_or_else(|| not_an_amount(text))
}

/// What a row is about whose cells cannot be told apart: any that is shaped like an id may be the voucher's.
pub(crate) fn misshapen_keys(row: &impl RawRow, reader: CellReader<'_>) -> Keys {
    let id = |cell: RawCell<'_>| match reader.value(Kind::Id, "", cell) {
        Ok(Value::Id(id)) => Some(VoucherId::new(&id)),
        Ok(_) | Err(_) => None,
    };
    let mentioned = (0..row.width()).filter_map(|at| id(row.cell(at))).collect();
    Keys { voucher_garbled: true, mentioned, ..Keys::default() }
}
