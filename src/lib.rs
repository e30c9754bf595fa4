//! vouchsafe
pub mod casebook;
#[cfg(test)]
mod casekit;
pub mod eligibility;
pub mod ingest;
pub mod model;
pub mod program;
pub mod reconcile;
