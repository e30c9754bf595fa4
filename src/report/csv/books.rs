//! `statement.csv` and `accounts.csv`: what was open, what moved it, what is open; and the account of every voucher.

use serde::{Deserialize, Serialize};

use super::tables::csv_bytes;
use crate::books::{Account, AccountSubject};
use crate::model::{Currency, MinorUnits, Text};
use crate::results::Results;
use crate::store::Document;

/// A row of `accounts.csv`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns are documented in README")]
pub struct AccountRow {
    pub kind: String,
    pub subject: String,
    pub currency: String,
    pub recognized: String,
    pub claimed: String,
    pub paid: String,
    pub written_off: String,
    pub fx: String,
    pub may_be_invoiced: String,
    pub open: String,
}

const ACCOUNT_COLUMNS: &[&str] =
    &["kind", "subject", "currency", "recognized", "claimed", "paid", "written_off", "fx", "may_be_invoiced", "open"];

/// A row of `statement.csv`.
#[derive(Debug, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns are documented in README")]
pub struct StatementRow {
    pub currency: String,
    pub line: String,
    pub held: String,
    pub to_invoice: String,
    pub awaiting_payment: String,
    pub unapplied: String,
    pub total: String,
}

const STATEMENT_COLUMNS: &[&str] =
    &["currency", "line", "held", "to_invoice", "awaiting_payment", "unapplied", "total"];

/// The account that a row tells.
///
/// # Errors
/// A text that names the cell that cannot be read.
pub fn account(row: &AccountRow) -> Result<((AccountSubject, Currency), Account), String> {
    let currency = Currency::from_code(&row.currency).ok_or_else(|| format!("\"{}\" is no currency", row.currency))?;
    let amount = |text: &str| MinorUnits::parse(text, currency).ok_or_else(|| format!("\"{text}\" is no amount"));
    let subject = match row.kind.as_str() {
        "voucher" => AccountSubject::Voucher(Text::new(&row.subject)),
        "payment" => AccountSubject::Payment(Text::new(&row.subject)),
        other => return Err(format!("\"{other}\" is no kind of account")),
    };
    let account = Account {
        recognized: amount(&row.recognized)?,
        claimed: amount(&row.claimed)?,
        paid: amount(&row.paid)?,
        written_off: amount(&row.written_off)?,
        fx: amount(&row.fx)?,
        free: row.may_be_invoiced == "yes",
    };
    Ok(((subject, currency), account))
}

/// `accounts.csv`.
pub fn accounts_table(results: &Results<'_>) -> Result<Document, String> {
    let rows = results.books.accounts.iter().map(|((subject, currency), account)| {
        let text = |units: MinorUnits| units.of(*currency).to_string();
        AccountRow {
            kind: subject.kind().to_owned(),
            subject: subject.id().to_owned(),
            currency: currency.to_string(),
            recognized: text(account.recognized),
            claimed: text(account.claimed),
            paid: text(account.paid),
            written_off: text(account.written_off),
            fx: text(account.fx),
            may_be_invoiced: if account.free { "yes" } else { "no" }.to_owned(),
            open: text(account.open().total()),
        }
    });
    Ok(Document { path: "accounts.csv".to_owned(), bytes: csv_bytes(ACCOUNT_COLUMNS, rows)? })
}

/// `statement.csv`.
pub fn statement_table(results: &Results<'_>) -> Result<Document, String> {
    let rows = results.books.roll_forwards.iter().flat_map(|(currency, roll_forward)| {
        roll_forward.lines().into_iter().map(move |(line, balance)| {
            let text = |units: MinorUnits| units.of(*currency).to_string();
            StatementRow {
                currency: currency.to_string(),
                line: line.as_str().to_owned(),
                held: text(balance.held),
                to_invoice: text(balance.to_invoice),
                awaiting_payment: text(balance.awaiting_payment),
                unapplied: text(balance.unapplied),
                total: text(balance.total()),
            }
        })
    });
    Ok(Document { path: "statement.csv".to_owned(), bytes: csv_bytes(STATEMENT_COLUMNS, rows)? })
}
