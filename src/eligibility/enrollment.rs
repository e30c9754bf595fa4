//! # EL-01, EL-10: enrolled when the engagement starts
//! **Checks** that the partner has an enrollment by the start at all (EL-01), and one for the offering of the
//! engagement (EL-10). A later renewal does not help a start before it, an older enrollment does not end here.
//! **Why** only partners enrolled in the offering deliver planning services (PC-DPS, enroll in the program).
//! **Example** enrolled for SSDPS on 2020-06-01: a start that day is fine; with DDPS only, EL-10.

use super::{Subject, missing, passed};
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Dataset, Day, Failure};

/// Answers for an engagement that starts on `start`.
pub fn enrolled(subject: Subject<'_>, start: Day) -> Answer {
    let offering = subject.offering();
    let by_start = || subject.enrollments().filter(|row| row.enrolled_on <= start);
    if let Some(row) = by_start().rfind(|row| row.offering == *offering) {
        return passed(row.place);
    }
    let may_hold_one = subject
        .facts
        .doubts
        .iter()
        .find(|doubt| doubt.dataset == Dataset::Enrollments && doubt.keys.day.is_none_or(|from| from <= start));
    if let Some(doubt) = may_hold_one {
        return Answer::Unknown {
            code: Some(doubt.code),
            why: "an enrollment row of the partner cannot be used".to_owned(),
            places: vec![doubt.place],
        };
    }
    if subject.facts.coverage.enrollments != Coverage::Whole {
        return missing("enrollments");
    }
    match by_start().next_back() {
        None => {
            let message = format!("the engagement started on {start}; the partner has no enrollment by that day");
            Failure::new(Code::El01, message, Some(start), &[]).into()
        }
        Some(other) => {
            let message = format!(
                "the engagement started on {start} and needs an enrollment for {offering}; the partner was enrolled for {} on {}",
                other.offering, other.enrolled_on
            );
            Failure::new(Code::El10, message, Some(start), &[other.place]).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::casekit::check;

    #[test]
    fn cases() {
        check(&[
            ("enrollments.enrolled_on=2021-01-01", "ok"),
            ("enrollments.enrolled_on=2021-03-01; enrollments.agreement_signed_on=2021-03-01", "ok"),
            ("enrollments.enrolled_on=2021-03-02; enrollments.agreement_signed_on=", "EL-01"),
            ("enrollments=", "EL-01"),
            ("enrollments.offering=DDPS", "EL-10"),
            ("enrollments.offering=DDPS; enrollments.agreement_signed_on=", "EL-10"),
            ("enrollments.location_id=L-9", "EL-01"),
            ("enrollments.location_id=L-1", "ok"),
            ("-enrollments", "IN-01"),
            ("enrollments.enrolled_on=2021-02-30", "IN-11"),
            ("enrollments.offering=XDPS", "IN-15"),
        ]);
    }
}
