//! `accounts.csv`: the account of every voucher and unapplied payment.

use crate::books::{Account, AccountSubject};
use crate::model::{Currency, MinorUnits, Total};
use crate::report::column::{Column, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "accounts.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// An account in one currency.
pub(crate) struct AccountRow<'a> {
    subject: &'a AccountSubject,
    currency: Currency,
    account: &'a Account,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<AccountRow<'a>> {
    let accounts = results.books.accounts.iter();
    accounts.map(|((subject, currency), account)| AccountRow { subject, currency: *currency, account }).collect()
}

impl AccountRow<'_> {
    fn total(&self, units: MinorUnits) -> Option<Total> {
        Some(units.of(self.currency))
    }
}

type AccountColumn<'a> = Column<AccountRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<AccountColumn<'a>> {
    vec![
        AccountColumn::text("kind", "voucher, or payment that is unapplied", |row| text(row.subject.kind())),
        AccountColumn::text("subject", "the voucher, or the reference of the payment", |row| text(row.subject.id())),
        AccountColumn::text("currency", "the currency of the amounts", |row| text(row.currency.code())),
        AccountColumn::amount("recognized", "entitled for what was redeemed or claimed", |row| {
            row.total(row.account.recognized)
        }),
        AccountColumn::amount("claimed", "of it, invoiced by us or requested by others", |row| {
            row.total(row.account.claimed)
        }),
        AccountColumn::amount("paid", "money that came, less what was taken back", |row| row.total(row.account.paid)),
        AccountColumn::amount("written_off", "tolerated or booked away; what was overpaid counts negative", |row| {
            row.total(row.account.written_off)
        }),
        AccountColumn::amount("fx", "booked away as exchange differences", |row| row.total(row.account.fx)),
        AccountColumn::text("may_be_invoiced", "yes where what is not claimed yet may be invoiced now", |row| {
            text(if row.account.free { "yes" } else { "no" })
        }),
        AccountColumn::amount("open", "recognized less paid, written off and exchange differences", |row| {
            row.total(row.account.open().total())
        }),
    ]
}
