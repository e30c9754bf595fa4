//! Milestones and deadlines of a program file: names of steps, lengths of time, and what is asked for by when.

use std::collections::{BTreeMap, BTreeSet};

use super::deadline::{Anchor, Cap, Deadline, Extension, Grant, Length, PerLevel, Reset};
use super::file::{RawDeadline, RawLength, RawLonger, RawMilestone};
use super::mistakes::Diagnostics;
use super::terms::Milestone;
use crate::mistake::{Part, hint};
use crate::model::MilestoneId;

/// The levels and milestones of a program file, which lengths and anchors may name.
pub(super) struct DefinedNames<'a> {
    pub(super) levels: &'a BTreeMap<String, u32>,
    pub(super) milestones: &'a BTreeSet<&'a str>,
}

fn below(path: &[Part], parts: &[&str]) -> Vec<Part> {
    path.iter().cloned().chain(parts.iter().map(|part| part.into())).collect()
}

impl DefinedNames<'_> {
    pub(super) fn milestones(&self, raw: &[RawMilestone], found: &mut Diagnostics<'_>) -> Option<Vec<Milestone>> {
        let mut all = Vec::new();
        for (at, entry) in raw.iter().enumerate() {
            let path: [Part; 2] = ["milestones".into(), Part::At(at)];
            let is_step = Anchor::STEPS.iter().any(|(step, _)| *step == entry.id);
            if entry.id.trim().is_empty() {
                found.add(below(&path, &["id"]), "a milestone has no id");
            }
            let id = |at| ["milestones".into(), Part::At(at), "id".into()];
            if is_step {
                found.add(id(at), format!("milestone \"{}\" is the name of a step", entry.id));
            } else if let Some(earlier) = raw[..at].iter().position(|other| other.id == entry.id) {
                found.add_repeated(id(at), id(earlier), format!("milestone \"{}\" is defined twice", entry.id));
            }
            all.push(self.milestone(entry, &path, found));
        }
        all.into_iter().collect()
    }

    fn milestone(&self, raw: &RawMilestone, path: &[Part], found: &mut Diagnostics<'_>) -> Option<Milestone> {
        found.cited(&raw.citation, path);
        let due_from = raw.due.as_ref().map(|due| &due.from);
        let named: [(&[&str], Option<&String>); 4] = [
            (&["by"], raw.by.as_ref()),
            (&["after"], raw.after.as_ref()),
            (&["never_after"], raw.never_after.as_ref()),
            (&["due", "from"], due_from),
        ];
        for (key, _) in named.iter().filter(|(_, step)| *step == Some(&raw.id)) {
            found.add(below(path, key), format!("milestone \"{}\" cannot wait for itself", raw.id));
        }
        // The check looks at what is left to do before the redemption; after it nothing would be waited for, and all be paid.
        if due_from.is_some_and(|from| from == "redeemed") {
            let what =
                "what is due after the redemption would never be looked at\n  expected a step or milestone before it";
            found.add(below(path, &["due", "from"]), what);
        }
        let mut anchor = |key: &str, step: &Option<String>| {
            given(step.as_ref().map(|step| self.anchor(step, below(path, &[key]), found)))
        };
        let by = anchor("by", &raw.by);
        let after = anchor("after", &raw.after);
        let never_after = anchor("never_after", &raw.never_after);
        let due = raw.due.as_ref().map(|due| self.deadline(due, &below(path, &["due"]), found));
        let answer = raw.answer.as_ref().map(|answer| self.length(answer, &below(path, &["answer"]), found));
        Some(Milestone {
            id: MilestoneId::new(&raw.id),
            name: raw.name.clone(),
            lasting: raw.lasting,
            by: by?,
            after: after?,
            never_after: never_after?,
            due: given(due)?,
            answer: given(answer)?,
            citation: raw.citation.clone(),
        })
    }

    pub(super) fn deadline(&self, raw: &RawDeadline, path: &[Part], found: &mut Diagnostics<'_>) -> Option<Deadline> {
        found.cited(&raw.citation, path);
        let from = self.anchor(&raw.from, below(path, &["from"]), found);
        let length = self.per_level(&raw.length, &below(path, &["length"]), found);
        let at_most = raw.at_most.as_ref().map(|cap| {
            let from = self.anchor(&cap.from, below(path, &["at_most", "from"]), found);
            let length = self.per_level(&cap.length, &below(path, &["at_most", "length"]), found);
            from.zip(length).map(|(from, length)| Cap { from, length })
        });
        let (mut extensions, mut resets) = (Vec::new(), Vec::new());
        for (at, longer) in raw.extensions.iter().enumerate() {
            let path: Vec<Part> = below(path, &["extensions"]).into_iter().chain([Part::At(at)]).collect();
            let extension = self.extension(longer, &path, found);
            let granted = |of: &Option<Extension>| of.as_ref().map(|of| of.granted.clone());
            if extension.is_some() && extensions.iter().any(|other| granted(other) == granted(&extension)) {
                found.add(path, "two extensions are granted for one thing");
            }
            extensions.push(extension);
        }
        for (at, reset) in raw.resets.iter().enumerate() {
            let path: Vec<Part> = below(path, &["resets"]).into_iter().chain([Part::At(at)]).collect();
            found.cited(&reset.citation, &path);
            let on = self.milestone_id(&reset.on, below(&path, &["on"]), found);
            let needs = self.milestone_ids(&reset.needs, &path, found);
            let length = self.length(&reset.length, &below(&path, &["length"]), found);
            let citation = reset.citation.clone();
            let of = on.zip(needs).zip(length);
            resets.push(of.map(|((on, needs), length)| Reset { on, needs, length, citation }));
        }
        Some(Deadline {
            from: from?,
            length: length?,
            at_most: given(at_most)?,
            until: raw.until,
            extensions: extensions.into_iter().collect::<Option<_>>()?,
            resets: resets.into_iter().collect::<Option<_>>()?,
            citation: raw.citation.clone(),
        })
    }

    fn extension(&self, raw: &RawLonger, path: &[Part], found: &mut Diagnostics<'_>) -> Option<Extension> {
        found.cited(&raw.citation, path);
        let length = self.length(&raw.length, &below(path, &["length"]), found);
        let granted = match (raw.alive_on, &raw.with) {
            (Some(day), None) if raw.needs.is_empty() => Some(Grant::AliveOn(day)),
            (None, Some(with)) => {
                let with = self.milestone_id(with, below(path, &["with"]), found);
                let needs = self.milestone_ids(&raw.needs, path, found);
                with.zip(needs).map(|(with, needs)| Grant::With(with, needs))
            }
            _ => {
                let what = "it is not said to whom the extension is granted\n  expected alive_on = \"2020-04-01\", or with = \"a milestone\" and what it needs";
                found.add(path.iter().cloned(), what);
                None
            }
        };
        Some(Extension { granted: granted?, length: length?, citation: raw.citation.clone() })
    }

    fn anchor(&self, name: &str, path: Vec<Part>, found: &mut Diagnostics<'_>) -> Option<Anchor> {
        let step = Anchor::STEPS.into_iter().find(|(known, _)| *known == name).map(|(_, step)| step);
        let milestone = || self.milestones.contains(name).then(|| Anchor::Milestone(MilestoneId::new(name)));
        let anchor = step.or_else(milestone);
        if anchor.is_none() {
            let known: Vec<&str> =
                Anchor::STEPS.iter().map(|(known, _)| *known).chain(self.milestones.iter().copied()).collect();
            let like = hint(name, known.iter().copied());
            found.add(path, format!("\"{name}\" is no step\n  expected one of {}{like}", known.join(", ")));
        }
        anchor
    }

    fn milestone_ids(&self, names: &[String], path: &[Part], found: &mut Diagnostics<'_>) -> Option<Vec<MilestoneId>> {
        let ids = names.iter().map(|needed| self.milestone_id(needed, below(path, &["needs"]), found));
        ids.collect::<Vec<_>>().into_iter().collect()
    }

    fn milestone_id(&self, name: &str, path: Vec<Part>, found: &mut Diagnostics<'_>) -> Option<MilestoneId> {
        if self.milestones.contains(name) {
            return Some(MilestoneId::new(name));
        }
        let like = hint(name, self.milestones.iter().copied());
        found.add(path, format!("\"{name}\" is not defined in [[milestones]]{like}"));
        None
    }

    fn per_level(&self, raw: &RawLength, path: &[Part], found: &mut Diagnostics<'_>) -> Option<PerLevel> {
        let lengths = match raw {
            RawLength::All(text) => return self.length(text, path, found).map(PerLevel::All),
            RawLength::PerLevel(lengths) => lengths,
        };
        for name in self.levels.keys().filter(|name| !lengths.contains_key(*name)) {
            found.add(path.iter().cloned(), format!("there is no length for the level \"{name}\""));
        }
        let mut each = BTreeMap::new();
        for (name, text) in lengths {
            let path = below(path, &[name]);
            match (self.levels.get(name), self.length(text, &path, found)) {
                (Some(level), Some(length)) => {
                    each.insert(*level, length);
                }
                (Some(_), None) => {}
                (None, _) => {
                    let like = hint(name, self.levels.keys().map(String::as_str));
                    found.add(path, format!("\"{name}\" is no level of the program{like}"));
                }
            }
        }
        Some(PerLevel::Each(each))
    }

    /// Reads `60 days`, `2 business days`, `6 months`.
    pub(super) fn length(&self, text: &str, path: &[Part], found: &mut Diagnostics<'_>) -> Option<Length> {
        let parts = text.split_once(' ').and_then(|(number, unit)| Some((number.parse::<u32>().ok()?, unit)));
        let length = match parts.filter(|(number, _)| *number <= 36_500) {
            Some((number, "day" | "days")) => Some(Length::Days(number)),
            Some((number, "business day" | "business days")) => Some(Length::BusinessDays(number)),
            Some((number, "month" | "months")) if number <= 1_200 => Some(Length::Months(number)),
            _ => None,
        };
        if length.is_none() {
            let expected = "a number and its unit, as in 60 days, 2 business days or 6 months";
            found.add(path.iter().cloned(), format!("\"{text}\" is no length of time\n  expected {expected}"));
        }
        length
    }
}

/// What was not given is in order; what was given must have been understood.
pub(super) fn given<T>(entry: Option<Option<T>>) -> Option<Option<T>> {
    match entry {
        None => Some(None),
        Some(understood) => understood.map(Some),
    }
}
