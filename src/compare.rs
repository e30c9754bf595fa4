//! What is different from before: since the last run, and since a period was closed.

mod after_close;
mod changes;

pub use after_close::{AfterClose, ClosedPeriod, SealedReport, after_close, reports_in_doubt};
pub use changes::{Baseline, Cause, Change, RulesThen, changes};
