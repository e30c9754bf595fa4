//! All checks, one per file. A check looks at one case and answers; checks do not look at each other. Which finding
//! suppresses another is decided in `verdict.rs`.

mod amounts;
mod claim_unchanged;
mod claimed_in_time;
mod completed_in_time;
mod deliverable;
mod delivery_country;
mod expiry;
mod later_steps;
mod level;
mod location_known;
mod milestone_due;
mod milestone_order;
mod offsite;
mod one_long_engagement;
mod one_redeemer;
mod one_reservation;
mod one_voice;
mod order;
mod own_deliverable;
mod payment_known;
mod program_open;
mod rate;
mod readable;
mod redeemed_in_time;
mod report;
mod report_in_time;
mod request_after_redemption;
mod requirements;
mod reservation_stands;
mod reserved;
mod reserved_first;
mod reserved_in_time;
mod retired;
mod status_word;
mod suspect_payment;
mod voucher_known;
mod waiting;

use super::Terms;
use crate::casebook::Case;
use crate::model::{Answer, Code, Day, Fact};

pub(in crate::verdicts) use milestone_due::last_days;

/// One check: the codes that it may raise, and the function that answers.
pub struct Check {
    /// Codes, the usual one first.
    pub codes: &'static [Code],
    /// The day on which the rule has to be valid.
    pub on: On,
    /// Looks at a case.
    pub look: fn(&Case<'_>, Terms<'_>) -> Answer,
}

/// The day that a check looks at: a rule that is not valid on it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The voucher was created.
    Created,
    /// It was reserved; where it was not, delivery began.
    Reserved,
    /// Delivery began.
    Started,
    /// Delivery ended.
    Completed,
    /// It was redeemed.
    Redeemed,
    /// Payment was first requested; where it was not, the as-of date.
    Requested,
    /// The as-of date.
    AsOf,
}

impl On {
    /// The day, if it is known.
    pub(super) fn day(self, case: &Case<'_>, as_of: Day) -> Option<Day> {
        let steps = &case.steps;
        let step = match self {
            On::Created => steps.created,
            On::Reserved if steps.reserved == Fact::No => steps.started,
            On::Reserved => steps.reserved,
            On::Started => steps.started,
            On::Completed => steps.completed,
            On::Redeemed => steps.redeemed,
            On::Requested => return steps.first_request.get().map_or(Some(as_of), |request| Some(request.day)),
            On::AsOf => return Some(as_of),
        };
        step.get().map(|step| step.day)
    }
}

/// All checks, in the order in which a person would ask. The order decides nothing.
pub const CHECKS: &[Check] = &[
    Check { codes: &[Code::Rf03], on: On::AsOf, look: voucher_known::look },
    Check { codes: &[Code::Du01], on: On::AsOf, look: one_voice::look },
    Check { codes: &[Code::Dt05], on: On::Created, look: level::look },
    Check { codes: &[Code::Rf01], on: On::Redeemed, look: location_known::look },
    Check { codes: &[Code::Du02], on: On::AsOf, look: one_redeemer::look },
    Check { codes: &[Code::Lc01], on: On::AsOf, look: status_word::look },
    Check { codes: &[Code::Lc02], on: On::Redeemed, look: reserved::look },
    Check { codes: &[Code::Lc06], on: On::Completed, look: reservation_stands::look },
    Check { codes: &[Code::Lc07], on: On::AsOf, look: one_reservation::look },
    Check { codes: &[Code::Dt04], on: On::Reserved, look: reserved_in_time::look },
    Check { codes: &[Code::El01], on: On::Started, look: requirements::enrolled },
    Check { codes: &[Code::El10], on: On::Started, look: requirements::enrolled_for_offering },
    Check { codes: &[Code::El02], on: On::Reserved, look: requirements::enrollment_current },
    Check { codes: &[Code::El03], on: On::Started, look: requirements::agreement_signed },
    Check {
        codes: &[Code::El04, Code::El05, Code::El06, Code::Po02],
        on: On::Started,
        look: requirements::competency_held,
    },
    Check { codes: &[Code::El07], on: On::Started, look: requirements::training_completed },
    Check { codes: &[Code::El08], on: On::Started, look: requirements::consultants_qualified },
    Check { codes: &[Code::El09], on: On::Created, look: retired::look },
    Check { codes: &[Code::El11], on: On::AsOf, look: requirements::registered_for_payment },
    Check { codes: &[Code::El12], on: On::AsOf, look: requirements::bank_account_mapped },
    Check { codes: &[Code::Rf05], on: On::Completed, look: delivery_country::look },
    Check { codes: &[Code::Dt09], on: On::Started, look: reserved_first::look },
    Check { codes: &[Code::Dt03], on: On::Completed, look: completed_in_time::look },
    Check { codes: &[Code::Lc04], on: On::Redeemed, look: report::look },
    Check { codes: &[Code::Lc05], on: On::Redeemed, look: deliverable::look },
    Check { codes: &[Code::Lc08], on: On::Redeemed, look: report_in_time::look },
    Check { codes: &[Code::Lc09], on: On::Started, look: offsite::look },
    Check { codes: &[Code::Lc10], on: On::AsOf, look: milestone_order::look },
    Check { codes: &[Code::Dt12, Code::Pd08], on: On::AsOf, look: milestone_due::look },
    Check { codes: &[Code::Du04], on: On::Completed, look: own_deliverable::look },
    Check { codes: &[Code::Du06], on: On::Completed, look: one_long_engagement::look },
    Check { codes: &[Code::Dt08], on: On::Redeemed, look: redeemed_in_time::look },
    Check { codes: &[Code::Dt01, Code::Dt02], on: On::AsOf, look: expiry::look },
    Check { codes: &[Code::Dt07], on: On::AsOf, look: order::look },
    Check { codes: &[Code::Dt06], on: On::AsOf, look: later_steps::look },
    Check { codes: &[Code::Dt11], on: On::Created, look: program_open::look },
    Check { codes: &[Code::Lc03], on: On::Requested, look: request_after_redemption::look },
    Check { codes: &[Code::Dt10], on: On::Requested, look: claimed_in_time::look },
    Check { codes: &[Code::Am03], on: On::Started, look: rate::look },
    Check {
        codes: &[Code::Am06, Code::Am07, Code::Am01, Code::Am02, Code::Du05, Code::Fx02],
        on: On::AsOf,
        look: amounts::look,
    },
    Check { codes: &[Code::Am09], on: On::AsOf, look: amounts::one_request_stands },
    Check { codes: &[Code::Mt03], on: On::AsOf, look: payment_known::look },
    Check { codes: &[Code::Mt04], on: On::AsOf, look: suspect_payment::look },
    Check { codes: &[Code::Du03], on: On::AsOf, look: claim_unchanged::look },
    Check {
        codes: &[Code::In11, Code::In12, Code::In13, Code::In14, Code::In15, Code::In16],
        on: On::AsOf,
        look: readable::look,
    },
    Check { codes: &[Code::Pd01, Code::Pd02, Code::Pd03, Code::Pd04, Code::Mt02], on: On::AsOf, look: waiting::look },
];
