//! From cases to verdicts: each check looks at a case and answers, and all answers together are the verdict of the voucher.
//! This stage writes nothing and formats nothing for people but the messages of findings.

mod answers;
mod check_spec;
mod checks;
mod current_state;
mod dates;
mod self_test;
mod state;
mod summary;
mod terms;
mod turning_days;
mod verdict;
mod what_if;

use rayon::prelude::*;

use crate::casebook::{Case, Index};
use crate::ingest::Intake;
use crate::matching::{self, PaymentWithoutVoucher};

pub use check_spec::CheckSpec;
pub use checks::CHECKS;
pub use dates::Dates;
pub use self_test::{SelfTest, self_test};
pub use state::State;
pub use summary::{SealedFacts, VerdictSummary};
pub use terms::{Earlier, Terms};
pub use turning_days::turning_days;
pub use verdict::{CheckResult, ClaimedBefore, Finding, Verdict};
pub use what_if::{AlternativeProgram, VerdictOutline, WhatIf};

/// A month as it was judged.
pub struct Judged<'a> {
    /// Cases, to be looked up again.
    pub index: Index<'a>,
    /// Payments that name no voucher and no invoice of ours, in an order that no order of rows changes.
    pub without_voucher: Vec<PaymentWithoutVoucher>,
    /// Verdicts, in the order of voucher ids.
    pub verdicts: Vec<Verdict>,
    /// How vouchers would be judged under the alternatives, by alternative and voucher.
    pub what_ifs: Vec<WhatIf>,
}

/// Judges a month: matches payments, opens all cases, in parallel, and judges each, also under each alternative.
pub fn judge<'a>(intake: &'a Intake, terms: Terms<'a>, alternatives: &[AlternativeProgram<'_>]) -> Judged<'a> {
    let (index, without_voucher) = open_cases(intake, terms);
    let (verdicts, what_ifs) = judge_cases(&index, terms, alternatives);
    Judged { index, without_voucher, verdicts, what_ifs }
}

/// Matches payments and indexes what cases are looked up by.
pub fn open_cases<'a>(intake: &'a Intake, terms: Terms<'a>) -> (Index<'a>, Vec<PaymentWithoutVoucher>) {
    let Terms { program, as_of, opening, earlier, paid_through, .. } = terms;
    let (matching, without_voucher) =
        matching::match_payments(intake, opening, program, earlier.decisions, paid_through, as_of);
    (Index::new(intake, opening, program, as_of, matching), without_voucher)
}

/// Judges all cases, in parallel, also under each alternative. Verdicts come in the order of voucher ids, what-ifs by
/// alternative and voucher.
pub fn judge_cases(
    index: &Index<'_>,
    terms: Terms<'_>,
    alternatives: &[AlternativeProgram<'_>],
) -> (Vec<Verdict>, Vec<WhatIf>) {
    let judged = index.map(|case| {
        let own = judge_case(case, terms);
        let what_ifs: Vec<WhatIf> = alternatives
            .iter()
            .enumerate()
            .filter_map(|(at, alternative)| alternative.what_if(case, terms, &own, at))
            .collect();
        (own, what_ifs)
    });
    let (mut verdicts, what_ifs): (Vec<Verdict>, Vec<Vec<WhatIf>>) = judged.into_iter().unzip();
    let mut what_ifs: Vec<WhatIf> = what_ifs.into_iter().flatten().collect();
    verdicts.par_sort_unstable_by(|a, b| a.voucher.cmp(&b.voucher));
    what_ifs.sort_by(|a, b| (a.alternative, &a.voucher).cmp(&(b.alternative, &b.voucher)));
    (verdicts, what_ifs)
}

/// Judges one case.
pub fn judge_case(case: &Case<'_>, terms: Terms<'_>) -> Verdict {
    verdict::verdict(case, terms)
}

/// Everything that was looked at for one case, in the order of [`CHECKS`].
pub fn check_all(case: &Case<'_>, terms: Terms<'_>) -> Vec<CheckResult> {
    verdict::results(case, terms).collect()
}
