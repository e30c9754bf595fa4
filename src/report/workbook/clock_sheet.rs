//! The money clock: what would expire per partner, and every voucher whose money may still come.

use rust_xlsxwriter::{Format, Worksheet};

use super::grid::{self, Cell, Styles, TABLE_ROW, column};
use crate::books::{WITHIN, expiring};
use crate::report::csv::deadlines::row;
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let note = format!(
        "From {}: what expires per partner within {} days, the shorter spans within the longer; then every voucher whose money may still come. An estimate is the rate of today, before delivery.",
        results.as_of,
        WITHIN.map(|days| days.to_string()).join(", ")
    );
    let mut sheet = grid::sheet("MoneyClock", "Money clock", &note, &styles)?;
    let sums = [
        column("Partner", 16),
        column("Currency", 13),
        column("Vouchers 30", 14),
        column("Worth 30", 22),
        column("Vouchers 60", 14),
        column("Worth 60", 22),
        column("Vouchers 90", 14),
        column("Worth 90", 22),
        column("Vouchers 180", 15),
        column("Worth 180", 22),
    ];
    let at = grid::table(&mut sheet, TABLE_ROW, "Expiring", &sums, &partners(results), &mut styles)? + 1;
    sheet
        .write_with_format(at, 0, "Vouchers, the next last day first", &Format::new().set_bold())
        .map_err(|error| error.to_string())?;
    let columns = [
        column("Voucher", 20),
        column("Of partner", 14),
        column("State", 12),
        column("Outcome", 13),
        column("Codes", 22),
        column("Waits for", 18),
        column("Turns on", 13),
        column("Last day", 13),
        column("Days left", 12),
        column("Payment from", 15),
        column("Worth", 22),
        column("Estimate", 12),
    ];
    grid::table(&mut sheet, at + 1, "ExpectedReceipts", &columns, &vouchers(results), &mut styles)?;
    Ok(sheet)
}

fn partners<'a>(results: &Results<'_>) -> Vec<Vec<Cell<'a>>> {
    let sums = expiring(results.expected_receipts, results.as_of).into_iter().map(|of| {
        let mut cells = vec![
            Cell::owned(of.partner.map_or("not reserved yet".to_owned(), |partner| partner.to_string())),
            Cell::text(of.currency.map_or("", |currency| currency.code())),
        ];
        for (vouchers, worth) in of.vouchers.into_iter().zip(of.worth) {
            cells.push(Cell::count(vouchers));
            cells.push(of.currency.map_or(Cell::Blank, |currency| Cell::Amount(worth.of(currency))));
        }
        cells
    });
    sums.collect()
}

fn vouchers<'a>(results: &'a Results<'_>) -> Vec<Vec<Cell<'a>>> {
    let one = |of| {
        let row = row(of, results.as_of);
        vec![
            Cell::text(row.voucher_id),
            Cell::text(row.partner_id),
            Cell::text(row.state),
            Cell::text(row.outcome),
            Cell::owned(row.codes),
            Cell::text(row.waits_for),
            Cell::Day(row.turns_on),
            Cell::Day(row.last_day),
            row.days_left.map_or(Cell::Blank, |days| Cell::Count(i128::from(days))),
            Cell::Day(row.expected_on),
            Cell::money(of.worth),
            Cell::text(row.estimate),
        ]
    };
    results.expected_receipts.iter().map(one).collect()
}
