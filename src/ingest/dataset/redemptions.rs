//! `redemptions`: what locations reserved, cancelled and redeemed in VVR.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::{Dataset, LocationId, Redemption, RedemptionStatus, VoucherId};

const STATUSES: [(&str, RedemptionStatus); 4] = [
    ("Assigned", RedemptionStatus::Assigned),
    ("Reserved", RedemptionStatus::Reserved),
    ("Redeemed", RedemptionStatus::Redeemed),
    ("Cancelled", RedemptionStatus::Cancelled),
];

columns! {
    voucher_id: required(Kind::Id),
    location_id: required(Kind::Id),
    status: required(Kind::Word(&words(&STATUSES))),
    reserved_on: optional(Kind::Day),
    redeemed_on: optional(Kind::Day),
    cancelled_on: optional(Kind::Day),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Redemptions,
    columns: COLUMNS,
    key: &[AT.voucher_id, AT.location_id, AT.reserved_on],
    moves_on: &[AT.status],
    voucher: Some(AT.voucher_id),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for Redemption {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Redemption {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(AT.voucher_id)),
            location: LocationId::new(cells.the_text(AT.location_id)),
            status: cells.the_meaning(AT.status, &STATUSES),
            reserved_on: cells.day(AT.reserved_on),
            redeemed_on: cells.day(AT.redeemed_on),
            cancelled_on: cells.day(AT.cancelled_on),
        }
    }
}
