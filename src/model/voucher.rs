//! Rows about vouchers: what the customer assigned, what the partner reserved, redeemed and delivered.

use super::{
    ConsultantId, Country, CustomerId, Day, EngagementId, Fact, LocationId, MilestoneId, Place, Text, VoucherId,
};

/// A voucher as VLSC exports it.
#[derive(Clone, Debug, PartialEq)]
pub struct Voucher {
    /// Where the row stands.
    pub place: Place,
    /// Its id.
    pub voucher: VoucherId,
    /// The customer's id, where blank the name.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: Text,
    /// What is to be delivered.
    pub engagement: EngagementId,
    /// Service level in days, as printed; it may be no level of the program.
    pub days: u32,
    /// Created in VLSC.
    pub created_on: Day,
    /// Assigned to a partner; the day of creation where the export has no such column.
    pub assigned_on: Fact<Day>,
    /// Last day as printed.
    pub expires_on: Fact<Day>,
    /// Status word.
    pub status: Fact<VoucherStatus>,
}

/// Status words of VLSC, from the first to the furthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VoucherStatus {
    /// Created.
    Created,
    /// Assigned.
    Assigned,
    /// Reserved.
    Reserved,
    /// Redeemed.
    Redeemed,
    /// Expired.
    Expired,
    /// Cancelled by the customer.
    Cancelled,
}

/// A reservation of a voucher by a location, and what became of it, from VVR.
#[derive(Clone, Debug, PartialEq)]
pub struct Redemption {
    /// Where the row stands.
    pub place: Place,
    /// The voucher.
    pub voucher: VoucherId,
    /// Who reserved or redeemed.
    pub location: LocationId,
    /// Status word.
    pub status: RedemptionStatus,
    /// Day of reservation.
    pub reserved_on: Fact<Day>,
    /// Day of redemption.
    pub redeemed_on: Fact<Day>,
    /// Day on which the reservation was cancelled.
    pub cancelled_on: Fact<Day>,
}

/// Status words of VVR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedemptionStatus {
    /// Assigned, not reserved.
    Assigned,
    /// Reserved.
    Reserved,
    /// Redeemed.
    Redeemed,
    /// Reservation cancelled.
    Cancelled,
}

/// The completion report of one consultant for a voucher.
#[derive(Clone, Debug, PartialEq)]
pub struct Completion {
    /// Where the row stands.
    pub place: Place,
    /// The voucher.
    pub voucher: VoucherId,
    /// Who delivered.
    pub consultant: ConsultantId,
    /// Country in which the service was performed.
    pub country: Country,
    /// First day of delivery.
    pub started_on: Day,
    /// Last day of delivery.
    pub completed_on: Day,
    /// Day on which the report was submitted.
    pub reported_on: Fact<Day>,
    /// Name of the uploaded copy of the deliverable, or yes; `No` where none was uploaded.
    pub deliverable: Fact<Text>,
    /// Day of the upload.
    pub deliverable_on: Fact<Day>,
    /// Days worked off site, as printed.
    pub offsite_days: Fact<u32>,
}

/// A step that has no data set of its own, as a row says that it was reached, asked for or refused.
#[derive(Clone, Debug, PartialEq)]
pub struct MilestoneRow {
    /// Where the row stands.
    pub place: Place,
    /// The voucher.
    pub voucher: VoucherId,
    /// Which step.
    pub milestone: MilestoneId,
    /// The day.
    pub on: Day,
    /// What became of it; a blank cell says that it was reached.
    pub status: Fact<MilestoneStatus>,
}

/// What became of a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MilestoneStatus {
    /// Reached.
    Done,
    /// Handed in, and waiting for an answer.
    Open,
    /// Refused, declined or withdrawn.
    Refused,
}
