//! From the shape of a program file to a [`Program`] in which every name is defined and every rule is cited. All mistakes
//! are found together.

use std::collections::{BTreeMap, BTreeSet};

use super::deadline::Calendar;
use super::definition::{Program, Question};
use super::file::{RawLevel, RawLevels, RawPer, RawProgram, RawQualifier};
use super::levels::Levels;
use super::milestones::{DefinedNames, given};
use super::mistakes::Diagnostics;
use super::names::names;
use super::rules::{rules, validity};
use super::terms::{
    CompetencyTerms, Engagement, MovedAnniversaries, Once, PaymentTerms, Qualification, Qualifier, Scope, VoucherTerms,
};
use super::validity::Validity;
use crate::mistake::{Mistake, Part, hint};
use crate::model::{CompetencyLevel, CompetencyName, EngagementId, MilestoneId, Offering, Vocabulary};

/// Checks a program, apart from the conflicts of its sources.
pub(super) fn program(mut raw: RawProgram) -> Result<Program, Vec<Mistake>> {
    let sources = std::mem::take(&mut raw.sources);
    let mut found = Diagnostics::new(&sources);
    let offerings: Vec<Offering> = raw.offerings.iter().map(|name| Offering::new(name)).collect();
    let levels = levels(&raw.voucher.levels);
    let ids = raw.milestones.iter().map(|milestone| milestone.id.as_str()).collect();
    let defined = DefinedNames { levels: &levels, milestones: &ids };
    let life = defined.deadline(&raw.voucher.life, &["voucher".into(), "life".into()], &mut found);
    let claim = raw.payment.claim.as_ref();
    let claim = claim.map(|claim| defined.deadline(claim, &["payment".into(), "claim".into()], &mut found));
    let target = defined.length(&raw.payment.target, &["payment".into(), "target".into()], &mut found);
    let milestones = defined.milestones(&raw.milestones, &mut found);
    let engagements = engagements(&raw, &offerings, &mut found);
    let qualifications = qualifications(&raw, &engagements, &mut found);
    let competency = competency_terms(&raw, &mut found);
    levels_are_told_apart(&raw, &levels, &mut found);
    competencies_are_known(&raw, &qualifications, &mut found);
    let rules = rules(&raw, &mut found);
    let names = names(&raw.names, &mut found);
    let checklist = checklist(&raw, &mut found);
    let vocabulary = vocabulary(&raw, &offerings, &levels, &qualifications, &mut found);
    if raw.standing.is_given() {
        found.cited(&raw.standing.citation, &["standing".into()]);
    }
    let (Some(life), Some(claim), Some(target), Some(milestones), true) =
        (life, given(claim), target, milestones, found.is_empty())
    else {
        return Err(found.into_mistakes());
    };
    Ok(Program {
        id: raw.id,
        name: raw.name,
        voucher: VoucherTerms {
            levels: match raw.voucher.levels {
                RawLevels::Days(days) => Levels::Days(days.into_iter().collect()),
                RawLevels::Named(names) => {
                    Levels::Named(names.into_iter().map(|(name, level)| (level, name)).collect())
                }
            },
            life,
            expiry_notice_days: raw.voucher.expiry_notice_days,
            offsite_days: raw.voucher.offsite_days,
            once_per_customer: raw.voucher.once_per_customer.map(|once| Once {
                days: once.days,
                per: match once.per {
                    RawPer::Engagement => Scope::Engagement,
                    RawPer::Offering => Scope::Offering,
                },
            }),
            last_creation: raw.voucher.last_creation,
            last_redemption: raw.voucher.last_redemption,
        },
        competency,
        payment: PaymentTerms { claim, target },
        reminders: raw.reminders,
        engagements,
        qualifications,
        milestones,
        calendar: Calendar { holidays: raw.holidays.into_iter().collect() },
        standing: raw.standing,
        names,
        conflicts: Vec::new(),
        rules,
        left_out: raw.left_out,
        checklist,
        sources,
        vocabulary,
    })
}

/// Levels by name; days are their own names.
fn levels(raw: &RawLevels) -> BTreeMap<String, u32> {
    match raw {
        RawLevels::Days(days) => days.iter().map(|days| (days.to_string(), *days)).collect(),
        RawLevels::Named(names) => names.clone(),
    }
}

