//! `claims`: vouchers that were claimed before the tool was in use.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, required};
use crate::model::{Place, PriorClaim, Reference, Vocabulary, VoucherId};

pub(super) struct Claims;

impl Rows for Claims {
    type Row = PriorClaim;
    const COLUMNS: &'static [Column] =
        &[required("voucher_id", Kind::Id), required("reference", Kind::Id), required("claimed_on", Kind::Day)];
    const KEY: &'static [&'static str] = &["voucher_id", "reference"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<PriorClaim, (usize, Refusal)> {
        Ok(PriorClaim {
            place,
            voucher: VoucherId::new(&cells.need_id(0)?),
            reference: Reference::new(&cells.need_id(1)?),
            claimed_on: cells.need_day(2)?,
        })
    }

    fn place(row: &PriorClaim) -> Place {
        row.place
    }
}
