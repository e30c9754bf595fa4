//! # EL-02: the enrollment is not older than a year when the voucher is reserved
//! **Checks** that the offering's latest enrollment by the reservation is at most a year old; the anniversary
//! still counts. None by then is not raised here.
//! **Why** requirements are renewed every year (PC-DPS, re-enroll every year); the note was removed on
//! 2021-04-09, so the rule ends with reservations of 2021-04-08.
//! **Example** enrolled 2020-01-11: reserved 2021-01-11 is fine, a day later EL-02.

use super::{Subject, passed};
use crate::model::{Answer, Code, Day, Failure};

/// Answers for a reservation on this day.
pub fn enrollment_current(subject: Subject<'_>, reserved: Day) -> Answer {
    if !subject.program.applies_on(Code::LapsedEnrollment, reserved) {
        return Answer::NotApplicable("the rule ended before the reservation");
    }
    let latest = match subject.latest_enrollment(reserved) {
        Ok(Some(latest)) => latest,
        Ok(None) => {
            return Answer::NotApplicable("no enrollment for the offering by the reservation");
        }
        Err(unknown) => return unknown,
    };
    let anniversary = latest.enrolled_on.plus_one_year();
    if reserved <= anniversary {
        return passed(latest.place);
    }
    let message = format!(
        "reserved on {reserved}; the latest enrollment for {} by then is of {} and was to be renewed by {anniversary}",
        latest.offering, latest.enrolled_on
    );
    Failure::new(Code::LapsedEnrollment, message, Some(reserved), &[latest.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("enrollments.enrolled_on=2020-01-11; enrollments.agreement_signed_on=2020-01-11", "ok"),
            ("enrollments.enrolled_on=2020-01-10; enrollments.agreement_signed_on=2020-01-10", "EL-02"),
            (
                "enrollments.enrolled_on=2019-01-10; +enrollments=P-1,SSDPS,2020-12-01,2020-12-01,,,2020-12-02,yes,",
                "ok",
            ),
            // The last day of the rule, and the day after.
            (
                "enrollments.enrolled_on=2019-06-01; redemptions.reserved_on=2021-04-08; completions.started_on=2021-04-12; completions.completed_on=2021-04-13; completions.reported_on=2021-04-14; completions.deliverable_on=2021-04-14",
                "EL-02",
            ),
            (
                "enrollments.enrolled_on=2019-06-01; redemptions.reserved_on=2021-04-09; completions.started_on=2021-04-12; completions.completed_on=2021-04-13; completions.reported_on=2021-04-14; completions.deliverable_on=2021-04-14",
                "ok",
            ),
            // Enrolled between reservation and start: none by the reservation.
            ("enrollments.enrolled_on=2021-02-01; enrollments.agreement_signed_on=2021-02-01", "ok"),
            // Never reserved: compared with the start.
            (
                "enrollments.enrolled_on=2020-02-28; enrollments.agreement_signed_on=2020-02-28; redemptions.reserved_on=",
                "EL-02 LC-02",
            ),
        ]);
    }
}
