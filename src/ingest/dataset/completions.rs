//! `completions`: completion reports, one row per consultant, with what was uploaded.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Completion, ConsultantId, Dataset, Fact, Text, VoucherId};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Completions,
    columns: &[
        required("voucher_id", Kind::Id),
        required("consultant_id", Kind::Id),
        required("country", Kind::Country),
        required("started_on", Kind::Day),
        required("completed_on", Kind::Day),
        optional("reported_on", Kind::Day),
        optional("deliverable", Kind::Text),
        optional("deliverable_on", Kind::Day),
        optional("offsite_days", Kind::Whole),
    ],
    key: &["voucher_id", "consultant_id"],
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for Completion {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        let deliverable = match cells.text(6) {
            Fact::Is(word) if word.eq_ignore_ascii_case("no") => Fact::No,
            other => other.map(Text::new),
        };
        Completion {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            consultant: ConsultantId::new(cells.the_text(1)),
            country: cells.the_country(2),
            started_on: cells.the_day(3),
            completed_on: cells.the_day(4),
            reported_on: cells.day(5),
            deliverable,
            deliverable_on: cells.day(7),
            offsite_days: cells.whole(8),
        }
    }
}
