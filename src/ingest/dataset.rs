//! The data sets: each file below names the columns of one, and says how its record is made of them.

pub(super) mod certifications;
mod claims;
mod competencies;
mod completions;
mod contacts;
mod decisions;
mod enrollments;
mod milestones;
mod partners;
pub(super) mod payments;
mod rates;
mod redemptions;
mod vouchers;

use super::columns::record::Record;
use super::columns::schema::Schema;
use crate::model::{
    Certification, Competency, Completion, Contact, DecisionRow, Enrollment, MilestoneRow, Partner, Payment,
    PriorClaim, Rate, Redemption, Voucher,
};

/// Columns and keys of all data sets.
pub(super) const SCHEMAS: [&Schema; 13] = [
    Partner::SCHEMA,
    Contact::SCHEMA,
    Enrollment::SCHEMA,
    Competency::SCHEMA,
    Certification::SCHEMA,
    Voucher::SCHEMA,
    Redemption::SCHEMA,
    Completion::SCHEMA,
    MilestoneRow::SCHEMA,
    Payment::SCHEMA,
    PriorClaim::SCHEMA,
    Rate::SCHEMA,
    DecisionRow::SCHEMA,
];
