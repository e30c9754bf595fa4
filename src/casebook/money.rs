//! Which payments belong to which voucher, and whether a voucher was claimed. A payment is matched by the number
//! of an invoice that this ledger issued, else by voucher; what matches neither stands apart and may block.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::spelling::Suspicion;
use super::steps::{Heard, Steps};
use crate::ingest::{Coverage, Doubt, Intake, VoucherCoverage, VoucherRows};
use crate::model::{
    Code, Currency, Dataset, Day, Fact, InvoiceNumber, IssuedLine, LocationId, Money, OpeningClaims, Partner,
    PartnerId, Payment, PaymentStatus, Place, Redemption, Text, VoucherId,
};

/// A payment row as far as it concerns one voucher.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'a> {
    /// The row.
    pub payment: &'a Payment,
    /// The part of its amount that is this voucher's.
    pub share: Money,
    /// The row's status on the as-of date: paid money that arrives later is still open.
    pub status: PaymentStatus,
}

/// Whether anybody has claimed a voucher.
#[derive(Clone, Debug, PartialEq)]
pub enum Claimed {
    /// A payment row, an older claim, or a live claim of the ledger.
    Yes,
    /// Nobody, as far as all files go.
    No,
    /// A refused row or file may hold a claim of this voucher: the code that says so, what is missing, and the row.
    Unknown(Code, String, Option<Place>),
    /// A payment that names nothing readable may be for any voucher: it keeps redeemed ones from being claimed.
    MayBe(Code, String, Option<Place>),
}

fn known_invoice<'a>(payment: &'a Payment, opening: &OpeningClaims) -> Option<&'a InvoiceNumber> {
    payment.invoice_number.value().filter(|number| opening.invoices.contains_key(*number))
}

/// Payments that do not simply belong to the voucher that they name.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Neither their voucher nor their invoice is known; in the order of files and rows.
    pub(super) unmatched: Vec<Payment>,
    /// They name an invoice of ours, or belong to something by decision.
    pub(super) of_invoices: Vec<Payment>,
    /// What each voucher of its invoice gets of a payment.
    pub(super) shares: HashMap<Place, Vec<(VoucherId, Money)>>,
}

impl Sorted {
    /// Lets a payment belong to an invoice of ours, if the target is the number of one, else to a voucher.
    pub(super) fn resolve(&mut self, mut payment: Payment, target: &str, opening: &OpeningClaims) {
        let number = InvoiceNumber::new(target);
        if opening.invoices.contains_key(&number) {
            payment.invoice_number = Fact::Is(number);
            self.of_invoices.push(payment);
            self.of_invoices.sort_by_key(|payment| payment.place);
            self.shares.extend(invoice_shares(&self.of_invoices, opening));
        } else {
            self.shares.insert(payment.place, vec![(VoucherId::new(target), payment.amount)]);
            self.of_invoices.push(payment);
        }
    }
}

/// All that a payment row names: its voucher, or an invoice of ours and the vouchers on it.
pub(super) fn names(payment: &Payment, opening: &OpeningClaims) -> Vec<Text> {
    let number = known_invoice(payment, opening);
    let lines = number.and_then(|number| opening.invoices.get(number)).into_iter().flatten();
    let vouchers = payment.voucher.value().into_iter().chain(lines.map(|line| &line.voucher));
    let number = number.map(|number| number.as_str());
    number.into_iter().chain(vouchers.map(|voucher| voucher.as_str())).map(Text::new).collect()
}

/// Whether data sets other than payments know a voucher.
pub(super) struct Others<'a> {
    /// A data set that the job does not name may know any voucher.
    all_named: bool,
    /// A refused row may have named it.
    in_doubt: HashSet<&'a VoucherId>,
}

