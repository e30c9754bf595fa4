//! # EL-04, EL-05, EL-06: a qualifying competency is held
//! **Checks** that on the day of the start the partner holds one of the competencies that qualify for the
//! engagement, at the required level. If not: it holds one at too low a level (EL-05), held one that has ended
//! (EL-06), or never had one (EL-04), in this order of precedence. Days that no table covers have no rule (PO-02).
//! **Why** enrollment alone is not enough (PC-REQ); a competency missing when the engagement begins is a reason
//! of denial (X-SUM).
//! Anniversaries of the spring of 2020 to the spring of 2021 were moved, and after each there are 30 days for renewal
//! (PC-RENEW).
//! **Example** Gold Data Platform to 2021-07-02: a start on 2021-08-01 is fine, the next day is EL-06.

use super::{Subject, missing, passed, unusable};
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Competency, CompetencyStatus, Dataset, Day, Fact, Failure, Places};
use crate::program::{CompetencyTerms, Qualifier};

/// Answers for an engagement that starts on `start`.
pub fn competency_held(subject: Subject<'_>, start: Day) -> Answer {
    let Some(qualifiers) = subject.program.qualifiers(subject.engagement, start) else {
        let message = format!("for a start on {start}: the program file has no table of competencies for that day");
        return Failure::new(Code::NoRuleForDay, message, Some(start), &[]).into();
    };
    let terms = &subject.program.competency;
    let rows: Vec<(&Competency, &Qualifier)> = subject
        .partner
        .facts
        .competencies
        .iter()
        .filter_map(|row| qualifiers.iter().find(|q| q.competency == row.competency).map(|q| (*row, q)))
        .collect();
    let held: Vec<(&Competency, &Qualifier, Fact<bool>)> =
        rows.iter().map(|(row, qualifier)| (*row, *qualifier, held_on(row, start, terms))).collect();
    let good = held.iter().find(|(row, qualifier, held)| {
        *held == Fact::Is(true) && row.level >= qualifier.level && !is_disputed(subject, row)
    });
    if let Some((row, ..)) = good {
        return passed(row.place);
    }
    if let Some((row, ..)) =
        held.iter().find(|(row, qualifier, held)| held.is_unknown() && row.level >= qualifier.level)
    {
        return Answer::Unknown {
            code: Some(Code::MissingData),
            why: "whether the competency had ended cannot be told".to_owned(),
            places: Places::from_slice(&[row.place]),
        };
    }
    if let Some(unknown) = in_doubt(subject, qualifiers, start) {
        return unknown;
    }
    unmet(&held, qualifiers, start, terms)
}

/// Held from the day of attainment to the day of expiry, moved by extensions and followed by the time for renewal; without
/// one, while the status is not Inactive.
fn held_on(row: &Competency, day: Day, terms: &CompetencyTerms) -> Fact<bool> {
    if day < row.attained_on {
        return Fact::Is(false);
    }
    match (row.expires_on, row.status) {
        (Fact::Is(last), _) => Fact::Is(day <= terms.held_until(&row.competency, last)),
        (Fact::No | Fact::Unknown, Fact::Is(status)) => Fact::Is(status != CompetencyStatus::Inactive),
        (Fact::No, Fact::No) => Fact::Is(true),
        (Fact::Unknown, Fact::No) | (Fact::No | Fact::Unknown, Fact::Unknown) => Fact::Unknown,
    }
}

/// Whether a refused or contradicting row has the key of this one, so that what it says is unknown.
fn is_disputed(subject: Subject<'_>, row: &Competency) -> bool {
    subject.partner.facts.doubts.iter().any(|doubt| {
        let keys = &doubt.keys;
        doubt.dataset == Dataset::Competencies
            && keys.competency.as_ref() == Some(&row.competency)
            && keys.day == Some(row.attained_on)
    })
}

fn in_doubt(subject: Subject<'_>, qualifiers: &[Qualifier], start: Day) -> Option<Answer> {
    let may_hold_one = subject.partner.facts.doubts.iter().find(|doubt| {
        let keys = &doubt.keys;
        doubt.dataset == Dataset::Competencies
            && keys.competency.as_ref().is_none_or(|named| qualifiers.iter().any(|q| q.competency == *named))
            && keys.day.is_none_or(|attained| attained <= start)
    });
    if let Some(doubt) = may_hold_one {
        return Some(unusable(doubt, "a competency row of the partner cannot be used"));
    }
    (subject.partner.facts.coverage.competencies != Coverage::Whole).then(|| missing("the data set competencies"))
}

