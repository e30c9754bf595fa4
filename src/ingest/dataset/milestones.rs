//! `milestones`: steps that have no data set of their own, as the program file lists them.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::{Dataset, Fact, MilestoneRow, MilestoneStatus, VoucherId};

const STATUSES: [(&str, MilestoneStatus); 3] =
    [("Done", MilestoneStatus::Done), ("Open", MilestoneStatus::Open), ("Refused", MilestoneStatus::Refused)];

columns! {
    voucher_id: required(Kind::Id),
    milestone: required(Kind::Milestone),
    on: required(Kind::Day),
    status: optional(Kind::Word(&words(&STATUSES))),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Milestones,
    columns: COLUMNS,
    key: &[AT.voucher_id, AT.milestone, AT.on],
    moves_on: &[AT.status],
    voucher: Some(AT.voucher_id),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for MilestoneRow {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        MilestoneRow {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(AT.voucher_id)),
            milestone: cells.the_milestone(AT.milestone),
            on: cells.the_day(AT.on),
            status: match cells.meaning(AT.status, &STATUSES) {
                Fact::No => Fact::Is(MilestoneStatus::Done),
                known => known,
            },
        }
    }
}
