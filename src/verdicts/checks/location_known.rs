//! # RF-01: the voucher's location is known
//! **Checks** that the location of the live redemption row stands in `partners`. If not, nothing about the
//! partner can be told, and no eligibility code is raised beside it.
//! **Why** a claim is made under a location of the partner profile (house).
//! **Example** redeemed by L-9, which the profile does not list.

use crate::casebook::Case;
use crate::model::{Answer, Code, Fact, Failure};
use crate::verdicts::answers::{partner_unknown, passed};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::UnknownLocation], run: location_known };

fn location_known(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let Some(live) = case.live else {
        return Answer::NotApplicable("no live reservation");
    };
    match case.partner {
        Fact::Is(row) => passed(&[live.place, row.place]),
        Fact::No => {
            let message = format!("location {} is not in the partner profile", live.location);
            let since = case.steps.reserved.get().map(|step| step.day);
            Failure::new(Code::UnknownLocation, message, since, &[live.place]).into()
        }
        Fact::Unknown => partner_unknown(case),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("redemptions.location_id=L-9", "RF-01"),
            // Eligibility is unknown, and says nothing beside it.
            ("redemptions.location_id=L-9; competencies=", "RF-01"),
            (
                "redemptions.location_id=L-9; redemptions.status=Cancelled; redemptions.redeemed_on=; redemptions.cancelled_on=2021-01-20; completions=",
                "PD-01",
            ),
            ("-partners", "IN-01"),
            ("partners.country=Atlantis", "IN-15"),
        ]);
    }
}
