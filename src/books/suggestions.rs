//! What an unapplied payment may be for: by an id that is nearly the same, by its amount, or by the sum of
//! a few. Nothing of it is matched: a person resolves it, and where several fit, sees all of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::books::claim_positions;
use crate::model::{
    Code, Currency, Day, InvoiceNumber, LocationId, MinorUnits, Money, OpeningClaims, PartnerId, Payment, Place,
    Reference, Text, Tolerance, VoucherId,
};
use crate::verdicts::{Judged, State, Terms, Verdict};

/// Why something may be what a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// A later export lists the payment for it.
    Reference,
    /// The id that the payment names differs from this one in one character.
    Id,
    /// What is open of it is the payment's amount.
    Amount,
    /// What is open of this invoice is the payment's amount.
    Invoice,
    /// What is open of these together is.
    Sum,
}

impl Likeness {
    /// The words of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            Likeness::Reference => "same payment",
            Likeness::Id => "id alike",
            Likeness::Amount => "amount",
            Likeness::Invoice => "invoice",
            Likeness::Sum => "sum",
        }
    }
}

/// What a payment may be for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// Why.
    pub likeness: Likeness,
    /// The vouchers.
    pub vouchers: Vec<VoucherId>,
    /// What is open of them together.
    pub open: MinorUnits,
}

/// An unapplied payment, and all that it may be for.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The payment's reference.
    pub reference: Reference,
    /// Its row.
    pub place: Place,
    /// Its amount.
    pub amount: Money,
    /// What it may be for; several: ambiguous.
    pub proposals: Vec<Proposal>,
}

/// A voucher of which money is open.
struct OpenVoucher<'a> {
    voucher: &'a VoucherId,
    location: Option<&'a LocationId>,
    partner: Option<&'a PartnerId>,
    since: Option<Day>,
    open: MinorUnits,
}

/// Sums of several are looked for among at most this many: more of them fit by chance.
const MOST: usize = 40;

/// What unapplied payments may be for, in the order of their rows.
pub fn suggestions(judged: &Judged<'_>, terms: Terms<'_>, window_days: u32) -> Vec<Suggestion> {
    let open = judged.without_voucher.iter().filter(|of| of.is_open());
    let unidentified = open.map(|of| (&of.payment, of.snapshot.listed_for.as_deref().unwrap_or_default()));
    let is_misnamed =
        |payment: &&Payment| payment.voucher.value().is_some() && !judged.index.matching().is_contested(payment);
    let misnamed = judged.index.unapplied().iter().filter(is_misnamed);
    let mut payments: Vec<(&Payment, &[Text])> =
        unidentified.chain(misnamed.map(|payment| (payment, &[][..]))).collect();
    payments.sort_by_key(|(payment, _)| payment.place);
    if payments.is_empty() {
        return Vec::new();
    }
    let claims = open_vouchers(&judged.verdicts, terms.tolerance);
    let one = |&(payment, named): &(&Payment, &[Text])| {
        let none = Vec::new();
        let of_currency = claims.get(&payment.amount.currency()).unwrap_or(&none);
        Suggestion {
            reference: payment.reference.clone(),
            place: payment.place,
            amount: payment.amount,
            proposals: proposals(payment, named, of_currency, judged, terms, window_days),
        }
    };
    payments.iter().map(one).collect()
}

fn open_vouchers<'a>(verdicts: &'a [Verdict], tolerance: &Tolerance) -> BTreeMap<Currency, Vec<OpenVoucher<'a>>> {
    let mut found: BTreeMap<Currency, Vec<OpenVoucher<'a>>> = BTreeMap::new();
    let owed = [State::Redeemed, State::Claimed, State::Paid];
    for verdict in verdicts.iter().filter(|verdict| owed.contains(&verdict.state) && !verdict.is_settled_elsewhere()) {
        let requested = verdict.applied.iter().filter_map(|allocation| allocation.requested_on).min();
        for (currency, side) in
            claim_positions(verdict, tolerance).into_iter().filter(|(_, side)| side.left() > MinorUnits::ZERO)
        {
            found.entry(currency).or_default().push(OpenVoucher {
                voucher: &verdict.voucher,
                location: verdict.location.as_ref(),
                partner: verdict.partner.as_ref(),
                since: verdict.dates.redeemed.or(requested),
                open: side.left(),
            });
        }
    }
    found
}

