//! # vouchsafe
//!
//! A batch pipeline for voucher programs. Exports of several portals come in; a verdict per voucher, a workbook, invoice
//! batches and letters come out.
//!
//! ## Bird's-eye view
//!
//! ```text
//! exports ─ingest─▶ rows ─matching─▶ payments applied ─casebook─▶ cases ─verdicts─▶ verdicts ─┬─compare─▶ changes
//!              │              │            (eligibility)                                      ├─items────▶ open items
//!           rejects     unapplied payments                                                    ├─books────▶ roll-forward
//!                                                                                             ├─invoice──▶ batches
//!                                                                                             └─letters──▶ letters
//!            ledger entry ─▶ results ─report─▶ documents ─controls─▶ staged, read back, committed, renamed into place
//! ```
//!
//! ## The rooms, in the order of the flow
//!
//! | room | what happens there |
//! |---|---|
//! | [`model`] | the nouns: money, days, ids, rows, codes |
//! | [`error`], [`mistake`], [`store`], [`wording`] | what stops a run; how a mistake in a file is shown; copies by content; texts in six languages |
//! | [`config`], [`program`] | what people write: settings, jobs, schedules; the rules of a program with their citations |
//! | [`ingest`] | files become rows, or are refused with place and reason; which row is effective |
//! | [`decisions`] | what people have decided about items, and whether it stands |
//! | [`matching`] | which payment belongs to what, and by what it was matched; what stays unapplied |
//! | [`casebook`] | everything known about a voucher (a case) and about a partner |
//! | [`eligibility`] | what a partner may deliver on a day |
//! | [`verdicts`] | one check per file; all answers are the verdict of the voucher |
//! | [`compare`] | what changed since the last run, and since a period was closed |
//! | [`items`] | open items with owner and due day; what became of decisions |
//! | [`books`] | accounts, roll-forward, aging, claims beside payments, deadlines |
//! | [`invoice`], [`letters`] | what is claimed; who is told what |
//! | [`ledger`] | the one file that knows: runs, claims, invoices, decisions, the chain of events |
//! | [`results`], [`report`], [`controls`] | what a run came to; its documents; the totals that must tie before anything is published |
//! | [`home`], [`history`] | the folder of the team; what earlier runs have left in ledger and store |
//! | [`pipeline`], [`cli`] | one run on one screen; what a person types |
//! | `testing` | the test kit of rules: one voucher in order, broken cell by cell |
//!
//! ## The walk
//!
//! **A voucher** is a row of an export. `ingest` reads it cell by cell, decides whether it is effective, and gathers it with the
//! redemptions, reports and payments of its id; `casebook` opens its case: which steps have happened by the as-of date, who
//! delivers, what it is entitled to; the checks of `verdicts` answer one by one, and the verdict says which findings stand
//! together. From there on only the verdict travels: into items, books, a batch, a letter, and a row of every document.
//!
//! **A payment** is a row, too. `matching` applies it to the voucher or invoice that it names, or to what a decision names, and
//! notes by what; `casebook` hands each voucher its part; the checks compare the parts with what the voucher is entitled to;
//! `books` carries them into the account of the voucher, or into unapplied money, and the roll-forward tells what moved.
//!
//! **A decision** is a row that a person has typed into the workbook. `ingest` reads it, `decisions` weighs whether it stands
//! for the item as it was seen; `matching` and `verdicts` let it change what they make of a payment or a finding; `items`
//! reports what became of it, the ledger keeps it, and the next run finds it in `history`.
//!
//! None of the three goes back: each room takes what rooms before it made. `tests/it/house.rs` holds that.
//!
//! Reading order for a newcomer: `jobs/month-end.toml`, [`pipeline`], then the rooms above from the top; one rule
//! (`src/eligibility/competency.rs`); one golden run (`tests/runs/two-payable.txt`). Terms stand in `src/glossary.md`.
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
