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

use super::columns::record::Rows;
use super::columns::schema::Shape;
use crate::model::{
    Certification, Competency, Completion, Contact, DecisionRow, Enrollment, MilestoneRow, Partner, Payment,
    PriorClaim, Rate, Redemption, Voucher,
};

/// Columns and keys of all data sets.
pub(super) const SHAPES: [&Shape; 13] = [
    Partner::SHAPE,
    Contact::SHAPE,
    Enrollment::SHAPE,
    Competency::SHAPE,
    Certification::SHAPE,
    Voucher::SHAPE,
    Redemption::SHAPE,
    Completion::SHAPE,
    MilestoneRow::SHAPE,
    Payment::SHAPE,
    PriorClaim::SHAPE,
    Rate::SHAPE,
    DecisionRow::SHAPE,
];
