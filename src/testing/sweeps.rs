//! How much tests draw by lot. The variable `VOUCHSAFE_SWEEPS` says it: without it a few, always the same; for the commit
//! that it names, as `.ci/run` does, a part that is another one for each; all of them for `long`, as `.ci/long` does.

use std::ops::Range;

/// The seeds of a sweep, of which there are `all`.
pub(crate) fn seeds(few: u64, part: u64, all: u64) -> Range<u64> {
    match std::env::var("VOUCHSAFE_SWEEPS").as_deref() {
        Err(_) => 0..few,
        Ok("long") => 0..all,
        Ok(commit) => {
            let hash = commit.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok());
            let first = hash.expect("VOUCHSAFE_SWEEPS is `long`, or a commit") % (all / part) * part;
            first..first + part
        }
    }
}

/// A number that looks drawn, from seeds that follow each other.
pub(crate) fn drawn(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
