//! `rates`: what the team's contract pays for a level in a country. Never invented in code.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, MoneyColumns, Strictness};
use crate::model::{Dataset, Rate};

columns! {
    country: required(Kind::Country),
    days: required(Kind::Level),
    amount: required(Kind::Price),
    currency: required(Kind::Currency),
    valid_from: required(Kind::Day),
    valid_to: optional(Kind::Day),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Rates,
    columns: COLUMNS,
    key: &[AT.country, AT.days, AT.currency, AT.valid_from],
    keeps_contradictions: true,
    money: Some(MoneyColumns { amount: AT.amount, currency: AT.currency }),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for Rate {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Rate {
            place: cells.place(),
            country: cells.the_country(AT.country),
            days: cells.the_whole(AT.days),
            amount: cells.the_amount(),
            valid_from: cells.the_day(AT.valid_from),
            valid_to: cells.day(AT.valid_to),
        }
    }
}
