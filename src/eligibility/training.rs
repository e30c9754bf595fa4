//! # EL-07: the compliance training was completed
//! **Checks** that the training of the offering's latest enrollment by the start was completed by the start.
//! **Why** the company completed the compliance training (PC-DPS, ms.date 2020-06-03); the requirement was removed on
//! 2020-12-09 (commit 95ded893), so the rule ends with starts of 2020-12-08.
//! **Example** started 2020-12-08 without training is EL-07; a day later nobody asks.

use super::{StartCondition, Subject, due_by_start};
use crate::model::{Answer, Code, Day};

/// Answers for an engagement that starts on `start`.
pub fn training_completed(subject: Subject<'_>, start: Day) -> Answer {
    const DUE: StartCondition = StartCondition {
        code: Code::MissingTraining,
        column: "the column training_completed_on",
        of: |row| row.training_completed_on,
        done: "the compliance training was completed",
        not_done: "the compliance training was not completed",
    };
    if !subject.program.applies_on(Code::MissingTraining, start) {
        return Answer::NotApplicable("no training was required on the day of the start");
    }
    due_by_start(subject, start, &DUE)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    /// Started on this day, in order otherwise, with an edit.
    fn started(day: &str, edit: &str) -> String {
        format!(
            "vouchers.created_on=2020-11-02; vouchers.assigned_on=2020-11-02; vouchers.expires_on=2021-06-30; \
             redemptions.reserved_on=2020-11-09; completions.started_on={day}; {edit}"
        )
    }

    #[test]
    fn cases() {
        let rows = [
            ("2020-12-08", "enrollments.training_completed_on=2020-12-08", "ok"),
            ("2020-12-08", "enrollments.training_completed_on=2020-12-09", "EL-07"),
            ("2020-12-08", "enrollments.training_completed_on=", "EL-07"),
            ("2020-12-09", "enrollments.training_completed_on=", "ok"),
            ("2020-12-08", "-enrollments.training_completed_on", "IN-01"),
            ("2020-12-09", "-enrollments.training_completed_on", "ok"),
            // The first code of enrollment only, and the row of the latest enrollment.
            ("2020-12-08", "enrollments.training_completed_on=; enrollments.offering=DDPS", "EL-10"),
            ("2020-12-08", "+enrollments=P-1,SSDPS,2020-10-01,2020-10-01,,,2020-10-01,yes,", "EL-07"),
        ];
        let rows: Vec<(String, &str)> = rows.map(|(day, edit, codes)| (started(day, edit), codes)).to_vec();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }
}
