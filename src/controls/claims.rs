//! T5 and T12: what was asked for and paid, beside what was due.

use crate::books::{MatchGroup, claim_positions};
use crate::model::{Code, Currency, MinorUnits, Totals};
use crate::results::{Results, TieOut};
use crate::verdicts::{ClaimedBefore, Verdict};

/// T5 and T12: every amount that was claimed or paid that differs from what is entitled has a finding that says so; and what groups
/// allocate is what payments say.
pub(super) fn matches(results: &Results<'_>, currency: Currency) -> Vec<TieOut> {
    let (mut apart, mut found, mut without_finding) = (MinorUnits::ZERO, MinorUnits::ZERO, 0_u64);
    let claims = results.match_groups.iter().flat_map(|group| &group.members);
    // What was claimed before the tool too is said to be claimed twice, whatever was paid.
    for verdict in claims.filter(|verdict| has_live_rows(verdict) && verdict.claimed_before == ClaimedBefore::No) {
        let of_currency = claim_positions(verdict, results.tolerance).into_iter().find(|(of, _)| *of == currency);
        let rest = of_currency.map_or(MinorUnits::ZERO, |(_, side)| side.left());
        let finding_of = verdict.findings.iter().find(|finding| AMOUNTS.contains(&finding.code) && finding.is_open());
        match finding_of.and_then(|finding| finding.amount).filter(|amount| amount.currency() == currency) {
            Some(amount) => {
                apart += rest.abs();
                found += amount.units();
            }
            None => without_finding += u64::from(!rest.is_zero() && !is_said_otherwise(verdict)),
        }
    }
    let sum = |pick: for<'g> fn(&'g MatchGroup<'g>) -> &'g Totals| {
        results.match_groups.iter().map(|of| pick(of).of(currency)).sum::<MinorUnits>()
    };
    let right = sum(|of| &of.received) + sum(|of| &of.tolerated) + sum(|of| &of.adjusted) + sum(|of| &of.left);
    vec![
        TieOut::sum(
            "T5",
            "claims that differ from the entitled amount = amounts of their findings",
            currency,
            apart,
            found,
        ),
        TieOut::count(
            "T5",
            format!("{currency}: claims that differ from the entitled amount without a finding = 0"),
            without_finding,
            0,
        ),
        TieOut::sum(
            "T12",
            "expected of claims = claimed or paid + tolerated + booked away + left",
            currency,
            sum(|of| &of.expected),
            right,
        ),
    ]
}

fn has_live_rows(verdict: &Verdict) -> bool {
    verdict.applied.iter().any(|allocation| allocation.status.is_live())
}

/// Codes whose amount is the difference.
const AMOUNTS: [Code; 5] =
    [Code::DuplicateClaim, Code::OverClaim, Code::UnderClaim, Code::ShortPayment, Code::Overpayment];

/// Whether something else than an amount says that a difference stands: the facts are in dispute, cannot be read, or are
/// in another currency; or people have released it.
fn is_said_otherwise(verdict: &Verdict) -> bool {
    verdict.entitled.is_none()
        || verdict.findings.iter().any(|finding| {
            let disputed = finding.code.spec().stands_alone || finding.code == Code::CurrencyMismatch;
            disputed || !finding.is_open() || finding.code.as_str().starts_with("IN-")
        })
}
