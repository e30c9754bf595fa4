//! Rows of all files become typed columns or refusals, and it is decided which of them are effective: those that
//! come again count once, a later export replaces an earlier one, and what is about one voucher is brought together.

pub(super) mod ballot;
pub(super) mod cell_results;
pub(super) mod gather;
pub(super) mod loader;
pub(super) mod reject;
pub(super) mod supersede;
