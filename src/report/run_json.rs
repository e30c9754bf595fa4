//! `run.json`: the run in one machine-readable page. Amounts are decimal strings beside their currency. It is staged last, and
//! does not list itself.

use std::collections::BTreeMap;

use serde::Serialize;

use super::error::ReportError;
use super::json;
use crate::books::{Balance, RollForward};
use crate::compare::{AfterClose, Cause};
use crate::model::{Currency, Difference, Total, Totals};
use crate::results::{Figures, Results, TieOut, Weighed, weighed};
use crate::store::{Document, sha256_hex};

/// The page over a run.
pub(crate) const PATH: &str = "run.json";

/// The version of this file's shape; `run_page.rs` reads the one before, too.
pub(super) const SCHEMA_VERSION: u32 = 2;

#[derive(Serialize)]
struct RunFile<'a> {
    schema_version: u32,
    engine: &'static str,
    run: Option<i64>,
    revision: i64,
    changes: &'a [String],
    job: &'a str,
    program: &'a str,
    as_of: String,
    seal: Option<&'a str>,
    verdict: &'static str,
    sentence: &'a str,
    inputs: Vec<Input<'a>>,
    restated: Vec<RestatedPart<'a>>,
    vouchers: Vouchers<'a>,
    findings: BTreeMap<&'static str, u64>,
    steps_after_as_of: u64,
    payments_that_belong_to_nothing: Vec<UnidentifiedPayment<'a>>,
    invoices: Invoices<'a>,
    letters: BTreeMap<&'static str, u64>,
    items: BTreeMap<&'static str, u64>,
    decisions: BTreeMap<&'static str, u64>,
    statement: StatementPart,
    after_close: AfterClosePart<'a>,
    #[serde(rename = "drill")]
    self_test: SelfTestPart,
    changed_vouchers: BTreeMap<&'static str, u64>,
    conflicts: Vec<ConflictEntry<'a>>,
    rules_in_force: Vec<&'static str>,
    tie_outs: &'a [TieOut],
    outputs: Vec<OutputFile<'a>>,
}

#[derive(Serialize)]
struct Input<'a> {
    dataset: &'a str,
    file: &'a str,
    sha256: &'a str,
    exported_on: Option<String>,
    read: u64,
    accepted: u64,
    rejected: u64,
    duplicate: u64,
    superseded: u64,
    blank: u64,
    refused: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

/// A row that a later export restates.
#[derive(Serialize)]
struct RestatedPart<'a> {
    dataset: &'a str,
    before: String,
    now: String,
    changes: Vec<ChangedFact<'a>>,
}

#[derive(Serialize)]
struct ChangedFact<'a> {
    column: &'a str,
    before: &'a str,
    now: &'a str,
}

#[derive(Serialize)]
struct Vouchers<'a> {
    count: u64,
    by_state: &'a BTreeMap<&'static str, u64>,
    by_outcome: &'a BTreeMap<&'static str, u64>,
    entitled: &'a Totals,
    invoiced_before: &'a Totals,
    paid: &'a Totals,
}

#[derive(Serialize)]
struct Invoices<'a> {
    invoices: u64,
    vouchers: u64,
    issued: &'a Totals,
    waiting: &'a Totals,
    batches: Vec<&'a str>,
}

#[derive(Serialize)]
struct UnidentifiedPayment<'a> {
    reference: &'a str,
    amount: Total,
    currency: &'static str,
    file: &'a str,
    row: u32,
}

/// A reading of the sources that does not decide, and what it would change (PO-01).
#[derive(Serialize)]
struct ConflictEntry<'a> {
    conflict: &'a str,
    status: &'static str,
    decides: &'a str,
    other_reading: Option<&'a str>,
    vouchers: u64,
    #[serde(rename = "worth")]
    entitled: &'a Totals,
}

#[derive(Serialize)]
struct OutputFile<'a> {
    path: &'a str,
    sha256: String,
}

