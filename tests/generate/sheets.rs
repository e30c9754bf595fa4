//! The files that grow with the vouchers, what may be spoiled in them, and the answer key.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use csv::Writer;

use crate::Outcome;
use crate::dirt::{Sheet, Spoil};
use crate::files::delimited;

/// The files that grow with the vouchers, and the answer key to them.
pub(crate) struct Out {
    pub(crate) vouchers: Sheet,
    pub(crate) redemptions: Sheet,
    pub(crate) completions: Sheet,
    pub(crate) payments: Sheet,
    /// Vouchers with a flaw, and the code that it is found by.
    pub(crate) answers: Writer<BufWriter<File>>,
}

const VOUCHERS: [&str; 9] = [
    "voucher_id",
    "customer_id",
    "customer_name",
    "engagement",
    "days",
    "created_on",
    "assigned_on",
    "expires_on",
    "status",
];
const REDEMPTIONS: [&str; 6] = ["voucher_id", "location_id", "status", "reserved_on", "redeemed_on", "cancelled_on"];
const COMPLETIONS: [&str; 9] = [
    "voucher_id",
    "consultant_id",
    "country",
    "started_on",
    "completed_on",
    "reported_on",
    "deliverable",
    "deliverable_on",
    "offsite_days",
];
const PAYMENTS: [&str; 11] = [
    "reference",
    "invoice_number",
    "voucher_id",
    "amount",
    "currency",
    "status",
    "requested_on",
    "paid_on",
    "reason",
    "partner_id",
    "location_id",
];

impl Out {
    pub(crate) fn create(dir: &Path, dirt: Option<u64>) -> Outcome<Out> {
        Ok(Out {
            vouchers: Sheet::create(dir, "vouchers", &VOUCHERS, SPOILED_VOUCHERS, dirt)?,
            redemptions: Sheet::create(dir, "redemptions", &REDEMPTIONS, SPOILED_REDEMPTIONS, dirt)?,
            completions: Sheet::create(dir, "completions", &COMPLETIONS, SPOILED_COMPLETIONS, dirt)?,
            payments: Sheet::create(dir, "payments", &PAYMENTS, SPOILED_PAYMENTS, dirt)?,
            answers: delimited(&dir.join("answers-vouchers.txt"), b',', false, &["voucher_id", "code"])?,
        })
    }

    pub(crate) fn finish(mut self, dir: &Path) -> Outcome<()> {
        self.answers.flush()?;
        let titles = ["file", "read", "accepted", "rejected", "duplicate", "blank"];
        let mut key = delimited(&dir.join("answers-files.txt"), b',', false, &titles)?;
        let mut codes = delimited(&dir.join("answers-rejects.txt"), b',', false, &["file", "code", "rows"])?;
        for sheet in [self.vouchers, self.redemptions, self.completions, self.payments] {
            sheet.finish(&mut key, &mut codes)?;
        }
        key.flush()?;
        codes.flush()?;
        Ok(())
    }
}

const fn spoil(column: usize, cell: &'static str, code: &'static str) -> Spoil {
    Spoil { column, cell, code }
}

const SPOILED_VOUCHERS: &[Spoil] = &[
    spoil(0, "V 1", "IN-16"),
    spoil(2, "", "IN-12"),
    spoil(3, "Tea with the customer", "IN-15"),
    spoil(4, "five", "IN-11"),
    spoil(5, "2021-02-30", "IN-11"),
];
const SPOILED_REDEMPTIONS: &[Spoil] =
    &[spoil(1, "", "IN-12"), spoil(2, "Lost", "IN-15"), spoil(3, "1/13/2021", "IN-11")];
const SPOILED_COMPLETIONS: &[Spoil] =
    &[spoil(1, "C#1", "IN-16"), spoil(2, "Atlantis", "IN-15"), spoil(3, "", "IN-12"), spoil(8, "-1", "IN-11")];
const SPOILED_PAYMENTS: &[Spoil] =
    &[spoil(3, "1.234,56", "IN-14"), spoil(4, "EURO", "IN-15"), spoil(5, "", "IN-12"), spoil(6, "yesterday", "IN-11")];
