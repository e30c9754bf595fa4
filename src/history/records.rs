//! What a run keeps for later ones, written and read in one place: verdicts, accounts and completion reports, by content in
//! the store and by name in the ledger.

use std::collections::HashMap;
use std::path::Path;

use super::History;
use crate::books::{Account, AccountSubject, Accounts, OpeningBooks};
use crate::compare::{ClosedPeriod, SealedReport};
use crate::error::{Exit, RunError};
use crate::ledger::{PeriodAct, RunRow};
use crate::model::{Currency, Day, MinorUnits, Outcome, Text, VoucherId};
use crate::report::csv::{self, ReadError, ReadRow};
use crate::report::tables::{accounts, sealed_reports, verdicts};
use crate::report::{RUN_JSON, ReportError, RunPage};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::{Dates, SealedFacts, State, VerdictSummary};

/// Writes a document of its results.
type Write = fn(&Results<'_>) -> Result<Document, ReportError>;

/// Documents from which later runs start, whether or not the job publishes them.
const RECORDS: [(&str, Write); 3] = [
    (verdicts::PATH, verdicts::document),
    (accounts::PATH, accounts::document),
    (sealed_reports::PATH, sealed_reports::document),
];

/// Whether later runs start from a document of this path.
pub fn is_record(path: &str) -> bool {
    RECORDS.iter().any(|(name, _)| *name == path)
}

/// The records that are not among the documents of a run.
///
/// # Errors
/// When a record cannot be written.
pub fn kept(results: &Results<'_>, documents: &[Document]) -> Result<Vec<Document>, ReportError> {
    let published = |name: &str| documents.iter().any(|document| document.path == name);
    RECORDS.into_iter().filter(|(name, _)| !published(name)).map(|(_, write)| write(results)).collect()
}

impl History {
    /// All verdicts of a run in short, if it has kept them.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn summaries(&self, run: i64) -> Result<Option<HashMap<VoucherId, VerdictSummary>>, RunError> {
        self.record(run, verdicts::PATH, read_summaries)
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
                let kept = kept.ok_or_else(|| lost(act.run, verdicts::PATH, "it was not kept"))?;
                kept.into_iter().map(|(voucher, summary)| (voucher, summary.facts)).collect()
            }
        };
        let reports = self.record(act.run, sealed_reports::PATH, read_reports)?;
        Ok(ClosedPeriod { period: act.period, ends_on: Some(act.ends_on), run: act.run, vouchers, reports })
    }

    /// The closing of the last run of a job before a day: what it has stated, and the accounts that it has kept.
    pub(super) fn opening_books(&self, job: &str, from: Day) -> Result<OpeningBooks, RunError> {
        let Some(run) = self.ledger.last_run(job, from, None)? else { return Ok(OpeningBooks::default()) };
        let Some(accounts) = self.record(run, accounts::PATH, read_accounts)? else {
            return Ok(OpeningBooks::default());
        };
        let stated = self.page_of(run)?.closings().map_err(|error| lost(run, RUN_JSON, &error.to_string()))?;
        Ok(OpeningBooks { run: Some(run), accounts, stated })
    }

    /// Vouchers of a closed period that a run has reported as restated, and still undecided.
    ///
    /// # Errors
    /// When the ledger or the store cannot be read.
    pub fn undecided_restatements(&self, run: i64) -> Result<u64, RunError> {
        self.page_of(run)?.undecided_restatements().map_err(|error| lost(run, RUN_JSON, &error.to_string()))
    }

    /// Reads a record of a run, if it has kept it.
    fn record<T>(
        &self,
        run: i64,
        name: &str,
        read: impl FnOnce(&Path) -> Result<T, ReadError>,
    ) -> Result<Option<T>, RunError> {
        let Some(kept) = self.ledger.record(run, name)? else { return Ok(None) };
        let path = self.store.checked_path(&kept).map_err(|error| lost(run, name, &error.to_string()))?;
        read(&path).map(Some).map_err(|error| lost(run, name, &error.to_string()))
    }

    /// The stored `run.json` of a run, checked.
    fn page_of(&self, run: i64) -> Result<RunPage, RunError> {
        let outputs = self.ledger.outputs(run)?;
        let page = outputs.iter().find(|output| output.path == RUN_JSON);
        let page = page.ok_or_else(|| lost(run, RUN_JSON, "it is not listed"))?;
        let path = self.store.checked_path(&page.sha256).map_err(|error| lost(run, RUN_JSON, &error.to_string()))?;
        let bytes = std::fs::read(path).map_err(|error| lost(run, RUN_JSON, &error.to_string()))?;
        RunPage::read(&bytes).map_err(|error| lost(run, RUN_JSON, &error.to_string()))
    }
}

