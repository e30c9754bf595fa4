//! # LC-03: redeemed before payment is requested
//! **Checks** that a voucher of which payment was requested was redeemed, and not after the first request.
//! **Why** a partner redeems, then invoices (X-PROC; PC-DPS, all versions).
//! **Example** requested 2021-05-09, redeemed 2021-05-10.

use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Code, Dataset, Fact, Failure, Place};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::PrematureRequest], run: request_after_redemption };

fn request_after_redemption(case: &Case<'_>, _: Terms<'_>) -> Answer {
    if case.claimed != Claimed::Yes {
        return Answer::NotApplicable("no payment was requested");
    }
    let request = case.steps.first_request.get();
    let asked =
        request.map_or("payment requested".to_owned(), |request| format!("payment requested on {}", request.day));
    let mut places: Vec<Place> = request.and_then(|request| request.place).into_iter().collect();
    let message = match (case.steps.redeemed, request) {
        (Fact::Unknown, _) => return unknown(case, Dataset::Redemptions, "the redemption"),
        (Fact::Is(redeemed), Some(request)) if request.day < redeemed.day => {
            places.push(redeemed.place);
            format!("{asked}, before the redemption on {}", redeemed.day)
        }
        (Fact::Is(redeemed), _) => return passed(&[redeemed.place]),
        (Fact::No, _) => format!("{asked}; the voucher is not redeemed"),
    };
    Failure::new(Code::PrematureRequest, message, request.map(|request| request.day), &places).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        let asked = |on: &str| format!("+payments=R-1,,V-1,5000.00,EUR,Submitted,{on},,,,");
        const RESERVED: &str = "redemptions.redeemed_on=; redemptions.status=Reserved";
        check(&[
            (&asked("2021-05-10"), "PD-04"),
            (&asked("2021-05-09"), "LC-03 PD-04"),
            (&format!("{RESERVED}; {}", asked("2021-05-10")), "LC-03 PD-04"),
            (&format!("{RESERVED}; +claims=V-1,OLD-1,2021-04-20"), "LC-03"),
            (&format!("redemptions.redeemed_on=; {}", asked("")), "LC-01 LC-03 IN-01"),
            (&format!("redemptions.redeemed_on=2021-06-01; {}", asked("2021-05-10")), "LC-03 DT-06 PD-04"),
            (&format!("redemptions.status=Used; {}", asked("2021-05-09")), "IN-15 PD-04"),
            (RESERVED, "PD-03"),
        ]);
    }
}
