//! What a run keeps for later ones, written and read in one place: verdicts, accounts and completion reports, by content in
//! the store and by name in the ledger.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::History;
use crate::books::{Accounts, Balance, OpeningBooks};
use crate::compare::{ClosedPeriod, SealedReport};
use crate::error::{Exit, RunError};
use crate::ledger::{PeriodAct, RunRow};
use crate::model::{Currency, Day, MinorUnits, Money, Outcome, Text, VoucherId};
use crate::report::RUN_JSON;
use crate::report::csv::{self, AccountRow, ReportRow, VerdictRow, account};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::{Dates, SealedFacts, State, VerdictSummary};

/// The verdicts of a run, as later runs look at them.
const VERDICTS: &str = "verdicts.csv";

/// The accounts of a run, from which a later statement starts.
const ACCOUNTS: &str = "accounts.csv";

/// What reports of vouchers say beside the columns of verdicts.
const REPORTS: &str = "sealed-reports.csv";

/// Writes a document of its results.
type Write = fn(&Results<'_>) -> Result<Document, String>;

/// Documents from which later runs start, whether or not the job publishes them.
const RECORDS: [(&str, Write); 3] = [(VERDICTS, csv::verdicts), (ACCOUNTS, csv::accounts), (REPORTS, csv::reports)];

/// Whether later runs start from a document of this path.
pub fn is_record(path: &str) -> bool {
    RECORDS.iter().any(|(name, _)| *name == path)
}

/// The records that are not among the documents of a run.
///
/// # Errors
/// A text when a record cannot be written.
pub fn kept(results: &Results<'_>, documents: &[Document]) -> Result<Vec<Document>, String> {
    let published = |name: &str| documents.iter().any(|document| document.path == name);
    RECORDS.into_iter().filter(|(name, _)| !published(name)).map(|(_, write)| write(results)).collect()
}

impl History {
    /// All verdicts of a run in short, if it has kept them.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn summaries(&self, run: i64) -> Result<Option<HashMap<VoucherId, VerdictSummary>>, RunError> {
        self.record(run, VERDICTS, read_summaries)
    }

    /// All verdicts of a run in short.
    ///
    /// # Errors
    /// When the run has not kept them, or the store cannot be read.
    pub fn verdicts_of(&self, run: &RunRow) -> Result<HashMap<VoucherId, VerdictSummary>, RunError> {
        self.summaries(run.run)?.ok_or_else(|| {
            RunError::usage(format!("run {} has kept no verdicts, so nothing can be compared with it", run.run))
        })
    }

    /// A closed period as its run was sealed; `known` are its verdicts, where they have been read already.
    pub(super) fn sealed(
        &self,
        act: PeriodAct,
        known: Option<&HashMap<VoucherId, VerdictSummary>>,
    ) -> Result<ClosedPeriod, RunError> {
        let vouchers = match known {
            Some(known) => known.iter().map(|(voucher, summary)| (voucher.clone(), summary.facts.clone())).collect(),
            None => {
                let kept = self.summaries(act.run)?;
                let kept = kept.ok_or_else(|| lost(act.run, VERDICTS, "it was not kept"))?;
                kept.into_iter().map(|(voucher, summary)| (voucher, summary.facts)).collect()
            }
        };
        let reports = self.record(act.run, REPORTS, read_reports)?;
        Ok(ClosedPeriod { period: act.period, ends_on: Some(act.ends_on), run: act.run, vouchers, reports })
    }

    /// The closing of the last run of a job before a day: what it has stated, and the accounts that it has kept.
    pub(super) fn opening_books(&self, job: &str, from: Day) -> Result<OpeningBooks, RunError> {
        let Some(run) = self.ledger.last_run(job, from)? else { return Ok(OpeningBooks::default()) };
        let Some(accounts) = self.record(run, ACCOUNTS, read_accounts)? else { return Ok(OpeningBooks::default()) };
        let stated = read_closings(&self.page_of(run)?).map_err(|error| lost(run, RUN_JSON, &error))?;
        Ok(OpeningBooks { run: Some(run), accounts, stated })
    }

    /// Vouchers of a closed period that a run has reported as restated, and still undecided.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn undecided_restatements(&self, run: i64) -> Result<u64, RunError> {
        read_undecided(&self.page_of(run)?).map_err(|error| lost(run, RUN_JSON, &error))
    }

    /// Reads a record of a run, if it has kept it.
    fn record<T>(
        &self,
        run: i64,
        name: &str,
        read: impl FnOnce(&Path) -> Result<T, String>,
    ) -> Result<Option<T>, RunError> {
        let Some(kept) = self.ledger.record(run, name)? else { return Ok(None) };
        let path = self.store.checked_path(&kept).map_err(|error| lost(run, name, &error.to_string()))?;
        read(&path).map(Some).map_err(|error| lost(run, name, &error))
    }

    /// The stored `run.json` of a run, checked.
    fn page_of(&self, run: i64) -> Result<PathBuf, RunError> {
        let outputs = self.ledger.outputs(run)?;
        let page = outputs.iter().find(|output| output.path == RUN_JSON);
        let page = page.ok_or_else(|| lost(run, RUN_JSON, "it is not listed"))?;
        self.store.checked_path(&page.sha256).map_err(|error| lost(run, RUN_JSON, &error.to_string()))
    }
}

