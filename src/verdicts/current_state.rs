//! The state of a voucher at the end of the as-of date: the first, in the order of states, that holds.

use super::answers::{left_open, unknown};
use super::{State, Terms};
use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Dataset, Fact, PaymentStatus, VoucherStatus};

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
    } else if case.steps.assigned.get().is_some() || case.reservation_cancelled {
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
pub(super) fn is_certain(case: &Case<'_>) -> Result<(), Answer> {
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
