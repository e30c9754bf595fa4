//! What of a partner's standing ends soon: enrollments that complete a year, competencies, exams.

use crate::casebook::{PartnerBook, PartnerFacts};
use crate::model::{Day, Fact, Offering, PartnerId, Place};
use crate::program::Program;

/// Something that ends unless it is renewed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Whose.
    pub partner: PartnerId,
    /// The last day.
    pub last_day: Day,
    /// What kind of thing.
    pub kind: RenewalOf,
    /// Which.
    pub what: String,
    /// The row.
    pub place: Place,
}

/// What can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RenewalOf {
    /// The year of an enrollment, while enrollments are renewed every year.
    Enrollment,
    /// A competency, with its time for renewal.
    Competency,
    /// A consultant's exam.
    Exam,
}

impl RenewalOf {
    /// The word of the workbook.
    pub fn as_str(self) -> &'static str {
        match self {
            RenewalOf::Enrollment => "enrollment",
            RenewalOf::Competency => "competency",
            RenewalOf::Exam => "exam",
        }
    }
}

/// What ends within a number of days from a day on; by day, partner and what.
pub fn renewals(book: &PartnerBook<'_>, program: &Program, from: Day, within: u32) -> Vec<Renewal> {
    let mut found: Vec<Renewal> =
        book.companies().flat_map(|(partner, facts)| of_partner(partner, facts, program)).collect();
    found.retain(|renewal| from <= renewal.last_day && renewal.last_day <= from.plus_days(within));
    found.sort_by(|a, b| (a.last_day, &a.partner, a.kind, &a.what).cmp(&(b.last_day, &b.partner, b.kind, &b.what)));
    found
}

fn of_partner(partner: &PartnerId, facts: &PartnerFacts<'_>, program: &Program) -> Vec<Renewal> {
    let of = |kind, what: String, last_day, place| Renewal { partner: partner.clone(), last_day, kind, what, place };
    let is_latest = |offering: &Offering, place: Place| {
        facts.enrollments.iter().rfind(|row| row.offering == *offering).is_some_and(|last| last.place == place)
    };
    let enrollments = facts.enrollments.iter().filter(|row| is_latest(&row.offering, row.place));
    let mut found: Vec<Renewal> = enrollments
        .map(|row| of(RenewalOf::Enrollment, row.offering.to_string(), row.enrolled_on.plus_one_year(), row.place))
        .filter(|renewal| program.applies_on(crate::model::Code::LapsedEnrollment, renewal.last_day))
        .collect();
    for row in &facts.competencies {
        if let Fact::Is(printed) = row.expires_on {
            let last = program.competency.held_until(&row.competency, printed);
            found.push(of(RenewalOf::Competency, format!("{} {}", row.level, row.competency), last, row.place));
        }
    }
    for row in facts.certifications.values().flatten() {
        if let Fact::Is(last) = row.expires_on {
            found.push(of(
                RenewalOf::Exam,
                format!("{} of consultant {}", &*row.exam, row.consultant),
                last,
                row.place,
            ));
        }
    }
    found
}