impl<'a> Others<'a> {
    pub(super) fn new(intake: &'a Intake) -> Others<'a> {
        let coverage = &intake.records.coverage;
        let all_named = ![coverage.vouchers, coverage.redemptions, coverage.completions].contains(&Coverage::None);
        let elsewhere = intake.doubts.iter().filter(|doubt| doubt.dataset != Dataset::Payments);
        Others { all_named, in_doubt: elsewhere.filter_map(|doubt| doubt.keys.voucher.as_ref()).collect() }
    }

    pub(super) fn know(&self, rows: &VoucherRows) -> bool {
        let elsewhere = [Dataset::Vouchers, Dataset::Redemptions, Dataset::Completions, Dataset::Claims];
        elsewhere.iter().any(|dataset| rows.has(*dataset)) || !self.all_named || self.in_doubt.contains(&rows.voucher)
    }
}

/// Sorts out the payments that are seen on the as-of date.
pub(super) fn sort(intake: &Intake, opening: &OpeningClaims, as_of: Day, others: &Others<'_>) -> Sorted {
    let records = &intake.records;
    let only = [Dataset::Payments];
    let of_vouchers = records.vouchers.map_those_with(&only, &only, |rows| {
        let is_known = others.know(&rows);
        let mut payments = rows.payments;
        payments.retain(|payment| payment.is_seen(as_of) && (!is_known || known_invoice(payment, opening).is_some()));
        (!payments.is_empty()).then_some(payments)
    });
    let unnamed = records.vouchers.unnamed_payments().filter(|payment| payment.is_seen(as_of));
    let mut apart: Vec<Payment> = of_vouchers.into_iter().flatten().chain(unnamed).collect();
    apart.sort_by_key(|payment| payment.place);
    let (of_invoices, unmatched): (Vec<Payment>, Vec<Payment>) =
        apart.into_iter().partition(|payment| known_invoice(payment, opening).is_some());
    let shares = invoice_shares(&of_invoices, opening);
    Sorted { unmatched, of_invoices, shares }
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

/// A line of an invoice of ours, and what is still open of it.
struct OpenLine {
    voucher: VoucherId,
    full: i64,
    open: i64,
    currency: Currency,
}

/// For payments that name an invoice of ours: what each of its vouchers gets of it. Amounts are applied line by
/// line until they are used up, paid ones before requests, dead rows apart; a surplus goes to the last line. What is taken
/// back is taken from the lines that have got something, the last first.
fn invoice_shares(payments: &[Payment], opening: &OpeningClaims) -> HashMap<Place, Vec<(VoucherId, Money)>> {
    let mut open_lines: BTreeMap<(InvoiceNumber, bool), Vec<OpenLine>> = BTreeMap::new();
    let mut shares = HashMap::new();
    // Who paid first is served first, whatever the order of rows.
    let mut in_time: Vec<&Payment> = payments.iter().collect();
    in_time.sort_by_key(|payment| {
        let day = payment.paid_on.get().or(payment.requested_on.get());
        let is_request = payment.status != PaymentStatus::Paid;
        (is_request, day, &payment.reference, std::cmp::Reverse(payment.amount.minor()), payment.place)
    });
    for payment in in_time {
        let Some(number) = known_invoice(payment, opening) else {
            continue;
        };
        let lines = open_lines.entry((number.clone(), payment.status.is_live())).or_insert_with(|| {
            let line = |line: &IssuedLine| {
                let (full, currency) = (line.amount.minor(), line.amount.currency());
                OpenLine { voucher: line.voucher.clone(), full, open: full, currency }
            };
            opening.invoices[number].iter().map(line).collect()
        });
        shares.insert(payment.place, share_out(payment.amount, lines));
    }
    shares
}

/// Takes an amount from the lines that are still open, or gives back what they have got. Every line is named, also with
/// nothing.
fn share_out(amount: Money, lines: &mut [OpenLine]) -> Vec<(VoucherId, Money)> {
    let currency = amount.currency();
    let mut left = amount.minor();
    let mut shares = vec![0; lines.len()];
    let forwards: Vec<usize> = (0..lines.len()).collect();
    let order: Vec<usize> = if left < 0 { forwards.into_iter().rev().collect() } else { forwards };
    for at in order {
        let line = &mut lines[at];
        let (least, most) =
            if line.currency == currency { ((line.open - line.full).min(0), line.open.max(0)) } else { (0, 0) };
        shares[at] = left.clamp(least, most);
        left -= shares[at];
        line.open -= shares[at];
    }
    // What fits nowhere is too much, or too little, on the last line.
    if let (Some(share), Some(line)) = (shares.last_mut(), lines.last_mut()) {
        *share += left;
        line.open -= if line.currency == currency { left } else { 0 };
    }
    lines.iter().zip(shares).map(|(line, share)| (line.voucher.clone(), Money::new(share, currency))).collect()
}

/// The payment rows that concern a voucher and are seen on the as-of date.
pub(super) fn apply<'a>(
    voucher: &VoucherId,
    payments: &[&'a Payment],
    shares: &HashMap<Place, Vec<(VoucherId, Money)>>,
    as_of: Day,
) -> Vec<Applied<'a>> {
    let mut applied: Vec<Applied<'a>> = payments
        .iter()
        .filter(|payment| payment.is_seen(as_of))
        .map(|payment| {
            let of_invoice = shares.get(&payment.place).and_then(|lines| lines.iter().find(|(id, _)| id == voucher));
            let arrives_later = payment.paid_on.get().is_some_and(|day| day > as_of);
            let status = match payment.status {
                PaymentStatus::Paid if arrives_later => PaymentStatus::Approved,
                status => status,
            };
            let beside_an_invoice = shares.contains_key(&payment.place);
            let share = match of_invoice {
                Some((_, share)) => *share,
                None if beside_an_invoice => Money::new(0, payment.amount.currency()),
                None => payment.amount,
            };
            Applied { payment, share, status }
        })
        .collect();
    // A row of the invoice that is for its other lines says nothing about this one, once another row is for it.
    let is_for_others = |of: &Applied<'_>| shares.contains_key(&of.payment.place) && of.share.minor() == 0;
    if applied.iter().any(|of| !is_for_others(of)) {
        applied.retain(|of| !is_for_others(of));
    }
    applied
}

/// Whether the voucher was claimed. A payment that cannot be read at all leaves it open for every voucher.
pub(super) fn claimed(
    heard: &Heard<'_, '_>,
    coverage: &VoucherCoverage,
    as_of: Day,
    nameless: Option<&Doubt>,
    suspicion: Option<&Suspicion>,
) -> Claimed {
    let prior = heard.prior.iter().any(|claim| claim.claimed_on <= as_of);
    if !heard.applied.is_empty() || prior || heard.claim.is_some() {
        return Claimed::Yes;
    }
    let own = heard.doubts.iter().copied().find(|d| matches!(d.dataset, Dataset::Payments | Dataset::Claims));
    if let Some(doubt) = own {
        let why = "a payment or claim row of this voucher cannot be used".to_owned();
        return Claimed::Unknown(doubt.code, why, Some(doubt.place));
    }
    if let Some(doubt) = nameless {
        let why = "a refused payment row names no voucher that is known, and may be for this one".to_owned();
        return Claimed::MayBe(doubt.code, why, Some(doubt.place));
    }
    if let Some((why, place)) = suspicion {
        return Claimed::MayBe(Code::Mt04, why.clone(), *place);
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
                    Claimed::MayBe(Code::In01, why, None)
                }
                None => Claimed::No,
            }
        }
        (Coverage::None, _) => Claimed::Unknown(Code::In01, "the job has no payments".to_owned(), None),
        (Coverage::Partial, _) | (_, Coverage::Partial) => {
            Claimed::Unknown(Code::In01, "a file of payments or claims was refused".to_owned(), None)
        }
    }
}

