//! The state of a voucher at the end of the as-of date: the first in this order that holds.

use std::fmt;

use super::answers::{left_open, unknown};
use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Dataset, Fact, PaymentStatus, VoucherStatus};
use crate::verdicts::Terms;

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

/// What moves a voucher from one state to another, as far as exports can tell: whoever assigns, reserves, cancels,
/// delivers, redeems, requests and pays, and the day after the last. What an export brought late may still follow the
/// end of its life: that it was redeemed in time.
const MOVES: &[(State, &str, State)] = &[
    (State::Created, "assign", State::Assigned),
    (State::Assigned, "reserve", State::Reserved),
    (State::Reserved, "give up", State::Assigned),
    (State::Reserved, "deliver", State::Delivered),
    (State::Delivered, "redeem", State::Redeemed),
    (State::Redeemed, "request", State::Claimed),
    (State::Claimed, "pay", State::Paid),
    (State::Created, "expire", State::Expired),
    (State::Assigned, "expire", State::Expired),
    (State::Reserved, "expire", State::Expired),
    (State::Delivered, "expire", State::Expired),
    (State::Created, "cancel", State::Cancelled),
    (State::Assigned, "cancel", State::Cancelled),
    (State::Reserved, "cancel", State::Cancelled),
    (State::Delivered, "cancel", State::Cancelled),
    (State::Expired, "cancel", State::Cancelled),
    (State::Expired, "learn of its redemption", State::Redeemed),
    (State::Cancelled, "learn of its redemption", State::Redeemed),
];

impl State {
    /// Whether a voucher of this state may be in another one later, by any number of moves.
    pub fn may_become(self, later: State) -> bool {
        let mut reached = vec![self];
        let mut at = 0;
        while let Some(from) = reached.get(at).copied() {
            let next = MOVES.iter().filter(|(before, _, _)| *before == from).map(|(_, _, after)| *after);
            let new: Vec<State> = next.filter(|state| !reached.contains(state)).collect();
            reached.extend(new);
            at += 1;
        }
        reached.contains(&later)
    }

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

#[cfg(test)]
mod tests {
    use super::{MOVES, State};

    #[test]
    fn a_life_goes_on_and_only_a_reservation_is_given_up() {
        for (before, after) in State::ALL.into_iter().flat_map(|a| State::ALL.into_iter().map(move |b| (a, b))) {
            // States are listed from the last to the first of a life.
            let goes_on = after <= before;
            let given_up = (before, after) == (State::Reserved, State::Assigned);
            assert_eq!(before.may_become(after), goes_on || given_up, "{before} to {after}");
        }
        let is_final = |state: &State| MOVES.iter().all(|(before, _, _)| before != state);
        assert_eq!(State::ALL.into_iter().filter(is_final).collect::<Vec<_>>(), [State::Paid]);
    }
}
