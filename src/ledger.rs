//! The SQLite file `state/ledger.db`: the only truth, and the only place that speaks SQL. Every output is a
//! projection of it. Constraints, not checks, keep a voucher from being claimed twice and numbers without gaps.

mod batches;
mod carried;
mod chain;
mod entry;
mod periods;
mod runs;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, Row};

use crate::error::{Exit, RunError};
use crate::model::{
    Claim, ClaimOrigin, Currency, Day, EngagementId, InvoiceNumber, IssuedLine, ItemId, LocationId, Money, Notice,
    OpeningClaims, VoucherId,
};

pub use batches::{BatchRow, Waiting};
pub use entry::{Entry, InvoicedEver};
pub use periods::PeriodAct;
pub use runs::{InputRow, LogRow, OutputRow, RunRow};

use chain::event_hash;

const SCHEMA: &str = include_str!("ledger/schema.sql");
const CARRIED: &str = include_str!("ledger/carried.sql");
const MIGRATE_2: &str = include_str!("ledger/migrate_2.sql");

/// The schema that this engine reads and writes.
const VERSION: i64 = 2;

/// Why the ledger cannot be used. Nothing has been written then.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// SQLite said so.
    #[error("the ledger cannot be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A newer engine has written it.
    #[error("the ledger has schema {found}, this engine knows {known}\n  hint: use the engine that wrote it, or a newer one", known = VERSION)]
    Newer {
        /// Its schema.
        found: i64,
    },
    /// An older engine has written it, and it is only looked at.
    #[error("the ledger was written by an older engine\n  hint: the next run brings it up to date")]
    Older,
    /// There is none, although earlier runs have left their files.
    #[error(
        "the ledger is gone, but state/store or out/ holds what earlier runs have made\n  hint: restore state/ from a backup, since without the ledger vouchers would be claimed again; to begin anew, move out/ and state/ away"
    )]
    Gone,
    /// Pages or the chain are damaged.
    #[error("the ledger is damaged: {0}\n  hint: restore state/ from a backup")]
    Damaged(String),
}

impl From<LedgerError> for RunError {
    fn from(error: LedgerError) -> RunError {
        RunError::new(Exit::LedgerUnusable, error.to_string())
    }
}

/// What a ledger that is not there, or holds nothing, means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing was run yet: one is begun.
    Begun,
    /// It was there, and is gone: nothing is done without it.
    Refused,
}

/// The open ledger. One run at a time holds it, under the run lock.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
}

impl Ledger {
    /// Opens the ledger for a run, beginning it where that is what a missing one means.
    ///
    /// # Errors
    /// When it is damaged, was written by a newer engine, or cannot be opened.
    pub fn open(path: &Path, missing: Missing) -> Result<Ledger, LedgerError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let ledger = Ledger { connection };
        match ledger.version()? {
            0 if missing == Missing::Begun => ledger.create()?,
            0 => return Err(LedgerError::Gone),
            VERSION => ledger.check()?,
            1 => {
                ledger.check()?;
                ledger.migrate()?;
            }
            found => return Err(LedgerError::Newer { found }),
        }
        Ok(ledger)
    }

    /// Opens an existing ledger to look at it; none where there is no file.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    #[expect(clippy::disallowed_methods, reason = "whether there is a ledger is asked of the file system")]
    pub fn open_to_read(path: &Path, missing: Missing) -> Result<Option<Ledger>, LedgerError> {
        if !path.exists() {
            return if missing == Missing::Begun { Ok(None) } else { Err(LedgerError::Gone) };
        }
        let ledger = Ledger { connection: Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)? };
        match ledger.version()? {
            VERSION => Ok(Some(ledger)),
            1 => Err(LedgerError::Older),
            0 if missing == Missing::Begun => Ok(None),
            0 => Err(LedgerError::Gone),
            found => Err(LedgerError::Newer { found }),
        }
    }

    fn version(&self) -> Result<i64, LedgerError> {
        Ok(self.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
    }

    fn create(&self) -> Result<(), LedgerError> {
        self.connection
            .execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} {CARRIED} PRAGMA user_version = {VERSION}; COMMIT;"))?;
        Ok(())
    }

    /// Brings a ledger of schema 1 up to date, whole or not at all. The chain of events stays as it is.
    fn migrate(&self) -> Result<(), LedgerError> {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        self.connection.create_scalar_function("from_hex", 1, flags, |context| {
            let text: String = context.get(0)?;
            let id = ItemId::parse(&text)
                .ok_or_else(|| rusqlite::Error::UserFunctionError(format!("\"{text}\" is no id of an item").into()))?;
            Ok(id.bits().cast_signed())
        })?;
        let sql = format!("BEGIN IMMEDIATE; {CARRIED} {MIGRATE_2} PRAGMA user_version = {VERSION}; COMMIT;");
        let done = self.connection.execute_batch(&sql);
        if done.is_err() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(done?)
    }

    /// Quick check of the pages, and of the newest link of the chain.
    fn check(&self) -> Result<(), LedgerError> {
        let pages: String = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if pages != "ok" {
            return Err(LedgerError::Damaged(pages));
        }
        let mut newest =
            self.connection.prepare("SELECT seq, run, kind, payload, hash FROM event ORDER BY seq DESC LIMIT 2")?;
        let events: Vec<(i64, i64, String, String, String)> = newest
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
            .collect::<Result<_, _>>()?;
        if let Some((seq, run, kind, payload, hash)) = events.first() {
            let before = events.get(1).map_or(chain::GENESIS, |event| event.4.as_str());
            if event_hash(before, *seq, *run, kind, payload) != *hash {
                return Err(LedgerError::Damaged(format!("event {seq} does not follow from the one before")));
            }
        }
        Ok(())
    }

    /// Claims and invoices before a run; before the next one if none is named.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn opening_claims(&self, before: Option<i64>) -> Result<OpeningClaims, LedgerError> {
        let before = before.unwrap_or(i64::MAX);
        let sql = "SELECT c.voucher_id, c.origin, c.reference, c.requested_on, c.location_id, c.engagement, c.days, c.amount, c.currency, c.live, a.approved_at
            FROM claim c
            LEFT JOIN invoice i ON c.origin = 'invoice' AND i.number = c.reference
            LEFT JOIN batch b ON b.batch = i.batch
            LEFT JOIN approval a ON a.content = b.content
            WHERE c.run < ?1";
        let mut statement = self.connection.prepare(sql)?;
        let claims: HashMap<VoucherId, Claim> = statement.query_map([before], claim)?.collect::<Result<_, _>>()?;
        let sql = "SELECT l.number, l.voucher_id, l.net, i.currency FROM invoice_line l JOIN invoice i USING (number) WHERE i.run < ?1 ORDER BY l.number, l.line";
        let mut statement = self.connection.prepare(sql)?;
        let mut invoices: BTreeMap<InvoiceNumber, Vec<IssuedLine>> = BTreeMap::new();
        for line in statement.query_map([before], issued_line)? {
            let (number, line) = line?;
            invoices.entry(number).or_default().push(line);
        }
        Ok(OpeningClaims { claims, invoices })
    }

    /// Notices that were given in any run.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn given_notices(&self) -> Result<HashSet<Notice>, LedgerError> {
        let mut statement = self.connection.prepare("SELECT partner_id, topic, subject, stage FROM notice")?;
        let notice = |row: &Row<'_>| {
            Ok(Notice { partner: row.get(0)?, topic: row.get(1)?, subject: row.get(2)?, stage: row.get(3)? })
        };
        let notices = statement.query_map([], notice)?;
        Ok(notices.collect::<Result<_, _>>()?)
    }
}

