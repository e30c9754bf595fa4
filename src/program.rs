//! A voucher program as its file in `config/programs/` describes it: what is sold, what it asks for, which
//! rules are in force and where each of them is written. Numbers and lists live there; the code holds the
//! kinds of checks. This module must not know a voucher.

mod checked;
mod conflicts;
mod deadline;
mod file;
mod milestones;
mod rules;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Code, CompetencyLevel, CompetencyName, Day, EngagementId, Offering, Vocabulary};

pub use conflicts::{Conflict, Reading, Ruling};
pub use deadline::{Anchor, Calendar, Deadline, Extension, Grant, Length, PerLevel, Reset};
pub use file::{parse, schema};
pub use milestones::Milestone;

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
    /// Clocks of claims and payments.
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
    /// Where its sources contradict each other.
    pub conflicts: Vec<Conflict>,
    /// Rules in force, by code.
    pub rules: BTreeMap<Code, Rule>,
    /// Codes that it does not know, with the reasons.
    pub left_out: BTreeMap<String, String>,
    /// What a person has to ask, since no export shows it.
    pub checklist: Vec<Asked>,
    /// Documents behind its citations, by short code.
    pub sources: BTreeMap<String, Source>,
    /// Words that rows may use.
    pub vocabulary: Vocabulary,
}

/// Terms of a voucher.
#[derive(Clone, Debug)]
pub struct VoucherTerms {
    /// Levels for which a voucher may be made out.
    pub levels: Vec<u32>,
    /// Levels are days of service, not names with a number.
    pub levels_are_days: bool,
    /// The last day of a voucher, where none is printed.
    pub life: Deadline,
    /// Days before the last day on which a notice begins.
    pub expiry_notice_days: u32,
    /// Days that a consultant may work off site; no limit if the program has none.
    pub offsite_days: Option<u32>,
    /// Of which vouchers a customer has one.
    pub once_per_customer: Option<Once>,
    /// The last day on which a voucher could be created.
    pub last_creation: Option<Day>,
    /// The last day on which a voucher could be redeemed.
    pub last_redemption: Option<Day>,
}

/// How long competencies are held beyond the day that is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompetencyTerms {
    /// Days after the anniversary on which it can still be renewed, with its benefits.
    pub renewal_window_days: u32,
    /// Anniversaries that were moved to the next, in the order in which they were.
    pub extensions: Vec<MovedAnniversaries>,
}

/// Anniversaries that were moved to the next, once for all partners.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedAnniversaries {
    /// Anniversaries within these days.
    pub anniversaries: Validity,
    /// Competencies that were left out.
    pub except: Vec<CompetencyName>,
    /// Where it is written.
    pub citation: String,
}

impl CompetencyTerms {
    /// The last day on which a competency is held whose printed last day is this.
    pub fn held_until(&self, competency: &CompetencyName, printed: Day) -> Day {
        let moved = self.extensions.iter().fold(printed, |anniversary, extension| {
            let is_moved = extension.anniversaries.covers(anniversary) && !extension.except.contains(competency);
            if is_moved { anniversary.plus_one_year() } else { anniversary }
        });
        moved.plus_days(self.renewal_window_days)
    }
}

/// Of which vouchers a customer has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Once {
    /// Only those of this level in days; all, if none is named.
    pub days: Option<u32>,
    /// Among which others.
    pub per: Scope,
}

/// Vouchers among which a customer has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those for one engagement.
    Engagement,
    /// Those for all engagements of one offering.
    Offering,
}

/// Terms of a payment.
#[derive(Clone, Debug, PartialEq)]
pub struct PaymentTerms {
    /// The last day for the payment request, if the program sets one.
    pub claim: Option<Deadline>,
    /// How long an open request is simply waited for.
    pub target: Length,
}

/// When partners are reminded, in days.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReminderTerms {
    /// Before an enrollment completes a year; nobody is reminded if none is given.
    pub enrollment_renewal_days: Option<u32>,
    /// Before the last day of a reserved voucher.
    pub voucher_expiry_days: u32,
    /// After a redemption without a payment request; nobody is reminded if none is given.
    pub unclaimed_days: Option<u32>,
}

