//! Which milestones of a voucher were reached by the as-of date. A refusal takes back what was reached before it; what is
//! handed in again later counts from then.

use super::steps::{Heard, Step, absent};
use crate::ingest::Coverage;
use crate::model::{Dataset, Day, Fact, MilestoneId, MilestoneRow, MilestoneStatus};

/// The milestones of one voucher by the as-of date.
#[derive(Debug)]
pub struct Milestones<'a> {
    /// Rows by day, then by file and row.
    rows: Vec<&'a MilestoneRow>,
    /// What it means that there is no row.
    missing: Fact<Step>,
    /// Rows contradict each other.
    is_contradicted: bool,
}

impl<'a> Milestones<'a> {
    pub(super) fn new(
        rows: &'a [MilestoneRow],
        as_of: Day,
        heard: &Heard<'_, '_>,
        coverage: Coverage,
    ) -> Milestones<'a> {
        let mut rows: Vec<&MilestoneRow> = rows.iter().filter(|row| row.on <= as_of).collect();
        rows.sort_by_key(|row| (row.on, row.place));
        let missing = absent(heard.doubted(Dataset::Milestones), coverage);
        Milestones { rows, missing, is_contradicted: heard.contradicted(Dataset::Milestones) }
    }

    /// The day on which a milestone was reached, if nothing took it back.
    pub fn reached(&self, milestone: &MilestoneId) -> Fact<Step> {
        if self.is_contradicted {
            return Fact::Unknown;
        }
        let mut since = self.missing;
        for row in self.rows.iter().filter(|row| row.milestone == *milestone) {
            match (row.status, since) {
                (Fact::Is(MilestoneStatus::Done), Fact::No | Fact::Unknown) => {
                    since = Fact::Is(Step { day: row.on, place: row.place });
                }
                (Fact::Is(MilestoneStatus::Refused), _) => since = self.missing,
                (Fact::Is(MilestoneStatus::Done | MilestoneStatus::Open), _) => {}
                (Fact::Unknown | Fact::No, _) => return Fact::Unknown,
            }
        }
        since
    }

    /// Since when an answer is waited for: the last that was heard of the milestone is that it was handed in.
    pub fn open(&self, milestone: &MilestoneId) -> Option<Step> {
        let last = self.rows.iter().rev().find(|row| row.milestone == *milestone)?;
        (last.status == Fact::Is(MilestoneStatus::Open)).then_some(Step { day: last.on, place: last.place })
    }

    /// All rows by the as-of date, by day.
    pub fn rows(&self) -> &[&'a MilestoneRow] {
        &self.rows
    }
}
