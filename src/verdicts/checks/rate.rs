//! # AM-03: one rate for country, level and start
//! **Checks** that exactly one rate covers the delivery country, the level and the day of the start. An unknown
//! level is DT-05, not this; a claim older than the tool was settled elsewhere.
//! **Why** the rate of the country in which the service was performed is paid.
//! **Example** no rate for FI, or one in EUR and one in SEK.

use crate::casebook::{Case, Entitlement};
use crate::model::{Answer, Code, Failure};
use crate::verdicts::answers::{left_open, passed};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::NoSingleRate], run: rate };

fn rate(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    if !case.prior.is_empty() {
        return Answer::NotApplicable("claimed before the tool, and settled elsewhere");
    }
    let since = case.steps.started.get();
    let opened = since.map(|step| step.day);
    match &case.entitlement {
        Entitlement::Amount(_, place) => passed(&[*place]),
        Entitlement::NoStart => Answer::NotApplicable("nothing is known of the start"),
        Entitlement::UnknownLevel => Answer::NotApplicable("no level of the program"),
        Entitlement::NoRate(country, days, start) => {
            let level = terms.program.voucher.levels.text(*days);
            let message = format!("there is no rate for {country}, {level}, starting on {start}");
            let places: Vec<_> = since.map(|step| step.place).into_iter().collect();
            Failure::new(Code::NoSingleRate, message, opened, &places).into()
        }
        Entitlement::SeveralRates(places) => {
            let message = format!("{} rates cover the same country, level and start", places.len());
            Failure::new(Code::NoSingleRate, message, opened, places).into()
        }
        Entitlement::Unknown(code, why, place) => left_open(*code, why, *place),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("rates.country=BE", "AM-03"),
            ("rates.days=10", "AM-03"),
            ("rates.valid_from=2021-03-01", "ok"),
            ("rates.valid_from=2021-03-02", "AM-03"),
            ("rates.valid_to=2021-03-01", "ok"),
            ("rates.valid_to=2021-02-28", "AM-03"),
            ("+rates=NL,5,5100.00,EUR,2021-01-01,", "AM-03"),
            ("+rates=NL,5,50000.00,SEK,2021-01-01,", "AM-03"),
            ("rates.country=BE; +claims=V-1,OLD-1,2021-05-11", "ok"),
            ("-rates", "IN-01"),
            ("-rates.valid_to", "IN-01"),
            ("rates.amount=1e3", "IN-14"),
            ("rates.currency=EURO", "IN-15"),
            ("rates.country=BE; vouchers.days=7", "DT-05"),
        ]);
    }
}
