//! `redemptions`: what locations reserved, cancelled and redeemed in VVR.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Dataset, LocationId, Redemption, RedemptionStatus, VoucherId};

const STATUSES: [RedemptionStatus; 4] =
    [RedemptionStatus::Assigned, RedemptionStatus::Reserved, RedemptionStatus::Redeemed, RedemptionStatus::Cancelled];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Redemptions,
    columns: &[
        required("voucher_id", Kind::Id),
        required("location_id", Kind::Id),
        required("status", Kind::Word(&["Assigned", "Reserved", "Redeemed", "Cancelled"])),
        optional("reserved_on", Kind::Day),
        optional("redeemed_on", Kind::Day),
        optional("cancelled_on", Kind::Day),
    ],
    key: &["voucher_id", "location_id", "reserved_on"],
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for Redemption {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Redemption {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            location: LocationId::new(cells.the_text(1)),
            status: STATUSES[cells.the_word(2)],
            reserved_on: cells.day(3),
            redeemed_on: cells.day(4),
            cancelled_on: cells.day(5),
        }
    }
}
