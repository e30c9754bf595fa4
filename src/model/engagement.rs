//! What is sold and what it asks for: offerings, engagements, competencies.

use std::fmt;

use super::ids::id;

id! {
    /// A family of engagements that a partner enrolls for, such as `SSDPS`.
    Offering,
    /// One kind of engagement, by its id in the program file.
    EngagementId,
    /// A competency, by its English name; names that the program file does not know are kept as they are.
    CompetencyName,
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
