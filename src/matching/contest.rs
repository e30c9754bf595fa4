//! Why a payment that names something is applied to nothing: what it says besides stands against it.

use std::fmt;

use crate::model::{PartnerId, Payment};

/// What stands against what a payment names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contest {
    /// It names a known voucher, and an invoice of ours on which that does not stand.
    InvoiceOfOthers,
    /// It was made to this company, and another one delivered.
    OtherCompany(PartnerId),
}

impl fmt::Display for Contest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contest::InvoiceOfOthers => f.write_str("the voucher does not stand on that invoice"),
            Contest::OtherCompany(company) => write!(f, "it was made to {company}, which is another company"),
        }
    }
}

/// An unapplied payment, and what stands against what it names.
#[derive(Clone, Copy, Debug)]
pub struct Contested<'a> {
    /// The row.
    pub payment: &'a Payment,
    /// What stands against it; none where it names nothing.
    pub contest: Option<&'a Contest>,
}
