//! Rows about money: payment requests and payments, claims older than the tool, rates.

use std::fmt;

use super::{Country, Day, Fact, InvoiceNumber, LocationId, Money, PartnerId, Place, Reference, Text, VoucherId};

/// A payment request, and what the payer made of it, from the online payment tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// Where the row stands.
    pub place: Place,
    /// The payer's reference.
    pub reference: Reference,
    /// The invoice that it names.
    pub invoice_number: Fact<InvoiceNumber>,
    /// The voucher that it names.
    pub voucher: Fact<VoucherId>,
    /// Amount requested or paid.
    pub amount: Money,
    /// Status word.
    pub status: PaymentStatus,
    /// Day of the request.
    pub requested_on: Fact<Day>,
    /// Day of the payment.
    pub paid_on: Fact<Day>,
    /// The payer's reason.
    pub reason: Fact<Text>,
    /// Who requested, company.
    pub partner: Fact<PartnerId>,
    /// Who requested, location.
    pub location: Fact<LocationId>,
}

/// Status words of a payment request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaymentStatus {
    /// Sent to the payer.
    Submitted,
    /// Accepted, money not yet sent.
    Approved,
    /// Money sent.
    Paid,
    /// Refused by the payer.
    Rejected,
    /// Withdrawn.
    Cancelled,
}

impl PaymentStatus {
    /// Whether a row asks for money or is money that came; what was refused or withdrawn counts for nothing.
    pub fn is_live(self) -> bool {
        match self {
            PaymentStatus::Submitted | PaymentStatus::Approved | PaymentStatus::Paid => true,
            PaymentStatus::Rejected | PaymentStatus::Cancelled => false,
        }
    }
}

impl Payment {
    /// Whether a run of this day sees the row: one that was requested later is not seen at all.
    pub fn is_seen(&self, as_of: Day) -> bool {
        self.requested_on.get().is_none_or(|day| day <= as_of)
    }
}

impl fmt::Display for PaymentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PaymentStatus::Submitted => "Submitted",
            PaymentStatus::Approved => "Approved",
            PaymentStatus::Paid => "Paid",
            PaymentStatus::Rejected => "Rejected",
            PaymentStatus::Cancelled => "Cancelled",
        })
    }
}

/// A voucher that was claimed before the tool was in use.
#[derive(Clone, Debug, PartialEq)]
pub struct PriorClaim {
    /// Where the row stands.
    pub place: Place,
    /// The voucher.
    pub voucher: VoucherId,
    /// Under which reference.
    pub reference: Reference,
    /// Day of the request.
    pub claimed_on: Day,
}

/// What is paid for a level in a country, from the team's contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// Where the row stands.
    pub place: Place,
    /// Country of delivery.
    pub country: Country,
    /// Level in days.
    pub days: u32,
    /// Amount for the whole engagement.
    pub amount: Money,
    /// First start day.
    pub valid_from: Day,
    /// Last start day.
    pub valid_to: Fact<Day>,
}
