//! The words of a program that rows may use, and what they stand for. Lookups ignore case,
//! spaces and punctuation, and nothing else.

use std::collections::HashMap;

use super::{CompetencyName, EngagementId, MilestoneId, Offering};

/// Names that the program file confirms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    offerings: HashMap<String, Offering>,
    engagements: HashMap<String, EngagementId>,
    competencies: HashMap<String, CompetencyName>,
    exams: HashMap<String, CompetencyName>,
    milestones: HashMap<String, MilestoneId>,
    levels: HashMap<String, u32>,
    /// By data set and column.
    words: HashMap<(String, String), HashMap<String, String>>,
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

    /// Lets `word` mean this milestone. Returns the meaning that it had before.
    pub fn add_milestone(&mut self, word: &str, milestone: MilestoneId) -> Option<MilestoneId> {
        self.milestones.insert(letters(word), milestone)
    }

    /// Lets `word` mean this level. Returns the meaning that it had before.
    pub fn add_level(&mut self, word: &str, level: u32) -> Option<u32> {
        self.levels.insert(letters(word), level)
    }

    /// Lets `word` stand for a canonical one in a column of a data set. Returns what it stood for before.
    pub fn add_word(&mut self, dataset: &str, column: &str, word: &str, canonical: &str) -> Option<String> {
        let of_column = self.words.entry((dataset.to_owned(), column.to_owned())).or_default();
        of_column.insert(letters(word), canonical.to_owned())
    }

    /// All columns in which words stand for others: data set, column, and the words, without what drifts, each with the
    /// canonical one.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &str, &HashMap<String, String>)> {
        self.words.iter().map(|((dataset, column), words)| (dataset.as_str(), column.as_str(), words))
    }

    /// What a word stands for in a column of a data set, if the program says so.
    pub fn word(&self, dataset: &str, column: &str, word: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let of_column = self.words.get(&(dataset.to_owned(), column.to_owned()))?;
        of_column.get(&letters(word)).map(String::as_str)
    }

    /// The milestone that a word means.
    pub fn milestone(&self, word: &str) -> Option<MilestoneId> {
        self.milestones.get(&letters(word)).cloned()
    }

    /// The level that a word means.
    pub fn level(&self, word: &str) -> Option<u32> {
        self.levels.get(&letters(word)).copied()
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
