//! Where a location stands for an engagement on a day: every requirement that the program asks for on that day, met,
//! unmet or unknown, by the same functions that judge a voucher on the day of its start.

use rayon::prelude::*;

use super::{
    DeliveringPartner, Subject, agreement_signed, competency_held, consultants_qualified, enrolled,
    enrolled_for_offering, enrollment_current, training_completed,
};
use crate::casebook::PartnerBook;
use crate::ingest::Coverage;
use crate::model::{Answer, Code, ConsultantId, Dataset, Day, EngagementId, PartnerId, Places};
use crate::program::{Program, StandingWords};

/// A location's standing for an engagement on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// All requirements of the day, in the order in which a partner meets them.
    pub requirements: Vec<Requirement>,
}

/// The standing of one of all locations.
#[derive(Clone, Debug)]
pub struct LocationStanding<'a> {
    /// The location.
    pub location: &'a crate::model::Partner,
    /// The engagement.
    pub engagement: &'a EngagementId,
    /// The standing.
    pub standing: Standing,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The rule that asks for it.
    pub code: Code,
    /// Whether it is met.
    pub fulfilment: Fulfilment,
}

/// Whether a requirement is met. Unknown counts as not met, and is shown as unknown.
#[derive(Clone, Debug, PartialEq)]
pub enum Fulfilment {
    /// It is; the rows that show it.
    Met(Places),
    /// It is not; why, and the rows.
    Unmet(String, Places),
    /// It cannot be told; why, and the rows.
    Unknown(String, Places),
}

/// The status that follows from the requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All are met: the location may deliver.
    Active,
    /// Some are met.
    InProgress,
    /// None is met.
    NotStarted,
}

impl Status {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::InProgress => "in-progress",
            Status::NotStarted => "not-started",
        }
    }

    /// The program's own word.
    pub fn word(self, words: &StandingWords) -> &str {
        match self {
            Status::Active => &words.active,
            Status::InProgress => &words.in_progress,
            Status::NotStarted => &words.not_started,
        }
    }
}

impl Standing {
    /// The status that follows from the requirements.
    pub fn status(&self) -> Status {
        let is_met = |requirement: &Requirement| matches!(requirement.fulfilment, Fulfilment::Met(_));
        match self.requirements.iter().filter(|requirement| is_met(requirement)).count() {
            met if met == self.requirements.len() => Status::Active,
            0 => Status::NotStarted,
            _ => Status::InProgress,
        }
    }
}

/// The standings of all locations, or of those of one company, for every engagement; by company, location and engagement.
pub fn standings<'a>(
    book: &'a PartnerBook<'a>,
    program: &'a Program,
    only: Option<&PartnerId>,
    day: Day,
) -> Vec<LocationStanding<'a>> {
    let wanted = |row: &&crate::model::Partner| only.is_none_or(|only| row.partner == *only);
    let mut locations: Vec<&crate::model::Partner> = book.locations().filter(wanted).collect();
    locations.sort_by(|a, b| (&a.partner, &a.location).cmp(&(&b.partner, &b.location)));
    let of = |location: &&'a crate::model::Partner| -> Vec<LocationStanding<'a>> {
        let Some(facts) = book.facts(&location.partner) else { return Vec::new() };
        let partner = DeliveringPartner { facts, location: &location.location };
        let subject = |engagement| Subject { partner, engagement, program };
        let each = program.engagements.keys();
        each.map(|engagement| LocationStanding { location, engagement, standing: standing(subject(engagement), day) })
            .collect()
    };
    locations.par_iter().flat_map_iter(of).collect()
}

/// The standing of a location for an engagement on a day.
pub fn standing(subject: Subject<'_>, day: Day) -> Standing {
    let applies = |code: Code| subject.program.applies_on(code, day);
    let enrollment = match enrolled(subject.partner, day) {
        Answer::Passed(_) => enrolled_for_offering(subject, day),
        other => other,
    };
    let answers = [
        (Code::NoOfferingEnrollment, enrollment),
        (Code::LapsedEnrollment, enrollment_current(subject, day)),
        (Code::UnsignedAgreement, agreement_signed(subject, day)),
        (Code::MissingTraining, training_completed(subject, day)),
        (Code::MissingCompetency, competency_held(subject, day)),
        (Code::UnqualifiedConsultant, a_consultant_is_qualified(subject, day)),
    ];
    let asked = answers.into_iter().filter(|(code, _)| applies(*code));
    let mut requirements: Vec<Requirement> = asked.map(|(code, answer)| requirement(code, answer)).collect();
    let retired_on = subject.program.engagement(subject.engagement).retired_on;
    if let Some(retired_on) = retired_on.filter(|retired_on| *retired_on <= day && applies(Code::RetiredEngagement)) {
        let why = format!("retired on {retired_on}: no voucher can be created for it");
        requirements
            .push(Requirement { code: Code::RetiredEngagement, fulfilment: Fulfilment::Unmet(why, Places::new()) });
    }
    Standing { requirements }
}