fn proposals(
    payment: &Payment,
    named: &[Text],
    claims: &[OpenVoucher<'_>],
    judged: &Judged<'_>,
    terms: Terms<'_>,
    window_days: u32,
) -> Vec<Proposal> {
    let (verdicts, opening) = (&judged.verdicts, terms.opening);
    let amount = payment.amount.units();
    let tolerated = terms.tolerance.of(payment.amount);
    let fits = |open: MinorUnits| (open - amount).abs() <= tolerated;
    let near: Vec<&OpenVoucher<'_>> = claims.iter().filter(|claim| may_be_for(claim, payment, window_days)).collect();
    let mut found: Vec<Proposal> = Vec::new();
    if !named.is_empty() {
        let is_invoice = |id: &&Text| opening.invoices.contains_key(&InvoiceNumber::new(id));
        let vouchers: Vec<VoucherId> = named.iter().filter(|id| !is_invoice(id)).map(|id| VoucherId::new(id)).collect();
        let open = claims.iter().filter(|claim| vouchers.contains(claim.voucher)).map(|claim| claim.open).sum();
        return vec![Proposal { likeness: Likeness::Reference, vouchers, open }];
    }
    if let Some(named) = payment.voucher.value() {
        let alike = verdicts.iter().filter(|verdict| is_alike(named.as_str(), verdict.voucher.as_str()));
        let known =
            alike.filter(|verdict| !verdict.findings.iter().any(|finding| finding.code == Code::UnknownVoucher));
        found.extend(known.map(|verdict| {
            let open = claims
                .iter()
                .find(|claim| *claim.voucher == verdict.voucher)
                .map_or(MinorUnits::ZERO, |claim| claim.open);
            Proposal { likeness: Likeness::Id, vouchers: vec![verdict.voucher.clone()], open }
        }));
    }
    let of_one = near.iter().filter(|claim| fits(claim.open));
    found.extend(of_one.map(|claim| Proposal {
        likeness: Likeness::Amount,
        vouchers: vec![claim.voucher.clone()],
        open: claim.open,
    }));
    found.extend(
        invoices(&near, opening)
            .into_iter()
            .filter(|(_, open, vouchers)| vouchers.len() > 1 && fits(*open))
            .map(|(_, open, vouchers)| Proposal { likeness: Likeness::Invoice, vouchers, open }),
    );
    if found.is_empty() && near.len() <= MOST {
        found.extend(sums(&near, fits));
    }
    found.sort();
    // Each once, for the first reason.
    let mut met: HashSet<Vec<VoucherId>> = HashSet::new();
    found.retain(|proposal| met.insert(proposal.vouchers.clone()));
    found
}

/// Whether a claim is of the payment's location, else partner, and old enough but not too old.
fn may_be_for(claim: &OpenVoucher<'_>, payment: &Payment, window_days: u32) -> bool {
    let by_whom = match (payment.location.value(), payment.partner.value()) {
        (Some(location), _) => claim.location == Some(location),
        (None, Some(partner)) => claim.partner == Some(partner),
        (None, None) => true,
    };
    let day = payment.requested_on.get().or(payment.paid_on.get());
    let in_window = match (claim.since, day) {
        (Some(since), Some(day)) => since <= day && day <= since.plus_days(window_days),
        _ => true,
    };
    by_whom && in_window
}

/// Invoices of ours with what is open of them.
fn invoices<'o>(
    near: &[&OpenVoucher<'_>],
    opening: &'o OpeningClaims,
) -> Vec<(&'o InvoiceNumber, MinorUnits, Vec<VoucherId>)> {
    let open: HashMap<&VoucherId, MinorUnits> = near.iter().map(|claim| (claim.voucher, claim.open)).collect();
    let of = opening.invoices.iter().map(|(number, lines)| {
        let vouchers: Vec<VoucherId> =
            lines.iter().filter(|line| open.contains_key(&line.voucher)).map(|line| line.voucher.clone()).collect();
        (number, vouchers.iter().filter_map(|voucher| open.get(voucher)).sum(), vouchers)
    });
    of.collect()
}

/// Two or three of one location whose open money fits together, or all of them.
fn sums(near: &[&OpenVoucher<'_>], fits: impl Fn(MinorUnits) -> bool) -> Vec<Proposal> {
    let mut found = Vec::new();
    let proposal = |of: &[&OpenVoucher<'_>]| {
        let open = of.iter().map(|claim| claim.open).sum();
        let same_location = of.iter().all(|claim| claim.location == of[0].location);
        let vouchers = of.iter().map(|claim| claim.voucher.clone()).collect();
        (same_location && fits(open)).then_some(Proposal { likeness: Likeness::Sum, vouchers, open })
    };
    for (first, a) in near.iter().enumerate() {
        for (second, b) in near.iter().enumerate().skip(first + 1) {
            found.extend(proposal(&[a, b]));
            for c in near.iter().skip(second + 1) {
                found.extend(proposal(&[a, b, c]));
            }
        }
    }
    if found.is_empty() && near.len() > 3 {
        found.extend(proposal(near));
    }
    found
}

/// Whether two ids differ in one character: another one, one more, one less, or two that changed places.
fn is_alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_uppercase(), b.to_ascii_uppercase());
    a.len().abs_diff(b.len()) <= 1 && strsim::osa_distance(&a, &b) <= 1
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn ids_that_differ_in_one_character() {
        for (a, b, expected) in [
            ("V-1001", "V-1001", true),
            ("V-1001", "v-1001", true),
            ("V-1001", "V-1O01", true),
            ("V-1001", "V-101", true),
            ("V-1001", "V-1010", true),
            ("V-1001", "V-2002", false),
            ("V-1001", "V-10012X", false),
        ] {
            assert_eq!(is_alike(a, b), expected, "{a} {b}");
        }
    }
}
