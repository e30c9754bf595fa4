//! `milestones`: steps that have no data set of their own, as the program file lists them.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Dataset, Fact, MilestoneRow, MilestoneStatus, VoucherId};

const STATUSES: [MilestoneStatus; 3] = [MilestoneStatus::Done, MilestoneStatus::Open, MilestoneStatus::Refused];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Milestones,
    columns: &[
        required("voucher_id", Kind::Id),
        required("milestone", Kind::Milestone),
        required("on", Kind::Day),
        optional("status", Kind::Word(&["Done", "Open", "Refused"])),
    ],
    key: &["voucher_id", "milestone", "on"],
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for MilestoneRow {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        MilestoneRow {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            milestone: cells.the_milestone(1),
            on: cells.the_day(2),
            status: match cells.word(3) {
                Fact::No => Fact::Is(MilestoneStatus::Done),
                word => word.map(|at| STATUSES[at]),
            },
        }
    }
}
