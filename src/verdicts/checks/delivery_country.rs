//! # RF-05: delivered in the country of the location
//! **Checks** that the country of each completion row is the country of the voucher's location.
//! **Why** a partner reserves, redeems and requests payment under a location in the country of delivery (X-PROC,
//! X-SUM, X-264).
//! **Example** delivered in BE, redeemed by a location in NL.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{is_whole, partner_unknown, passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::CountryMismatch], run: delivery_country };

fn delivery_country(case: &Case<'_>, _: Terms<'_>) -> Answer {
    if case.completions.is_empty() {
        return match is_whole(case, case.coverage.completions, Dataset::Completions) {
            true => Answer::NotApplicable("no completion row"),
            false => unknown(case, Dataset::Completions, "the delivery country"),
        };
    }
    if case.doubt_in(Dataset::Completions).is_some_and(|doubt| doubt.contradiction) {
        return unknown(case, Dataset::Completions, "the delivery country");
    }
    if case.live.is_none() {
        return Answer::NotApplicable("no live reservation");
    }
    let Fact::Is(partner) = case.partner else {
        return partner_unknown(case);
    };
    match case.completions.iter().find(|row| row.country != partner.country) {
        None => passed(&[case.completions[0].place, partner.place]),
        Some(row) => {
            let message =
                format!("delivered in {}; location {} is in {}", row.country, partner.location, partner.country);
            Failure::new(Code::CountryMismatch, message, Some(row.started_on), &[row.place, partner.place]).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("partners.country=BE", "RF-05"),
            ("partners.country=Netherlands", "ok"),
            (
                "+completions=V-1,C-1B,BE,2021-03-02,2021-03-05,2021-03-10,plan.docx,2021-03-10,0; +certifications=C-1B,P-1,EX-1,Data Platform,2020-01-15,",
                "RF-05",
            ),
            ("completions.country=Atlantis", "IN-15"),
        ]);
    }
}