/// Refused payment rows that may be for vouchers which they do not name.
#[derive(Debug, Default)]
pub(super) struct Nameless<'a> {
    /// Neither voucher nor invoice can be read, or the voucher that is named cannot: it may be for any.
    any: Option<&'a Doubt>,
    /// An invoice of somebody else, or a voucher that nobody knows: for one of the location, else of the partner.
    by_location: HashMap<&'a LocationId, &'a Doubt>,
    by_partner: HashMap<&'a PartnerId, &'a Doubt>,
}

impl<'a> Nameless<'a> {
    /// `is_known` says whether another data set knows a voucher.
    pub(super) fn new(
        doubts: &'a [Doubt],
        opening: &OpeningClaims,
        is_known: impl Fn(&VoucherId) -> bool,
    ) -> Nameless<'a> {
        let mut nameless = Nameless::default();
        let of_claims = |doubt: &&Doubt| matches!(doubt.dataset, Dataset::Payments | Dataset::Claims);
        for doubt in doubts.iter().filter(of_claims) {
            let keys = &doubt.keys;
            let of_nobody = match (&keys.voucher, &keys.invoice) {
                (_, Some(number)) if opening.invoices.contains_key(number) => continue,
                (Some(_), _) if doubt.contradiction || doubt.dataset == Dataset::Claims => continue,
                (Some(voucher), _) if is_known(voucher) => continue,
                // Could the row be read, it would be a payment that belongs to nothing.
                (Some(_), _) => true,
                (None, invoice) => invoice.is_some() && !keys.voucher_garbled,
            };
            match (of_nobody, &keys.location, &keys.partner) {
                (false, ..) => nameless.any = nameless.any.or(Some(doubt)),
                (true, Some(location), _) => drop(nameless.by_location.entry(location).or_insert(doubt)),
                (true, None, Some(partner)) => drop(nameless.by_partner.entry(partner).or_insert(doubt)),
                (true, None, None) if keys.claimant_garbled => nameless.any = nameless.any.or(Some(doubt)),
                (true, None, None) => {}
            }
        }
        nameless
    }

    /// The row that may be for a voucher of this location and partner.
    pub(super) fn concerning(&self, location: Option<&LocationId>, partner: Option<&Partner>) -> Option<&'a Doubt> {
        let of_location = || location.and_then(|location| self.by_location.get(location).copied());
        let of_partner = || partner.and_then(|partner| self.by_partner.get(&partner.partner).copied());
        self.any.or_else(of_location).or_else(of_partner)
    }
}