fn lost(run: i64, name: &str, error: &str) -> RunError {
    let what = format!("{name} of run {run}: the copy in state/store cannot be used: {error}");
    RunError::new(Exit::LedgerUnusable, format!("{what}\n  hint: restore state/ from a backup"))
}

/// The verdicts of a `verdicts.csv`, in short.
fn read_summaries(verdicts: &Path) -> Result<HashMap<VoucherId, VerdictSummary>, String> {
    let mut reader = ::csv::Reader::from_path(verdicts).map_err(|error| error.to_string())?;
    let mut found = HashMap::new();
    for row in reader.deserialize() {
        let row: VerdictRow = row.map_err(|error| error.to_string())?;
        found.insert(VoucherId::new(&row.voucher_id), summary(&row)?);
    }
    Ok(found)
}

/// The completion reports of a `sealed-reports.csv`, by voucher.
fn read_reports(path: &Path) -> Result<HashMap<VoucherId, Vec<SealedReport>>, String> {
    let mut reader = ::csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let mut found: HashMap<VoucherId, Vec<SealedReport>> = HashMap::new();
    for row in reader.deserialize() {
        let row: ReportRow = row.map_err(|error| error.to_string())?;
        let consultant = Text::new(&row.consultant_id);
        let facts =
            [&row.country, &row.started_on, &row.completed_on, &row.reported_on, &row.deliverable, &row.offsite_days];
        let report = SealedReport { consultant, facts: facts.map(Text::new) };
        found.entry(VoucherId::new(&row.voucher_id)).or_default().push(report);
    }
    Ok(found)
}

fn summary(row: &VerdictRow) -> Result<VerdictSummary, String> {
    let state = State::from_text(&row.state).ok_or_else(|| format!("\"{}\" is no state", row.state))?;
    let outcome = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == row.outcome);
    let outcome = outcome.ok_or_else(|| format!("\"{}\" is no outcome", row.outcome))?;
    Ok(VerdictSummary { state, outcome, codes: Text::new(&row.codes), facts: sealed_facts(row)? })
}

fn sealed_facts(row: &VerdictRow) -> Result<SealedFacts, String> {
    let currency = Currency::from_code(&row.currency);
    let amount = |text: &str| match (text.is_empty(), currency) {
        (true, _) => Ok(None),
        (false, Some(currency)) => {
            Money::parse(text, currency).map(Some).map_err(|_| format!("\"{text}\" is no amount"))
        }
        (false, None) => Err(format!("\"{text}\" has no currency")),
    };
    let days = row.days.map_or(String::new(), |days| days.to_string());
    Ok(SealedFacts {
        texts: [
            ("customer_name", Text::new(&row.customer_name)),
            ("engagement", Text::new(&row.engagement)),
            ("days", Text::new(days)),
            ("location_id", Text::new(&row.location_id)),
        ],
        dates: Dates {
            created: row.created_on,
            assigned: row.assigned_on,
            reserved: row.reserved_on,
            started: row.started_on,
            completed: row.completed_on,
            reported: row.reported_on,
            redeemed: row.redeemed_on,
            expires: row.expires_on,
        },
        entitled: amount(&row.entitled)?,
        paid: amount(&row.paid)?.map_or(MinorUnits::ZERO, Money::units),
        currency,
    })
}

/// The accounts of an `accounts.csv`.
fn read_accounts(path: &Path) -> Result<Accounts, String> {
    let mut reader = ::csv::Reader::from_path(path).map_err(|error| error.to_string())?;
    let rows: Vec<AccountRow> =
        reader.deserialize().collect::<Result<_, _>>().map_err(|error: ::csv::Error| error.to_string())?;
    rows.iter().map(account).collect()
}

/// The closings that a `run.json` states, by currency.
fn read_closings(run_json: &Path) -> Result<BTreeMap<Currency, Balance>, String> {
    let bytes = std::fs::read(run_json).map_err(|error| error.to_string())?;
    let page: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let mut found = BTreeMap::new();
    for (code, lines) in page["statement"]["currencies"].as_object().into_iter().flatten() {
        let currency = Currency::from_code(code).ok_or_else(|| format!("\"{code}\" is no currency"))?;
        let place = |name: &str| lines["closing"][name].as_i64().map(MinorUnits::from).ok_or("a closing is missing");
        let closing = Balance {
            held: place("held")?,
            to_invoice: place("to_invoice")?,
            awaiting_payment: place("awaiting_payment")?,
            unapplied: place("unapplied")?,
        };
        found.insert(currency, closing);
    }
    Ok(found)
}

/// Vouchers of a closed period that a `run.json` reports as restated, and still undecided.
fn read_undecided(run_json: &Path) -> Result<u64, String> {
    let bytes = std::fs::read(run_json).map_err(|error| error.to_string())?;
    let page: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    Ok(page["after_close"]["undecided"].as_u64().unwrap_or(0))
}