/// Copies of a voucher in order that were broken, and which faults the checks have found.
#[derive(Serialize)]
struct SelfTestPart {
    copied: Option<String>,
    planted: u64,
    caught: u64,
    codes: Vec<&'static str>,
}

fn self_test(results: &Results<'_>) -> SelfTestPart {
    let self_test = results.self_test;
    SelfTestPart {
        copied: self_test.host.as_ref().map(|voucher| voucher.to_string()),
        planted: self_test.planted(),
        caught: self_test.caught(),
        codes: self_test.by_code.keys().map(|code| code.as_str()).collect(),
    }
}

/// Vouchers whose verdict has changed since the last run, by cause; one may have several.
fn causes(results: &Results<'_>) -> BTreeMap<&'static str, u64> {
    let mut counts: BTreeMap<&'static str, u64> = Cause::ALL.map(|cause| (cause.as_str(), 0)).into();
    for cause in results.changes.iter().flat_map(|change| &change.causes) {
        *counts.entry(cause.as_str()).or_default() += 1;
    }
    counts
}

/// What exports say differently about the closed period, in vouchers.
#[derive(Serialize)]
struct AfterClosePart<'a> {
    closed_period: Option<&'a str>,
    sealed_run: Option<i64>,
    restated: u64,
    undecided: u64,
    late: u64,
}

fn after_close<'a>(results: &'a Results<'_>) -> AfterClosePart<'a> {
    let sealed = results.sealed.ends_on.map(|_| results.sealed);
    let count = |is: fn(&AfterClose) -> bool| results.after_close.iter().filter(|after| is(after)).count() as u64;
    AfterClosePart {
        closed_period: sealed.map(|sealed| sealed.period.as_str()),
        sealed_run: sealed.map(|sealed| sealed.run),
        restated: count(|after| !after.restated.is_empty()),
        undecided: count(AfterClose::is_open),
        late: count(|after| !after.late.is_empty()),
    }
}

/// The statement of the period.
#[derive(Serialize)]
struct StatementPart {
    from: Option<String>,
    to: String,
    opening_is_closing_of_run: Option<i64>,
    currencies: BTreeMap<&'static str, BTreeMap<&'static str, PlacesPart>>,
}

#[derive(Serialize)]
struct PlacesPart {
    held: Total,
    to_invoice: Total,
    awaiting_payment: Total,
    unapplied: Total,
    total: Total,
}

impl PlacesPart {
    fn of(balance: Balance, currency: Currency) -> PlacesPart {
        PlacesPart {
            held: balance.held.of(currency),
            to_invoice: balance.to_invoice.of(currency),
            awaiting_payment: balance.awaiting_payment.of(currency),
            unapplied: balance.unapplied.of(currency),
            total: balance.total().of(currency),
        }
    }
}

fn statement(results: &Results<'_>) -> StatementPart {
    let books = results.books;
    let lines = |currency: Currency, of: &RollForward| {
        of.lines().into_iter().map(|(line, balance)| (line.as_str(), PlacesPart::of(balance, currency))).collect()
    };
    StatementPart {
        from: books.from.map(|day| day.to_string()),
        to: results.as_of.to_string(),
        opening_is_closing_of_run: books.opening.run,
        currencies: books
            .roll_forwards
            .iter()
            .map(|(currency, roll_forward)| (currency.code(), lines(*currency, roll_forward)))
            .collect(),
    }
}

