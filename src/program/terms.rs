//! The terms of a program: vouchers, competencies, payments, reminders, what is sold, what qualifies for it, and its
//! milestones.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::deadline::{Anchor, Deadline, Length};
use super::levels::Levels;
use super::validity::Validity;
use crate::model::{CompetencyLevel, CompetencyName, Day, EngagementId, MilestoneId, Offering};

/// Terms of a voucher.
#[derive(Clone, Debug)]
pub struct VoucherTerms {
    /// Levels for which a voucher may be made out.
    pub levels: Levels,
    /// The last day of a voucher, where none is printed.
    pub life: Deadline,
    /// Days before the last day on which a notice begins.
    pub expiry_notice_days: u32,
    /// Days that a consultant may work off site; no limit if the program has none.
    pub offsite_days: Option<u32>,
    /// Of which vouchers a customer has one.
    pub once_per_customer: Option<Once>,
    /// The last day on which a voucher could be created.
    pub last_creation: Option<Day>,
    /// The last day on which a voucher could be redeemed.
    pub last_redemption: Option<Day>,
}

/// How long competencies are held beyond the day that is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompetencyTerms {
    /// Days after the anniversary on which it can still be renewed, with its benefits.
    pub renewal_window_days: u32,
    /// Anniversaries that were moved to the next, in the order in which they were.
    pub extensions: Vec<MovedAnniversaries>,
}

/// Anniversaries that were moved to the next, once for all partners.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedAnniversaries {
    /// Anniversaries within these days.
    pub anniversaries: Validity,
    /// Competencies that were left out.
    pub except: Vec<CompetencyName>,
    /// Where it is written.
    pub citation: String,
}

impl CompetencyTerms {
    /// The last day on which a competency is held whose printed last day is this.
    pub fn held_until(&self, competency: &CompetencyName, printed: Day) -> Day {
        let moved = self.extensions.iter().fold(printed, |anniversary, extension| {
            let is_moved = extension.anniversaries.covers(anniversary) && !extension.except.contains(competency);
            if is_moved { anniversary.plus_one_year() } else { anniversary }
        });
        moved.plus_days(self.renewal_window_days)
    }
}

/// Of which vouchers a customer has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Once {
    /// Only those of this level in days; all, if none is named.
    pub days: Option<u32>,
    /// Among which others.
    pub per: Scope,
}

/// Vouchers among which a customer has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those for one engagement.
    Engagement,
    /// Those for all engagements of one offering.
    Offering,
}

/// Terms of a payment.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentTerms {
    /// The last day for the payment request, if the program sets one.
    pub claim: Option<Deadline>,
    /// How long an open request is simply waited for.
    pub target: Length,
}

/// When partners are reminded, in days.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderTerms {
    /// Before an enrollment completes a year; nobody is reminded if none is given.
    pub enrollment_renewal_days: Option<u32>,
    /// Before the last day of a voucher that is not redeemed.
    pub voucher_expiry_days: u32,
    /// After a redemption without a payment request; nobody is reminded if none is given.
    pub unclaimed_days: Option<u32>,
}

/// One kind of engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// English name.
    pub name: String,
    /// The offering that a partner enrolls for.
    pub offering: Offering,
    /// Longest level.
    pub max_days: u32,
    /// The day from which no voucher can be created for it.
    pub retired_on: Option<Day>,
}

/// Which competencies qualify for which engagement, on the days of one published table.
#[derive(Clone, Debug, PartialEq)]
pub struct Qualification {
    /// Days of the table, compared with the start of the engagement.
    pub validity: Validity,
    /// Where it is written.
    pub citation: String,
    /// Any one of the list qualifies.
    pub engagements: BTreeMap<EngagementId, Vec<Qualifier>>,
}

/// A competency that qualifies, at this level or above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Which.
    pub competency: CompetencyName,
    /// At least.
    pub level: CompetencyLevel,
}

/// A step that has no data set of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// What people call it.
    pub name: String,
    /// Once reached, it stays reached.
    pub lasting: bool,
    /// The step before which it is to be reached.
    pub by: Option<Anchor>,
    /// The step that comes before it.
    pub after: Option<Anchor>,
    /// The step after which it can no longer come.
    pub never_after: Option<Anchor>,
    /// The day by which it is to be reached.
    pub due: Option<Deadline>,
    /// How long an answer is waited for while it is open.
    pub answer: Option<Length>,
    /// Where it is written.
    pub citation: String,
}
