//! The books of a month: accounts, the roll-forward of what is open, claims beside payments, what unapplied payments may be
//! for, and how old and how urgent everything is. Amounts are minor units; sums are wider than single amounts.

mod accounts;
mod aging;
mod balance;
mod deadlines;
mod match_groups;
mod statement;
mod suggestions;

pub use accounts::{Account, AccountSubject, Accounts};
pub use aging::{Aged, BUCKETS, aging, bucket};
pub use balance::Balance;
pub use deadlines::{ExpectedReceipt, Expiring, WITHIN, expected_receipts, expiring};
pub use match_groups::{ClaimPosition, Fit, MatchGroup, Mode, claim_positions, match_group_name, match_groups};
pub use statement::{Books, Movement, OpeningBooks, RollForward, StatementLine, balances};
pub use suggestions::{Likeness, Proposal, Suggestion, suggestions};
