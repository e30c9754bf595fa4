//! The result of reading: the records of all data sets, and everything that could not be used.

use super::coverage::{Table, VoucherCoverage};
use super::file_report::FileReport;
use super::rows::gather::Gathered;
use super::rows::reject::{Doubt, Reject};
use super::rows::supersede::RestatedRow;
use crate::model::{Certification, Competency, Contact, DecisionRow, Enrollment, Partner, Rate, Tables};

/// Everything that one run has read.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Locations.
    pub partners: Table<Partner>,
    /// Receivers of letters.
    pub contacts: Table<Contact>,
    /// Enrollments.
    pub enrollments: Table<Enrollment>,
    /// Competencies.
    pub competencies: Table<Competency>,
    /// Exams and assessments.
    pub certifications: Table<Certification>,
    /// Rates.
    pub rates: Table<Rate>,
    /// Decisions about open items.
    pub decisions: Table<DecisionRow>,
    /// Vouchers, redemptions, completions, payments and older claims, by voucher.
    pub vouchers: Gathered,
    /// How much is known of them.
    pub coverage: VoucherCoverage,
}

/// The result of reading, with what could not be used.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// What was read.
    pub records: Records,
    /// Refused rows, by file and row.
    pub rejects: Vec<Reject>,
    /// Facts that are in doubt, from refused rows and contradictions.
    pub doubts: Vec<Doubt>,
    /// Rows that a later export has restated, by where they are now.
    pub restated: Vec<RestatedRow>,
    /// What became of each file, in the order of data sets and names.
    pub files: Vec<FileReport>,
    /// Names behind the places of all rows.
    pub tables: Tables,
}