fn requirement(code: Code, answer: Answer) -> Requirement {
    // One requirement may fail in several ways, each with a code of its own.
    let code = match &answer {
        Answer::Failed(failure) if failure.code != Code::NoRuleForDay => failure.code,
        _ => code,
    };
    let fulfilment = match answer {
        Answer::Passed(places) => Fulfilment::Met(places),
        Answer::NotApplicable(why) => Fulfilment::Unmet(why.to_owned(), Places::new()),
        // Without a table for the day nobody knows what is required.
        Answer::Failed(failure) if failure.code == Code::NoRuleForDay => {
            Fulfilment::Unknown(failure.message, failure.places)
        }
        Answer::Failed(failure) => Fulfilment::Unmet(failure.message, failure.places),
        Answer::Unknown { why, places, .. } => Fulfilment::Unknown(why, places),
    };
    Requirement { code, fulfilment }
}

/// Whether one of the partner's consultants could deliver.
fn a_consultant_is_qualified(subject: Subject<'_>, day: Day) -> Answer {
    let mut known: Vec<&ConsultantId> = subject.partner.facts.certifications.keys().copied().collect();
    known.sort();
    let mut unknown = None;
    for consultant in known {
        let place = subject.partner.facts.certifications[consultant][0].place;
        match consultants_qualified(subject, &[(consultant, place)], day) {
            passed @ Answer::Passed(_) => return passed,
            answer @ Answer::Unknown { .. } => unknown = Some(answer),
            Answer::NotApplicable(why) => {
                return Answer::Unknown { code: None, why: why.to_owned(), places: Places::new() };
            }
            Answer::Failed(_) => {}
        }
    }
    let doubt = subject.partner.facts.doubts.iter().find(|doubt| doubt.dataset == Dataset::Certifications);
    let none = || match (doubt, subject.partner.facts.coverage.certifications) {
        (Some(doubt), _) => super::unusable(doubt, "a row of certifications cannot be used"),
        (None, Coverage::Whole) => Answer::NotApplicable("no consultant has passed an exam that counts"),
        (None, _) => super::missing("the data set certifications"),
    };
    unknown.unwrap_or_else(none)
}

#[cfg(test)]
mod tests {
    use super::Status;
    use crate::testing::standing;

    /// Edits, day: status, and what is not met (`?` where it cannot be told).
    fn check(rows: &[(&str, &str, Status, &str)]) {
        for (edits, day, status, lacks) in rows {
            let found = standing(edits, "data-estate", day);
            let lacking: Vec<String> = found
                .requirements
                .iter()
                .filter_map(|requirement| match &requirement.fulfilment {
                    super::Fulfilment::Met(_) => None,
                    super::Fulfilment::Unmet(..) => Some(requirement.code.to_string()),
                    super::Fulfilment::Unknown(..) => Some(format!("{}?", requirement.code)),
                })
                .collect();
            assert_eq!((found.status(), lacking.join(" ").as_str()), (*status, *lacks), "{edits} on {day}");
        }
    }

    #[test]
    fn active_only_if_every_requirement_is_met_on_that_day() {
        check(&[
            ("", "2021-03-01", Status::Active, ""),
            ("enrollments.agreement_signed_on=2021-03-02", "2021-03-01", Status::InProgress, "EL-03"),
            ("enrollments.agreement_signed_on=2021-03-02", "2021-03-02", Status::Active, ""),
            // Training, and renewal every year, are required while their rules are in force.
            ("enrollments.training_completed_on=", "2020-12-08", Status::InProgress, "EL-07"),
            ("enrollments.training_completed_on=", "2020-12-09", Status::Active, ""),
            (
                "enrollments.enrolled_on=2020-04-07; enrollments.agreement_signed_on=2020-04-07",
                "2021-04-08",
                Status::InProgress,
                "EL-02",
            ),
            (
                "enrollments.enrolled_on=2020-04-07; enrollments.agreement_signed_on=2020-04-07",
                "2021-04-09",
                Status::Active,
                "",
            ),
            ("competencies.level=Silver", "2021-03-01", Status::InProgress, "EL-05"),
            ("certifications.passed_on=2021-03-02", "2021-03-01", Status::InProgress, "EL-08"),
            (
                "enrollments=; competencies=; certifications=",
                "2021-03-01",
                Status::NotStarted,
                "EL-01 EL-02 EL-03 EL-04 EL-08",
            ),
        ]);
    }

    #[test]
    fn unknown_is_not_met_and_shown_as_unknown() {
        check(&[
            ("-competencies", "2021-03-01", Status::InProgress, "EL-04?"),
            ("-certifications", "2021-03-01", Status::InProgress, "EL-08?"),
            ("certifications.passed_on=soon", "2021-03-01", Status::InProgress, "EL-08?"),
            ("+certifications=P-1,C-9,EX-999,soon,", "2021-03-01", Status::Active, ""),
            ("-enrollments.agreement_signed_on", "2021-03-01", Status::InProgress, "EL-03?"),
            ("", "2020-08-19", Status::InProgress, "EL-04? EL-08?"),
        ]);
    }
}
