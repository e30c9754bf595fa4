//! The program file: its shape as people write it, and the way to a checked [`Program`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::conflicts::{RawConflict, conflicts};
use super::{
    CompetencyTerms, Engagement, Extension, Life, LifeFrom, Longer, PaymentTerms, Program, Qualification, Qualifier,
    ReminderTerms, Rule, StandingWords, Validity, VoucherTerms,
};
use crate::model::{Code, CompetencyLevel, CompetencyName, Day, EngagementId, Offering, Vocabulary};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProgram {
    id: String,
    name: String,
    offerings: Vec<String>,
    voucher: RawVoucher,
    #[serde(default)]
    competency: RawCompetencyTerms,
    payment: RawPayment,
    reminders: ReminderTerms,
    engagements: Vec<RawEngagement>,
    qualification: Vec<RawQualification>,
    #[serde(default)]
    competency_aliases: BTreeMap<String, String>,
    #[serde(default)]
    exams: BTreeMap<String, String>,
    #[serde(default)]
    standing: StandingWords,
    rules: BTreeMap<String, RawRule>,
    #[serde(default)]
    conflicts: Vec<RawConflict>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVoucher {
    levels: Vec<u32>,
    max_days: u32,
    life_days: u32,
    #[serde(default)]
    life_from: LifeFrom,
    #[serde(default)]
    longer: Vec<Longer>,
    expiry_notice_days: u32,
    offsite_days: Option<u32>,
    once_per_customer_days: Option<u32>,
    last_creation: Option<Day>,
    last_redemption: Option<Day>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCompetencyTerms {
    #[serde(default)]
    renewal_window_days: u32,
    #[serde(default)]
    extensions: Vec<RawExtension>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExtension {
    from: Day,
    to: Day,
    #[serde(default)]
    except: Vec<String>,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDays {
    from: Day,
    to: Day,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPayment {
    claim_days: u32,
    last_request: Option<Day>,
    target_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEngagement {
    id: String,
    name: String,
    offering: String,
    #[serde(default)]
    aliases: Vec<String>,
    max_days: Option<u32>,
    retired_on: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQualification {
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    citation: String,
    engagements: BTreeMap<String, Vec<RawQualifier>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQualifier {
    competency: String,
    level: RawLevel,
}

#[derive(Deserialize)]
enum RawLevel {
    Silver,
    Gold,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    title: String,
    looked_at: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    #[serde(default)]
    suspended: Vec<RawDays>,
    citation: String,
    remedy: Option<String>,
}

/// What is wrong with a program file, in words that name the entry.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// Not TOML, or not the expected shape; the text points at the line.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// Names or rules that do not fit together, all of them.
    #[error("{}", .0.join("\n"))]
    Content(Vec<String>),
}

/// Reads a program file.
///
/// # Errors
/// The first mistake of shape, or all mistakes of content together.
pub fn parse(text: &str) -> Result<Program, ProgramError> {
    let mut raw: RawProgram = toml::from_str(text)?;
    let mut problems = Vec::new();
    let reading = |text: &str| parse(text).map_err(|error| error.to_string());
    let conflicts = conflicts(std::mem::take(&mut raw.conflicts), text, reading, &mut problems);
    let offerings: Vec<Offering> = raw.offerings.iter().map(|name| Offering::new(name)).collect();
    let engagements = engagements(&raw, &offerings, &mut problems);
    let qualifications = qualifications(&raw, &engagements, &mut problems);
    let competency = competency_terms(&raw, &mut problems);
    let rules = rules(&raw, &mut problems);
    let vocabulary = vocabulary(&raw, &offerings, &qualifications, &mut problems);
    if !problems.is_empty() {
        return Err(ProgramError::Content(problems));
    }
    Ok(Program {
        id: raw.id,
        name: raw.name,
        voucher: VoucherTerms {
            levels: raw.voucher.levels,
            life: Life { days: raw.voucher.life_days, from: raw.voucher.life_from, longer: raw.voucher.longer },
            expiry_notice_days: raw.voucher.expiry_notice_days,
            offsite_days: raw.voucher.offsite_days,
            once_per_customer_days: raw.voucher.once_per_customer_days,
            last_creation: raw.voucher.last_creation,
            last_redemption: raw.voucher.last_redemption,
        },
        competency,
        payment: PaymentTerms {
            claim_days: raw.payment.claim_days,
            last_request: raw.payment.last_request,
            target_days: raw.payment.target_days,
        },
        reminders: raw.reminders,
        engagements,
        qualifications,
        standing: raw.standing,
        conflicts,
        rules,
        vocabulary,
    })
}

fn engagements(
    raw: &RawProgram,
    offerings: &[Offering],
    problems: &mut Vec<String>,
) -> BTreeMap<EngagementId, Engagement> {
    let mut engagements = BTreeMap::new();
    for entry in &raw.engagements {
        let offering = Offering::new(&entry.offering);
        if !offerings.contains(&offering) {
            let known = raw.offerings.join(", ");
            problems.push(format!(
                "engagement \"{}\": offering \"{offering}\" is not in `offerings`\n  expected one of {known}",
                entry.id
            ));
        }
        let max_days = entry.max_days.unwrap_or(raw.voucher.max_days);
        let engagement = Engagement { name: entry.name.clone(), offering, max_days, retired_on: entry.retired_on };
        if engagements.insert(EngagementId::new(&entry.id), engagement).is_some() {
            problems.push(format!("engagement \"{}\" is defined twice", entry.id));
        }
    }
    engagements
}

fn qualifications(
    raw: &RawProgram,
    engagements: &BTreeMap<EngagementId, Engagement>,
    problems: &mut Vec<String>,
) -> Vec<Qualification> {
    let mut tables = Vec::new();
    for table in &raw.qualification {
        let mut listed = BTreeMap::new();
        for (id, qualifiers) in &table.engagements {
            let engagement = EngagementId::new(id);
            if !engagements.contains_key(&engagement) {
                problems.push(format!("qualification: engagement \"{id}\" is not defined in [[engagements]]"));
            }
            listed.insert(engagement, qualifiers.iter().map(qualifier).collect());
        }
        let validity = Validity { from: table.valid_from, to: table.valid_to };
        tables.push(Qualification { validity, citation: table.citation.clone(), engagements: listed });
    }
    tables
}

fn competency_terms(raw: &RawProgram, problems: &mut Vec<String>) -> CompetencyTerms {
    let extension = |raw: &RawExtension| Extension {
        anniversaries: Validity { from: Some(raw.from), to: Some(raw.to) },
        except: raw.except.iter().map(|name| CompetencyName::new(name)).collect(),
        citation: raw.citation.clone(),
    };
    let extensions: Vec<Extension> = raw.competency.extensions.iter().map(extension).collect();
    for uncited in extensions.iter().filter(|extension| extension.citation.trim().is_empty()) {
        let from = uncited.anniversaries.from.map_or(String::new(), |day| day.to_string());
        problems.push(format!("competency.extensions from {from} has no citation"));
    }
    CompetencyTerms { renewal_window_days: raw.competency.renewal_window_days, extensions }
}

fn qualifier(raw: &RawQualifier) -> Qualifier {
    let level = match raw.level {
        RawLevel::Silver => CompetencyLevel::Silver,
        RawLevel::Gold => CompetencyLevel::Gold,
    };
    Qualifier { competency: CompetencyName::new(&raw.competency), level }
}

fn rules(raw: &RawProgram, problems: &mut Vec<String>) -> BTreeMap<Code, Rule> {
    let mut rules = BTreeMap::new();
    for (text, rule) in &raw.rules {
        if rule.citation.trim().is_empty() {
            problems.push(format!("rule {text} has no citation\n  expected article, date and section"));
        }
        let Some(code) = Code::from_text(text) else {
            problems.push(format!("rule {text}: this version does not judge a code of that name"));
            continue;
        };
        let validity = Validity { from: rule.valid_from, to: rule.valid_to };
        if rule.suspended.iter().any(|days| days.citation.trim().is_empty()) {
            problems.push(format!("rule {text}: days on which it is suspended have no citation"));
        }
        let days = |raw: &RawDays| Validity { from: Some(raw.from), to: Some(raw.to) };
        let suspended = rule.suspended.iter().map(days).collect();
        rules.insert(
            code,
            Rule {
                title: rule.title.clone(),
                looked_at: rule.looked_at.clone(),
                validity,
                suspended,
                citation: rule.citation.clone(),
                remedy: rule.remedy.clone(),
            },
        );
    }
    for code in Code::ALL.iter().filter(|code| !rules.contains_key(*code)) {
        problems.push(format!("rule {code} is missing\n  hint: add [rules.{code}] with title, looked_at and citation"));
    }
    rules
}

fn vocabulary(
    raw: &RawProgram,
    offerings: &[Offering],
    qualifications: &[Qualification],
    problems: &mut Vec<String>,
) -> Vocabulary {
    let mut words = Vocabulary::default();
    for offering in offerings {
        words.add_offering(offering.as_str(), offering.clone());
    }
    for entry in &raw.engagements {
        let id = EngagementId::new(&entry.id);
        let names = [&entry.id, &entry.name].into_iter().chain(&entry.aliases);
        for name in names {
            if words.add_engagement(name, id.clone()).is_some_and(|before| before != id) {
                problems.push(format!("engagement \"{}\": the name \"{name}\" belongs to another one too", entry.id));
            }
        }
    }
    let qualifiers = qualifications.iter().flat_map(|table| table.engagements.values().flatten());
    for qualifier in qualifiers {
        words.add_competency(qualifier.competency.as_str(), qualifier.competency.clone());
    }
    for (alias, name) in &raw.competency_aliases {
        words.add_competency(alias, CompetencyName::new(name));
    }
    for (exam, name) in &raw.exams {
        words.add_exam(exam, CompetencyName::new(name));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{ProgramError, parse};
    use crate::model::{Code, Day, EngagementId};

    const FILE: &str = include_str!("../../config/programs/sa-planning-services.toml");

    fn day(text: &str) -> Day {
        Day::parse_iso(text).expect(text)
    }

    #[test]
    fn the_program_file_is_whole() {
        let program = parse(FILE).expect("the program file reads");
        assert_eq!(program.rules.len(), Code::ALL.len());
        let skype = EngagementId::new("skype");
        assert!(program.qualifiers(&skype, day("2020-08-19")).is_none());
        assert!(program.qualifiers(&skype, day("2020-08-20")).is_some());
        for table in &program.qualifications {
            let on_sale = program.engagements.values().filter(|engagement| engagement.retired_on.is_none());
            assert_eq!(table.engagements.len(), on_sale.count(), "every engagement on sale has qualifiers");
        }
    }

    #[test]
    fn mistakes_are_named_together() {
        let broken =
            FILE.replace("offering = \"SSDPS\"", "offering = \"SSDP\"").replace("[rules.EL-02]", "[rules.EL-99]");
        let Err(ProgramError::Content(problems)) = parse(&broken) else { panic!("two mistakes of content") };
        let all = problems.join("\n");
        for part in ["\"SSDP\"", "EL-99", "EL-02 is missing"] {
            assert!(all.contains(part), "{part} in {all}");
        }
    }
}
