//! `after-close.csv`: what exports say differently about the closed period.

use serde::Serialize;

use super::tables::csv_bytes;
use crate::compare::AfterClose;
use crate::results::Results;
use crate::store::Document;

/// A row of `after-close.csv`: one fact of a voucher.
#[derive(Serialize)]
pub(in crate::report) struct AfterCloseRow<'a> {
    pub(in crate::report) period: &'a str,
    pub(in crate::report) voucher_id: &'a str,
    pub(in crate::report) what: &'static str,
    pub(in crate::report) fact: &'static str,
    pub(in crate::report) sealed: &'a str,
    pub(in crate::report) now: &'a str,
    pub(in crate::report) finding_id: String,
}

const COLUMNS: &[&str] = &["period", "voucher_id", "what", "fact", "sealed", "now", "finding_id"];

pub(in crate::report) fn rows<'a>(results: &'a Results<'_>) -> Vec<AfterCloseRow<'a>> {
    let period = results.sealed.period.as_str();
    let of = |after: &'a AfterClose| {
        let row = move |what, fact, sealed: &'a str, now: &'a str, id: String| AfterCloseRow {
            period,
            voucher_id: after.voucher.as_str(),
            what,
            fact,
            sealed,
            now,
            finding_id: id,
        };
        let id = move || after.snapshot.as_ref().map_or(String::new(), |snapshot| snapshot.id.to_string());
        let restated = after.restated.iter().map(move |of| row("restated", of.field, &of.before, &of.after, id()));
        restated.chain(after.late.iter().map(move |of| row("late", of.field, "", &of.after, String::new())))
    };
    results.after_close.iter().flat_map(of).collect()
}

/// `after-close.csv`.
pub fn table(results: &Results<'_>) -> Result<Document, String> {
    let bytes = csv_bytes(COLUMNS, rows(results).into_iter())?;
    Ok(Document { path: "after-close.csv".to_owned(), bytes })
}
