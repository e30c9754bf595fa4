//! `claims`: vouchers that were claimed before the tool was in use.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::required;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Rows;
use crate::ingest::columns::schema::{Shape, Strictness};
use crate::model::{Dataset, PriorClaim, Reference, VoucherId};

const SHAPE: Shape = Shape {
    dataset: Dataset::Claims,
    columns: &[required("voucher_id", Kind::Id), required("reference", Kind::Id), required("claimed_on", Kind::Day)],
    key: &["voucher_id", "reference"],
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Shape::PLAIN
};

impl Rows for PriorClaim {
    const SHAPE: &'static Shape = &SHAPE;

    fn row(cells: Cells<'_>) -> Self {
        PriorClaim {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            reference: Reference::new(cells.the_text(1)),
            claimed_on: cells.the_day(2),
        }
    }
}