/// The page over all other documents of the run.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn run_json(
    results: &Results<'_>,
    figures: &Figures,
    tie_outs: &[TieOut],
    documents: &[Document],
) -> Result<Document, ReportError> {
    let sentence = results.sentence(figures);
    let weighed = weighed(results);
    let file = RunFile {
        schema_version: SCHEMA_VERSION,
        engine: env!("CARGO_PKG_VERSION"),
        run: results.run.number,
        revision: results.run.revision,
        changes: &results.run.changes,
        job: &results.job.name,
        program: &results.program.id,
        as_of: results.as_of.to_string(),
        seal: results.run.seal.as_deref(),
        verdict: results.verdict().as_str(),
        sentence: &sentence,
        inputs: inputs(results),
        restated: restated(results),
        vouchers: Vouchers {
            count: results.verdicts.len() as u64,
            by_state: &figures.states,
            by_outcome: &figures.outcomes,
            entitled: &figures.entitled,
            invoiced_before: &figures.invoiced_before,
            paid: &figures.paid,
        },
        findings: figures.codes.iter().map(|(code, count)| (code.as_str(), *count)).collect(),
        steps_after_as_of: figures.codes.get(&crate::model::Code::FutureStep).copied().unwrap_or(0),
        payments_that_belong_to_nothing: unidentified(results),
        invoices: Invoices {
            invoices: figures.invoices,
            vouchers: figures.vouchers_invoiced,
            issued: &figures.invoiced_now,
            waiting: &figures.waiting,
            batches: results.batches.iter().map(|batch| batch.id.as_str()).collect(),
        },
        letters: results.letter_counts(),
        items: results.item_counts(),
        decisions: results.decision_counts(),
        statement: statement(results),
        after_close: after_close(results),
        self_test: self_test(results),
        changed_vouchers: causes(results),
        conflicts: conflicts(&weighed),
        rules_in_force: results.program.rules.keys().map(|code| code.as_str()).collect(),
        tie_outs,
        outputs: documents.iter().map(|d| OutputFile { path: &d.path, sha256: sha256_hex(&d.bytes) }).collect(),
    };
    json::document(PATH, &file)
}

fn inputs<'a>(results: &'a Results<'_>) -> Vec<Input<'a>> {
    let files = results.intake.files.iter();
    files
        .map(|file| Input {
            dataset: file.dataset.as_str(),
            file: &file.name,
            sha256: &file.sha256,
            exported_on: file.exported_on.map(|day| day.to_string()),
            read: file.read,
            accepted: file.accepted,
            rejected: file.rejected,
            duplicate: file.duplicate,
            superseded: file.superseded,
            blank: file.blank,
            refused: file.refused.as_ref().map(|problem| problem.what.clone()),
            encoding: file.form.encoding,
            delimiter: file.form.delimiter,
            sheet: file.form.sheet.as_deref(),
            notes: &file.form.notes,
        })
        .collect()
}

fn conflicts<'a>(weighed: &'a [Weighed<'_>]) -> Vec<ConflictEntry<'a>> {
    let entry = |of: &'a Weighed<'_>| ConflictEntry {
        conflict: &of.conflict.id,
        status: of.status(),
        decides: &of.conflict.decided.name,
        other_reading: of.reading.map(|reading| reading.name.as_str()),
        vouchers: of.what_ifs.len() as u64,
        entitled: &of.entitled,
    };
    weighed.iter().map(entry).collect()
}

fn restated<'a>(results: &'a Results<'_>) -> Vec<RestatedPart<'a>> {
    let tables = &results.intake.tables;
    let change = |of: &'a Difference| ChangedFact { column: of.field, before: &of.before, now: &of.after };
    let rows = results.intake.restated.iter().map(|row| RestatedPart {
        dataset: row.dataset.as_str(),
        before: tables.address(row.before),
        now: tables.address(row.now),
        changes: row.changes.iter().map(change).collect(),
    });
    rows.collect()
}

fn unidentified<'a>(results: &'a Results<'_>) -> Vec<UnidentifiedPayment<'a>> {
    results
        .unapplied
        .iter()
        .map(|payment| UnidentifiedPayment {
            reference: payment.reference.as_str(),
            amount: payment.amount.into(),
            currency: payment.amount.currency().code(),
            file: &results.intake.tables.name(payment.place).file,
            row: payment.place.row,
        })
        .collect()
}
