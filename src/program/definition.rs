//! One program as a whole: its parts, where its sources contradict each other, and what a check needs of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::citation::{SourceDocument, Version, source_of};
use super::deadline::Calendar;
use super::names::Names;
use super::standing::StandingWords;
use super::terms::{
    CompetencyTerms, Engagement, Milestone, PaymentTerms, Qualification, Qualifier, ReminderTerms, VoucherTerms,
};
use super::validity::{Rule, Validity};
use crate::model::{Code, Day, EngagementId, Vocabulary};

/// One program, checked: every name that is used is defined, every rule has a citation.
#[derive(Clone, Debug)]
pub struct Program {
    /// The id that jobs name.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Levels and lengths of a voucher.
    pub voucher: VoucherTerms,
    /// How long competencies are held.
    pub competency: CompetencyTerms,
    /// Terms of claims and payments.
    pub payment: PaymentTerms,
    /// When partners are reminded.
    pub reminders: ReminderTerms,
    /// Engagements by id.
    pub engagements: BTreeMap<EngagementId, Engagement>,
    /// Tables of qualifying competencies, each for its days.
    pub qualifications: Vec<Qualification>,
    /// Steps that have no data set of their own.
    pub milestones: Vec<Milestone>,
    /// Its business days.
    pub calendar: Calendar,
    /// Its words for a standing.
    pub standing: StandingWords,
    /// What it calls systems and papers.
    pub names: Names,
    /// Where its sources contradict each other.
    pub conflicts: Vec<Conflict>,
    /// Rules in force, by code.
    pub rules: BTreeMap<Code, Rule>,
    /// Codes that it does not know, with the reasons.
    pub left_out: BTreeMap<String, String>,
    /// What a person has to ask, since no export shows it.
    pub checklist: Vec<Question>,
    /// Documents behind its citations, by short code.
    pub sources: BTreeMap<String, SourceDocument>,
    /// Words that rows may use.
    pub vocabulary: Vocabulary,
}

/// A rule about which no export says anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// Days on which the rule is valid.
    pub validity: Validity,
    /// Article, date, section.
    pub citation: String,
}

/// A question to which the sources give several answers.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The id under which it is registered.
    pub id: String,
    /// What is in question.
    pub question: String,
    /// The reading that decides: the rest of the program file follows it.
    pub decided: Reading,
    /// The others.
    pub others: Vec<Alternative>,
    /// Who has settled it; then the others are no longer weighed.
    pub ruling: Option<Ruling>,
}

/// An answer that does not decide, and the program as it would be under it.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The answer.
    pub reading: Reading,
    /// The program under it.
    pub program: Program,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Reading {
    /// In a few words.
    pub name: String,
    /// Where it is written.
    pub citation: String,
}

/// A recorded decision between readings.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// When.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Program {
    /// Whether another reading of the program differs at most in the days of its rules, in how long vouchers live and until
    /// when payment is requested. What no reading may set is not compared.
    pub fn has_the_same_terms(&self, other: &Program) -> bool {
        let terms = |program: &Program| {
            let voucher = &program.voucher;
            let stops = (voucher.last_creation, voucher.last_redemption);
            (voucher.offsite_days, voucher.expiry_notice_days, stops, program.payment.target)
        };
        terms(self) == terms(other)
            && self.qualifications == other.qualifications
            && self.competency == other.competency
    }

    /// The rule behind a code that a check of this program has raised: reading its file has made sure that there is one.
    pub fn rule(&self, code: Code) -> &Rule {
        &self.rules[&code]
    }

    /// Whether the program has a rule for the code; one that it leaves out is never checked.
    pub fn has_rule(&self, code: Code) -> bool {
        self.rules.contains_key(&code)
    }

    /// Whether the program has the rule, and it applied on the day that it looks at.
    pub fn applies_on(&self, code: Code, day: Day) -> bool {
        self.rules.get(&code).is_some_and(|rule| rule.applies_on(day))
    }

    /// The document with whose code a citation begins, and the versions of it that were kept and whose date the citation
    /// names.
    pub fn source(&self, citation: &str) -> Option<(&SourceDocument, Vec<&Version>)> {
        let source = self.sources.get(source_of(citation))?;
        let named = |version: &&Version| citation.contains(&version.ms_date.to_string());
        Some((source, source.versions.iter().filter(named).collect()))
    }

    /// The engagement with this id. Rows that name another one are refused when they are read.
    pub fn engagement(&self, id: &EngagementId) -> &Engagement {
        &self.engagements[id]
    }

    /// What qualifies for an engagement that starts on this day, if a table covers the day.
    pub fn qualifiers(&self, engagement: &EngagementId, start: Day) -> Option<&[Qualifier]> {
        let table = self.qualifications.iter().find(|table| table.validity.covers(start))?;
        table.engagements.get(engagement).map(Vec::as_slice)
    }
}