fn claim(row: &Row<'_>) -> rusqlite::Result<(VoucherId, Claim)> {
    let reference: String = row.get(2)?;
    let origin = |word: &str| match word {
        "invoice" => Some(ClaimOrigin::Invoice(InvoiceNumber::new(&reference))),
        "payment" => Some(ClaimOrigin::Payment(reference.clone())),
        "prior" => Some(ClaimOrigin::Prior(reference.clone())),
        _ => None,
    };
    let text = |at: usize| row.get::<_, Option<String>>(at);
    let claim = Claim {
        live: row.get(9)?,
        origin: parsed(row, 1, origin)?,
        requested_on: parsed_if_any(row, 3, Day::parse_iso)?,
        approved_on: parsed_if_any(row, 10, |moment| Day::parse_iso(moment.get(..10)?))?,
        location: text(4)?.map(|id| LocationId::new(&id)),
        engagement: text(5)?.map(|id| EngagementId::new(&id)),
        days: row.get(6)?,
        amount: amount_if_any(row, 7, 8)?,
    };
    Ok((VoucherId::new(&row.get::<_, String>(0)?), claim))
}

fn issued_line(row: &Row<'_>) -> rusqlite::Result<(InvoiceNumber, IssuedLine)> {
    let line = IssuedLine { voucher: VoucherId::new(&row.get::<_, String>(1)?), amount: amount(row, 2, 3)? };
    Ok((InvoiceNumber::new(&row.get::<_, String>(0)?), line))
}

/// A column whose text must be understood: nothing is guessed of a ledger.
fn parsed<T>(row: &Row<'_>, at: usize, parse: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    parse(&text).ok_or_else(|| unreadable(row, at, &text))
}

/// The same for a column that may be without a value.
fn parsed_if_any<T>(row: &Row<'_>, at: usize, parse: impl Fn(&str) -> Option<T>) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(at)?;
    text.map(|text| parse(&text).ok_or_else(|| unreadable(row, at, &text))).transpose()
}

/// An amount in minor units beside its currency.
fn amount(row: &Row<'_>, minor: usize, currency: usize) -> rusqlite::Result<Money> {
    Ok(Money::new(row.get(minor)?, parsed(row, currency, Currency::from_code)?))
}

/// The same where there may be none.
fn amount_if_any(row: &Row<'_>, minor: usize, currency: usize) -> rusqlite::Result<Option<Money>> {
    let minor: Option<i64> = row.get(minor)?;
    let currency = parsed_if_any(row, currency, Currency::from_code)?;
    Ok(minor.zip(currency).map(|(minor, currency)| Money::new(minor, currency)))
}

/// What stands in a column and cannot be understood.
fn unreadable(row: &Row<'_>, at: usize, text: &str) -> rusqlite::Error {
    let column = row.as_ref().column_name(at).unwrap_or("a column");
    let what = format!("{column} holds \"{text}\"; restore state/ from a backup");
    rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, what.into())
}
