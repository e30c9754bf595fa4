//! # LC-06: the reservation stands
//! **Checks** that of a voucher that was completed not all reservations were cancelled.
//! **Why** cancelling a reservation gives the voucher back, and another partner may reserve it (PC-VVR).
//! **Example** completed 2021-03-05 by a location whose only reservation was cancelled.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::CancelledReservation], run: reservation_stands };

fn reservation_stands(case: &Case<'_>, _: Terms<'_>) -> Answer {
    if let Some(live) = case.live {
        return passed(&[live.place]);
    }
    let Some(cancelled) = case.redemptions.first() else {
        return Answer::NotApplicable("nobody has reserved");
    };
    match case.steps.completed {
        Fact::No => Answer::NotApplicable("not completed"),
        Fact::Unknown => unknown(case, Dataset::Completions, "the completion"),
        Fact::Is(_) if case.doubt_in(Dataset::Redemptions).is_some() => {
            unknown(case, Dataset::Redemptions, "the reservation")
        }
        Fact::Is(completed) => {
            let message = format!("completed on {}, and all reservations are cancelled", completed.day);
            Failure::new(Code::CancelledReservation, message, Some(completed.day), &[completed.place, cancelled.place])
                .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        const CANCELLED: &str =
            "redemptions.status=Cancelled; redemptions.redeemed_on=; redemptions.cancelled_on=2021-01-20";
        check(&[
            (CANCELLED, "LC-06 PD-03"),
            (&format!("{CANCELLED}; +redemptions=V-1,L-1,Reserved,2021-01-21,,"), "PD-03"),
            (&format!("{CANCELLED}; +redemptions=V-1,L-1,Booked,2021-01-21,,"), "IN-15"),
            (&format!("{CANCELLED}; completions="), "PD-01"),
            (&format!("{CANCELLED}; completions.completed_on=2021-06-02"), "DT-06 PD-01"),
            ("redemptions=", "LC-02 PD-03"),
        ]);
    }
}
