//! Machine CSV: comma, UTF-8, LF, ISO dates, point decimals; codes are never translated.

pub(super) mod after_close;
pub(super) mod books;
pub(super) mod changes;
pub(super) mod deadlines;
pub(super) mod items;
pub(super) mod matches;
pub(super) mod rows;
pub(super) mod tables;

pub use after_close::table as after_close;
pub use books::{AccountRow, StatementRow, account, accounts_table as accounts, statement_table as statement};
pub use changes::{ChangeRow, change_row, table as changes};
pub use deadlines::table as deadlines;
pub use items::tables as item_tables;
pub use matches::tables as match_tables;
pub use rows::{BatchTotals, InvoiceRow, ReportRow, VerdictRow};
pub use tables::{batch_tables, invoice_rows, letter_table, reports, verdict_tables, verdicts};
