//! The list of findings as it is printed: one row per verdict and code, with the id that stays the same from run
//! to run, and whether the item is new.

use std::collections::HashSet;

use super::{Finding, Verdict, finding_id};
use crate::model::{Day, Outcome};
use crate::program::Program;

/// Whether an item was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifecycle {
    /// For the first time.
    New,
    /// In the last run too.
    Persisting,
    /// Not in the last run, but in one before it.
    Reopened,
}

impl Lifecycle {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Lifecycle::New => "new",
            Lifecycle::Persisting => "persisting",
            Lifecycle::Reopened => "reopened",
        }
    }
}

/// A finding in the list.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The id of the case.
    pub id: String,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// The finding.
    pub finding: &'a Finding,
    /// Whether it was there before.
    pub lifecycle: Lifecycle,
    /// Days from the day on which it opened to the as-of date.
    pub age_days: i64,
}

/// Lists all findings, exceptions first, then by priority, code and voucher.
pub fn register<'a>(
    verdicts: &'a [Verdict],
    program: &Program,
    as_of: Day,
    in_last_run: &HashSet<String>,
    in_any_run: &HashSet<String>,
) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for verdict in verdicts {
        for finding in &verdict.findings {
            let id = finding_id(&program.id, "voucher", verdict.voucher.as_str(), finding.code);
            let lifecycle = if in_last_run.contains(&id) {
                Lifecycle::Persisting
            } else if in_any_run.contains(&id) {
                Lifecycle::Reopened
            } else {
                Lifecycle::New
            };
            let age_days = as_of.days_since(finding.opened_on).max(0);
            entries.push(Entry { id, verdict, finding, lifecycle, age_days });
        }
    }
    entries.sort_by(|a, b| key(a).cmp(&key(b)));
    entries
}

fn key<'a>(entry: &'a Entry<'_>) -> (std::cmp::Reverse<Outcome>, u8, crate::model::Code, &'a crate::model::VoucherId) {
    let finding = entry.finding;
    (std::cmp::Reverse(finding.outcome), finding.code.priority(), finding.code, &entry.verdict.voucher)
}
