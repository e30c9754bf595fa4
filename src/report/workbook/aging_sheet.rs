//! Open vouchers by partner and age.

use super::grid::{Sheet, list};
use crate::books::{Aged, BUCKETS};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, number, text};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>, aged: &[Aged]) -> Result<Sheet, ReportError> {
    let note = format!(
        "Vouchers that are not in order on {}, by the age in days of the oldest finding that decides their outcome; each counts once.",
        results.as_of
    );
    list(Sheet::new("Aging", "Open vouchers by age", &note)?, &columns(), &[], aged, 1)
}

fn columns() -> [Column<Aged>; BUCKETS.len() + 6] {
    fn bucket<const AT: usize>() -> Column<Aged> {
        Column::sheet(BUCKETS[AT], 11, ColumnKind::Count(|of| number(of.vouchers[AT])))
    }
    [
        Column::sheet("Partner", 14, ColumnKind::Text(|of: &Aged| of.partner.as_ref().map(|id| id.as_str().into()))),
        Column::sheet("Outcome", 13, ColumnKind::Text(|of: &Aged| text(of.outcome.as_str()))),
        Column::sheet("Currency", 12, ColumnKind::Text(|of: &Aged| of.currency.map(|of| of.code().into()))),
        bucket::<0>(),
        bucket::<1>(),
        bucket::<2>(),
        bucket::<3>(),
        bucket::<4>(),
        bucket::<5>(),
        Column::sheet("Vouchers", 12, ColumnKind::Count(|of: &Aged| number(of.vouchers.iter().sum::<u64>()))),
        Column::sheet("Entitled", 22, ColumnKind::Amount(|of: &Aged| Some(of.entitled.of(of.currency?)))),
        Column::sheet("Oldest", 13, ColumnKind::Day(|of: &Aged| Some(of.oldest))),
    ]
}