fn unmet(
    held: &[(&Competency, &Qualifier, Fact<bool>)],
    qualifiers: &[Qualifier],
    start: Day,
    terms: &CompetencyTerms,
) -> Answer {
    let wanted: Vec<String> = qualifiers.iter().map(|q| format!("{} {}", q.level, q.competency)).collect();
    let wanted = wanted.join(" or ");
    if let Some((row, ..)) = held.iter().find(|(.., held)| *held == Fact::Is(true)) {
        let message = format!("a start on {start} needs {wanted}; the partner held {} {}", row.level, row.competency);
        return Failure::new(Code::LowCompetencyLevel, message, Some(start), &[row.place]).into();
    }
    let ended = held.iter().rev().find(|(row, ..)| row.attained_on <= start);
    match ended {
        Some((row, ..)) => {
            let held = |last: Day| terms.held_until(&row.competency, last);
            let end = row
                .expires_on
                .get()
                .map_or("is inactive".to_owned(), |last| format!("ended on {last} and was held to {}", held(last)));
            let message = format!("a start on {start} needs {wanted}; {} {} {end}", row.level, row.competency);
            Failure::new(Code::ExpiredCompetency, message, Some(start), &[row.place]).into()
        }
        None => {
            let message = format!("a start on {start} needs {wanted}; the partner had none by then");
            let places: Vec<_> = held.iter().map(|(row, ..)| row.place).collect();
            Failure::new(Code::MissingCompetency, message, Some(start), &places).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("competencies.expires_on=2021-03-01", "ok"),
            ("competencies.expires_on=2019-12-31", "EL-06"),
            ("competencies.attained_on=2021-03-01", "ok"),
            ("competencies.attained_on=2021-03-02", "EL-04"),
            ("competencies.level=Silver", "EL-05"),
            ("competencies.level=Silver; competencies.expires_on=2019-12-31", "EL-06"),
            ("competencies.level=Silver; +competencies=P-1,Data Analytics,Gold,Active,2018-01-01,2019-12-31", "EL-05"),
            ("competencies.competency=Messaging", "EL-04"),
            ("competencies.expires_on=", "ok"),
            ("competencies.expires_on=; competencies.status=Inactive", "EL-06"),
            ("competencies.expires_on=; -competencies.status", "IN-01"),
            // Without the column the status word decides; a blank word says nothing.
            ("-competencies.expires_on", "ok"),
            ("-competencies.expires_on; competencies.status=Inactive", "EL-06"),
            ("-competencies.expires_on; competencies.status=", "IN-01"),
            ("competencies.expires_on=; competencies.status=", "ok"),
            // The status word does not outweigh dates.
            ("competencies.status=Inactive", "ok"),
            ("competencies.status=Active; competencies.expires_on=2019-12-31", "EL-06"),
            ("competencies=", "EL-04"),
            ("-competencies", "IN-01"),
            ("competencies.level=Bronze", "IN-15"),
            // Two rows of one key contradict each other: what they say is unknown.
            ("+competencies=P-1,Data Platform,Gold,Inactive,2019-01-01,2020-12-31", "IN-01"),
            ("+competencies=P-1,Data Platform,Gold,Inactive,2018-01-01,2020-12-31", "ok"),
        ]);
    }

    /// Started on this day of August 2021, in order otherwise.
    fn in_august(day: &str, expires: &str) -> String {
        format!(
            "competencies.expires_on={expires}; completions.started_on={day}; completions.completed_on=2021-08-05; \
             completions.reported_on=2021-08-06; completions.deliverable_on=2021-08-06; vouchers.created_on=2021-06-28; \
             vouchers.assigned_on=2021-06-28; vouchers.expires_on=2021-12-25; redemptions.reserved_on=2021-07-05; \
             redemptions.redeemed_on=2021-08-09; as_of=2021-08-31"
        )
    }

    #[test]
    fn thirty_days_for_renewal() {
        check(&[
            (&in_august("2021-08-01", "2021-07-02"), "ok"),
            (&in_august("2021-08-02", "2021-07-02"), "EL-06"),
            // The last day of the last extension, and the day after.
            (&in_august("2021-08-02", "2021-06-30"), "ok"),
            (&in_august("2021-08-02", "2021-07-01"), "EL-06"),
        ]);
    }

    #[test]
    fn anniversaries_that_were_moved() {
        const DYNAMICS: &str = "vouchers.engagement=d365-ce-upgrade; enrollments.offering=DYDPS; \
             competencies.competency=Cloud Business Applications; certifications.competency=Cloud Business Applications";
        check(&[
            ("competencies.expires_on=2020-01-01", "ok"),
            ("competencies.expires_on=2019-12-31", "EL-06"),
            ("competencies.expires_on=2021-02-28", "ok"),
            // Moved once, from 2020 to 2021, and not again.
            (&format!("{DYNAMICS}; competencies.expires_on=2020-01-30"), "ok"),
            (&format!("{DYNAMICS}; competencies.expires_on=2020-01-29"), "EL-06"),
            (&format!("{DYNAMICS}; competencies.expires_on=2021-01-30"), "ok"),
            (&format!("{DYNAMICS}; competencies.expires_on=2021-01-29"), "EL-06"),
        ]);
    }
}
