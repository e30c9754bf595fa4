//! # LC-07: reserved by one location at a time
//! **Checks** that no two locations hold a live reservation, at most one of them redeemed. Where two have redeemed,
//! only DU-02 is raised.
//! **Why** an assigned voucher is taken by one partner (T-M2).
//! **Example** reserved by L-1 on 2021-01-11 and by L-2 on 2021-01-12, neither cancelled.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Failure};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::DoubleReservation], run: one_reservation };

fn one_reservation(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let Some(first) = case.reserved_by.first() else {
        return Answer::NotApplicable("nobody has reserved");
    };
    if let Some(other) = case.reserved_by.iter().find(|row| row.location != first.location) {
        let message = format!("reserved by location {} and by location {}", first.location, other.location);
        let since = first.reserved_on.get().max(other.reserved_on.get());
        return Failure::new(Code::DoubleReservation, message, since, &[first.place, other.place]).into();
    }
    match case.doubt_in(Dataset::Redemptions) {
        Some(_) => unknown(case, Dataset::Redemptions, "other reservations"),
        None => passed(&[first.place]),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("+redemptions=V-1,L-2,Reserved,2021-01-12,,", "LC-07"),
            ("+redemptions=V-1,L-2,Reserved,2021-06-01,,", "DT-06"),
            ("+redemptions=V-1,L-2,Cancelled,2021-01-05,,2021-01-06", "ok"),
            ("+redemptions=V-1,L-1,Reserved,2021-01-12,,", "ok"),
            ("+redemptions=V-1,L-2,Assigned,,,", "ok"),
            ("+redemptions=V-1,L-2,Redeemed,2021-01-12,2021-05-12,", "DU-02"),
            ("+redemptions=V-1,L-2,Booked,2021-01-12,,", "IN-15"),
        ]);
    }
}
