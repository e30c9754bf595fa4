//! `redemptions`: what locations reserved, cancelled and redeemed in VVR.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{LocationId, Place, Redemption, RedemptionStatus, Vocabulary, VoucherId};

pub(super) struct Redemptions;

const STATUSES: [RedemptionStatus; 4] =
    [RedemptionStatus::Assigned, RedemptionStatus::Reserved, RedemptionStatus::Redeemed, RedemptionStatus::Cancelled];

impl Rows for Redemptions {
    type Row = Redemption;
    const COLUMNS: &'static [Column] = &[
        required("voucher_id", Kind::Id),
        required("location_id", Kind::Id),
        required("status", Kind::Word(&["Assigned", "Reserved", "Redeemed", "Cancelled"])),
        optional("reserved_on", Kind::Day),
        optional("redeemed_on", Kind::Day),
        optional("cancelled_on", Kind::Day),
    ];
    const KEY: &'static [&'static str] = &["voucher_id", "location_id", "reserved_on"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Redemption, (usize, Refusal)> {
        Ok(Redemption {
            place,
            voucher: VoucherId::new(&cells.need_id(0)?),
            location: LocationId::new(&cells.need_id(1)?),
            status: STATUSES[cells.need_word(2)?],
            reserved_on: cells.day(3),
            redeemed_on: cells.day(4),
            cancelled_on: cells.day(5),
        })
    }

    fn place(row: &Redemption) -> Place {
        row.place
    }
}
