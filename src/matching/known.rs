//! Whether data sets other than payments know a voucher.

use std::collections::HashSet;

use crate::ingest::{Coverage, Intake, VoucherRows};
use crate::model::{Dataset, VoucherId};

/// Whether data sets other than payments know a voucher.
pub struct KnownVouchers<'a> {
    /// A data set that the job does not name may know any voucher.
    all_named: bool,
    /// A refused row may have named it.
    in_doubt: HashSet<&'a VoucherId>,
}

impl<'a> KnownVouchers<'a> {
    /// Of what was read.
    pub fn new(intake: &'a Intake) -> KnownVouchers<'a> {
        let coverage = &intake.records.coverage;
        let all_named = ![coverage.vouchers, coverage.redemptions, coverage.completions].contains(&Coverage::None);
        let elsewhere = intake.doubts.iter().filter(|doubt| doubt.dataset != Dataset::Payments);
        KnownVouchers { all_named, in_doubt: elsewhere.filter_map(|doubt| doubt.keys.voucher.as_ref()).collect() }
    }

    /// Whether rows are of a voucher that is known.
    pub fn contain(&self, rows: &VoucherRows) -> bool {
        let elsewhere = [Dataset::Vouchers, Dataset::Redemptions, Dataset::Completions, Dataset::Claims];
        elsewhere.iter().any(|dataset| rows.has(*dataset)) || !self.all_named || self.in_doubt.contains(&rows.voucher)
    }
}
