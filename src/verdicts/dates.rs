//! The dates that a verdict prints.

use crate::model::Day;

/// Dates that a verdict prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Created in VLSC.
    pub created: Option<Day>,
    /// Assigned.
    pub assigned: Option<Day>,
    /// Reserved.
    pub reserved: Option<Day>,
    /// First start.
    pub started: Option<Day>,
    /// Last completion.
    pub completed: Option<Day>,
    /// Last report.
    pub reported: Option<Day>,
    /// Redeemed.
    pub redeemed: Option<Day>,
    /// Last day, printed or computed.
    pub expires: Option<Day>,
}

impl Dates {
    /// Steps with the names of their columns.
    pub fn named(&self) -> [(&'static str, Option<Day>); 8] {
        [
            ("created_on", self.created),
            ("assigned_on", self.assigned),
            ("reserved_on", self.reserved),
            ("started_on", self.started),
            ("completed_on", self.completed),
            ("reported_on", self.reported),
            ("redeemed_on", self.redeemed),
            ("expires_on", self.expires),
        ]
    }
}
