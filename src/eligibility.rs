//! What a partner has to bring for an engagement on a day. One requirement per file; each takes the partner's
//! facts, the engagement and a day, so that a verdict on a past start and a standing today ask the same function.
//! Nothing here knows a voucher.

mod agreement;
mod competency;
mod consultant;
mod enrollment;
mod renewal;

pub use agreement::agreement_signed;
pub use competency::competency_held;
pub use consultant::consultants_qualified;
pub use enrollment::enrolled;
pub use renewal::enrollment_current;

use crate::casebook::PartnerFacts;
use crate::ingest::Coverage;
use crate::model::{Answer, Code, Dataset, Day, EngagementId, Enrollment, Fact, LocationId, Offering, Place};
use crate::program::Program;

/// Who is to deliver what.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What is known of the partner.
    pub facts: &'a PartnerFacts<'a>,
    /// The location that delivers.
    pub location: &'a LocationId,
    /// The engagement.
    pub engagement: &'a EngagementId,
    /// The program that asks.
    pub program: &'a Program,
}

impl<'a> Subject<'a> {
    /// The offering that the engagement belongs to.
    pub fn offering(&self) -> &'a Offering {
        &self.program.engagement(self.engagement).offering
    }

    /// Enrollments that cover the location, by day.
    fn enrollments(&self) -> impl DoubleEndedIterator<Item = &'a Enrollment> {
        let location = self.location;
        let covers = move |row: &&Enrollment| row.location.value().is_none_or(|only| only == location);
        self.facts.enrollments.iter().copied().filter(covers)
    }

    /// The offering's latest enrollment by a day, or why it cannot be told.
    fn latest_enrollment(&self, day: Day) -> Result<Option<&'a Enrollment>, Answer> {
        let offering = self.offering();
        let latest = self.enrollments().rfind(|row| row.offering == *offering && row.enrolled_on <= day);
        let in_question = self.facts.doubts.iter().find(|doubt| {
            doubt.dataset == Dataset::Enrollments
                && doubt.keys.offering.as_ref().is_none_or(|named| named == offering)
                && doubt.keys.day.is_none_or(|from| from <= day && latest.is_none_or(|row| row.enrolled_on <= from))
        });
        if let Some(doubt) = in_question {
            return Err(Answer::Unknown {
                code: Some(doubt.code),
                why: "a row about the latest enrollment cannot be used".to_owned(),
                places: vec![doubt.place],
            });
        }
        if self.facts.coverage.enrollments != Coverage::Whole {
            return Err(missing("enrollments"));
        }
        Ok(latest)
    }
}

/// The answer where a data set or column is not there.
fn missing(what: &str) -> Answer {
    Answer::Unknown { code: Some(Code::In01), why: format!("there is no {what}"), places: Vec::new() }
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
    Answer::Passed(vec![place])
}