/// One kind of engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// English name.
    pub name: String,
    /// The offering that a partner enrolls for.
    pub offering: Offering,
    /// Longest level.
    pub max_days: u32,
    /// The day from which no voucher can be created for it.
    pub retired_on: Option<Day>,
}

/// Which competencies qualify for which engagement, on the days of one published table.
#[derive(Clone, Debug, PartialEq)]
pub struct Qualification {
    /// Days of the table, compared with the start of the engagement.
    pub validity: Validity,
    /// Where it is written.
    pub citation: String,
    /// Any one of the list qualifies.
    pub engagements: BTreeMap<EngagementId, Vec<Qualifier>>,
}

/// A competency that qualifies, at this level or above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Which.
    pub competency: CompetencyName,
    /// At least.
    pub level: CompetencyLevel,
}

/// The program's own words for a standing.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingWords {
    /// All requirements are met.
    pub active: String,
    /// Some are.
    pub in_progress: String,
    /// None is.
    pub not_started: String,
    /// Where they are written.
    #[serde(default)]
    pub citation: String,
}

impl StandingWords {
    /// Whether the program file gives them.
    pub(super) fn is_given(&self) -> bool {
        *self != StandingWords::default()
    }

    /// The word where all requirements are met, none, or some.
    pub fn of(&self, all_met: bool, none_met: bool) -> &str {
        match (all_met, none_met) {
            (true, _) => &self.active,
            (false, true) => &self.not_started,
            (false, false) => &self.in_progress,
        }
    }
}

impl Default for StandingWords {
    fn default() -> StandingWords {
        let word = str::to_owned;
        StandingWords {
            active: word("active"),
            in_progress: word("in progress"),
            not_started: word("not started"),
            citation: String::new(),
        }
    }
}

/// A rule about which no export says anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub ask: String,
    /// Days on which the rule is valid.
    pub validity: Validity,
    /// Article, date, section.
    pub citation: String,
}

/// A document behind citations.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address: a page, or repository and path.
    pub address: String,
    /// Versions of it that were kept, as they were read.
    #[serde(default)]
    pub versions: Vec<Version>,
}

/// A version of a document, as it was read.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Language tag.
    pub language: String,
    /// The date that it carries.
    pub ms_date: Day,
    /// SHA-256 of its text, in hex.
    pub sha256: String,
}

/// A rule in force.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What holds when the rule is met.
    pub title: String,
    /// The day or row that it looks at.
    pub looked_at: String,
    /// Days on which it applies.
    pub validity: Validity,
    /// Days of those on which it did not.
    pub suspended: Vec<Validity>,
    /// Article, date, section.
    pub citation: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Rule {
    /// Whether the rule applied on all days.
    pub fn is_always_valid(&self) -> bool {
        self.validity == Validity::default() && self.suspended.is_empty()
    }

    /// Whether the rule applied on the day that it looks at.
    pub fn applies_on(&self, day: Day) -> bool {
        self.validity.covers(day) && !self.suspended.iter().any(|days| days.covers(day))
    }
}

/// A range of days; open where no day is given. Both ends count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl Validity {
    /// Whether the range has a day in common with another.
    pub fn meets(self, other: Validity) -> bool {
        let begins_by_the_end = |a: Validity, b: Validity| a.from.zip(b.to).is_none_or(|(from, to)| from <= to);
        begins_by_the_end(self, other) && begins_by_the_end(other, self)
    }

    /// Whether the range covers a day.
    pub fn covers(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
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

    /// Whether the program knows the code; one that it leaves out is never looked at.
    pub fn asks(&self, code: Code) -> bool {
        self.rules.contains_key(&code)
    }

    /// Whether the program asks on the day that a rule looks at.
    pub fn asks_on(&self, code: Code, day: Day) -> bool {
        self.rules.get(&code).is_some_and(|rule| rule.applies_on(day))
    }

    /// The document with whose code a citation begins, and the versions of it that were kept and whose date the citation
    /// names.
    pub fn source(&self, citation: &str) -> Option<(&Source, Vec<&Version>)> {
        let source = self.sources.get(checked::source_of(citation))?;
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
