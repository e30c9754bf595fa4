//! Sheets that are one table of a document.

use super::grid::{Sheet, list};
use crate::ingest::FileReport;
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, number, text};
use crate::report::tables::{
    after_close, changes, decisions, invoices, letters, matches, rejects, suggestions, verdicts,
};
use crate::results::Results;

pub(super) fn vouchers(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = verdicts::rows(results);
    let note = format!("Vouchers: {}. One line each, as they stood at the end of {}.", rows.len(), results.as_of);
    list(Sheet::new("Vouchers", "Vouchers", &note)?, &verdicts::columns(), &[], &rows, 1)
}

pub(super) fn invoices(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = invoices::rows(results);
    let note = format!("Lines: {}. Tax is not configured: gross is net.", rows.len());
    list(Sheet::new("Invoices", "Invoices of this run", &note)?, &invoices::columns(), &[], &rows, 0)
}

pub(super) fn letters(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = letters::rows(results);
    let count = results.letters.letters.len();
    let note =
        format!("Letters: {count}, for {} notices: who is notified of what, and who is not and why.", rows.len());
    list(Sheet::new("Letters", "Letters to partners", &note)?, &letters::columns(), letters::SHEET_ORDER, &rows, 0)
}

pub(super) fn decisions(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = decisions::rows(results);
    let note = format!(
        "Decisions: {}, all of them shown. One that is refused changes nothing: the item stays as it is.",
        rows.len()
    );
    let sheet = Sheet::new("Decisions", "Decisions about open items", &note)?;
    list(sheet, &decisions::columns(), decisions::SHEET_ORDER, &rows, 1)
}

pub(super) fn changes(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = changes::rows(results);
    let note = format!(
        "Vouchers whose verdict has changed since the last run: {}. Each was judged again with one factor as it was then; a factor that makes a difference is a cause.",
        rows.len()
    );
    let sheet = Sheet::new("Changes", "Changes since the last run", &note)?;
    list(sheet, &changes::columns(), changes::SHEET_ORDER, &rows, 1)
}

pub(super) fn matches(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = "Expected = allocated + tolerated + booked away + left, per voucher and currency; rows that were rejected or cancelled count for nothing.";
    list(Sheet::new("Matches", "Claims and payments", note)?, &matches::columns(), &[], &matches::rows(results), 1)
}

pub(super) fn suggestions(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = "Nothing here is matched: decide \"resolve\" in Exceptions, with the voucher. All candidates are shown. \"same payment\": a later export names the voucher; resolved, it counts once.";
    let sheet = Sheet::new("Suggestions", "What unapplied payments may be for", note)?;
    list(sheet, &suggestions::columns(), &[], &suggestions::rows(results), 1)
}

pub(super) fn after_close(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = match results.sealed.ends_on {
        Some(ends_on) => format!(
            "{} was closed with run {}. Restated: a sealed fact that has changed since (IN-21). Late: dated to {ends_on}, and not known then; it counts in this period.",
            results.sealed.period, results.sealed.run
        ),
        None => "No period was closed yet.".to_owned(),
    };
    let sheet = Sheet::new("After close", "Facts after the close", &note)?;
    list(sheet, &after_close::columns(), &[], &after_close::rows(results), 1)
}

pub(super) fn rejects(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let rows = rejects::rows(results);
    let note = format!("Rows refused: {}, all of them shown.", rows.len());
    list(Sheet::new("Rejects", "Refused rows", &note)?, &rejects::columns(), &[], &rows, 0)
}

pub(super) fn inputs(results: &Results<'_>) -> Result<Sheet, ReportError> {
    use ColumnKind::{Count, Day, Text};
    let columns = [
        Column::sheet("Data set", 18, Text(|file: &FileReport| text(file.dataset.as_str()))),
        Column::sheet("File", 44, Text(|file: &FileReport| text(&file.name))),
        Column::sheet("Exported", 13, Day(|file: &FileReport| file.exported_on)),
        Column::sheet("Read", 11, Count(|file: &FileReport| number(file.read))),
        Column::sheet("Accepted", 13, Count(|file: &FileReport| number(file.accepted))),
        Column::sheet("Rejected", 13, Count(|file: &FileReport| number(file.rejected))),
        Column::sheet("Duplicate", 13, Count(|file: &FileReport| number(file.duplicate))),
        Column::sheet("Replaced", 13, Count(|file: &FileReport| number(file.superseded))),
        Column::sheet("Blank", 11, Count(|file: &FileReport| number(file.blank))),
        Column::sheet(
            "Refused because",
            50,
            Text(|file: &FileReport| file.refused.as_ref().map(|of| of.what.as_str().into())),
        ),
        Column::sheet("SHA-256", 70, Text(|file: &FileReport| text(&file.sha256))),
    ];
    let note = "read = accepted + rejected + duplicate + blank, to the row; replaced ones are duplicates that a later export overtook.";
    list(Sheet::new("Inputs", "What was read", note)?, &columns, &[], &results.intake.files, 2)
}
