//! Where the sources contradict each other: a question, the readings that they allow, and which of them the program file
//! follows. Another reading is the same program with a few entries set differently, so whatever a program file can say
//! can be in question.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Table;

use super::Program;
use super::checked::{Found, program};
use super::file::RawProgram;
use crate::mistake::{Mistake, Part};
use crate::model::Day;

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
    pub others: Vec<(Reading, Program)>,
    /// Who has settled it; then the others are no longer weighed.
    pub ruling: Option<Ruling>,
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

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConflict {
    id: String,
    question: String,
    readings: Vec<RawReading>,
    ruling: Option<Ruling>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawReading {
    name: String,
    citation: String,
    /// Entries of the program file that it sets differently; none for the reading that decides.
    #[serde(default)]
    #[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")]
    set: Table,
}

/// Makes the conflicts of a program file, of which `base` is the whole text.
pub(super) fn conflicts(raw: Vec<RawConflict>, mut base: Table, found: &mut Found<'_>) -> Vec<Conflict> {
    base.remove("conflicts");
    let mut all = Vec::new();
    for (at, conflict) in raw.into_iter().enumerate() {
        let path: [Part; 2] = ["conflicts".into(), Part::At(at)];
        if all.iter().any(|other: &Conflict| other.id == conflict.id) {
            found.add(path.clone(), format!("conflict \"{}\" is defined twice", conflict.id));
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
                Ok(program) => others.push((reading, program)),
                Err(what) => found.add(reading_at(at), format!("reading \"{}\": {what}", reading.name)),
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

/// The program with a few entries set differently, or what is wrong with it then.
fn patched(base: &Table, set: Table) -> Result<Program, String> {
    let mut table = base.clone();
    merge(&mut table, set);
    if table == *base {
        return Err("it sets nothing differently".to_owned());
    }
    let raw: RawProgram = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    program(raw, Table::new()).map_err(|mistakes| {
        let all: Vec<&str> = mistakes.iter().map(Mistake::what).collect();
        all.join("\n")
    })
}

/// Sets what `from` names, table by table; a list is replaced whole.
fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => drop(into.insert(key, value)),
        }
    }
}
