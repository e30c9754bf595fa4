//! # EL-08: each consultant is qualified
//! **Checks** that every consultant of the engagement has passed an exam or assessment that counts for one of the
//! qualifying competencies, by the start, not expired by then, and recorded under this partner.
//! **Why** a consultant passes one or more of the assessments or exams of the competency (PC-DPS, 2020-06-03 on).
//! **Example** passed 2021-03-01: a start that day is fine, a start the day before is EL-08.

use super::{Subject, missing, unusable};
use crate::ingest::Coverage;
use crate::model::{Answer, Certification, Code, ConsultantId, Dataset, Day, Fact, Failure, Place, Places};
use crate::program::Qualifier;

/// Answers for an engagement that starts on `start` and is delivered by these consultants, each with its row.
pub fn consultants_qualified(subject: Subject<'_>, consultants: &[(&ConsultantId, Place)], start: Day) -> Answer {
    let Some(qualifiers) = subject.program.qualifiers(subject.engagement, start) else {
        return Answer::NotApplicable("no table of competencies for the day");
    };
    let mut evidence = Places::new();
    let mut unknown = None;
    for (consultant, place) in consultants {
        let rows = subject.partner.facts.certifications.get(consultant).map_or(&[][..], Vec::as_slice);
        let judged =
            |wanted| rows.iter().find(|row| qualifies(row, qualifiers, start) == wanted && !is_disputed(subject, row));
        if let Some(row) = judged(Fact::Is(())) {
            evidence.push(row.place);
            continue;
        }
        if judged(Fact::Unknown).is_some() {
            unknown = Some(missing("the column expires_on of certifications"));
            continue;
        }
        match in_doubt(subject, consultant, start) {
            Some(answer) => unknown = Some(answer),
            None => return unqualified(consultant, *place, rows, qualifiers, start),
        }
    }
    unknown.unwrap_or(Answer::Passed(evidence))
}

/// Whether a row qualifies on the day; unknown where the export does not say how long it holds.
fn qualifies(row: &Certification, qualifiers: &[Qualifier], start: Day) -> Fact<()> {
    let counts = row.competency.value().is_some_and(|named| qualifiers.iter().any(|q| q.competency == *named));
    match row.expires_on {
        _ if !counts || row.passed_on > start => Fact::No,
        Fact::Is(last) if last < start => Fact::No,
        Fact::Is(_) | Fact::No => Fact::Is(()),
        Fact::Unknown => Fact::Unknown,
    }
}

/// Whether a refused or contradicting row has the key of this one, so that what it says is unknown.
fn is_disputed(subject: Subject<'_>, row: &Certification) -> bool {
    subject.partner.facts.doubts.iter().any(|doubt| {
        let keys = &doubt.keys;
        doubt.dataset == Dataset::Certifications
            && keys.consultant.as_ref() == Some(&row.consultant)
            && keys.day == Some(row.passed_on)
    })
}

fn in_doubt(subject: Subject<'_>, consultant: &ConsultantId, start: Day) -> Option<Answer> {
    let may_hold_one = subject.partner.facts.doubts.iter().find(|doubt| {
        doubt.dataset == Dataset::Certifications
            && doubt.keys.consultant.as_ref().is_none_or(|named| named == consultant)
            && doubt.keys.day.is_none_or(|passed| passed <= start)
    });
    if let Some(doubt) = may_hold_one {
        return Some(unusable(doubt, "a certification row of the consultant cannot be used"));
    }
    (subject.partner.facts.coverage.certifications != Coverage::Whole).then(|| missing("the data set certifications"))
}

fn unqualified(
    consultant: &ConsultantId,
    place: Place,
    rows: &[&Certification],
    qualifiers: &[Qualifier],
    start: Day,
) -> Answer {
    let wanted: Vec<&str> = qualifiers.iter().map(|q| q.competency.as_str()).collect();
    let found: Vec<String> = rows.iter().map(|row| format!("{} of {}", row.exam, row.passed_on)).collect();
    let found = if found.is_empty() { "nothing is recorded under the partner".to_owned() } else { found.join(", ") };
    let message = format!(
        "for a start on {start}: consultant {consultant} needs an exam for {}; found: {found}",
        wanted.join(" or ")
    );
    let places: Vec<Place> = std::iter::once(place).chain(rows.iter().map(|row| row.place)).collect();
    Failure::new(Code::UnqualifiedConsultant, message, Some(start), &places).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("certifications.passed_on=2021-03-01", "ok"),
            ("certifications.passed_on=2021-03-02", "EL-08"),
            ("certifications.expires_on=2021-03-01", "ok"),
            ("certifications.expires_on=2021-02-28", "EL-08"),
            ("certifications.competency=Messaging", "EL-08"),
            ("certifications.competency=", "EL-08"),
            ("certifications.partner_id=P-2", "EL-08"),
            ("-certifications.expires_on", "IN-01"),
            ("certifications=", "EL-08"),
            ("-certifications", "IN-01"),
            ("certifications.passed_on=soon", "IN-11"),
            ("+certifications=C-1,P-1,EX-1,Messaging,2020-01-15,", "IN-01"),
            // Each consultant must qualify.
            ("+completions=V-1,C-2,NL,2021-03-02,2021-03-05,2021-03-10,plan.docx,2021-03-10,0", "EL-08"),
            (
                "+completions=V-1,C-2,NL,2021-03-02,2021-03-05,2021-03-10,plan.docx,2021-03-10,0; +certifications=C-2,P-1,EX-1,Data Analytics,2021-03-01,",
                "ok",
            ),
        ]);
    }
}
