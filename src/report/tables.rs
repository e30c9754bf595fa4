//! The documents that are tables: of each its rows, and its columns a line each. Machine files and sheets are both written
//! from them.

pub(crate) mod accounts;
pub(crate) mod after_close;
pub(crate) mod changes;
pub(crate) mod deadlines;
pub(crate) mod decisions;
pub(crate) mod findings;
pub(crate) mod invoices;
pub(crate) mod items;
pub(crate) mod letters;
pub(crate) mod matches;
pub(crate) mod rejects;
pub(crate) mod sealed_reports;
pub(crate) mod statement;
pub(crate) mod suggestions;
pub(crate) mod verdicts;
