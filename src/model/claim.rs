//! What has been claimed, as the ledger knows it before a run.

use std::collections::{BTreeMap, HashMap};

use super::{Day, EngagementId, InvoiceNumber, LocationId, Money, VoucherId};

/// The claim of a voucher, as the ledger keeps it: the first one, also after its request was rejected or cancelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Who claimed, and under which reference.
    pub origin: ClaimOrigin,
    /// Whether the request stands. One that was rejected or cancelled still keeps the voucher from being claimed again
    /// by itself.
    pub live: bool,
    /// Day of the request; for an own invoice its issue date.
    pub requested_on: Option<Day>,
    /// Of an own invoice, the day on which its batch was approved, if it waited for that.
    pub approved_on: Option<Day>,
    /// Location that claimed, as known then.
    pub location: Option<LocationId>,
    /// Engagement, as known then.
    pub engagement: Option<EngagementId>,
    /// Level in days, as known then.
    pub days: Option<u32>,
    /// Amount, as known then.
    pub amount: Option<Money>,
}

impl Claim {
    /// The day on which it left the house: an invoice not before its approval.
    pub fn went_out_on(&self) -> Option<Day> {
        self.requested_on.max(self.approved_on)
    }
}

/// Where a claim was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimOrigin {
    /// An invoice that this ledger issued.
    Invoice(InvoiceNumber),
    /// A payment request of the payer's tool, by its reference.
    Payment(String),
    /// The list of claims older than the tool, by its reference.
    Prior(String),
}

/// A line of an invoice that this ledger issued in an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuedLine {
    /// What was claimed.
    pub voucher: VoucherId,
    /// For how much.
    pub amount: Money,
}

/// The ledger before a run, as far as verdicts look at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpeningClaims {
    /// Claims by voucher, live or not.
    pub claims: HashMap<VoucherId, Claim>,
    /// Lines of issued invoices, by number and in line order.
    pub invoices: BTreeMap<InvoiceNumber, Vec<IssuedLine>>,
}