fn lost(run: i64, name: &str, error: &str) -> RunError {
    let what = format!("{name} of run {run}: the copy in state/store cannot be used: {error}");
    RunError::new(Exit::LedgerUnusable, format!("{what}\n  hint: restore state/ from a backup"))
}

/// The verdicts of a `verdicts.csv` in short, by voucher.
fn read_summaries(path: &Path) -> Result<HashMap<VoucherId, VerdictSummary>, ReadError> {
    let rows = csv::read(path, &verdicts::columns())?;
    rows.iter().map(|row| Ok((VoucherId::new(row.text("voucher_id")?), summary(row)?))).collect()
}

/// The completion reports of a `sealed-reports.csv`, by voucher.
fn read_reports(path: &Path) -> Result<HashMap<VoucherId, Vec<SealedReport>>, ReadError> {
    let mut found: HashMap<VoucherId, Vec<SealedReport>> = HashMap::new();
    for row in csv::read(path, &sealed_reports::columns())? {
        let mut report = SealedReport { consultant: Text::new(row.text("consultant_id")?), facts: Default::default() };
        for (fact, name) in report.facts.iter_mut().zip(SealedReport::FACTS) {
            *fact = Text::new(row.text(name)?);
        }
        found.entry(VoucherId::new(row.text("voucher_id")?)).or_default().push(report);
    }
    Ok(found)
}

fn summary(row: &ReadRow) -> Result<VerdictSummary, ReadError> {
    let state = State::from_text(row.text("state")?).ok_or_else(|| row.is_no("state", "state"))?;
    let outcome = row.text("outcome")?;
    let outcome = Outcome::ALL.into_iter().find(|known| known.as_str() == outcome);
    let outcome = outcome.ok_or_else(|| row.is_no("outcome", "outcome"))?;
    Ok(VerdictSummary { state, outcome, codes: Text::new(row.text("codes")?), facts: sealed_facts(row)? })
}

fn sealed_facts(row: &ReadRow) -> Result<SealedFacts, ReadError> {
    let text = |name| row.text(name).map(Text::new);
    let days = row.count("days")?.map_or(String::new(), |days| days.to_string());
    let entitled = match row.amount("entitled")? {
        Some(total) => Some(total.units.money(total.currency).ok_or_else(|| row.is_no("amount", "entitled"))?),
        None => None,
    };
    Ok(SealedFacts {
        texts: [
            ("customer_name", text("customer_name")?),
            ("engagement", text("engagement")?),
            ("days", Text::new(days)),
            ("location_id", text("location_id")?),
        ],
        dates: Dates {
            created: row.day("created_on")?,
            assigned: row.day("assigned_on")?,
            reserved: row.day("reserved_on")?,
            started: row.day("started_on")?,
            completed: row.day("completed_on")?,
            reported: row.day("reported_on")?,
            redeemed: row.day("redeemed_on")?,
            expires: row.day("expires_on")?,
        },
        entitled,
        paid: row.amount("paid")?.map_or(MinorUnits::ZERO, |paid| paid.units),
        currency: row.currency()?,
    })
}

/// The accounts of an `accounts.csv`.
fn read_accounts(path: &Path) -> Result<Accounts, ReadError> {
    csv::read(path, &accounts::columns())?.iter().map(account).collect()
}

/// The account that a row tells.
fn account(row: &ReadRow) -> Result<((AccountSubject, Currency), Account), ReadError> {
    let currency = row.currency()?.ok_or_else(|| row.is_no("currency", "currency"))?;
    let amount = |name| row.required_amount(name).map(|amount| amount.units);
    let id = Text::new(row.text("subject")?);
    let subject = match row.text("kind")? {
        "voucher" => AccountSubject::Voucher(id),
        "payment" => AccountSubject::Payment(id),
        _ => return Err(row.is_no("kind of account", "kind")),
    };
    let account = Account {
        recognized: amount("recognized")?,
        claimed: amount("claimed")?,
        paid: amount("paid")?,
        written_off: amount("written_off")?,
        fx: amount("fx")?,
        free: row.text("may_be_invoiced")? == "yes",
    };
    Ok(((subject, currency), account))
}
