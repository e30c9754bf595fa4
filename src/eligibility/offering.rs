//! # EL-10: enrolled for the offering of the engagement
//! **Checks** that of the partner's enrollments by the start one is for the engagement's offering. A partner that
//! is not enrolled at all is EL-01, not this.
//! **Why** a partner enrolls per offering (PC-DPS, enroll in the program).
//! **Example** Data Estate Modernization belongs to SSDPS; the partner is enrolled for DDPS only.

use super::{Subject, in_doubt_by, missing, passed};
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Day, Failure};

/// Answers for an engagement that starts on `start`.
pub fn enrolled_for_offering(subject: Subject<'_>, start: Day) -> Answer {
    let offering = subject.offering();
    let by_start = || subject.partner.enrollments().filter(|row| row.enrolled_on <= start);
    if let Some(row) = by_start().rfind(|row| row.offering == *offering) {
        return passed(row.place);
    }
    if let Some(unknown) = in_doubt_by(subject.partner, start) {
        return unknown;
    }
    if subject.partner.facts.coverage.enrollments != Coverage::Whole {
        return missing("the data set enrollments");
    }
    let Some(other) = by_start().next_back() else {
        return Answer::NotApplicable("not enrolled at all");
    };
    let message = format!(
        "a start on {start} needs an enrollment for {offering}; the partner was enrolled for {} on {}",
        other.offering, other.enrolled_on
    );
    Failure::new(Code::NoOfferingEnrollment, message, Some(start), &[other.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("enrollments.offering=DDPS", "EL-10"),
            ("enrollments.offering=DDPS; enrollments.agreement_signed_on=", "EL-10"),
            ("enrollments.offering=DDPS; +enrollments=P-1,SSDPS,2021-03-01,2021-03-01,,,2021-03-01,yes,", "ok"),
            ("enrollments.offering=DDPS; +enrollments=P-1,SSDPS,2021-03-02,2021-03-02,,,2021-03-02,yes,", "EL-10"),
            ("enrollments.offering=DDPS; +enrollments=P-1,SSDPS,2021-03-01,2021-03-01,,,2021-03-01,yes,L-2", "EL-10"),
            ("enrollments.offering=XDPS", "IN-15"),
        ]);
    }
}
