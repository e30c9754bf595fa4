//! Control totals, and the reading back of what was staged: whatever differs stops the run before anything is published.
//! Each compares figures that were computed independently of each other.

mod claims;
pub mod faults;
mod paid_rows;
mod readback;
mod statement;
mod tie_outs;

pub use readback::differences;
pub use tie_outs::tie_outs;
