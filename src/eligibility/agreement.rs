//! # EL-03: the program agreement is signed
//! **Checks** that the agreement of the offering's latest enrollment by the start is signed by the start.
//! **Why** a partner signs the provider agreement when it enrolls (PC-DPS, all versions).
//! **Example** started 2021-03-01: signed that day is fine, signed a day later or never is EL-03.

use super::{Subject, done_by, missing, passed};
use crate::model::{Answer, Code, Day, Fact, Failure};

/// Answers for an engagement that starts on `start`.
pub fn agreement_signed(subject: Subject<'_>, start: Day) -> Answer {
    let latest = match subject.latest_enrollment(start) {
        Ok(Some(latest)) => latest,
        Ok(None) => return Answer::NotApplicable("no enrollment for the offering by the start"),
        Err(unknown) => return unknown,
    };
    let message = match (done_by(latest.agreement_signed_on, start), latest.agreement_signed_on) {
        (Fact::Is(_), _) => return passed(latest.place),
        (Fact::Unknown, _) => return missing("the column agreement_signed_on"),
        (Fact::No, Fact::Is(signed)) => {
            format!("for a start on {start}: the agreement was signed on {signed}")
        }
        (Fact::No, _) => format!("for a start on {start}: the agreement is not signed"),
    };
    Failure::new(Code::El03, message, Some(start), &[latest.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::casekit::check;

    #[test]
    fn cases() {
        check(&[
            ("enrollments.agreement_signed_on=2021-03-01", "ok"),
            ("enrollments.agreement_signed_on=2021-03-02", "EL-03"),
            ("enrollments.agreement_signed_on=", "EL-03"),
            ("-enrollments.agreement_signed_on", "IN-01"),
            ("+enrollments=P-1,SSDPS,2021-01-02,,,,2021-01-02,yes,", "EL-03"),
            ("+enrollments=P-1,SSDPS,2021-03-02,,,,2021-03-02,yes,", "ok"),
        ]);
    }
}
