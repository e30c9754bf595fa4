//! `vouchers`: what customers created and assigned in VLSC.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{CustomerId, Fact, Place, Vocabulary, Voucher, VoucherId, VoucherStatus};

pub(super) struct Vouchers;

const STATUSES: [VoucherStatus; 6] = [
    VoucherStatus::Created,
    VoucherStatus::Assigned,
    VoucherStatus::Reserved,
    VoucherStatus::Redeemed,
    VoucherStatus::Expired,
    VoucherStatus::Cancelled,
];

impl Rows for Vouchers {
    type Row = Voucher;
    const COLUMNS: &'static [Column] = &[
        required("voucher_id", Kind::Id),
        optional("customer_id", Kind::Id),
        required("customer_name", Kind::Text),
        required("engagement", Kind::Engagement),
        required("days", Kind::Whole),
        required("created_on", Kind::Day),
        optional("assigned_on", Kind::Day),
        optional("expires_on", Kind::Day),
        optional("status", Kind::Word(&["Created", "Assigned", "Reserved", "Redeemed", "Expired", "Cancelled"])),
    ];
    const KEY: &'static [&'static str] = &["voucher_id"];
    const PROGRESS: &'static [&'static str] = &["assigned_on", "status"];
    const KEEP_CONTRADICTIONS: bool = true;

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Voucher, (usize, Refusal)> {
        let customer_name = cells.need_text(2)?;
        let customer = cells.id(1).value().map_or_else(|| CustomerId::new(&customer_name), |id| CustomerId::new(id));
        let created_on = cells.need_day(5)?;
        Ok(Voucher {
            place,
            voucher: VoucherId::new(&cells.need_id(0)?),
            customer,
            customer_name,
            engagement: cells.need_engagement(3)?,
            days: cells.need_whole(4)?,
            created_on,
            assigned_on: match cells.day(6) {
                Fact::Unknown => Fact::Is(created_on),
                known => known,
            },
            expires_on: cells.day(7),
            status: cells.word(8).map(|at| STATUSES[at]),
        })
    }

    fn is_further(row: &Voucher, other: &Voucher) -> bool {
        let progress = |voucher: &Voucher| (voucher.status.get(), voucher.assigned_on.get());
        progress(row) > progress(other)
    }

    fn place(row: &Voucher) -> Place {
        row.place
    }
}
