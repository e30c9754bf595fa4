//! Which payment belongs to what (cash application): by the number of an invoice that this ledger issued, else by the
//! voucher that the row names, else by what people have decided. What stays unmatched is never guessed: what is alike is
//! suggested elsewhere, and a person decides. Rows are never changed; how each was matched is recorded here, once.

mod applied;
mod known;
mod shares;
mod unapplied;

use crate::decisions::Decisions;
use crate::ingest::Intake;
use crate::model::{Day, OpeningClaims};
use crate::program::Program;

pub use applied::{Allocation, Applied, MatchedBy, Matching};
pub use known::KnownVouchers;
pub use unapplied::UnappliedPayment;

/// Matches all payments that are seen on the as-of date, with the decisions that stand on it.
pub fn match_payments(
    intake: &Intake,
    opening: &OpeningClaims,
    program: &Program,
    decisions: Option<&Decisions<'_>>,
    as_of: Day,
) -> (Matching, Vec<UnappliedPayment>) {
    let mut matching = Matching::by_keys(intake, opening, as_of, &KnownVouchers::new(intake));
    let unapplied = unapplied::unapplied(matching.unmatched(), intake, opening, program, decisions, as_of);
    matching.settle(&unapplied, opening);
    (matching, unapplied)
}
