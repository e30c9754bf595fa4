//! # EL-03: the program agreement is signed
//! **Checks** that the agreement of the offering's latest enrollment by the start is signed by the start.
//! **Why** a partner signs the provider agreement when it enrolls (PC-DPS, all versions).
//! **Example** started 2021-03-01: signed that day is fine, signed a day later or never is EL-03.

use super::{StartCondition, Subject, due_by_start};
use crate::model::{Answer, Code, Day};

/// Answers for an engagement that starts on `start`.
pub fn agreement_signed(subject: Subject<'_>, start: Day) -> Answer {
    const DUE: StartCondition = StartCondition {
        code: Code::UnsignedAgreement,
        column: "the column agreement_signed_on",
        of: |row| row.agreement_signed_on,
        done: "the agreement was signed",
        not_done: "the agreement is not signed",
    };
    due_by_start(subject, start, &DUE)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

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
