//! `vouchers`: what customers created and assigned in VLSC.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::{CustomerId, Dataset, Fact, Text, Voucher, VoucherId, VoucherStatus};

const STATUSES: [(&str, VoucherStatus); 6] = [
    ("Created", VoucherStatus::Created),
    ("Assigned", VoucherStatus::Assigned),
    ("Reserved", VoucherStatus::Reserved),
    ("Redeemed", VoucherStatus::Redeemed),
    ("Expired", VoucherStatus::Expired),
    ("Cancelled", VoucherStatus::Cancelled),
];

columns! {
    voucher_id: required(Kind::Id),
    customer_id: optional(Kind::Id),
    customer_name: required(Kind::Text),
    engagement: required(Kind::Engagement),
    days: required(Kind::Level),
    created_on: required(Kind::Day),
    assigned_on: optional(Kind::Day),
    expires_on: optional(Kind::Day),
    status: optional(Kind::Word(&words(&STATUSES))),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Vouchers,
    columns: COLUMNS,
    key: &[AT.voucher_id],
    progress: &[AT.status, AT.assigned_on],
    moves_on: &[AT.status, AT.assigned_on],
    keeps_contradictions: true,
    voucher: Some(AT.voucher_id),
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for Voucher {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        let customer_name = cells.the_text(AT.customer_name);
        let customer = cells.text(AT.customer_id).get().unwrap_or(customer_name);
        let created_on = cells.the_day(AT.created_on);
        Voucher {
            place: cells.place(),
            voucher: VoucherId::new(cells.the_text(AT.voucher_id)),
            customer: CustomerId::new(customer),
            customer_name: Text::new(customer_name),
            engagement: cells.the_engagement(AT.engagement),
            days: cells.the_whole(AT.days),
            created_on,
            assigned_on: match cells.day(AT.assigned_on) {
                Fact::Unknown => Fact::Is(created_on),
                known => known,
            },
            expires_on: cells.day(AT.expires_on),
            status: cells.meaning(AT.status, &STATUSES),
        }
    }
}
