//! Payable verdicts become invoices: one batch per currency, one invoice per location. Numbers are drawn by the
//! ledger when a batch is issued, never here.

use std::collections::{BTreeMap, HashSet};

use crate::ingest::Records;
use crate::model::{
    Claim, ClaimOrigin, Country, Currency, Dataset, Day, EngagementId, InvoiceNumber, LocationId, MinorUnits, Money,
    PartnerId, Payment, VoucherId,
};
use crate::store::sha256_hex;
use crate::verdicts::{Judged, Terms, Verdict};

/// One voucher on an invoice.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The voucher.
    pub voucher: VoucherId,
    /// Country of delivery.
    pub country: Country,
    /// What was delivered.
    pub engagement: EngagementId,
    /// Level in days.
    pub days: u32,
    /// When it was redeemed.
    pub redeemed_on: Day,
    /// Last day for the request.
    pub claim_by: Option<Day>,
    /// Net amount; tax is not configured, so it is the gross amount too.
    pub net: Money,
}

/// The invoice of one location.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Drawn when the batch is issued.
    pub number: Option<InvoiceNumber>,
    /// The seller.
    pub partner: PartnerId,
    /// Its location, which redeemed.
    pub location: LocationId,
    /// Lines, by voucher id.
    pub lines: Vec<Line>,
}

impl Invoice {
    /// Sum of the lines.
    pub fn net(&self) -> MinorUnits {
        self.lines.iter().map(|line| line.net.units()).sum()
    }
}

/// All invoices of one currency and run.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// `B-<job>-<as-of>-<currency>-<8 hex digits of its content>`.
    pub id: String,
    /// SHA-256 of its content, which an approval names.
    pub content: String,
    /// Its only currency.
    pub currency: Currency,
    /// Invoices, by location.
    pub invoices: Vec<Invoice>,
    /// Whether it goes out.
    pub release: BatchRelease,
}

/// Whether a batch goes out with the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchRelease {
    /// Issued by the run itself.
    Issued,
    /// A draft that waits for a person, and why.
    Waits(String),
}

/// What decides about release.
#[derive(Clone, Copy)]
pub struct Approval<'a> {
    /// Every batch waits for a second person.
    pub four_eyes: bool,
    /// Greatest sum that a run issues by itself, per currency.
    pub ceilings: &'a BTreeMap<Currency, Money>,
    /// Contents of batches that a person has approved.
    pub approved: &'a HashSet<String>,
}

impl Batch {
    /// Lines of all invoices.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.invoices.iter().flat_map(|invoice| &invoice.lines)
    }

    /// Sum of all invoices in minor units.
    pub fn total(&self) -> MinorUnits {
        self.invoices.iter().map(Invoice::net).sum()
    }
}

/// Drafts a batch per currency from what is payable, and decides whether it is issued.
pub fn draft(verdicts: &[Verdict], job: &str, as_of: Day, approval: Approval<'_>) -> Vec<Batch> {
    let mut by_currency: BTreeMap<Currency, BTreeMap<LocationId, Invoice>> = BTreeMap::new();
    for verdict in verdicts {
        let Some((partner, location, line)) = line(verdict) else {
            continue;
        };
        let invoices = by_currency.entry(line.net.currency()).or_default();
        let empty = Invoice { number: None, partner, location: location.clone(), lines: Vec::new() };
        invoices.entry(location).or_insert(empty).lines.push(line);
    }
    by_currency
        .into_iter()
        .map(|(currency, invoices)| batch(job, as_of, currency, invoices.into_values().collect(), approval))
        .collect()
}

/// The line of a payable verdict. Everything that a line names is known of a redeemed voucher in order.
fn line(verdict: &Verdict) -> Option<(PartnerId, LocationId, Line)> {
    let line = Line {
        voucher: verdict.voucher.clone(),
        country: verdict.country?,
        engagement: verdict.engagement.clone()?,
        days: verdict.days?,
        redeemed_on: verdict.dates.redeemed?,
        claim_by: verdict.claim_by,
        net: verdict.payable?,
    };
    Some((verdict.partner.clone()?, verdict.location.clone()?, line))
}

