//! # LC-02: reserved before completed or redeemed
//! **Checks** that a voucher that was completed or redeemed was reserved. Where all reservations were cancelled,
//! LC-06 is raised instead.
//! **Why** a partner reserves the voucher before the engagement begins (X-PROC).
//! **Example** redeemed 2021-05-10, `reserved_on` blank.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::MissingReservation], run: reserved };

fn reserved(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let steps = &case.steps;
    let Some(done) = steps.redeemed.get().or(steps.completed.get()) else {
        return match (steps.redeemed, steps.completed) {
            (Fact::Unknown, _) => unknown(case, Dataset::Redemptions, "the redemption"),
            (_, Fact::Unknown) => unknown(case, Dataset::Completions, "the completion"),
            _ => Answer::NotApplicable("neither completed nor redeemed"),
        };
    };
    if case.live.is_none() && !case.redemptions.is_empty() {
        return Answer::NotApplicable("all reservations were cancelled");
    }
    match steps.reserved {
        Fact::Is(reserved) => passed(&[reserved.place]),
        Fact::Unknown => unknown(case, Dataset::Redemptions, "the reservation"),
        Fact::No => {
            let what = if steps.redeemed.get().is_some() { "redeemed" } else { "completed" };
            let message = format!("{what} on {}, never reserved", done.day);
            Failure::new(Code::MissingReservation, message, Some(done.day), &[done.place]).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("redemptions.reserved_on=", "LC-02"),
            ("redemptions=", "LC-02 PD-03"),
            (
                "redemptions.status=Cancelled; redemptions.redeemed_on=; redemptions.cancelled_on=2021-01-20",
                "LC-06 PD-03",
            ),
            ("-redemptions.reserved_on", "IN-01"),
            ("redemptions.reserved_on=; redemptions.redeemed_on=; redemptions.status=Assigned; completions=", "PD-01"),
        ]);
    }
}
