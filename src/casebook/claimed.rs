//! Whether a voucher was claimed by anybody: the one definition, which state, checks and invoices rest on. A row or a file that cannot be read leaves it open; open is never no.

use std::collections::HashMap;

use super::spelling::Suspicion;
use super::steps::CaseRows;
use crate::ingest::{Coverage, Doubt, VoucherCoverage};
use crate::matching::Applied;
use crate::model::{
    Claim, ClaimOrigin, Code, Dataset, Day, InvoiceNumber, LocationId, Money, OpeningClaims, Partner, PartnerId,
    Payment, Place, Totals, VoucherId,
};

/// Whether anybody has claimed a voucher.
#[derive(Clone, Debug, PartialEq)]
pub enum Claimed {
    /// A payment row of any status, an older claim, or a claim of the ledger, live or not: what was rejected is not claimed
    /// again by itself.
    Yes,
    /// Nobody, as far as all files go.
    No,
    /// A refused row or file may hold a claim of this voucher: the code that says so, what is missing, and the row.
    Unknown(Code, String, Option<Place>),
    /// A payment that names nothing readable may be for any voucher: it keeps redeemed ones from being claimed.
    MayBe(Code, String, Option<Place>),
}

/// A request of somebody else, made before an invoice of ours went out.
pub struct EarlierRequest<'c, 'a> {
    /// Its row.
    pub applied: &'c Applied<'a>,
    /// The day of the request; of the payment where the request has none.
    pub made_on: Day,
    /// Our invoice.
    pub number: &'a InvoiceNumber,
    /// The day on which that went out.
    pub went_out_on: Day,
}

/// Whether all that came under the reference of a row has gone back.
fn is_taken_back(applied: &Applied<'_>, payments: &[Applied<'_>]) -> bool {
    let reference = &applied.payment.reference;
    let of_reference = payments.iter().filter(|of| of.status.is_live() && of.payment.reference == *reference);
    let amounts: Vec<Money> = of_reference.map(|of| of.share).collect();
    amounts.len() > 1 && amounts.iter().copied().collect::<Totals>().iter().all(|sum| sum.units.is_zero())
}

