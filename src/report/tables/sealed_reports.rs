//! `sealed-reports.csv`, which is kept and not published: completion reports of work that was done by the as-of date.

use crate::compare::{SealedReport, reports_in_doubt};
use crate::model::{Completion, Dataset, VoucherId};
use crate::report::column::{Column, RowText, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "sealed-reports.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A consultant's report about a voucher.
pub(crate) struct ReportRow {
    voucher: VoucherId,
    report: SealedReport,
}

pub(crate) fn rows(results: &Results<'_>) -> Vec<ReportRow> {
    let done = |row: &&Completion| row.completed_on <= results.as_of;
    let row = |row: &Completion| ReportRow { voucher: row.voucher.clone(), report: SealedReport::of(row) };
    let in_doubt = reports_in_doubt(results.intake);
    let of_voucher =
        results.intake.records.vouchers.map_those_with(&[Dataset::Completions], &[Dataset::Completions], |rows| {
            let counts = !in_doubt.contains(&rows.voucher);
            counts.then(|| rows.completions.iter().filter(done).map(row).collect::<Vec<_>>())
        });
    let mut rows: Vec<ReportRow> = of_voucher.into_iter().flatten().collect();
    rows.sort_by(|a, b| (&a.voucher, &a.report.consultant).cmp(&(&b.voucher, &b.report.consultant)));
    rows
}

type ReportColumn = Column<ReportRow>;

pub(crate) fn columns() -> Vec<ReportColumn> {
    fn fact<const AT: usize>(row: &ReportRow) -> RowText<'_> {
        text(&row.report.facts[AT])
    }
    let facts: [fn(&ReportRow) -> RowText<'_>; SealedReport::FACTS.len()] =
        [fact::<0>, fact::<1>, fact::<2>, fact::<3>, fact::<4>, fact::<5>];
    let mut columns = vec![
        ReportColumn::text("voucher_id", "the voucher", |row| text(row.voucher.as_str())),
        ReportColumn::text("consultant_id", "the consultant", |row| text(&row.report.consultant)),
    ];
    let named = SealedReport::FACTS.into_iter().zip(facts);
    columns.extend(named.map(|(name, fact)| ReportColumn::text(name, "as the completion report says it", fact)));
    columns
}
