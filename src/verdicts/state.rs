//! The states of a voucher, and what moves it from one to another.

use std::fmt;

/// Where a voucher stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// A payment arrived and nothing is open.
    Paid,
    /// Claimed by anybody (`Claimed::Yes`), and not paid.
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