/// The earliest request that does not bear the number of our invoice and was made before that went out: it is never its
/// payment. One without any day is taken for the payment of our invoice.
pub(super) fn request_before<'c, 'a>(claim: &'a Claim, payments: &'c [Applied<'a>]) -> Option<EarlierRequest<'c, 'a>> {
    let (ClaimOrigin::Invoice(number), Some(went_out_on)) = (&claim.origin, claim.went_out_on()) else {
        return None;
    };
    let made_on = |payment: &Payment| payment.requested_on.get().or(payment.paid_on.get());
    let earlier = payments.iter().filter_map(|applied| {
        let bears_number = applied.invoice == Some(number) || applied.payment.invoice_number.value() == Some(number);
        let is_other = applied.status.is_live() && !bears_number && !is_taken_back(applied, payments);
        let made_on = made_on(applied.payment).filter(|day| is_other && *day < went_out_on)?;
        Some(EarlierRequest { applied, made_on, number, went_out_on })
    });
    earlier.min_by_key(|earlier| (earlier.made_on, &earlier.applied.payment.reference))
}

/// Vouchers that a doubt carries: by its id, or by the number of an invoice of ours.
pub(super) fn vouchers_in_doubt<'a>(doubt: &'a Doubt, opening: &'a OpeningClaims) -> Vec<&'a VoucherId> {
    let of_invoice = doubt.keys.invoice.as_ref().and_then(|number| opening.invoices.get(number));
    match (&doubt.keys.voucher, of_invoice) {
        (Some(voucher), _) => vec![voucher],
        (None, Some(lines)) => lines.iter().map(|line| &line.voucher).collect(),
        (None, None) => Vec::new(),
    }
}

/// Whether the voucher was claimed. A payment that cannot be read at all leaves it open for every voucher.
pub(super) fn claimed(
    rows: &CaseRows<'_, '_>,
    coverage: &VoucherCoverage,
    as_of: Day,
    unidentified: Option<&Doubt>,
    suspicion: Option<&Suspicion>,
) -> Claimed {
    let prior = rows.prior.iter().any(|claim| claim.claimed_on <= as_of);
    if !rows.applied.is_empty() || prior || rows.claim.is_some() {
        return Claimed::Yes;
    }
    let own = rows.doubts.iter().copied().find(|d| matches!(d.dataset, Dataset::Payments | Dataset::Claims));
    if let Some(doubt) = own {
        let why = "a payment or claim row of this voucher cannot be used".to_owned();
        return Claimed::Unknown(doubt.code, why, Some(doubt.place));
    }
    if let Some(doubt) = unidentified {
        let why = "a refused payment row names no voucher that is known, and may be for this one".to_owned();
        return Claimed::MayBe(doubt.code, why, Some(doubt.place));
    }
    if let Some((why, place)) = suspicion {
        return Claimed::MayBe(Code::SuspectPayment, why.clone(), *place);
    }
    let others = [
        (coverage.vouchers, "vouchers"),
        (coverage.redemptions, "redemptions"),
        (coverage.completions, "completions"),
        (coverage.milestones, "milestones"),
    ];
    match (coverage.payments, coverage.claims) {
        (Coverage::Whole, Coverage::Whole | Coverage::None) => {
            match others.iter().find(|(known, _)| *known == Coverage::Partial) {
                // What stands in an earlier export may not hold any more.
                Some((_, name)) => {
                    let why = format!("a file of {name} was refused, and may say otherwise of this voucher");
                    Claimed::MayBe(Code::MissingData, why, None)
                }
                None => Claimed::No,
            }
        }
        (Coverage::None, _) => Claimed::Unknown(Code::MissingData, "the job has no payments".to_owned(), None),
        (Coverage::Partial, _) | (_, Coverage::Partial) => {
            Claimed::Unknown(Code::MissingData, "a file of payments or claims was refused".to_owned(), None)
        }
    }
}

/// Refused payment rows that may be for vouchers which they do not name.
#[derive(Debug, Default)]
pub(super) struct UnidentifiedRows<'a> {
    /// Neither voucher nor invoice can be read, or the voucher that is named cannot: it may be for any.
    any: Option<&'a Doubt>,
    /// An invoice of somebody else, or a voucher that nobody knows: for one of the location, else of the partner.
    by_location: HashMap<&'a LocationId, &'a Doubt>,
    by_partner: HashMap<&'a PartnerId, &'a Doubt>,
}

impl<'a> UnidentifiedRows<'a> {
    /// `is_known` says whether another data set knows a voucher.
    pub(super) fn new(
        doubts: &'a [Doubt],
        opening: &OpeningClaims,
        is_known: impl Fn(&VoucherId) -> bool,
    ) -> UnidentifiedRows<'a> {
        let mut unidentified = UnidentifiedRows::default();
        let of_claims = |doubt: &&Doubt| matches!(doubt.dataset, Dataset::Payments | Dataset::Claims);
        for doubt in doubts.iter().filter(of_claims) {
            let keys = &doubt.keys;
            let of_no_known_voucher = match (&keys.voucher, &keys.invoice) {
                (_, Some(number)) if opening.invoices.contains_key(number) => continue,
                (Some(_), _) if doubt.contradiction || doubt.dataset == Dataset::Claims => continue,
                (Some(voucher), _) if is_known(voucher) => continue,
                // Could the row be read, it would be an unapplied payment.
                (Some(_), _) => true,
                (None, invoice) => invoice.is_some() && !keys.voucher_garbled,
            };
            if !of_no_known_voucher {
                unidentified.any = unidentified.any.or(Some(doubt));
            } else if let Some(location) = &keys.location {
                unidentified.by_location.entry(location).or_insert(doubt);
            } else if let Some(partner) = &keys.partner {
                unidentified.by_partner.entry(partner).or_insert(doubt);
            } else if keys.claimant_garbled {
                unidentified.any = unidentified.any.or(Some(doubt));
            }
        }
        unidentified
    }

    /// The row that may be for a voucher of this location and partner.
    pub(super) fn concerning(&self, location: Option<&LocationId>, partner: Option<&Partner>) -> Option<&'a Doubt> {
        let of_location = || location.and_then(|location| self.by_location.get(location).copied());
        let of_partner = || partner.and_then(|partner| self.by_partner.get(&partner.partner).copied());
        self.any.or_else(of_location).or_else(of_partner)
    }
}
