//! `claims`: vouchers that were claimed before the tool was in use.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::{Dataset, PriorClaim, Reference, VoucherId};

columns! {
    voucher_id: required(Kind::Id),
    reference: required(Kind::Id),
    claimed_on: required(Kind::Day),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Claims,
    columns: COLUMNS,
    key: &[AT.voucher_id, AT.reference],
    voucher: Some(AT.voucher_id),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for PriorClaim {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        PriorClaim {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(AT.voucher_id)),
            reference: Reference::new(cells.the_text(AT.reference)),
            claimed_on: cells.the_day(AT.claimed_on),
        }
    }
}
