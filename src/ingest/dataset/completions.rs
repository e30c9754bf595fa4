//! `completions`: completion reports, one row per consultant, with what was uploaded.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::{Completion, ConsultantId, Dataset, Fact, Text, VoucherId};

columns! {
    voucher_id: required(Kind::Id),
    consultant_id: required(Kind::Id),
    country: required(Kind::Country),
    started_on: required(Kind::Day),
    completed_on: required(Kind::Day),
    reported_on: optional(Kind::Day),
    deliverable: optional(Kind::Text),
    deliverable_on: optional(Kind::Day),
    offsite_days: optional(Kind::Whole),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Completions,
    columns: COLUMNS,
    key: &[AT.voucher_id, AT.consultant_id],
    voucher: Some(AT.voucher_id),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for Completion {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        let deliverable = match cells.text(AT.deliverable) {
            Fact::Is(word) if word.eq_ignore_ascii_case("no") => Fact::No,
            other => other.map(Text::new),
        };
        Completion {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(AT.voucher_id)),
            consultant: ConsultantId::new(cells.the_text(AT.consultant_id)),
            country: cells.the_country(AT.country),
            started_on: cells.the_day(AT.started_on),
            completed_on: cells.the_day(AT.completed_on),
            reported_on: cells.day(AT.reported_on),
            deliverable,
            deliverable_on: cells.day(AT.deliverable_on),
            offsite_days: cells.whole(AT.offsite_days),
        }
    }
}
