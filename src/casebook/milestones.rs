//! Which milestones of a voucher were reached by the as-of date. A refusal takes back what was reached before it, unless
//! the program says that it lasts; what is handed in again later counts from then.

use super::steps::{CaseRows, Step, absent};
use crate::ingest::Coverage;
use crate::model::{Dataset, Day, Fact, Few, MilestoneId, MilestoneRow, MilestoneStatus};
use crate::program::Program;

/// The milestones of one voucher by the as-of date.
#[derive(Debug)]
pub struct Milestones<'a> {
    /// Rows by day, then by file and row.
    rows: Vec<&'a MilestoneRow>,
    /// What it means that there is no row.
    missing: Fact<Step>,
    /// Rows contradict each other.
    is_contradicted: bool,
    /// Milestones that nothing takes back.
    lasting: Few<&'a MilestoneId>,
}

impl<'a> Milestones<'a> {
    pub(super) fn new(
        rows: &'a [MilestoneRow],
        as_of: Day,
        case: &CaseRows<'_, '_>,
        coverage: Coverage,
        program: &'a Program,
    ) -> Milestones<'a> {
        let mut rows: Vec<&MilestoneRow> = rows.iter().filter(|row| row.on <= as_of).collect();
        rows.sort_by_key(|row| (row.on, row.place));
        let missing = absent(case.doubted(Dataset::Milestones), coverage);
        let lasting = program.milestones.iter().filter(|milestone| milestone.lasting).map(|milestone| &milestone.id);
        let is_contradicted = case.contradicted(Dataset::Milestones);
        Milestones { rows, missing, is_contradicted, lasting: lasting.collect() }
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
                (Fact::Is(MilestoneStatus::Refused), Fact::Is(_)) if self.lasting.contains(&milestone) => {}
                (Fact::Is(MilestoneStatus::Refused), _) => since = self.missing,
                (Fact::Is(MilestoneStatus::Done | MilestoneStatus::Open), _) => {}
                (Fact::Unknown | Fact::No, _) => return Fact::Unknown,
            }
        }
        since
    }

    /// Since when an answer is waited for: the last that is known of the milestone is that it was handed in. Unknown where
    /// a row that cannot be used may be the answer.
    pub fn open(&self, milestone: &MilestoneId) -> Fact<Step> {
        let Some(last) = self.rows.iter().rev().find(|row| row.milestone == *milestone) else { return Fact::No };
        match last.status {
            Fact::Is(MilestoneStatus::Open) if self.is_contradicted || self.missing.is_unknown() => Fact::Unknown,
            Fact::Is(MilestoneStatus::Open) => Fact::Is(Step { day: last.on, place: last.place }),
            Fact::Is(MilestoneStatus::Done | MilestoneStatus::Refused) | Fact::No => Fact::No,
            Fact::Unknown => Fact::Unknown,
        }
    }

    /// All rows by the as-of date, by day.
    pub fn rows(&self) -> &[&'a MilestoneRow] {
        &self.rows
    }
}
