//! # vouchsafe
//!
//! A batch pipeline for voucher programs. Exports of several portals come in; a verdict per voucher, a workbook, invoice
//! batches and letters come out.
//!
//! ## Bird's-eye view
//!
//! ```text
//! exports ──ingest──▶ Records ──casebook──▶ Cases ──reconcile──▶ Verdicts ──invoice──▶ Batches
//!                        │                    │  (eligibility)       │                    │
//!                     Rejects             Unmatched               remind──▶ Letters       │
//!                        └──────────────┬─────┴──────────────────────┴────────────────────┘
//!                                    report ──▶ Documents ──▶ staged, read back, committed, renamed into place
//! ```
//!
//! Reading order for a newcomer: `jobs/month-end.toml`, [`pipeline`], then the stage roots [`ingest`], [`casebook`],
//! [`eligibility`], [`reconcile`], [`invoice`], [`remind`], [`report`]; one rule (`src/eligibility/competency.rs`); one
//! golden run (`tests/runs/two-payable.txt`).
//!
//! ## What always holds
//!
//! - **Every stage returns what it made and what it could not use.** A bad row is data about the file; only a run can
//!   fail, with one of the exit codes of [`error`].
//! - **Every record keeps its place** (file, sheet, row), and every finding names one.
//! - **Unknown is never a pass.** A column that an export lacks, a refused row, a contradiction: the answer of a check
//!   is then [`model::Answer::Unknown`], and the voucher is not paid.
//! - **The middle is pure.** Between reading and publishing there is no clock, no file, no network and no order of a hash
//!   map: the same inputs, configuration, as-of date and ledger give the same bytes on any number of threads.
//! - **Money is minor units of one currency**; two currencies cannot be added, and no amount is a float or rounded.
//! - **The ledger is the truth.** A voucher is claimed once by a database constraint; outputs are projections.
//! - **Decisions are rows, totals are frames.** polars sums finished columns and decides nothing.
//!
//! A stage may use the model and the result types of stages before it. `tests/it/tidy.rs` holds that as a table.

pub mod model;

pub mod error;
pub mod mistake;
pub mod store;
pub mod wording;

pub mod config;
pub mod program;

pub mod ingest;

pub mod decisions;
pub mod matching;

pub mod casebook;
pub mod eligibility;
pub mod verdicts;

pub mod books;
pub mod compare;
pub mod items;

pub mod invoice;
pub mod letters;

pub mod ledger;

pub mod results;

pub mod report;

pub mod controls;

pub mod home;

pub mod history;

pub mod pipeline;

pub mod cli;

#[cfg(test)]
mod testing;
