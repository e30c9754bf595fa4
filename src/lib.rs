//! vouchsafe
pub mod casebook;
#[cfg(test)]
mod casekit;
pub mod cli;
pub mod eligibility;
pub mod error;
pub mod home;
pub mod ingest;
pub mod invoice;
pub mod job;
pub mod ledger;
pub mod letters;
pub mod mail;
pub mod model;
pub mod pipeline;
pub mod program;
pub mod readback;
pub mod reconcile;
pub mod remind;
pub mod report;
pub mod schedule;
pub mod settings;
pub mod store;
pub mod wording;
