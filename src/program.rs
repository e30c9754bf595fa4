//! A voucher program as its file in `config/programs/` describes it: what is sold, what it requires, which
//! rules are in force and where each of them is written. Numbers and lists live there; the code holds the
//! kinds of checks. This module must not know a voucher.

mod checked;
mod citation;
mod conflicts;
mod deadline;
mod definition;
mod file;
mod house_rules;
mod levels;
mod milestones;
mod mistakes;
mod names;
mod parse;
mod rules;
mod standing;
mod terms;
mod validity;

pub use citation::{SourceDocument, Version};
pub use deadline::{Anchor, Calendar, Cap, Deadline, Extension, Grant, Length, PerLevel, Reset};
pub use definition::{Alternative, Conflict, Program, Question, Reading, Ruling};
pub use file::{house_rules_schema, schema};
pub use house_rules::HouseRules;
pub use levels::Levels;
pub use names::{Name, Names};
pub use parse::{ProgramFile, parse};
pub use standing::StandingWords;
pub use terms::{
    CompetencyTerms, Engagement, Milestone, MovedAnniversaries, Once, PaymentTerms, Qualification, Qualifier,
    ReminderTerms, Scope, VoucherTerms,
};
pub use validity::{Rule, Validity};
