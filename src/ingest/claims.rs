//! `claims`: vouchers that were claimed before the tool was in use.

use super::block::Cells;
use super::cell::Kind;
use super::dataset::{Rows, Shape};
use super::headers::required;
use crate::model::{Dataset, PriorClaim, Reference, VoucherId};

const SHAPE: Shape = Shape {
    dataset: Dataset::Claims,
    columns: &[required("voucher_id", Kind::Id), required("reference", Kind::Id), required("claimed_on", Kind::Day)],
    key: &["voucher_id", "reference"],
    voucher: Some(0),
    strict: true,
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
