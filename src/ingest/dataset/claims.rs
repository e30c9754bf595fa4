//! `claims`: vouchers that were claimed before the tool was in use.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::required;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{Dataset, PriorClaim, Reference, VoucherId};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Claims,
    columns: &[required("voucher_id", Kind::Id), required("reference", Kind::Id), required("claimed_on", Kind::Day)],
    key: &["voucher_id", "reference"],
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for PriorClaim {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        PriorClaim {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            reference: Reference::new(cells.the_text(1)),
            claimed_on: cells.the_day(2),
        }
    }
}
