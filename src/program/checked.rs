//! From the shape of a program file to a [`Program`] in which every name is defined and every rule is cited. All mistakes
//! are found together.

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::conflicts::conflicts;
use super::deadline::Calendar;
use super::file::{RawDays, RawLevels, RawPer, RawProgram, RawQualifier, RawRange, RawRule, RawValid};
use super::milestones::{Clocks, given};
use super::{
    Asked, CompetencyTerms, Engagement, Extension, Once, PaymentTerms, Program, Qualification, Qualifier, Rule, Scope,
    Validity, VoucherTerms,
};
use crate::mistake::{Mistake, Part, hint};
use crate::model::{Code, CompetencyLevel, CompetencyName, EngagementId, Offering, Vocabulary};

/// Codes of checks that a program may do without; all others guard money or say what cannot be known.
const MAY_BE_LEFT_OUT: &[&[Code]] = &[
    &[Code::Rf05],
    &[Code::Du04],
    &[Code::Du06],
    &[Code::El01, Code::El10],
    &[Code::El02],
    &[Code::El03],
    &[Code::El04, Code::El05, Code::El06, Code::Po02],
    &[Code::El07],
    &[Code::El08],
    &[Code::El09],
    &[Code::El11],
    &[Code::El12],
    &[Code::Lc04],
    &[Code::Lc05],
    &[Code::Lc06],
    &[Code::Lc08],
    &[Code::Lc09],
    &[Code::Lc10],
    &[Code::Dt03],
    &[Code::Dt04],
    &[Code::Dt09],
    &[Code::Dt10],
    &[Code::Dt11],
    &[Code::Dt12, Code::Pd08],
];

/// The mistakes of a file, as they are found.
pub(super) struct Found<'a> {
    sources: BTreeSet<&'a str>,
    pub(super) mistakes: Vec<Mistake>,
}

impl Found<'_> {
    pub(super) fn add(&mut self, path: impl IntoIterator<Item = Part>, what: impl Into<String>) {
        self.mistakes.push(Mistake::new(path, what));
    }

    /// A citation begins with the short code of a source, or with "house" where the project itself decided.
    pub(super) fn cited(&mut self, citation: &str, path: &[Part]) {
        let code = source_of(citation);
        if code != "house" && !self.sources.contains(code) {
            let known = hint(code, self.sources.iter().copied());
            let what = format!(
                "the citation \"{citation}\" begins with no source\n  expected a code of [sources], or \"house\", then what is cited{known}"
            );
            self.mistakes.push(Mistake::new(path.iter().cloned().chain(["citation".into()]), what));
        }
    }
}

/// The short code with which a citation begins.
pub(super) fn source_of(citation: &str) -> &str {
    citation.split([' ', ':', ';', ',']).next().unwrap_or_default()
}

/// Checks a program, of which `table` is the text without its shape.
pub(super) fn program(mut raw: RawProgram, table: Table) -> Result<Program, Vec<Mistake>> {
    let sources = std::mem::take(&mut raw.sources);
    let mut found = Found { sources: sources.keys().map(String::as_str).collect(), mistakes: Vec::new() };
    let offerings: Vec<Offering> = raw.offerings.iter().map(|name| Offering::new(name)).collect();
    let levels = match &raw.voucher.levels {
        RawLevels::Days(days) => days.iter().map(|days| (days.to_string(), *days)).collect(),
        RawLevels::Named(names) => names.clone(),
    };
    let ids = raw.milestones.iter().map(|milestone| milestone.id.as_str()).collect();
    let clocks = Clocks { levels: &levels, milestones: &ids };
    let life = clocks.deadline(&raw.voucher.life, &["voucher".into(), "life".into()], &mut found);
    let claim = raw.payment.claim.as_ref();
    let claim = claim.map(|claim| clocks.deadline(claim, &["payment".into(), "claim".into()], &mut found));
    let target = clocks.length(&raw.payment.target, &["payment".into(), "target".into()], &mut found);
    let milestones = clocks.milestones(&raw.milestones, &mut found);
    let engagements = engagements(&raw, &offerings, &mut found);
    let qualifications = qualifications(&raw, &engagements, &mut found);
    let competency = competency_terms(&raw, &mut found);
    let rules = rules(&raw, &mut found);
    let checklist = checklist(&raw, &mut found);
    let vocabulary = vocabulary(&raw, &offerings, &levels, &qualifications, &mut found);
    // Mistakes of the file are mistakes under each of its readings too.
    let conflicts = match found.mistakes.is_empty() {
        true => conflicts(std::mem::take(&mut raw.conflicts), table, &mut found),
        false => Vec::new(),
    };
    if raw.standing.is_given() {
        found.cited(&raw.standing.citation, &["standing".into()]);
    }
    let Found { mistakes, .. } = found;
    let (Some(life), Some(claim), Some(target), Some(milestones), true) =
        (life, given(claim), target, milestones, mistakes.is_empty())
    else {
        return Err(mistakes);
    };
    Ok(Program {
        id: raw.id,
        name: raw.name,
        voucher: VoucherTerms {
            levels: levels.into_values().collect::<BTreeSet<u32>>().into_iter().collect(),
            levels_are_days: matches!(raw.voucher.levels, RawLevels::Days(_)),
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
        conflicts,
        rules,
        left_out: raw.left_out,
        checklist,
        sources,
        vocabulary,
    })
}

fn engagements(raw: &RawProgram, offerings: &[Offering], found: &mut Found<'_>) -> BTreeMap<EngagementId, Engagement> {
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
            found.add(path("id"), format!("engagement \"{}\" is defined twice", entry.id));
        }
    }
    engagements
}

