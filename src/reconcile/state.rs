//! The state of a voucher at the end of the as-of date: the first in this order that holds.

use std::fmt;

use super::{Terms, left_open, unknown};
use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Dataset, Fact, PaymentStatus, VoucherStatus};

/// Where a voucher stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A payment arrived and nothing is open.
    Paid,
    /// A payment was requested.
    Claimed,
    /// Redeemed.
    Redeemed,
    /// Cancelled by the customer in VLSC.
    Cancelled,
    /// The last day has passed.
    Expired,
    /// Delivery completed.
    Delivered,
    /// Reserved by a location.
    Reserved,
    /// Assigned to a partner.
    Assigned,
    /// Created.
    Created,
}

impl State {
    /// All states, from the last to the first of a voucher's life.
    pub const ALL: [State; 9] = [
        State::Paid,
        State::Claimed,
        State::Redeemed,
        State::Cancelled,
        State::Expired,
        State::Delivered,
        State::Reserved,
        State::Assigned,
        State::Created,
    ];

    /// The state with this word.
    pub fn from_text(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Paid => "paid",
            State::Claimed => "claimed",
            State::Redeemed => "redeemed",
            State::Cancelled => "cancelled",
            State::Expired => "expired",
            State::Delivered => "delivered",
            State::Reserved => "reserved",
            State::Assigned => "assigned",
            State::Created => "created",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The state that the rows show. What is unknown is taken as not (yet) there; the checks say that it is unknown.
pub(super) fn state(case: &Case<'_>, terms: Terms<'_>) -> State {
    let has = |statuses: &[PaymentStatus]| case.payments.iter().any(|applied| statuses.contains(&applied.status));
    let past_last_day = case.last_day(terms.program).get().is_some_and(|last| terms.as_of > last.day);
    if has(&[PaymentStatus::Paid]) && !has(&[PaymentStatus::Submitted, PaymentStatus::Approved]) {
        State::Paid
    } else if case.claimed == Claimed::Yes {
        State::Claimed
    } else if case.steps.redeemed.get().is_some() {
        State::Redeemed
    } else if cancelled(case) == Fact::Is(()) {
        State::Cancelled
    } else if past_last_day {
        State::Expired
    } else if case.steps.completed.get().is_some() {
        State::Delivered
    } else if case.steps.reserved.get().is_some() {
        State::Reserved
    } else if case.steps.assigned.get().is_some() || case.was_freed {
        State::Assigned
    } else {
        State::Created
    }
}

/// Whether the customer cancelled the voucher: a word of VLSC, for which there is no date.
pub(super) fn cancelled(case: &Case<'_>) -> Fact<()> {
    let Some(row) = case.row() else {
        return Fact::Unknown;
    };
    match row.status {
        Fact::Is(VoucherStatus::Cancelled) => Fact::Is(()),
        Fact::Is(_) | Fact::No => Fact::No,
        Fact::Unknown => Fact::Unknown,
    }
}

/// Whether what the state rests on is all known, so that the absence of a later step says that it was not taken;
/// otherwise the answer of a check that needs the state.
pub(super) fn settled(case: &Case<'_>) -> Result<(), Answer> {
    let steps = &case.steps;
    let open = match &case.claimed {
        Claimed::Yes => return Ok(()),
        Claimed::Unknown(code, why, place) => {
            return Err(left_open(*code, why, *place));
        }
        Claimed::No | Claimed::MayBe(..) if steps.redeemed.is_unknown() => Dataset::Redemptions,
        Claimed::No | Claimed::MayBe(..) if steps.redeemed.get().is_some() => return Ok(()),
        Claimed::No | Claimed::MayBe(..) => match unsettled_before_redemption(case) {
            Some(dataset) => dataset,
            None => return Ok(()),
        },
    };
    Err(unknown(case, open, "the state"))
}

fn unsettled_before_redemption(case: &Case<'_>) -> Option<Dataset> {
    let steps = &case.steps;
    if cancelled(case).is_unknown() || steps.created.is_unknown() {
        Some(Dataset::Vouchers)
    } else if steps.completed.is_unknown() {
        Some(Dataset::Completions)
    } else if steps.completed.get().is_none() && steps.reserved.is_unknown() {
        Some(Dataset::Redemptions)
    } else {
        None
    }
}
