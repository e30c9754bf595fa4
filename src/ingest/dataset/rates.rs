//! `rates`: what the team's contract pays for a level in a country. Never invented in code.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Dataset, Rate};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Rates,
    columns: &[
        required("country", Kind::Country),
        required("days", Kind::Level),
        required("amount", Kind::Price),
        required("currency", Kind::Currency),
        required("valid_from", Kind::Day),
        optional("valid_to", Kind::Day),
    ],
    key: &["country", "days", "currency", "valid_from"],
    keeps_contradictions: true,
    money: Some((2, 3)),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for Rate {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Rate {
            place: cells.place(),
            country: cells.the_country(0),
            days: cells.the_whole(1),
            amount: cells.the_amount(),
            valid_from: cells.the_day(4),
            valid_to: cells.day(5),
        }
    }
}
