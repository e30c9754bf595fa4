//! What was asked for and paid, beside what it was for: an allocation per voucher and payment row, in groups of all that
//! hangs together by voucher, invoice or reference. Groups are found by exact keys and decisions only; what is alike
//! is suggested elsewhere, and never matched.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::model::{Adjustment, Currency, Disposition, MinorUnits, Text, Tolerance, Totals, VoucherId};
use crate::verdicts::Verdict;

/// How many stand on either side of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One claim, one payment.
    OneToOne,
    /// One payment for many claims.
    OneToMany,
    /// Many payments for one claim.
    ManyToOne,
    /// Many payments for many claims.
    ManyToMany,
    /// No payment yet.
    Unpaid,
}

impl Mode {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::OneToOne => "1:1",
            Mode::OneToMany => "1:N",
            Mode::ManyToOne => "N:1",
            Mode::ManyToMany => "N:M",
            Mode::Unpaid => "unpaid",
        }
    }
}

/// How the two sides of a group compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// To the smallest unit.
    Exact,
    /// As far as is tolerated.
    Tolerated,
    /// What is missing or too much was booked away.
    Adjusted,
    /// Something is still to come.
    Partial,
    /// More than was expected.
    Over,
    /// What was paid came back, all of it.
    Reversed,
    /// In another currency, or the entitled amount is not known: nothing can be compared.
    Incomparable,
}

impl Fit {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Fit::Exact => "exact",
            Fit::Tolerated => "tolerated",
            Fit::Adjusted => "adjusted",
            Fit::Partial => "partial",
            Fit::Over => "over",
            Fit::Reversed => "reversed",
            Fit::Incomparable => "incomparable",
        }
    }
}

/// All that hangs together by voucher, invoice or reference.
#[derive(Clone, Debug)]
pub struct MatchGroup<'a> {
    /// The first voucher of it.
    pub id: VoucherId,
    /// How many stand on either side.
    pub mode: Mode,
    /// How the sides compare.
    pub fit: Fit,
    /// Claims with what was expected of each, by voucher.
    pub members: Vec<&'a Verdict>,
    /// What was expected, asked for and paid, tolerated, booked away, and what is left of it, per currency.
    pub expected: Totals,
    /// Money that is asked for or has come.
    pub received: Totals,
    /// Differences that are tolerated.
    pub tolerated: Totals,
    /// Differences that were booked away.
    pub adjusted: Totals,
    /// What is left: a finding of the member, or still to come.
    pub left: Totals,
}

/// All groups of claims, in the order of their first voucher. A claim is a voucher that somebody has claimed.
pub fn match_groups<'a>(verdicts: &'a [Verdict], tolerance: &Tolerance) -> Vec<MatchGroup<'a>> {
    let claims: Vec<&Verdict> = verdicts.iter().filter(|verdict| has_claim_or_payment(verdict)).collect();
    let mut parents: Vec<usize> = (0..claims.len()).collect();
    let mut first_with: HashMap<(bool, &str), usize> = HashMap::new();
    for (at, verdict) in claims.iter().enumerate() {
        for allocation in &verdict.applied {
            let reference = Some((false, allocation.reference.as_str()));
            let invoice = allocation.invoice.as_ref().map(|number| (true, number.as_str()));
            for key in reference.into_iter().chain(invoice) {
                let other = *first_with.entry(key).or_insert(at);
                join(&mut parents, at, other);
            }
        }
    }
    let mut members: Vec<Vec<&Verdict>> = vec![Vec::new(); claims.len()];
    for (at, verdict) in claims.iter().enumerate() {
        members[root(&mut parents, at)].push(verdict);
    }
    let members: Vec<Vec<&Verdict>> = members.into_iter().filter(|members| !members.is_empty()).collect();
    members.into_par_iter().map(|members| group(members, tolerance)).collect()
}

/// Whether a request, payment or invoice of ours is for the voucher.
fn has_claim_or_payment(verdict: &Verdict) -> bool {
    !verdict.is_settled_elsewhere() && (!verdict.applied.is_empty() || verdict.invoiced.is_some())
}

/// The earliest of a group stands for it, so that groups come in the order of their vouchers.
fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

