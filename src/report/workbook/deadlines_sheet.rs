//! Deadlines and expected cash: what would expire per partner, and every voucher whose money may still come.

use super::grid::Sheet;
use crate::books::{Expiring, WITHIN, expiring};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, number, text};
use crate::report::tables::deadlines;
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = format!(
        "From {}: what expires per partner within {} days, the shorter spans within the longer; then every voucher whose money may still come. An estimate is the rate of today, before delivery.",
        results.as_of,
        WITHIN.map(|days| days.to_string()).join(", ")
    );
    let mut sheet = Sheet::new("Deadlines", "Deadlines and expected cash", &note)?;
    sheet.table("Expiring", &expiring_columns(), &[], &expiring(results.expected_receipts, results.as_of))?;
    sheet.heading("Vouchers, the next last day first")?;
    sheet.table("ExpectedReceipts", &deadlines::columns(), &[], &deadlines::rows(results))?;
    Ok(sheet)
}

fn expiring_columns() -> [Column<Expiring>; 2 * WITHIN.len() + 2] {
    fn vouchers<const AT: usize>(title: &'static str, widest: u16) -> Column<Expiring> {
        Column::sheet(title, widest, ColumnKind::Count(|of| number(of.vouchers[AT])))
    }
    fn amount<const AT: usize>(title: &'static str) -> Column<Expiring> {
        Column::sheet(title, 22, ColumnKind::Amount(|of| Some(of.amounts[AT].of(of.currency?))))
    }
    [
        Column::sheet(
            "Partner",
            16,
            ColumnKind::Text(|of: &Expiring| match &of.partner {
                Some(partner) => text(partner.as_str()),
                None => text("not reserved yet"),
            }),
        ),
        Column::sheet("Currency", 13, ColumnKind::Text(|of: &Expiring| of.currency.map(|of| of.code().into()))),
        vouchers::<0>("Vouchers 30", 14),
        amount::<0>("Amount 30"),
        vouchers::<1>("Vouchers 60", 14),
        amount::<1>("Amount 60"),
        vouchers::<2>("Vouchers 90", 14),
        amount::<2>("Amount 90"),
        vouchers::<3>("Vouchers 180", 15),
        amount::<3>("Amount 180"),
    ]
}
