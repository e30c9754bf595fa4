//! What verdicts rest on besides the rows of a voucher.

use std::collections::HashMap;

use super::VerdictSummary;
use crate::decisions::Decisions;
use crate::model::{Carried, Day, OpeningClaims, Text, Tolerance, VoucherId};
use crate::program::Program;

/// What all checks know besides the case.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The program.
    pub program: &'a Program,
    /// The only date that a run knows.
    pub as_of: Day,
    /// How far two amounts may differ and still be equal.
    pub tolerance: &'a Tolerance,
    /// Ids of those through which partners are paid, besides their own.
    pub paid_through: &'a [Text],
    /// Claims and invoices of the ledger before the run.
    pub opening: &'a OpeningClaims,
    /// What earlier runs and people have left.
    pub earlier: Earlier<'a>,
}

/// What earlier runs of a job and people have left.
#[derive(Clone, Copy, Default)]
pub struct Earlier<'a> {
    /// The verdicts of the last run, if there was one.
    pub verdicts: Option<&'a HashMap<VoucherId, VerdictSummary>>,
    /// What the last run has left open, if there was one.
    pub carried: Option<&'a Carried>,
    /// What people have decided.
    pub decisions: Option<&'a Decisions<'a>>,
}