fn batch(job: &str, as_of: Day, currency: Currency, invoices: Vec<Invoice>, approval: Approval<'_>) -> Batch {
    let mut text = String::new();
    for invoice in &invoices {
        for line in &invoice.lines {
            text.push_str(&format!(
                "{} {} {} {} {} {} {} {currency}\n",
                invoice.partner, invoice.location, line.voucher, line.country, line.engagement, line.days, line.net
            ));
        }
    }
    let content = sha256_hex(text.as_bytes());
    let id = format!("B-{job}-{as_of}-{currency}-{}", &content[..8]);
    let mut batch = Batch { id, content, currency, invoices, release: BatchRelease::Issued };
    batch.release = release(&batch, approval);
    batch
}

fn release(batch: &Batch, approval: Approval<'_>) -> BatchRelease {
    let (currency, total) = (batch.currency, batch.total());
    match approval.ceilings.get(&currency) {
        _ if approval.approved.contains(&batch.content) => BatchRelease::Issued,
        _ if approval.four_eyes => BatchRelease::Waits("every batch waits for a second person".to_owned()),
        None => BatchRelease::Waits(format!("no ceiling is set for {currency}")),
        Some(ceiling) if total > ceiling.units() => BatchRelease::Waits(format!(
            "{} {currency} is above the ceiling of {ceiling} {currency}",
            total.of(currency)
        )),
        Some(_) => BatchRelease::Issued,
    }
}

/// Data sets that say what was claimed.
const CLAIMS: [Dataset; 2] = [Dataset::Payments, Dataset::Claims];

/// Claims that others made: vouchers of payment requests and of the list of older claims, with what is known of them
/// today. In any run they enter the ledger, so that a later export that no longer lists them frees nothing; a request
/// that was rejected or cancelled too, since it is never repeated by itself. Unapplied payments that belong to a voucher by
/// decision claim it too.
pub fn outside_claims(records: &Records, judged: &Judged<'_>, terms: Terms<'_>) -> BTreeMap<VoucherId, Claim> {
    let (verdicts, as_of) = (&judged.verdicts, terms.as_of);
    let resolved = judged.without_voucher.iter().filter_map(|of| of.resolved(terms.opening));
    let mut found: BTreeMap<VoucherId, FirstClaim> = records
        .vouchers
        .map_those_with(&CLAIMS, &CLAIMS, |rows| {
            let requests = rows
                .payments
                .iter()
                .filter(|payment| {
                    payment.is_seen(as_of) && !judged.index.matching().is_of_others(&rows.voucher, payment)
                })
                .map(request);
            let older = rows.claims.iter().filter(|claim| claim.claimed_on <= as_of);
            let older =
                older.map(|claim| (true, Some(claim.claimed_on), ClaimOrigin::Prior(claim.reference.to_string())));
            requests.chain(older).reduce(first).map(|claim| (rows.voucher, claim))
        })
        .into_iter()
        .collect();
    for (voucher, payment) in resolved {
        let known = found.remove(&voucher);
        let claim = known.into_iter().chain([request(payment)]).reduce(first);
        found.extend(claim.map(|claim| (voucher, claim)));
    }
    found
        .into_iter()
        .map(|(voucher, (live, requested_on, origin))| {
            let known = verdicts.binary_search_by(|verdict| verdict.voucher.cmp(&voucher)).ok().map(|at| &verdicts[at]);
            let claim = Claim {
                live,
                origin,
                requested_on,
                approved_on: None,
                location: known.and_then(|verdict| verdict.location.clone()),
                engagement: known.and_then(|verdict| verdict.engagement.clone()),
                days: known.and_then(|verdict| verdict.days),
                amount: known.and_then(|verdict| verdict.entitled),
            };
            (voucher, claim)
        })
        .collect()
}

/// Whether a claim is live, its day, and where it was made.
type FirstClaim = (bool, Option<Day>, ClaimOrigin);

fn request(payment: &Payment) -> FirstClaim {
    (payment.status.is_live(), payment.requested_on.get(), ClaimOrigin::Payment(payment.reference.to_string()))
}

/// Of two claims of a voucher: a live request counts before one that was refused, and the earlier before the later.
fn first(known: FirstClaim, other: FirstClaim) -> FirstClaim {
    let earlier = other.1.is_some_and(|day| known.1.is_none_or(|of| day < of));
    if (other.0 && !known.0) || (other.0 == known.0 && earlier) { other } else { known }
}
