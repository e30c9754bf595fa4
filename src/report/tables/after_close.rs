//! `after-close.csv` and the sheet of that name: what exports say differently about the closed period, and what came late.

use crate::compare::AfterClose;
use crate::model::Difference;
use crate::report::column::{Column, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "after-close.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// One fact of a voucher.
pub(crate) struct AfterCloseRow<'a> {
    period: &'a str,
    of: &'a AfterClose,
    fact: &'a Difference,
    /// Not known when the period was closed; else it was sealed, and has changed.
    is_late: bool,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<AfterCloseRow<'a>> {
    let period = results.sealed.period.as_str();
    let of_voucher = |of: &'a AfterClose| {
        let restated = of.restated.iter().map(move |fact| AfterCloseRow { period, of, fact, is_late: false });
        restated.chain(of.late.iter().map(move |fact| AfterCloseRow { period, of, fact, is_late: true }))
    };
    results.after_close.iter().flat_map(of_voucher).collect()
}

type AfterCloseColumn<'a> = Column<AfterCloseRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<AfterCloseColumn<'a>> {
    vec![
        AfterCloseColumn::text("period", "the closed period", |row| text(row.period)).titled("Period", 12),
        AfterCloseColumn::text("voucher_id", "the voucher", |row| text(row.of.voucher.as_str())).titled("Voucher", 20),
        AfterCloseColumn::text(
            "what",
            "restated: a sealed fact that has changed since; late: dated in the period, and not known then",
            |row| text(if row.is_late { "late" } else { "restated" }),
        )
        .titled("What", 12),
        AfterCloseColumn::text("fact", "which fact", |row| text(row.fact.field)).titled("Fact", 18),
        AfterCloseColumn::text("sealed", "as it was sealed", |row| text(&row.fact.before)).titled("Sealed", 30),
        AfterCloseColumn::text("now", "as it is now", |row| text(&row.fact.after)).titled("Now", 30),
        AfterCloseColumn::text("finding_id", "the item, where it is restated", |row| {
            row.of.snapshot.as_ref().filter(|_| !row.is_late).and_then(|snapshot| printed(snapshot.id))
        })
        .titled("Finding", 20),
    ]
}
