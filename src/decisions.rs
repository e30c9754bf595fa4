//! What people have decided about items, and whether it stands: a decision is bound to the item as it was seen, whoever may
//! not take it alone needs a second person, and what it releases expires. Payments are matched and vouchers judged with
//! the decisions that stand.

mod authority;
mod identity;
mod weighing;

pub use authority::releases;
pub use identity::{ItemSnapshot, finding_id, item_hash, listed};
pub use weighing::{Candidate, DecisionStatus, Decisions, Origin, Targets};