/// Unmatched payments, by position, by what they name: the voucher, and the location, else the partner, whose
/// vouchers they block.
#[derive(Debug, Default)]
pub(super) struct Strays {
    by_voucher: HashMap<VoucherId, Vec<usize>>,
    by_location: HashMap<LocationId, Vec<Stray>>,
    by_partner: HashMap<PartnerId, Vec<Stray>>,
}

#[derive(Clone, Copy, Debug)]
struct Stray {
    position: usize,
    requested_on: Option<Day>,
}

impl Strays {
    /// Those that were `accepted` are for no voucher of ours.
    pub(super) fn new(unmatched: &[Payment], accepted: &HashSet<Place>) -> Strays {
        let mut strays = Strays::default();
        for (position, payment) in unmatched.iter().enumerate() {
            if let Fact::Is(voucher) = &payment.voucher {
                strays.by_voucher.entry(voucher.clone()).or_default().push(position);
            }
            if accepted.contains(&payment.place) {
                continue;
            }
            let stray = Stray { position, requested_on: payment.requested_on.get() };
            match (&payment.location, &payment.partner) {
                (Fact::Is(location), _) => strays.by_location.entry(location.clone()).or_default().push(stray),
                (_, Fact::Is(partner)) => strays.by_partner.entry(partner.clone()).or_default().push(stray),
                _ => {}
            }
        }
        strays
    }

    /// Those that name a voucher which no other data set knows.
    pub(super) fn naming(&self, voucher: &VoucherId) -> &[usize] {
        self.by_voucher.get(voucher).map_or(&[], Vec::as_slice)
    }

    /// Those that may be for this voucher: redeemed by their request date and unclaimed, of their location, else of
    /// their partner.
    pub(super) fn suspects(
        &self,
        live: Option<&Redemption>,
        partner: Option<&Partner>,
        steps: &Steps,
        claimed: &Claimed,
    ) -> Vec<usize> {
        let (Some(live), Some(redeemed), Claimed::No) = (live, steps.redeemed.get(), claimed) else {
            return Vec::new();
        };
        let of_location = self.by_location.get(&live.location).into_iter().flatten();
        let of_partner = partner.and_then(|partner| self.by_partner.get(&partner.partner)).into_iter().flatten();
        let in_time = |stray: &&Stray| stray.requested_on.is_none_or(|day| redeemed.day <= day);
        let found = of_location.chain(of_partner).filter(in_time);
        let mut positions: Vec<usize> = found.map(|stray| stray.position).collect();
        positions.sort_unstable();
        positions
    }
}