fn engagements(
    raw: &RawProgram,
    offerings: &[Offering],
    found: &mut Diagnostics<'_>,
) -> BTreeMap<EngagementId, Engagement> {
    let mut engagements = BTreeMap::new();
    for (at, entry) in raw.engagements.iter().enumerate() {
        let path = |key: &str| ["engagements".into(), Part::At(at), key.into()];
        let offering = Offering::new(&entry.offering);
        if !offerings.contains(&offering) {
            let (known, like) =
                (raw.offerings.join(", "), hint(&entry.offering, raw.offerings.iter().map(String::as_str)));
            let what = format!(
                "engagement \"{}\": offering \"{offering}\" is not in `offerings`\n  expected one of {known}{like}",
                entry.id
            );
            found.add(path("offering"), what);
        }
        let max_days = entry.max_days.unwrap_or(raw.voucher.max_days);
        let engagement = Engagement { name: entry.name.clone(), offering, max_days, retired_on: entry.retired_on };
        if engagements.insert(EngagementId::new(&entry.id), engagement).is_some() {
            let earlier = raw.engagements.iter().position(|other| other.id == entry.id).unwrap_or(at);
            let what = format!("engagement \"{}\" is defined twice", entry.id);
            found.add_repeated(path("id"), ["engagements".into(), Part::At(earlier), "id".into()], what);
        }
    }
    engagements
}

fn qualifications(
    raw: &RawProgram,
    engagements: &BTreeMap<EngagementId, Engagement>,
    found: &mut Diagnostics<'_>,
) -> Vec<Qualification> {
    let mut tables = Vec::new();
    for (at, table) in raw.qualification.iter().enumerate() {
        let path: [Part; 2] = ["qualification".into(), Part::At(at)];
        found.cited(&table.citation, &path);
        let mut listed = BTreeMap::new();
        for (id, qualifiers) in &table.engagements {
            let engagement = EngagementId::new(id);
            if !engagements.contains_key(&engagement) {
                let like = hint(id, engagements.keys().map(EngagementId::as_str));
                let what = format!("engagement \"{id}\" is not defined in [[engagements]]{like}");
                found.add(path.clone().into_iter().chain(["engagements".into(), id.into()]), what);
            }
            listed.insert(engagement, qualifiers.iter().map(qualifier).collect());
        }
        let validity = validity(&table.valid, &path, found);
        if tables.iter().any(|other: &Qualification| other.validity.meets(validity)) {
            found.add(path.clone(), "two tables of qualifying competencies are valid on one day");
        }
        tables.push(Qualification { validity, citation: table.citation.clone(), engagements: listed });
    }
    tables
}

/// Two names for one level would share its lengths, and a limit for no level would never apply.
fn levels_are_told_apart(raw: &RawProgram, levels: &BTreeMap<String, u32>, found: &mut Diagnostics<'_>) {
    let mut known: BTreeMap<u32, &str> = BTreeMap::new();
    for (name, level) in levels {
        if let Some(other) = known.insert(*level, name) {
            let what = format!("the levels \"{other}\" and \"{name}\" have one number, {level}");
            found.add(["voucher".into(), "levels".into(), name.into()], what);
        }
    }
    let once = raw.voucher.once_per_customer.as_ref().and_then(|once| once.days);
    if let Some(days) = once.filter(|days| !known.contains_key(days)) {
        let path: [Part; 3] = ["voucher".into(), "once_per_customer".into(), "days".into()];
        found.add(path, format!("{days} is no level of the program"));
    }
}

