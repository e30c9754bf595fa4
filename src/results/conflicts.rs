//! The register of conflicts: for each question that the sources leave open, what every other reading would change, and the
//! money at stake (PO-01, one entry per conflict).

use std::collections::BTreeMap;

use super::Results;
use crate::model::Totals;
use crate::program::{Alternative, Conflict, Reading};
use crate::verdicts::WhatIf;

/// What one reading of a conflict would change.
pub struct Weighed<'a> {
    /// The question.
    pub conflict: &'a Conflict,
    /// Another reading; none where somebody has ruled.
    pub reading: Option<&'a Reading>,
    /// Vouchers whose verdict would change.
    pub what_ifs: Vec<&'a WhatIf>,
    /// Their entitled amounts.
    pub entitled: Totals,
}

impl<'a> Weighed<'a> {
    /// What the register says of it in one word.
    pub fn status(&self) -> &'static str {
        match (&self.conflict.ruling, self.what_ifs.is_empty()) {
            (Some(_), _) => "ruled",
            (None, true) => "open, changes nothing",
            (None, false) => "open",
        }
    }
}

/// All conflicts with their other readings, in the order of the program file.
pub fn weighed<'a>(results: &'a Results<'_>) -> Vec<Weighed<'a>> {
    let mut by_alternative: BTreeMap<usize, Vec<&WhatIf>> = BTreeMap::new();
    for what_if in results.what_ifs {
        by_alternative.entry(what_if.alternative).or_default().push(what_if);
    }
    let (mut all, mut alternative) = (Vec::new(), 0);
    for conflict in &results.program.conflicts {
        if conflict.ruling.is_some() {
            all.push(Weighed { conflict, reading: None, what_ifs: Vec::new(), entitled: Totals::default() });
            continue;
        }
        for Alternative { reading, .. } in &conflict.others {
            let what_ifs = by_alternative.remove(&alternative).unwrap_or_default();
            let entitled = what_ifs.iter().filter_map(|what_if| what_if.entitled).collect();
            all.push(Weighed { conflict, reading: Some(reading), what_ifs, entitled });
            alternative += 1;
        }
    }
    all
}
