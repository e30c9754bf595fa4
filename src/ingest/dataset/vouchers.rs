//! `vouchers`: what customers created and assigned in VLSC.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::{CustomerId, Dataset, Fact, Text, Voucher, VoucherId, VoucherStatus};

const STATUSES: [VoucherStatus; 6] = [
    VoucherStatus::Created,
    VoucherStatus::Assigned,
    VoucherStatus::Reserved,
    VoucherStatus::Redeemed,
    VoucherStatus::Expired,
    VoucherStatus::Cancelled,
];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Vouchers,
    columns: &[
        required("voucher_id", Kind::Id),
        optional("customer_id", Kind::Id),
        required("customer_name", Kind::Text),
        required("engagement", Kind::Engagement),
        required("days", Kind::Level),
        required("created_on", Kind::Day),
        optional("assigned_on", Kind::Day),
        optional("expires_on", Kind::Day),
        optional("status", Kind::Word(&["Created", "Assigned", "Reserved", "Redeemed", "Expired", "Cancelled"])),
    ],
    key: &["voucher_id"],
    progress: &["status", "assigned_on"],
    keeps_contradictions: true,
    voucher: Some(0),
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for Voucher {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        let customer_name = cells.the_text(2);
        let customer = cells.text(1).get().unwrap_or(customer_name);
        let created_on = cells.the_day(5);
        Voucher {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(0)),
            customer: CustomerId::new(customer),
            customer_name: Text::new(customer_name),
            engagement: cells.the_engagement(3),
            days: cells.the_whole(4),
            created_on,
            assigned_on: match cells.day(6) {
                Fact::Unknown => Fact::Is(created_on),
                known => known,
            },
            expires_on: cells.day(7),
            status: cells.word(8).map(|at| STATUSES[at]),
        }
    }
}
