//! The words of a program that rows may use, and what they stand for. Lookups ignore case,
//! spaces and punctuation, and nothing else.

use std::collections::HashMap;

use super::{CompetencyName, EngagementId, Offering};

/// Names that the program file confirms.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    offerings: HashMap<String, Offering>,
    engagements: HashMap<String, EngagementId>,
    competencies: HashMap<String, CompetencyName>,
    exams: HashMap<String, CompetencyName>,
}

impl Vocabulary {
    /// Lets `word` mean this offering. Returns the meaning that it had before.
    pub fn add_offering(&mut self, word: &str, offering: Offering) -> Option<Offering> {
        self.offerings.insert(letters(word), offering)
    }

    /// Lets `word` mean this engagement. Returns the meaning that it had before.
    pub fn add_engagement(&mut self, word: &str, engagement: EngagementId) -> Option<EngagementId> {
        self.engagements.insert(letters(word), engagement)
    }

    /// Lets `word` mean this competency. Returns the meaning that it had before.
    pub fn add_competency(&mut self, word: &str, competency: CompetencyName) -> Option<CompetencyName> {
        self.competencies.insert(letters(word), competency)
    }

    /// Lets this exam count for a competency. Returns the meaning that it had before.
    pub fn add_exam(&mut self, exam: &str, competency: CompetencyName) -> Option<CompetencyName> {
        self.exams.insert(letters(exam), competency)
    }

    /// The offering that a word means.
    pub fn offering(&self, word: &str) -> Option<Offering> {
        self.offerings.get(&letters(word)).cloned()
    }

    /// The engagement that an id, English name or alias means.
    pub fn engagement(&self, word: &str) -> Option<EngagementId> {
        self.engagements.get(&letters(word)).cloned()
    }

    /// The competency that a word means; a name that no list knows stands for itself.
    pub fn competency(&self, word: &str) -> CompetencyName {
        self.competencies.get(&letters(word)).cloned().unwrap_or_else(|| CompetencyName::new(word))
    }

    /// The competency that an exam counts for.
    pub fn exam(&self, exam: &str) -> Option<CompetencyName> {
        self.exams.get(&letters(exam)).cloned()
    }
}

/// A word without what drifts: case, spaces, punctuation.
fn letters(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
