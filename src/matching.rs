//! Which payment belongs to what (cash application): by the number of an invoice that this ledger issued, and the voucher of it
//! that the row names; else by the voucher alone; else by what people have decided. Where the two disagree, or another company
//! was paid, nothing is matched. What stays unapplied is never guessed: what is alike is suggested elsewhere, and a person decides. Rows are never changed; how each was matched is recorded here, once.

mod applied;
mod contest;
mod known;
mod payee;
mod shares;
mod without_voucher;

use payee::Companies;

use crate::decisions::Decisions;
use crate::ingest::Intake;
use crate::model::{Day, OpeningClaims, Text};
use crate::program::Program;

pub use applied::{Allocation, Applied, MatchedBy, Matching};
pub use contest::{Contest, Contested};
pub use known::KnownVouchers;
pub use without_voucher::PaymentWithoutVoucher;

/// Matches all payments that are seen on the as-of date, with the decisions that stand on it.
pub fn match_payments(
    intake: &Intake,
    opening: &OpeningClaims,
    program: &Program,
    decisions: Option<&Decisions<'_>>,
    paid_through: &[Text],
    as_of: Day,
) -> (Matching, Vec<PaymentWithoutVoucher>) {
    let companies = Companies::new(intake, paid_through);
    let mut matching = Matching::by_keys(intake, opening, as_of, &KnownVouchers::new(intake), &companies);
    let without_voucher =
        without_voucher::without_voucher(matching.of_no_voucher(), intake, opening, program, decisions, as_of);
    matching.apply_decisions(&without_voucher, opening);
    (matching, without_voucher)
}
