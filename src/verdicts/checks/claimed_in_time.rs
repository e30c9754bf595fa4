//! # DT-10: payment requested within 60 days of redemption
//! **Checks** that the first request, of whatever status, lies on or before `claim_by` (redemption + 60 days); or,
//! without any request, that the as-of date does.
//! **Why** the payment request is to be completed within 60 days (PC-DPS, commit b87ee36e).
//! **Example** redeemed 2021-04-01: requested 2021-05-31 is fine, a day later DT-10.

use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{left_open, passed, taken, undated, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::LateRequest], run: claimed_in_time };

fn claimed_in_time(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let redeemed = match taken(case, case.steps.redeemed, Dataset::Redemptions, "not redeemed") {
        Ok(redeemed) => redeemed,
        Err(answer) => return answer,
    };
    let claim_by = match (case.claim_by(terms.program), &terms.program.payment.claim) {
        (Fact::Is(claim_by), _) => claim_by.day,
        (Fact::Unknown, Some(claim)) => return undated(case, claim),
        (Fact::No, _) | (Fact::Unknown, None) => return Answer::NotApplicable("there is no last day for the request"),
    };
    let late = |message: String, places: &[_]| {
        Failure::new(Code::LateRequest, message, Some(claim_by.plus_days(1)), places).due(Some(claim_by)).into()
    };
    match (case.steps.first_request, &case.claimed) {
        (Fact::Is(request), _) if request.day <= claim_by => passed(&[redeemed.place]),
        (Fact::Is(request), _) => {
            let places: Vec<_> = request.place.into_iter().chain([redeemed.place]).collect();
            late(format!("requested on {}; it was to be requested by {claim_by}", request.day), &places)
        }
        (_, Claimed::No) if terms.as_of > claim_by => {
            late(format!("not requested; it was to be requested by {claim_by}"), &[redeemed.place])
        }
        (_, Claimed::No) => passed(&[redeemed.place]),
        (Fact::Unknown, Claimed::Yes) => unknown(case, Dataset::Payments, "the day of the request"),
        (Fact::No, Claimed::Yes) => Answer::NotApplicable("the request has no day"),
        (_, Claimed::Unknown(code, why, place) | Claimed::MayBe(code, why, place)) => left_open(*code, why, *place),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("redemptions.redeemed_on=2021-04-01", "ok"),
            ("redemptions.redeemed_on=2021-03-31", "DT-10"),
            ("redemptions.redeemed_on=2021-03-20; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-19,,,,", "PD-04"),
            (
                "redemptions.redeemed_on=2021-03-20; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-20,,,,",
                "DT-10 PD-04",
            ),
            ("redemptions.redeemed_on=2021-03-20; +claims=V-1,OLD-1,2021-04-01", "ok"),
            ("redemptions.redeemed_on=2021-03-20; -payments", "IN-01"),
            ("-payments", "IN-01"),
            // A refused payment row holds the voucher; one that names nothing holds all.
            ("+payments=R-1,,V-1,5000.00,EUR,Sent,2021-05-19,,,,", "IN-15"),
            ("+payments=R-1,,,5000.00,EUR,Sent,2021-05-19,,,,", "IN-15"),
            ("+payments=R-1,,V_1,5000.00,EUR,Paid,2021-05-19,,,,", "IN-16"),
            ("+payments=R-1,INV-77,V_1,5000.00,EUR,Paid,2021-05-19,,,,", "IN-16"),
            ("+payments=R-1,INV-77,,5000.00,EUR,Sent,2021-05-19,,,,L-1", "IN-15"),
            ("+payments=R-1,INV-77,,5000.00,EUR,Sent,2021-05-19,,,P-1,", "IN-15"),
            ("+payments=R-1,INV-77,,5000.00,EUR,Sent,2021-05-19,,,,L-2", "ok"),
            ("+payments=R-1,INV-77,,5000.00,EUR,Sent,2021-05-19,,,,", "ok"),
        ]);
    }
}
