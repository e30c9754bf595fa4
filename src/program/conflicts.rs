//! Where the sources contradict each other: a question, the readings that they allow, and which of them the program file
//! follows. Another reading is the same program with a few entries set differently, so whatever a program file can say
//! can be in question.

use serde::Deserialize;
use toml::Table;

use super::Program;
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// When.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConflict {
    id: String,
    question: String,
    readings: Vec<RawReading>,
    ruling: Option<Ruling>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReading {
    name: String,
    citation: String,
    /// Entries of the program file that it sets differently; none for the reading that decides.
    #[serde(default)]
    set: Table,
}

/// Makes the conflicts of a program file. `parse` reads a program file without conflicts.
pub(super) fn conflicts(
    raw: Vec<RawConflict>,
    text: &str,
    parse: impl Fn(&str) -> Result<Program, String>,
    problems: &mut Vec<String>,
) -> Vec<Conflict> {
    if raw.is_empty() {
        return Vec::new();
    }
    let mut base: Table = toml::from_str(text).unwrap_or_default();
    base.remove("conflicts");
    let mut found = Vec::new();
    for conflict in raw {
        let id = &conflict.id;
        let (deciding, others): (Vec<RawReading>, Vec<RawReading>) =
            conflict.readings.into_iter().partition(|reading| reading.set.is_empty());
        let uncited = deciding.iter().chain(&others).filter(|reading| reading.citation.trim().is_empty());
        problems
            .extend(uncited.map(|reading| format!("conflict \"{id}\": reading \"{}\" has no citation", reading.name)));
        let [decided] = deciding.as_slice() else {
            problems.push(format!(
                "conflict \"{id}\": {} readings set nothing\n  expected one, the reading that this file follows",
                deciding.len()
            ));
            continue;
        };
        let mut programs = Vec::new();
        for RawReading { name, citation, set } in others {
            let mut patched = base.clone();
            merge(&mut patched, set);
            let program = toml::to_string(&patched).map_err(|error| error.to_string()).and_then(|text| parse(&text));
            match program {
                Ok(program) => programs.push((Reading { name, citation }, program)),
                Err(error) => problems.push(format!("conflict \"{id}\", reading \"{name}\": {error}")),
            }
        }
        let decided = Reading { name: decided.name.clone(), citation: decided.citation.clone() };
        let (question, ruling) = (conflict.question, conflict.ruling);
        found.push(Conflict { id: conflict.id, question, decided, others: programs, ruling });
    }
    found
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
