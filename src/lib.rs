//! # vouchsafe
//!
//! A batch pipeline for voucher programs. Exports of several portals come in; a verdict per voucher, a workbook, invoice
//! batches and letters come out.
//!
//! ## Bird's-eye view
//!
//! ```text
//! read    exports ──ingest──▶ rows, and rejects; what earlier runs have left ──history──▶ claims, items, decisions
//! judge   rows ──matching──▶ payments applied ──casebook──▶ cases ──eligibility, verdicts──▶ a verdict per voucher
//!         ──compare──▶ facts after the close
//! draft   verdicts ──items──▶ open items ──invoice──▶ batches ──letters──▶ letters
//! enter   claims, numbers, items, decisions, notices ──ledger──▶ one transaction, still open
//! pack    ──compare──▶ changes and causes ──books──▶ roll-forward ──results──▶ figures ──controls──▶ totals that tie
//!         ──report──▶ documents, staged ──controls──▶ read back; then committed, and renamed into place
//! ```
//!
//! ## The rooms, each after those that it uses
//!
//! | room | what happens there |
//! |---|---|
//! | [`model`] | the nouns: money, days, ids, rows, codes |
//! | [`error`], [`mistake`], [`store`], [`wording`] | what stops a run; how a mistake in a file is shown; copies by content; texts in six languages |
//! | [`config`], [`program`] | what people write: settings, jobs, schedules; the rules of a program with their citations |
//! | [`ingest`] | files become rows, or are refused with place and reason; which of several rows about one thing counts |
//! | [`decisions`] | what people have decided about items, and whether it stands |
//! | [`matching`] | which payment belongs to what, and by what it was matched; what stays unapplied |
//! | [`casebook`] | everything known about a voucher (a case) and about a partner; whether it was claimed by anybody |
//! | [`eligibility`] | what a partner may deliver on a day |
//! | [`verdicts`] | one check per file; all answers are the verdict of the voucher |
//! | [`compare`] | what changed since a period was closed, and since the last run |
//! | [`items`] | open items with owner and due day; what became of decisions |
//! | [`books`] | accounts, roll-forward, aging, claims beside payments, deadlines, suggestions for unapplied payments |
//! | [`invoice`], [`letters`] | what is claimed; who is notified of what |
//! | [`ledger`] | the one file that knows: runs, claims, invoices, decisions, the chain of events |
//! | [`results`], [`report`] | the figures of a run, its verdict and sentence; its documents |
//! | [`home`] | the folder of the team: configuration, drop folder, clock and account of the process |
//! | [`controls`] | the totals that must tie before anything is published |
//! | [`history`] | what earlier runs have left in ledger and store |
//! | [`pipeline`], [`cli`] | one run on one screen; what a person types |
//! | `testing` | the test kit of rules: one voucher in order, broken cell by cell |
//!
//! ## The walk
//!
//! **A voucher** is a row of an export. `ingest` reads it cell by cell, decides which of several rows about one thing counts, and
//! gathers it with the redemptions, reports and payments of its id. `casebook` opens its case: which steps have happened by
//! the as-of date, who delivers, what it is entitled to, whether it was claimed. The checks of `verdicts` answer one by one,
//! and the verdict says which findings stand together. From there on the verdict travels: into items, a batch, a letter, the
//! books, and the rows of documents. Rows are asked once more where the verdict does not say it: by `compare`, what reports of
//! work in a closed period say now; by `invoice`, who else has claimed; by `controls`, what was paid, to compare it with.
//!
//! **A payment** is a row, too. `matching` applies one that names an invoice of ours to the vouchers on it; one that names a
//! known voucher, and no invoice of ours, stays with that voucher, where `ingest` has gathered it; what a person has resolved
//! goes where it was resolved to, unless a later export lists it there by itself; the rest is unapplied, as is what says
//! something against what it names. Each keeps by what it was matched. `casebook` hands each voucher its parts; the checks
//! compare them with what the voucher is entitled to; `invoice` lists the requests of others as claims, for the ledger; `books`
//! carries the parts into the account of the voucher, or into unapplied money, and the roll-forward says what moved.
//!
//! **A decision** is a row that a person has typed, into the workbook or a list. `ingest` reads it; `decisions` answers whether one is in
//! force for an item as it is seen. `matching` asks that for payments, `verdicts` for findings, `compare` for restatements;
//! `items` reports what became of each, the ledger keeps a new one that is of this job, `books` books what was written off, and
//! the next run finds it in `history`.
//!
//! None of the three goes back: each room takes what was made before it. The past enters at the beginning; only whether an item
//! was known before is asked of the ledger once the items are there. `tests/it/tidy.rs` holds the order of the rooms,
//! `tests/it/house.rs` that no imports form a circle. Some things are judged again, always by the checks of `verdicts`: a case
//! under another reading of the sources (`verdicts::what_if`), broken copies of one (`verdicts::self_test`), what has changed,
//! with one factor as it was (`compare`); a whole month by `history`, where another version had judged the last run, and by
//! `diff`, `diff-program` and `explain`, which look back.
//!
//! Reading order for a newcomer: README, this page, `src/glossary.md`, `jobs/month-end.toml`, [`pipeline`], one check
//! (`src/verdicts/checks/level.rs`), one golden run (`tests/runs/two-payable.txt`).
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
//! A room may use the model and what rooms before it have made. `tests/it/tidy.rs` holds that as a table.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests write the files that are read"))]

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
