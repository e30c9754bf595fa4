//! # DT-06: no step lies after the as-of date
//! **Checks** that every step that the rows name lies on or before the as-of date. A later one has not happened
//! yet: no other check or state sees it, and the voucher is pending until its day. It is an exception only if it
//! lies after the day on which its own file was exported.
//! **Why** the as-of date is the only date that a run knows (house).
//! **Example** as-of 2021-05-31, redeemed 2021-06-01, exported 2021-06-01.

use crate::casebook::Case;
use crate::model::{Answer, Code, Failure, Outcome};
use crate::verdicts::answers::passed;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::FutureStep], run: later_steps };

fn later_steps(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(first) = case.ahead.iter().min_by_key(|ahead| (ahead.step.day, ahead.step.place)) else {
        return passed(&[]);
    };
    let steps: Vec<String> = case.ahead.iter().map(|ahead| format!("{} {}", ahead.column, ahead.step.day)).collect();
    let impossible = case.ahead.iter().any(|ahead| ahead.after_export);
    let why = if impossible { "after the day on which the file was exported" } else { "not happened yet" };
    let message = format!("after the as-of date {}: {}; {why}", terms.as_of, steps.join(", "));
    let places: Vec<_> = case.ahead.iter().map(|ahead| ahead.step.place).collect();
    let outcome = if impossible { Outcome::Exception } else { Outcome::Pending };
    let failure = Failure::new(Code::FutureStep, message, Some(terms.as_of), &places).due(Some(first.step.day));
    Failure { outcome, ..failure }.into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn cases() {
        check(&[
            ("redemptions.redeemed_on=2021-05-31", "ok"),
            ("redemptions.redeemed_on=2021-06-01", "DT-06 PD-03"),
            ("redemptions.redeemed_on=2021-06-01; exported_on=2021-06-01", "DT-06 PD-03"),
            ("redemptions.redeemed_on=2021-06-02; exported_on=2021-06-01", "DT-06! PD-03"),
            // A request that is dated later is not seen, and still keeps the voucher from being claimed.
            ("+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-06-01,,,,", "DT-06"),
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-20,2021-06-01,,,", "DT-06 PD-04"),
            ("+claims=V-1,OLD-1,2021-06-01", "DT-06"),
        ]);
    }

    #[test]
    fn a_location_that_has_not_reserved_yet_is_not_the_vouchers() {
        let location = |reserved_on: &str| {
            let edits = format!(
                "completions=; redemptions.redeemed_on=; redemptions.status=Reserved; redemptions.reserved_on={reserved_on}"
            );
            verdict("V-1", &edits).location.map(|location| location.to_string())
        };
        assert_eq!(location("2021-05-20").as_deref(), Some("L-1"));
        assert_eq!(location("2021-06-20"), None);
    }
}
