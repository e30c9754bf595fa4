//! The shape of a program file, as people write it. What it says is checked in `checked.rs` and beside it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Table;

use super::citation::SourceDocument;
use super::definition::Ruling;
use super::names::{RawName, RawNames};
use super::standing::StandingWords;
use super::terms::ReminderTerms;
use crate::model::Day;

/// A voucher program: what is sold, what it requires, until when, and where that is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Program")]
pub(super) struct RawProgram {
    /// The id that jobs name; the stem of the file.
    pub(super) id: String,
    /// The name that people read.
    pub(super) name: String,
    /// What a citation may begin with: documents by their short codes. "house" is always there.
    #[serde(default)]
    pub(super) sources: BTreeMap<String, SourceDocument>,
    /// House rules that the program takes where it has no rule of its own: the stem of a file in config/.
    pub(super) house_rules: Option<String>,
    /// Families of engagements that partners enroll for.
    pub(super) offerings: Vec<String>,
    /// Levels, length of life, limits of a voucher.
    pub(super) voucher: RawVoucher,
    /// How long competencies are held beyond the day that is printed.
    #[serde(default)]
    pub(super) competency: RawCompetencyTerms,
    /// Terms of claims and payments.
    pub(super) payment: RawPayment,
    /// When partners are reminded.
    pub(super) reminders: ReminderTerms,
    /// What is sold.
    pub(super) engagements: Vec<RawEngagement>,
    /// Tables of qualifying competencies, each for its days.
    #[serde(default)]
    pub(super) qualification: Vec<RawQualification>,
    /// Further words of exports for a competency.
    #[serde(default)]
    pub(super) competency_aliases: BTreeMap<String, String>,
    /// Exams and the competency each counts for.
    #[serde(default)]
    pub(super) exams: BTreeMap<String, String>,
    /// Steps that have no data set of their own.
    #[serde(default)]
    pub(super) milestones: Vec<RawMilestone>,
    /// The program's words, by data set, column and canonical word.
    #[serde(default)]
    pub(super) words: BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<String>>>>,
    /// Days that are no business days, besides Saturdays and Sundays.
    #[serde(default)]
    pub(super) holidays: Vec<Day>,
    /// The program's own words for a standing.
    #[serde(default)]
    pub(super) standing: StandingWords,
    /// What the program calls systems and papers; general names where it has none.
    #[serde(default)]
    pub(super) names: RawNames,
    /// Rules in force, by code.
    #[serde(default)]
    pub(super) rules: BTreeMap<String, RawRule>,
    /// Codes that the program does not know, each with the reason.
    #[serde(default)]
    pub(super) left_out: BTreeMap<String, String>,
    /// What a person has to ask, since no export shows it.
    #[serde(default)]
    pub(super) checklist: Vec<RawAsked>,
    /// Where the sources contradict each other.
    #[serde(default)]
    pub(super) conflicts: Vec<RawConflict>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVoucher {
    /// Levels in days; or names of levels, each with the number that stands for it.
    pub(super) levels: RawLevels,
    /// The highest level, where an engagement names none of its own.
    pub(super) max_days: u32,
    /// The last day, where none is printed.
    pub(super) life: RawDeadline,
    /// Days before the last day on which a notice begins.
    pub(super) expiry_notice_days: u32,
    /// Days that a consultant may work off site.
    pub(super) offsite_days: Option<u32>,
    /// Of which vouchers a customer has one.
    pub(super) once_per_customer: Option<RawOnce>,
    /// The last day on which a voucher could be created.
    pub(super) last_creation: Option<Day>,
    /// The last day on which a voucher could be redeemed.
    pub(super) last_redemption: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a list of levels in days, or names of levels with a number each")]
pub(super) enum RawLevels {
    Days(Vec<u32>),
    Named(BTreeMap<String, u32>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOnce {
    /// Only vouchers of this level; all, if none is named.
    pub(super) days: Option<u32>,
    /// One per engagement, or one per offering.
    pub(super) per: RawPer,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawPer {
    Engagement,
    Offering,
}

/// A last day: a number of days, business days or months after a step or milestone.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    /// created, assigned, reserved, started, completed, redeemed, or the id of a milestone.
    pub(super) from: String,
    /// As in "60 days", "2 business days", "6 months".
    pub(super) length: RawLength,
    /// But no longer than this after another step.
    pub(super) at_most: Option<RawCap>,
    /// And never beyond this day.
    pub(super) until: Option<Day>,
    /// What makes it longer, each once.
    #[serde(default)]
    pub(super) extensions: Vec<RawLonger>,
    /// What makes it begin anew, each once.
    #[serde(default)]
    pub(super) resets: Vec<RawReset>,
    pub(super) citation: String,
}

/// A length for all vouchers, or one per level.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a text as \"60 days\", \"2 business days\" or \"6 months\", or one per level")]
pub(super) enum RawLength {
    All(String),
    PerLevel(BTreeMap<String, String>),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCap {
    pub(super) from: String,
    /// As in "60 days", "2 business days", "6 months".
    pub(super) length: RawLength,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLonger {
    /// For all vouchers created before this day whose last day had not passed on it.
    pub(super) alive_on: Option<Day>,
    /// Or with this milestone, by the last day,
    pub(super) with: Option<String>,
    /// if these had been reached when it was.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// As in "60 days", "2 business days", "6 months".
    pub(super) length: String,
    pub(super) citation: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReset {
    /// The milestone from which it runs again,
    pub(super) on: String,
    /// if these had been reached when it was.
    #[serde(default)]
    pub(super) needs: Vec<String>,
    /// As in "60 days", "2 business days", "6 months".
    pub(super) length: String,
    pub(super) citation: String,
}

/// A step that has no data set of its own: rows of `milestones` say when it was reached.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMilestone {
    pub(super) id: String,
    /// What people call it.
    pub(super) name: String,
    /// Further words of exports.
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    /// Once reached, it stays reached: a later refusal is about something else, as a second request.
    #[serde(default)]
    pub(super) lasting: bool,
    /// The step before which it is to be reached; the same day is in order.
    pub(super) by: Option<String>,
    /// The step that comes before it; the same day is in order.
    pub(super) after: Option<String>,
    /// The step after which it can no longer come.
    pub(super) never_after: Option<String>,
    /// The day by which it is to be reached.
    pub(super) due: Option<RawDeadline>,
    /// How long an answer is waited for while it is open.
    pub(super) answer: Option<String>,
    pub(super) citation: String,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCompetencyTerms {
    /// Days after the anniversary on which it can still be renewed, with its benefits.
    #[serde(default)]
    pub(super) renewal_window_days: u32,
    /// Anniversaries that were moved to the next, in their order.
    #[serde(default)]
    pub(super) extensions: Vec<RawExtension>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExtension {
    pub(super) from: Day,
    pub(super) to: Day,
    /// Competencies that were left out.
    #[serde(default)]
    pub(super) except: Vec<String>,
    pub(super) citation: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDays {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) citation: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPayment {
    /// The last day for the payment request; none if the program sets none.
    pub(super) claim: Option<RawDeadline>,
    /// How long an open request is simply waited for.
    pub(super) target: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEngagement {
    pub(super) id: String,
    /// English name.
    pub(super) name: String,
    pub(super) offering: String,
    /// Further words of exports.
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    /// Its highest level.
    pub(super) max_days: Option<u32>,
    /// The day from which no voucher can be created for it.
    pub(super) retired_on: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQualification {
    pub(super) valid: RawValid,
    pub(super) citation: String,
    /// Engagement → any one of these.
    pub(super) engagements: BTreeMap<String, Vec<RawQualifier>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQualifier {
    pub(super) competency: String,
    pub(super) level: RawLevel,
}

#[derive(Deserialize, JsonSchema)]
pub(super) enum RawLevel {
    Silver,
    Gold,
}

/// "always", or days; open where no day is given, both ends count.
#[derive(Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected \"always\", or { from = \"2020-08-20\", to = \"2021-04-08\" } with one or both"
)]
pub(super) enum RawValid {
    Word(String),
    Days(RawRange),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRange {
    pub(super) from: Option<Day>,
    pub(super) to: Option<Day>,
}

/// Rules that hold for every program which takes them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "House rules")]
pub(super) struct RawHouseRules {
    /// Rules in force, by code; a program's own rule of the same code holds instead.
    pub(super) rules: BTreeMap<String, RawRule>,
}

/// A rule in force.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    /// What holds when it is met; in other languages where the general text of a code does not say it.
    pub(super) title: RawName,
    /// The day or row that it looks at; where `valid` names days, the one that is compared with them.
    pub(super) looked_at: String,
    pub(super) valid: RawValid,
    /// Days of those on which it did not apply.
    #[serde(default)]
    pub(super) suspended: Vec<RawDays>,
    /// Article, date, section.
    pub(super) citation: String,
    /// What to do where it is not met.
    pub(super) remedy: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAsked {
    /// The question.
    pub(super) ask: String,
    pub(super) valid: RawValid,
    pub(super) citation: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConflict {
    pub(super) id: String,
    pub(super) question: String,
    pub(super) readings: Vec<RawReading>,
    pub(super) ruling: Option<Ruling>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReading {
    pub(super) name: String,
    pub(super) citation: String,
    /// Entries of the program file that it sets differently; none for the reading that decides.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    pub(super) set: Table,
}

/// The JSON schema of program files, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawProgram)
}

/// The JSON schema of files of house rules, for editors.
pub fn house_rules_schema() -> schemars::Schema {
    schemars::schema_for!(RawHouseRules)
}
