//! Rows about partners: locations, contacts, enrollments, competencies, consultants.

use std::fmt;

use super::{CompetencyName, ConsultantId, Country, Day, Fact, Language, LocationId, Offering, PartnerId, Place, Text};

/// A location of a partner company, from the Partner Center profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Where the row stands.
    pub place: Place,
    /// The company.
    pub partner: PartnerId,
    /// The location.
    pub location: LocationId,
    /// Name of the location, as partners are addressed.
    pub name: Text,
    /// Country of the location.
    pub country: Country,
}

/// Somebody at a partner who receives letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// Where the row stands.
    pub place: Place,
    /// The location that the contact answers for.
    pub location: LocationId,
    /// Name for the salutation.
    pub name: Fact<Text>,
    /// One bare address.
    pub email: Text,
    /// Language of the letters.
    pub language: Fact<Language>,
}

/// An enrollment of a partner for an offering; renewed by a later one.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrollment {
    /// Where the row stands.
    pub place: Place,
    /// The company.
    pub partner: PartnerId,
    /// The offering.
    pub offering: Offering,
    /// First day.
    pub enrolled_on: Day,
    /// Day of the signature under the program agreement.
    pub agreement_signed_on: Fact<Day>,
    /// Company compliance training.
    pub training_completed_on: Fact<Day>,
    /// Last change of the business profile.
    pub profile_updated_on: Fact<Day>,
    /// Registration of the offering in the payment tool.
    pub savb_registered_on: Fact<Day>,
    /// Whether a bank account is mapped to the location.
    pub bank_mapped: Fact<bool>,
    /// The only location that it covers; otherwise it covers all.
    pub location: Fact<LocationId>,
}

/// The level at which a competency is held. Gold includes Silver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompetencyLevel {
    /// Silver.
    Silver,
    /// Gold.
    Gold,
}

impl fmt::Display for CompetencyLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CompetencyLevel::Silver => "Silver",
            CompetencyLevel::Gold => "Gold",
        })
    }
}

/// A competency that a partner attained.
#[derive(Clone, Debug, PartialEq)]
pub struct Competency {
    /// Where the row stands.
    pub place: Place,
    /// The company.
    pub partner: PartnerId,
    /// Which one.
    pub competency: CompetencyName,
    /// At which level.
    pub level: CompetencyLevel,
    /// The export's status word.
    pub status: Fact<CompetencyStatus>,
    /// First day.
    pub attained_on: Day,
    /// Last day.
    pub expires_on: Fact<Day>,
}

/// Status words of Partner Center for a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompetencyStatus {
    /// Active.
    Active,
    /// In Grace Period.
    InGracePeriod,
    /// Inactive.
    Inactive,
}

/// An exam or assessment that a consultant passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Certification {
    /// Where the row stands.
    pub place: Place,
    /// The consultant.
    pub consultant: ConsultantId,
    /// The company under which it is recorded.
    pub partner: PartnerId,
    /// Exam or assessment.
    pub exam: Text,
    /// The competency that it counts for; `No` where neither the row nor the program file's exam list names one.
    pub competency: Fact<CompetencyName>,
    /// Day of passing.
    pub passed_on: Day,
    /// Last day.
    pub expires_on: Fact<Day>,
}
