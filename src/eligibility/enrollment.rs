//! # EL-01: enrolled when the engagement starts
//! **Checks** that the partner has an enrollment at all by the start. A later renewal does not help a start before
//! it, and an older enrollment does not end here.
//! **Why** only enrolled partners deliver planning services (PC-DPS, enroll in the program).
//! **Example** enrolled on 2021-03-01: a start that day is fine, a start the day before is EL-01.

use super::{DeliveringPartner, in_doubt_by, missing, passed};
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Day, Failure};

/// Answers for an engagement that starts on `start`.
pub fn enrolled(partner: DeliveringPartner<'_>, start: Day) -> Answer {
    if let Some(row) = partner.enrollments().rfind(|row| row.enrolled_on <= start) {
        return passed(row.place);
    }
    if let Some(unknown) = in_doubt_by(partner, start) {
        return unknown;
    }
    if partner.facts.coverage.enrollments != Coverage::Whole {
        return missing("the data set enrollments");
    }
    let message = format!("for a start on {start}: the partner has no enrollment by that day");
    Failure::new(Code::NoEnrollment, message, Some(start), &[]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("enrollments.enrolled_on=2021-01-01", "ok"),
            ("enrollments.enrolled_on=2021-03-01; enrollments.agreement_signed_on=2021-03-01", "ok"),
            ("enrollments.enrolled_on=2021-03-02; enrollments.agreement_signed_on=", "EL-01"),
            ("enrollments=", "EL-01"),
            ("enrollments.location_id=L-9", "EL-01"),
            ("enrollments.location_id=L-1", "ok"),
            ("-enrollments", "IN-01"),
            // It needs no row of vouchers.
            ("enrollments=; vouchers.days=five", "EL-01 IN-11"),
            ("enrollments.enrolled_on=2021-02-30", "IN-11"),
        ]);
    }
}
