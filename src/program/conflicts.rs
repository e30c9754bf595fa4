//! Where the sources contradict each other: a question, the readings that they allow, and which of them the program file
//! follows. Another reading is the same program with a few entries set differently, so whatever a program file can say
//! can be in question.

use toml::Table;

use super::checked::program;
use super::definition::{Alternative, Conflict, Program, Reading};
use super::file::{RawConflict, RawProgram, RawReading};
use super::mistakes::Diagnostics;
use crate::mistake::{Mistake, Part};

/// Makes the conflicts of a program file, of which `base` is the whole text.
pub(super) fn conflicts(raw: Vec<RawConflict>, mut base: Table, found: &mut Diagnostics<'_>) -> Vec<Conflict> {
    base.remove("conflicts");
    let ids: Vec<String> = raw.iter().map(|conflict| conflict.id.clone()).collect();
    let mut all = Vec::new();
    for (at, conflict) in raw.into_iter().enumerate() {
        let path: [Part; 2] = ["conflicts".into(), Part::At(at)];
        if let Some(earlier) = ids[..at].iter().position(|other| *other == conflict.id) {
            let id = |at| ["conflicts".into(), Part::At(at), "id".into()];
            found.add_repeated(id(at), id(earlier), format!("conflict \"{}\" is defined twice", conflict.id));
        }
        if conflict.ruling.as_ref().is_some_and(|ruling| ruling.by.trim().is_empty() || ruling.reason.trim().is_empty())
        {
            found.add(path.clone(), format!("conflict \"{}\": a ruling needs to say by whom and why", conflict.id));
        }
        let reading_at = |at| path.iter().cloned().chain(["readings".into(), Part::At(at)]).collect::<Vec<Part>>();
        let mut decided = Vec::new();
        let mut others = Vec::new();
        for (at, RawReading { name, citation, set }) in conflict.readings.into_iter().enumerate() {
            found.cited(&citation, &reading_at(at));
            let reading = Reading { name, citation };
            if set.is_empty() {
                decided.push(reading);
                continue;
            }
            if let Some(entry) = not_weighed(&set) {
                let what = format!(
                    "reading \"{}\" sets {entry}, which a run cannot weigh beside its own\n  expected {}\n  hint: compare two program files with vouchsafe diff-program",
                    reading.name,
                    WEIGHED.join(", ")
                );
                found.add(reading_at(at), what);
                continue;
            }
            match patched(&base, set) {
                Ok(program) => others.push(Alternative { reading, program }),
                Err(why) => found.add(reading_at(at), format!("reading \"{}\": {why}", reading.name)),
            }
        }
        let (id, question, ruling) = (conflict.id, conflict.question, conflict.ruling);
        match <[Reading; 1]>::try_from(decided) {
            Ok([decided]) => all.push(Conflict { id, question, decided, others, ruling }),
            Err(decided) => {
                let what = format!(
                    "conflict \"{id}\": {} readings set nothing\n  expected one, the reading that this file follows",
                    decided.len()
                );
                found.add(path, what);
            }
        }
    }
    all
}

/// What a reading may set: what verdicts are judged by. What rows mean and which vouchers concern each other is settled
/// once for all readings.
const WEIGHED: [&str; 9] = [
    "rules",
    "qualification",
    "competency",
    "payment",
    "voucher.life",
    "voucher.expiry_notice_days",
    "voucher.offsite_days",
    "voucher.last_creation",
    "voucher.last_redemption",
];

/// An entry that a reading may not set.
fn not_weighed(set: &Table) -> Option<String> {
    let of_voucher = set.get("voucher").and_then(toml::Value::as_table).into_iter().flat_map(Table::keys);
    let named = of_voucher.map(|key| format!("voucher.{key}"));
    let others = set.keys().filter(|key| *key != "voucher").cloned();
    named.chain(others).find(|entry| !WEIGHED.contains(&entry.as_str()))
}

/// Why a reading makes no program.
#[derive(Debug, thiserror::Error)]
enum NoProgram {
    #[error("it sets nothing differently")]
    SetsNothing,
    #[error("{}", .0.message())]
    Shape(toml::de::Error),
    #[error("{}", .0.iter().map(Mistake::what).collect::<Vec<_>>().join("\n"))]
    Content(Vec<Mistake>),
}

/// The program with a few entries set differently.
fn patched(base: &Table, set: Table) -> Result<Program, NoProgram> {
    let mut table = base.clone();
    merge(&mut table, set);
    if table == *base {
        return Err(NoProgram::SetsNothing);
    }
    let raw: RawProgram = table.try_into().map_err(NoProgram::Shape)?;
    program(raw).map_err(NoProgram::Content)
}

/// Sets what `from` names, table by table; a list is replaced whole.
fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}