/// Names of competencies that no table lists qualify for nothing, without a word.
fn competencies_are_known(raw: &RawProgram, qualifications: &[Qualification], found: &mut Diagnostics<'_>) {
    let qualifiers = qualifications.iter().flat_map(|table| table.engagements.values().flatten());
    let known: BTreeSet<&str> = qualifiers.map(|qualifier| qualifier.competency.as_str()).collect();
    let mut named: Vec<(Vec<Part>, &str)> = Vec::new();
    named.extend(
        raw.competency_aliases
            .iter()
            .map(|(alias, name)| (vec!["competency_aliases".into(), alias.into()], name.as_str())),
    );
    named.extend(raw.exams.iter().map(|(exam, name)| (vec!["exams".into(), exam.into()], name.as_str())));
    for (at, extension) in raw.competency.extensions.iter().enumerate() {
        let path = || vec!["competency".into(), "extensions".into(), Part::At(at), "except".into()];
        named.extend(extension.except.iter().map(|name| (path(), name.as_str())));
    }
    for (alias, name) in
        raw.competency_aliases.iter().filter(|(alias, name)| known.contains(alias.as_str()) && alias != name)
    {
        let what = format!("\"{alias}\" is a competency of [qualification] itself, and cannot stand for \"{name}\"");
        found.add(["competency_aliases".into(), alias.into()], what);
    }
    for (path, name) in named.into_iter().filter(|(_, name)| !known.contains(name)) {
        let like = hint(name, known.iter().copied());
        found.add(path, format!("\"{name}\" is no competency of [qualification]{like}"));
    }
}

fn competency_terms(raw: &RawProgram, found: &mut Diagnostics<'_>) -> CompetencyTerms {
    let mut extensions = Vec::new();
    for (at, raw) in raw.competency.extensions.iter().enumerate() {
        let path: [Part; 3] = ["competency".into(), "extensions".into(), Part::At(at)];
        found.cited(&raw.citation, &path);
        if raw.to < raw.from {
            found.add(path, "these days end before they begin");
        }
        extensions.push(MovedAnniversaries {
            anniversaries: Validity { from: Some(raw.from), to: Some(raw.to) },
            except: raw.except.iter().map(|name| CompetencyName::new(name)).collect(),
            citation: raw.citation.clone(),
        });
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

fn checklist(raw: &RawProgram, found: &mut Diagnostics<'_>) -> Vec<Question> {
    let mut checklist = Vec::new();
    for (at, asked) in raw.checklist.iter().enumerate() {
        let path: [Part; 2] = ["checklist".into(), Part::At(at)];
        found.cited(&asked.citation, &path);
        let validity = validity(&asked.valid, &path, found);
        checklist.push(Question { ask: asked.ask.clone(), validity, citation: asked.citation.clone() });
    }
    checklist
}

fn vocabulary(
    raw: &RawProgram,
    offerings: &[Offering],
    levels: &BTreeMap<String, u32>,
    qualifications: &[Qualification],
    found: &mut Diagnostics<'_>,
) -> Vocabulary {
    let mut words = Vocabulary::default();
    for offering in offerings {
        words.add_offering(offering.as_str(), offering.clone());
    }
    for (name, level) in levels {
        if words.add_level(name, *level).is_some() {
            found.add(["voucher".into(), "levels".into(), name.into()], format!("two levels have the name \"{name}\""));
        }
    }
    for (at, entry) in raw.engagements.iter().enumerate() {
        let id = EngagementId::new(&entry.id);
        for name in [&entry.id, &entry.name].into_iter().chain(&entry.aliases) {
            if words.add_engagement(name, id.clone()).is_some_and(|before| before != id) {
                let what = format!("engagement \"{}\": the name \"{name}\" belongs to another one too", entry.id);
                found.add(["engagements".into(), Part::At(at)], what);
            }
        }
    }
    for (at, entry) in raw.milestones.iter().enumerate() {
        let id = MilestoneId::new(&entry.id);
        for name in [&entry.id, &entry.name].into_iter().chain(&entry.aliases) {
            if words.add_milestone(name, id.clone()).is_some_and(|before| before != id) {
                let what = format!("milestone \"{}\": the name \"{name}\" belongs to another one too", entry.id);
                found.add(["milestones".into(), Part::At(at)], what);
            }
        }
    }
    for (dataset, columns) in &raw.words {
        for (column, meanings) in columns {
            for (canonical, word) in
                meanings.iter().flat_map(|(canonical, all)| all.iter().map(move |w| (canonical, w)))
            {
                let before = words.add_word(dataset, column, word, canonical);
                if let Some(before) = before.filter(|before| before != canonical) {
                    let what = format!("\"{word}\" stands for \"{before}\" and for \"{canonical}\"");
                    found.add(["words".into(), dataset.into(), column.into(), canonical.into()], what);
                }
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
        if words.add_exam(exam, CompetencyName::new(name)).is_some() {
            found.add(["exams".into(), exam.into()], format!("two exams have the name \"{exam}\""));
        }
    }
    words
}
