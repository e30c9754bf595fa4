//! The register of conflicts: for each question that the sources leave open, what every other reading would flip, and the
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
    /// Vouchers whose verdict flips.
    pub flips: Vec<&'a WhatIf>,
    /// What they are worth.
    pub worth: Totals,
}

impl<'a> Weighed<'a> {
    /// What the register says of it in one word.
    pub fn status(&self) -> &'static str {
        match (&self.conflict.ruling, self.flips.is_empty()) {
            (Some(_), _) => "ruled",
            (None, true) => "open, changes nothing",
            (None, false) => "open",
        }
    }
}

/// All conflicts with their other readings, in the order of the program file.
pub fn weighed<'a>(results: &'a Results<'_>) -> Vec<Weighed<'a>> {
    let mut by_rival: BTreeMap<usize, Vec<&WhatIf>> = BTreeMap::new();
    for flip in results.flips {
        by_rival.entry(flip.rival).or_default().push(flip);
    }
    let (mut all, mut rival) = (Vec::new(), 0);
    for conflict in &results.program.conflicts {
        if conflict.ruling.is_some() {
            all.push(Weighed { conflict, reading: None, flips: Vec::new(), worth: Totals::default() });
            continue;
        }
        for Alternative { reading, .. } in &conflict.others {
            let flips = by_rival.remove(&rival).unwrap_or_default();
            let worth = flips.iter().filter_map(|flip| flip.worth).collect();
            all.push(Weighed { conflict, reading: Some(reading), flips, worth });
            rival += 1;
        }
    }
    all
}
