//! What is due to whom, and why somebody gets nothing. By state, not by day: what is due and was not told yet is
//! told now, however many runs were missed. Nothing is worded or sent here.

use crate::model::{Contact, Day, Language, LocationId, Money, PartnerId, Text, VoucherId};

/// What partners are reminded of. One stage each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// An enrollment is about to complete a year.
    EnrollmentRenewal,
    /// A voucher that is not redeemed is about to expire.
    VoucherExpiry,
    /// A redeemed voucher was not claimed.
    Unclaimed,
}

impl Topic {
    /// The word of machine files and of wording.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::EnrollmentRenewal => "enrollment-renewal",
            Topic::VoucherExpiry => "voucher-expiry",
            Topic::Unclaimed => "unclaimed",
        }
    }
}

/// The facts that a reminder names.
#[derive(Clone, Debug, PartialEq)]
pub enum ReminderDetails {
    /// Enrolled for an offering on a day.
    Enrollment {
        /// The offering.
        offering: String,
        /// Its day.
        enrolled_on: Day,
    },
    /// A voucher that is about to expire.
    Voucher {
        /// The voucher.
        voucher: VoucherId,
        /// Its customer.
        customer: Text,
        /// What is to be delivered.
        engagement: String,
        /// Level in days; 0 where levels are no days.
        days: u32,
    },
    /// A redeemed voucher.
    Redeemed {
        /// The voucher.
        voucher: VoucherId,
        /// Its customer.
        customer: Text,
        /// Day of redemption.
        redeemed_on: Day,
        /// The entitled amount.
        entitled: Option<Money>,
        /// What keeps it back.
        codes: String,
    },
}

/// Something that is due to be told, whether or not it will be.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    /// About what.
    pub topic: Topic,
    /// The company; unknown where no location has reserved the voucher.
    pub partner: Option<PartnerId>,
    /// The location; none where the whole company is meant.
    pub location: Option<LocationId>,
    /// Voucher id, or offering and day.
    pub subject: String,
    /// The day that is not to be missed.
    pub due_on: Day,
    /// What is told.
    pub details: ReminderDetails,
    /// Why it is not told, where something settles it.
    pub moot: Option<&'static str>,
}

/// The first and only stage of each topic.
pub const STAGE: i64 = 1;

/// What became of a reminder for one receiver.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressedReminder<'a> {
    /// What is due.
    pub reminder: &'a Reminder,
    /// Who is told, or why nobody is.
    pub receiver: Result<Receiver<'a>, &'static str>,
}

/// A receiver: an address in a language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receiver<'a> {
    /// The contact whose name stands in the salutation.
    pub contact: &'a Contact,
    /// In which language.
    pub language: Language,
}