fn qualifications(
    raw: &RawProgram,
    engagements: &BTreeMap<EngagementId, Engagement>,
    found: &mut Found<'_>,
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
        tables.push(Qualification { validity, citation: table.citation.clone(), engagements: listed });
    }
    tables
}

fn competency_terms(raw: &RawProgram, found: &mut Found<'_>) -> CompetencyTerms {
    let mut extensions = Vec::new();
    for (at, raw) in raw.competency.extensions.iter().enumerate() {
        found.cited(&raw.citation, &["competency".into(), "extensions".into(), Part::At(at)]);
        extensions.push(Extension {
            anniversaries: Validity { from: Some(raw.from), to: Some(raw.to) },
            except: raw.except.iter().map(|name| CompetencyName::new(name)).collect(),
            citation: raw.citation.clone(),
        });
    }
    CompetencyTerms { renewal_window_days: raw.competency.renewal_window_days, extensions }
}

fn qualifier(raw: &RawQualifier) -> Qualifier {
    let level = match raw.level {
        super::file::RawLevel::Silver => CompetencyLevel::Silver,
        super::file::RawLevel::Gold => CompetencyLevel::Gold,
    };
    Qualifier { competency: CompetencyName::new(&raw.competency), level }
}

fn validity(raw: &RawValid, path: &[Part], found: &mut Found<'_>) -> Validity {
    match raw {
        RawValid::Days(RawRange { from, to }) if from.is_some() || to.is_some() => {
            if from.zip(*to).is_some_and(|(from, to)| to < from) {
                found.add(path.iter().cloned().chain(["valid".into()]), "these days end before they begin");
            }
            Validity { from: *from, to: *to }
        }
        RawValid::Word(word) if word == "always" => Validity::default(),
        RawValid::Days(_) | RawValid::Word(_) => {
            let what = "these are no days on which something is valid\n  expected \"always\", or { from = \"2020-08-20\", to = \"2021-04-08\" } with one or both";
            found.add(path.iter().cloned().chain(["valid".into()]), what);
            Validity::default()
        }
    }
}

fn rules(raw: &RawProgram, found: &mut Found<'_>) -> BTreeMap<Code, Rule> {
    let mut rules = BTreeMap::new();
    for (text, raw) in &raw.rules {
        let path: [Part; 2] = ["rules".into(), text.into()];
        found.cited(&raw.citation, &path);
        match Code::from_text(text) {
            Some(code) => drop(rules.insert(code, rule(raw, &path, found))),
            None => unknown_code(text, path, found),
        }
    }
    let mut left_out = BTreeSet::new();
    for (text, reason) in &raw.left_out {
        let path: [Part; 2] = ["left_out".into(), text.into()];
        let Some(code) = Code::from_text(text) else {
            unknown_code(text, path, found);
            continue;
        };
        left_out.insert(code);
        if !MAY_BE_LEFT_OUT.iter().any(|group| group.contains(&code)) {
            found.add(path, format!("{code} guards money or says what is not known; every program has it"));
        } else if reason.trim().is_empty() {
            found.add(path, format!("{code} is left out without a reason"));
        } else if rules.contains_key(&code) {
            found.add(path, format!("{code} is left out, and stands in [rules] too"));
        }
    }
    for code in Code::ALL.iter().filter(|code| !rules.contains_key(*code) && !left_out.contains(*code)) {
        let what = format!(
            "rule {code} is missing\n  hint: add [rules.{code}] with title, looked_at, valid and citation, or name it in [left_out] with the reason"
        );
        found.add(["rules".into()], what);
    }
    for group in MAY_BE_LEFT_OUT.iter().filter(|group| group.iter().any(|code| left_out.contains(code))) {
        if let Some(code) = group.iter().find(|code| rules.contains_key(*code)) {
            let all: Vec<&str> = group.iter().map(|code| code.as_str()).collect();
            let what = format!("{code} comes from one check with others\n  expected all or none of {}", all.join(", "));
            found.add(["rules".into(), code.as_str().into()], what);
        }
    }
    limits(raw, &left_out, found);
    rules
}