fn group<'a>(members: Vec<&'a Verdict>, tolerance: &Tolerance) -> MatchGroup<'a> {
    let mut group = MatchGroup {
        id: members[0].voucher.clone(),
        mode: mode(&members),
        fit: Fit::Exact,
        expected: Totals::default(),
        received: Totals::default(),
        tolerated: Totals::default(),
        adjusted: Totals::default(),
        left: Totals::default(),
        members,
    };
    let (mut fits, mut came_back) = (Vec::new(), false);
    for verdict in group.members.clone() {
        came_back |= verdict.applied.iter().any(|allocation| allocation.share.minor() < 0);
        for (currency, side) in claim_positions(verdict, tolerance) {
            group.expected.add(side.expected.of(currency));
            group.received.add(side.received.of(currency));
            group.tolerated.add(side.tolerated.of(currency));
            group.adjusted.add(side.adjusted.of(currency));
            group.left.add(side.left().of(currency));
            fits.push(side.fit());
        }
    }
    let nothing = group.received.iter().all(|received| received.units.is_zero());
    group.fit = match fits.iter().max_by_key(|fit| **fit as u8) {
        _ if came_back && nothing => Fit::Reversed,
        Some(fit) => *fit,
        None => Fit::Incomparable,
    };
    group
}

fn mode(members: &[&Verdict]) -> Mode {
    let live = members.iter().flat_map(|verdict| &verdict.applied).filter(|allocation| allocation.status.is_live());
    let mut references: Vec<&str> = live.map(|allocation| allocation.reference.as_str()).collect();
    references.sort_unstable();
    references.dedup();
    match (members.len(), references.len()) {
        (_, 0) => Mode::Unpaid,
        (1, 1) => Mode::OneToOne,
        (_, 1) => Mode::OneToMany,
        (1, _) => Mode::ManyToOne,
        (_, _) => Mode::ManyToMany,
    }
}

/// What was expected of a voucher in a currency, and what came of it, in minor units.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClaimPosition {
    /// The entitled amount.
    pub expected: MinorUnits,
    /// What is asked for or has come.
    pub received: MinorUnits,
    /// The difference, as far as it is tolerated.
    pub tolerated: MinorUnits,
    /// What decisions have booked away.
    pub adjusted: MinorUnits,
    /// Whether an entitled amount in this currency is known.
    pub is_known: bool,
}

impl ClaimPosition {
    /// What is left: still to come, or too much.
    pub fn left(self) -> MinorUnits {
        self.expected - self.received - self.tolerated - self.adjusted
    }

    fn fit(self) -> Fit {
        match self.left() {
            _ if !self.is_known => Fit::Incomparable,
            left if left > MinorUnits::ZERO => Fit::Partial,
            left if left < MinorUnits::ZERO => Fit::Over,
            _ if !self.adjusted.is_zero() => Fit::Adjusted,
            _ if !self.tolerated.is_zero() => Fit::Tolerated,
            _ => Fit::Exact,
        }
    }
}

/// Both sides of a claim, by currency.
pub fn claim_positions(verdict: &Verdict, tolerance: &Tolerance) -> Vec<(Currency, ClaimPosition)> {
    let mut found: Vec<(Currency, ClaimPosition)> = Vec::new();
    let mut side = |currency: Currency, change: &dyn Fn(&mut ClaimPosition)| match found
        .iter_mut()
        .find(|(of, _)| *of == currency)
    {
        Some((_, side)) => change(side),
        None => {
            let mut side = ClaimPosition::default();
            change(&mut side);
            found.push((currency, side));
        }
    };
    if let Some(expected) = verdict.entitled.or(verdict.invoiced) {
        side(expected.currency(), &|side| {
            side.expected += expected.units();
            side.is_known = true;
        });
    }
    for allocation in verdict.applied.iter().filter(|allocation| allocation.status.is_live()) {
        side(allocation.share.currency(), &|side| side.received += allocation.share.units());
    }
    // As in the accounts: an exchange difference takes all that is open, other kinds the amount of their finding.
    let books_away = |currency: Currency| {
        verdict.findings.iter().any(|finding| match finding.disposition {
            Some(Disposition::Adjust(Adjustment::Fx)) => true,
            Some(Disposition::Adjust(_)) => finding.amount.is_some_and(|amount| amount.currency() == currency),
            _ => false,
        })
    };
    let is_paid = verdict.applied.iter().any(|allocation| allocation.status.is_live());
    for (currency, side) in &mut found {
        let left = side.left();
        let most = verdict.entitled.map_or(MinorUnits::ZERO, |entitled| tolerance.of(entitled));
        if books_away(*currency) {
            side.adjusted = left;
        } else if is_paid && side.is_known && left.abs() <= most {
            side.tolerated = left;
        }
    }
    found.sort_by_key(|(currency, _)| *currency);
    found
}

/// The text by which people call a group.
pub fn match_group_name(group: &MatchGroup<'_>) -> Text {
    Text::new(format!("M-{}", group.id))
}
