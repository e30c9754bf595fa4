//! Rules of a program file: which codes are in force, on which days, and which the program does not know.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{RawDays, RawProgram, RawRange, RawRule, RawValid};
use super::mistakes::Diagnostics;
use super::names::name;
use super::validity::{Rule, Validity};
use crate::mistake::{Part, hint};
use crate::model::{Code, LeftOut};

pub(super) fn validity(raw: &RawValid, path: &[Part], found: &mut Diagnostics<'_>) -> Validity {
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

/// The rules of a file, each looked at alone: a code that is known, days that it may have, a citation.
pub(super) fn rules_of(raw: &BTreeMap<String, RawRule>, found: &mut Diagnostics<'_>) -> BTreeMap<Code, Rule> {
    let mut rules = BTreeMap::new();
    for (text, raw) in raw {
        let path: [Part; 2] = ["rules".into(), text.into()];
        found.cited(&raw.citation, &path);
        let Some(code) = Code::from_text(text) else {
            unknown_code(text, path, found);
            continue;
        };
        let rule = rule(raw, &path, found);
        let spec = code.spec();
        if !rule.is_always_valid() && !spec.may_be_dated() {
            let what =
                format!("{code} does not look at one day, guards money or says what is not known; it is always valid");
            found.add(path.into_iter().chain(["valid".into()]), what);
        } else if rule.looked_at != spec.looked_at.as_str() {
            let what = format!(
                "{code} looks at \"{}\"\n  expected \"{}\", which its check looks at",
                rule.looked_at, spec.looked_at
            );
            found.add(path.into_iter().chain(["looked_at".into()]), what);
        }
        rules.insert(code, rule);
    }
    rules
}

/// The rules of a program, and whether they, what it leaves out and what it sets limits to are all codes.
pub(super) fn rules(raw: &RawProgram, found: &mut Diagnostics<'_>) -> BTreeMap<Code, Rule> {
    let rules = rules_of(&raw.rules, found);
    let mut left_out = BTreeSet::new();
    for (text, reason) in &raw.left_out {
        let path: [Part; 2] = ["left_out".into(), text.into()];
        let Some(code) = Code::from_text(text) else {
            unknown_code(text, path, found);
            continue;
        };
        left_out.insert(code);
        if code.spec().left_out == LeftOut::Never {
            found.add(path, format!("{code} guards money or says what is not known; every program has it"));
        } else if reason.trim().is_empty() {
            found.add(path, format!("{code} is left out without a reason"));
        } else if rules.contains_key(&code) {
            found.add(path, format!("{code} is left out, and stands in [rules] too"));
        }
    }
    for code in Code::all().filter(|code| !rules.contains_key(code) && !left_out.contains(code)) {
        let what = format!(
            "rule {code} is missing\n  hint: add [rules.{code}] with title, looked_at, valid and citation, take it from house rules, or name it in [left_out] with the reason"
        );
        found.add(["rules".into()], what);
    }
    for code in rules.keys() {
        let together = code.spec().left_out_with();
        if together.iter().any(|other| other != code && left_out.contains(other)) {
            let all: Vec<&str> = together.iter().map(|code| code.as_str()).collect();
            let what = format!("{code} belongs together with others\n  expected all or none of {}", all.join(", "));
            found.add(["rules".into(), code.as_str().into()], what);
        }
    }
    limits(raw, &left_out, found);
    rules
}

/// A limit without its rule would never be looked at, and a rule without its limit has nothing to look at.
fn limits(raw: &RawProgram, left_out: &BTreeSet<Code>, found: &mut Diagnostics<'_>) {
    let voucher = &raw.voucher;
    let is_timed = raw.milestones.iter().any(|milestone| milestone.due.is_some() || milestone.answer.is_some());
    let is_placed = raw
        .milestones
        .iter()
        .any(|milestone| [&milestone.by, &milestone.after, &milestone.never_after].iter().any(|step| step.is_some()));
    let pairs = [
        (Code::LateRequest, raw.payment.claim.is_some(), "payment.claim"),
        (
            Code::StepAfterProgramEnd,
            voucher.last_creation.is_some() || voucher.last_redemption.is_some(),
            if voucher.last_creation.is_some() { "voucher.last_creation" } else { "voucher.last_redemption" },
        ),
        (Code::SecondLongEngagement, voucher.once_per_customer.is_some(), "voucher.once_per_customer"),
        (Code::ExcessOffsiteDays, voucher.offsite_days.is_some(), "voucher.offsite_days"),
        (Code::MissingCompetency, !raw.qualification.is_empty(), "qualification"),
        (Code::OverdueMilestone, is_timed, "milestones with due or answer"),
        (Code::MilestoneOutOfOrder, is_placed, "milestones with by, after or never_after"),
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

fn unknown_code(text: &str, path: [Part; 2], found: &mut Diagnostics<'_>) {
    let like = hint(text, Code::all().map(Code::as_str));
    found.add(path, format!("{text}: this version does not judge a code of that name{like}"));
}

fn rule(raw: &RawRule, path: &[Part], found: &mut Diagnostics<'_>) -> Rule {
    for (at, days) in raw.suspended.iter().enumerate() {
        let place = path.iter().cloned().chain(["suspended".into(), Part::At(at)]).collect::<Vec<_>>();
        found.cited(&days.citation, &place);
        if days.to < days.from {
            found.add(place, "these days end before they begin");
        }
    }
    let days = |raw: &RawDays| Validity { from: Some(raw.from), to: Some(raw.to) };
    Rule {
        title: name(&raw.title, &[path, &["title".into()]].concat(), found),
        looked_at: raw.looked_at.clone(),
        validity: validity(&raw.valid, path, found),
        suspended: raw.suspended.iter().map(days).collect(),
        citation: raw.citation.clone(),
        remedy: raw.remedy.clone(),
    }
}
