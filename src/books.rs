//! The books of a month: accounts, the roll-forward of what is open, claims beside payments, what unapplied payments may be
//! for, and how old and how urgent everything is. Amounts are minor units; sums are wider than single amounts.

mod accounts;
mod aging;
mod deadlines;
mod match_groups;
mod statement;
mod suggestions;

pub use accounts::{Account, Accounts, Open, PLACES, Subject};
pub use aging::{Aged, BUCKETS, aging, bucket};
pub use deadlines::{Expiring, Ticking, WITHIN, expiring, ticking};
pub use match_groups::{Fit, Group, Mode, group_name, groups, sides};
pub use statement::{Books, Bridge, Movement, Opening, balances};
pub use suggestions::{Likeness, Proposal, Suggestion, suggestions};
