//! `after-close.csv`: what exports say differently about the closed period.

use serde::Serialize;

use super::Results;
use super::tables::csv_bytes;
use crate::reconcile::AfterClose;
use crate::store::Document;

/// A row of `after-close.csv`: one fact of a voucher.
#[derive(Serialize)]
pub(super) struct AfterCloseRow<'a> {
    pub(super) period: &'a str,
    pub(super) voucher_id: &'a str,
    pub(super) what: &'static str,
    pub(super) fact: &'static str,
    pub(super) sealed: &'a str,
    pub(super) now: &'a str,
    pub(super) finding_id: String,
}

const COLUMNS: &[&str] = &["period", "voucher_id", "what", "fact", "sealed", "now", "finding_id"];

pub(super) fn rows<'a>(results: &'a Results<'_>) -> Vec<AfterCloseRow<'a>> {
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
        let id = move || after.seen.as_ref().map_or(String::new(), |seen| seen.id.to_string());
        let restated = after.restated.iter().map(move |(fact, then, now)| row("restated", fact, then, now, id()));
        restated.chain(after.late.iter().map(move |(fact, now)| row("late", fact, "", now, String::new())))
    };
    results.after_close.iter().flat_map(of).collect()
}

/// `after-close.csv`.
pub(super) fn table(results: &Results<'_>) -> Result<Document, String> {
    let bytes = csv_bytes(COLUMNS, rows(results).into_iter())?;
    Ok(Document { path: "after-close.csv".to_owned(), bytes })
}