/// A limit without its rule would never be looked at, and a rule without its limit has nothing to look at.
fn limits(raw: &RawProgram, left_out: &BTreeSet<Code>, found: &mut Found<'_>) {
    let voucher = &raw.voucher;
    let is_timed = raw.milestones.iter().any(|milestone| milestone.due.is_some() || milestone.answer.is_some());
    let is_placed = raw.milestones.iter().any(|milestone| milestone.by.is_some() || milestone.after.is_some());
    let pairs = [
        (Code::Dt10, raw.payment.claim.is_some(), "payment.claim"),
        (Code::Dt11, voucher.last_creation.is_some() || voucher.last_redemption.is_some(), "voucher.last_creation"),
        (Code::Du06, voucher.once_per_customer.is_some(), "voucher.once_per_customer"),
        (Code::Lc09, voucher.offsite_days.is_some(), "voucher.offsite_days"),
        (Code::El04, !raw.qualification.is_empty(), "qualification"),
        (Code::Dt12, is_timed, "milestones with due or answer"),
        (Code::Lc10, is_placed, "milestones with by or after"),
    ];
    for (code, is_given, entry) in pairs {
        if is_given && left_out.contains(&code) {
            found.add(
                ["left_out".into(), code.as_str().into()],
                format!("{code} is left out, but the file has {entry}"),
            );
        } else if !is_given && !left_out.contains(&code) {
            let what = format!(
                "{code} has nothing to look at: the file has no {entry}\n  hint: name it in [left_out] with the reason"
            );
            found.add(["rules".into(), code.as_str().into()], what);
        }
    }
}

fn unknown_code(text: &str, path: [Part; 2], found: &mut Found<'_>) {
    let like = hint(text, Code::ALL.iter().map(|code| code.as_str()));
    found.add(path, format!("{text}: this version does not judge a code of that name{like}"));
}

fn rule(raw: &RawRule, path: &[Part], found: &mut Found<'_>) -> Rule {
    for (at, days) in raw.suspended.iter().enumerate() {
        let place = path.iter().cloned().chain(["suspended".into(), Part::At(at)]).collect::<Vec<_>>();
        found.cited(&days.citation, &place);
    }
    let days = |raw: &RawDays| Validity { from: Some(raw.from), to: Some(raw.to) };
    Rule {
        title: raw.title.clone(),
        looked_at: raw.looked_at.clone(),
        validity: validity(&raw.valid, path, found),
        suspended: raw.suspended.iter().map(days).collect(),
        citation: raw.citation.clone(),
        remedy: raw.remedy.clone(),
    }
}

fn checklist(raw: &RawProgram, found: &mut Found<'_>) -> Vec<Asked> {
    let mut checklist = Vec::new();
    for (at, asked) in raw.checklist.iter().enumerate() {
        let path: [Part; 2] = ["checklist".into(), Part::At(at)];
        found.cited(&asked.citation, &path);
        let validity = validity(&asked.valid, &path, found);
        checklist.push(Asked { ask: asked.ask.clone(), validity, citation: asked.citation.clone() });
    }
    checklist
}

fn vocabulary(
    raw: &RawProgram,
    offerings: &[Offering],
    levels: &BTreeMap<String, u32>,
    qualifications: &[Qualification],
    found: &mut Found<'_>,
) -> Vocabulary {
    let mut words = Vocabulary::default();
    for offering in offerings {
        words.add_offering(offering.as_str(), offering.clone());
    }
    for (name, level) in levels {
        words.add_level(name, *level);
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
        let id = crate::model::MilestoneId::new(&entry.id);
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
        words.add_exam(exam, CompetencyName::new(name));
    }
    words
}
