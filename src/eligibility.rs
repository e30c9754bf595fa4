//! What a partner has to bring for an engagement on a day. One requirement per file; each takes the partner's
//! facts, the engagement and a day, so that a verdict on a past start and a standing today ask the same function.
//! Nothing here knows a voucher.

mod agreement;
mod competency;
mod consultant;
mod enrollment;
mod offering;
mod payment_setup;
mod renewal;
mod renewals;
mod standing;
mod training;

pub use agreement::agreement_signed;
pub use competency::competency_held;
pub use consultant::consultants_qualified;
pub use enrollment::enrolled;
pub use offering::enrolled_for_offering;
pub use payment_setup::{bank_account_mapped, registered_for_payment};
pub use renewal::enrollment_current;
pub use renewals::{Renewal, RenewalOf, renewals};
pub use standing::{Fulfilment, LocationStanding, Requirement, Standing, Status, standing, standings};
pub use training::training_completed;

use crate::casebook::PartnerFacts;
use crate::ingest::{Coverage, Doubt};
use crate::model::{
    Answer, Code, Dataset, Day, EngagementId, Enrollment, Fact, Failure, LocationId, Offering, Place, Places,
};
use crate::program::Program;

/// Who is to deliver.
#[derive(Clone, Copy)]
pub struct DeliveringPartner<'a> {
    /// What is known of the company.
    pub facts: &'a PartnerFacts<'a>,
    /// The location that delivers.
    pub location: &'a LocationId,
}

/// Who is to deliver what.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Who.
    pub partner: DeliveringPartner<'a>,
    /// The engagement.
    pub engagement: &'a EngagementId,
    /// The program that asks.
    pub program: &'a Program,
}

impl<'a> DeliveringPartner<'a> {
    /// Enrollments that cover the location, by day.
    fn enrollments(&self) -> impl DoubleEndedIterator<Item = &'a Enrollment> + use<'a> {
        let location = self.location;
        let covers = move |row: &&Enrollment| row.location.value().is_none_or(|only| only == location);
        self.facts.enrollments.iter().copied().filter(covers)
    }
}

impl<'a> Subject<'a> {
    /// The offering that the engagement belongs to.
    pub fn offering(&self) -> &'a Offering {
        &self.program.engagement(self.engagement).offering
    }

    /// The offering's latest enrollment by a day, or why it cannot be told.
    fn latest_enrollment(&self, day: Day) -> Result<Option<&'a Enrollment>, Answer> {
        let (offering, facts) = (self.offering(), self.partner.facts);
        let latest = self.partner.enrollments().rfind(|row| row.offering == *offering && row.enrolled_on <= day);
        let in_question = facts.doubts.iter().find(|doubt| {
            doubt.dataset == Dataset::Enrollments
                && doubt.keys.offering.as_ref().is_none_or(|named| named == offering)
                && doubt.keys.day.is_none_or(|from| from <= day && latest.is_none_or(|row| row.enrolled_on <= from))
        });
        if let Some(doubt) = in_question {
            return Err(unusable(doubt, "a row about the latest enrollment cannot be used"));
        }
        if facts.coverage.enrollments != Coverage::Whole {
            return Err(missing("the data set enrollments"));
        }
        Ok(latest)
    }
}

/// The answer where a refused enrollment row may show one by this day.
fn in_doubt_by(partner: DeliveringPartner<'_>, day: Day) -> Option<Answer> {
    let may_hold_one =
        |doubt: &&&Doubt| doubt.dataset == Dataset::Enrollments && doubt.keys.day.is_none_or(|from| from <= day);
    let doubt = partner.facts.doubts.iter().find(may_hold_one)?;
    Some(unusable(doubt, "an enrollment row of the partner cannot be used"))
}

/// The answer where a row that matters was refused or contradicts another.
fn unusable(doubt: &Doubt, why: &str) -> Answer {
    Answer::Unknown { code: Some(doubt.code), why: why.to_owned(), places: Places::from_slice(&[doubt.place]) }
}

/// The answer where a data set or column is not there.
fn missing(what: &str) -> Answer {
    Answer::Unknown { code: Some(Code::MissingData), why: format!("{what} is not there"), places: Places::new() }
}

/// What the offering's latest enrollment by the start has to show by the start: a day in one of its columns.
struct StartCondition {
    code: Code,
    column: &'static str,
    of: fn(&Enrollment) -> Fact<Day>,
    /// How people say that it was done, and that it was not.
    done: &'static str,
    not_done: &'static str,
}

fn due_by_start(subject: Subject<'_>, start: Day, due: &StartCondition) -> Answer {
    let latest = match subject.latest_enrollment(start) {
        Ok(Some(latest)) => latest,
        Ok(None) => return Answer::NotApplicable("no enrollment for the offering by the start"),
        Err(unknown) => return unknown,
    };
    let message = match (due.of)(latest) {
        Fact::Is(day) if day <= start => return passed(latest.place),
        Fact::Unknown => return missing(due.column),
        Fact::Is(day) => format!("for a start on {start}: {} on {day}", due.done),
        Fact::No => format!("for a start on {start}: {}", due.not_done),
    };
    Failure::new(due.code, message, Some(start), &[latest.place]).into()
}

/// Whether a day that a row may name has come by `day`: signed, completed, mapped.
fn done_by(fact: Fact<Day>, day: Day) -> Fact<Day> {
    match fact {
        Fact::Is(done) if done <= day => Fact::Is(done),
        Fact::Is(_) | Fact::No => Fact::No,
        Fact::Unknown => Fact::Unknown,
    }
}

fn passed(place: Place) -> Answer {
    Answer::Passed(Places::from_slice(&[place]))
}
