//! What each payment row is applied to, and by what it was matched.

use std::collections::{HashMap, HashSet};

use super::known::{KnownVouchers, names_line_of, own_invoice};
use super::shares::{self, Share};
use super::without_voucher::PaymentWithoutVoucher;
use crate::ingest::Intake;
use crate::model::{
    Dataset, Day, Disposition, InvoiceNumber, Money, OpeningClaims, Payment, PaymentStatus, Place, Reference, VoucherId,
};

/// By what a payment row was matched with a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// It names the voucher.
    Voucher,
    /// It names an invoice of ours on which the voucher stands.
    Invoice,
    /// People have decided so.
    Decision,
}

impl MatchedBy {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            MatchedBy::Voucher => "voucher",
            MatchedBy::Invoice => "invoice",
            MatchedBy::Decision => "decision",
        }
    }
}

/// A payment row as far as it concerns one voucher.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'a> {
    /// The row.
    pub payment: &'a Payment,
    /// The invoice to which it is applied, or another one that the row names.
    pub invoice: Option<&'a InvoiceNumber>,
    /// The part of its amount that is this voucher's.
    pub share: Money,
    /// The row's status on the as-of date: paid money that arrives later is still open.
    pub status: PaymentStatus,
    /// By what it was matched.
    pub matched_by: MatchedBy,
}

/// The part of a payment row that is for a voucher, without the row.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// The row.
    pub place: Place,
    /// The payer's reference.
    pub reference: Reference,
    /// The invoice to which it is applied, or another one that the row names.
    pub invoice: Option<InvoiceNumber>,
    /// The part of its amount.
    pub share: Money,
    /// Its status on the as-of date.
    pub status: PaymentStatus,
    /// Day of the request.
    pub requested_on: Option<Day>,
    /// Day of the payment.
    pub paid_on: Option<Day>,
    /// By what it was matched.
    pub matched_by: MatchedBy,
}

impl Applied<'_> {
    /// The part without the row, as it is known on the as-of date.
    pub fn allocation(&self, as_of: Day) -> Allocation {
        let payment = self.payment;
        Allocation {
            place: payment.place,
            reference: payment.reference.clone(),
            invoice: self.invoice.cloned(),
            share: self.share,
            status: self.status,
            requested_on: payment.requested_on.get(),
            paid_on: payment.paid_on.get().filter(|day| *day <= as_of),
            matched_by: self.matched_by,
        }
    }
}

/// What a payment row is applied to, where that is not simply the voucher that it names.
#[derive(Debug)]
struct Application {
    matched_by: MatchedBy,
    invoice: Option<InvoiceNumber>,
    shares: Vec<Share>,
}

/// Payments that do not simply belong to the voucher that they name.
#[derive(Debug, Default)]
pub struct Matching {
    /// Neither their voucher nor their invoice is known, or the two disagree, and no decision applies them; in the order of
    /// files and rows.
    unapplied: Vec<Payment>,
    /// Those of them that people have accepted as being for no voucher of ours.
    accepted: HashSet<Place>,
    /// Those of them that name a known voucher and an invoice of ours on which it does not stand.
    contested: HashSet<Place>,
    /// They name an invoice of ours, or belong to something by decision.
    redirected: Vec<Payment>,
    /// What those are applied to.
    applications: HashMap<Place, Application>,
}

impl Matching {
    /// Matches the payments that are seen on the as-of date by what their rows name.
    pub(super) fn by_keys(intake: &Intake, opening: &OpeningClaims, as_of: Day, known: &KnownVouchers<'_>) -> Matching {
        let records = &intake.records;
        let only = [Dataset::Payments];
        let of_vouchers = records.vouchers.map_those_with(&only, &only, |rows| {
            let is_known = known.contain(&rows);
            let mut payments = rows.payments;
            payments.retain(|payment| payment.is_seen(as_of) && (!is_known || own_invoice(payment, opening).is_some()));
            let apart: Vec<(Payment, bool)> = payments.into_iter().map(|payment| (payment, is_known)).collect();
            (!apart.is_empty()).then_some(apart)
        });
        let unnamed = records.vouchers.unnamed_payments().filter(|payment| payment.is_seen(as_of));
        let unnamed = unnamed.map(|payment| (payment, false));
        let mut apart: Vec<(Payment, bool)> = of_vouchers.into_iter().flatten().chain(unnamed).collect();
        apart.sort_by_key(|(payment, _)| payment.place);
        let mut matching = Matching::default();
        for (payment, names_known) in apart {
            match own_invoice(&payment, opening).cloned() {
                // References that disagree match nothing: a person says which is meant.
                Some(number) if names_known && !names_line_of(&payment, &number, opening) => {
                    matching.contested.insert(payment.place);
                    matching.unapplied.push(payment);
                }
                Some(number) => matching.apply_to_invoice(payment, number, MatchedBy::Invoice),
                None => matching.unapplied.push(payment),
            }
        }
        matching.share_out(opening);
        matching
    }

    /// Puts unapplied payments where people have decided that they belong.
    pub(super) fn apply_decisions(&mut self, without_voucher: &[PaymentWithoutVoucher], opening: &OpeningClaims) {
        let decided: HashMap<Place, &PaymentWithoutVoucher> =
            without_voucher.iter().filter(|of| of.disposition.is_some()).map(|of| (of.payment.place, of)).collect();
        if decided.is_empty() {
            return;
        }
        for payment in std::mem::take(&mut self.unapplied) {
            let of = decided.get(&payment.place);
            match of.and_then(|of| of.disposition.as_ref()) {
                // The row that a later export has listed counts; this one does not.
                Some(Disposition::Resolve(_)) if of.is_some_and(|of| of.is_repeated()) => {}
                Some(Disposition::Resolve(target)) => {
                    self.contested.remove(&payment.place);
                    let number = InvoiceNumber::new(target);
                    if opening.invoices.contains_key(&number) {
                        self.apply_to_invoice(payment, number, MatchedBy::Decision);
                    } else {
                        self.apply_to_voucher(payment, VoucherId::new(target));
                    }
                }
                Some(Disposition::Accept | Disposition::Waive(_)) => {
                    self.accepted.insert(payment.place);
                    self.unapplied.push(payment);
                }
                Some(Disposition::Adjust(_) | Disposition::Dispute | Disposition::Withdraw) | None => {
                    self.unapplied.push(payment)
                }
            }
        }
        self.share_out(opening);
    }

    fn apply_to_invoice(&mut self, payment: Payment, number: InvoiceNumber, matched_by: MatchedBy) {
        let application = Application { matched_by, invoice: Some(number), shares: Vec::new() };
        self.applications.insert(payment.place, application);
        self.redirected.push(payment);
    }

    fn apply_to_voucher(&mut self, payment: Payment, voucher: VoucherId) {
        let shares = vec![Share { voucher, amount: payment.amount }];
        // It may name an invoice that is not ours.
        let invoice = payment.invoice_number.value().cloned();
        self.applications.insert(payment.place, Application { matched_by: MatchedBy::Decision, invoice, shares });
        self.redirected.push(payment);
    }

    /// Shares out payments of invoices of ours among the lines.
    fn share_out(&mut self, opening: &OpeningClaims) {
        let of_invoice = |payment: &&Payment| {
            let number = self.applications.get(&payment.place)?.invoice.as_ref()?;
            opening.invoices.contains_key(number).then_some(number)
        };
        let payments: Vec<(&Payment, &InvoiceNumber)> =
            self.redirected.iter().filter_map(|payment| Some((payment, of_invoice(&payment)?))).collect();
        for (place, shares) in shares::invoice_shares(payments, opening) {
            self.applications.entry(place).and_modify(|application| application.shares = shares);
        }
    }

    /// Payments of which neither the voucher nor the invoice is known, in the order of files and rows.
    pub fn unapplied(&self) -> &[Payment] {
        &self.unapplied
    }

    /// Those of the unapplied that are items of their own: they name no voucher, or are contested. One that names an unknown
    /// voucher stands with the verdict of that.
    pub(super) fn of_no_voucher(&self) -> Vec<&Payment> {
        let is_item = |payment: &&Payment| payment.voucher.value().is_none() || self.is_contested(payment);
        self.unapplied.iter().filter(is_item).collect()
    }

    /// Whether a payment names a known voucher and an invoice of ours that is of others.
    pub fn is_contested(&self, payment: &Payment) -> bool {
        self.contested.contains(&payment.place)
    }

    /// Whether a payment that names a voucher is not for it: an invoice of others that it names stands against that, or people
    /// have resolved it to something else.
    pub fn is_of_others(&self, voucher: &VoucherId, payment: &Payment) -> bool {
        let resolved = self.applications.get(&payment.place).filter(|of| of.matched_by == MatchedBy::Decision);
        self.is_contested(payment) || resolved.is_some_and(|of| of.shares.iter().all(|share| share.voucher != *voucher))
    }

    /// Whether people have accepted an unapplied payment as being for no voucher of ours.
    pub fn is_accepted(&self, payment: &Payment) -> bool {
        self.accepted.contains(&payment.place)
    }

    /// Payments of vouchers that their rows do not name.
    pub fn of_unnamed_vouchers(&self) -> impl Iterator<Item = (&VoucherId, &Payment)> {
        self.redirected.iter().flat_map(|payment| {
            let shares = self.applications.get(&payment.place).into_iter().flat_map(|of| &of.shares);
            let vouchers = shares.map(|share| &share.voucher);
            vouchers.filter(|voucher| payment.voucher.value() != Some(*voucher)).map(move |voucher| (voucher, payment))
        })
    }

    /// The payment rows that concern a voucher and are seen on the as-of date.
    pub fn apply<'a>(&'a self, voucher: &VoucherId, payments: &[&'a Payment], as_of: Day) -> Vec<Applied<'a>> {
        let seen = payments.iter().filter(|payment| payment.is_seen(as_of) && !self.is_of_others(voucher, payment));
        let mut applied: Vec<Applied<'a>> = seen.map(|payment| self.applied(voucher, payment, as_of)).collect();
        // A row of the invoice that is for its other lines says nothing about this one, once another row is for it.
        let is_for_others =
            |of: &Applied<'_>| self.applications.contains_key(&of.payment.place) && of.share.minor() == 0;
        if applied.iter().any(|of| !is_for_others(of)) {
            applied.retain(|of| !is_for_others(of));
        }
        applied
    }

    fn applied<'a>(&'a self, voucher: &VoucherId, payment: &'a Payment, as_of: Day) -> Applied<'a> {
        let arrives_later = payment.paid_on.get().is_some_and(|day| day > as_of);
        let status = match payment.status {
            PaymentStatus::Paid if arrives_later => PaymentStatus::Approved,
            status => status,
        };
        let names_it = payment.voucher.value() == Some(voucher);
        let Some(application) = self.applications.get(&payment.place) else {
            let invoice = payment.invoice_number.value();
            return Applied { payment, invoice, share: payment.amount, status, matched_by: MatchedBy::Voucher };
        };
        let share = application.shares.iter().find(|share| share.voucher == *voucher);
        Applied {
            payment,
            invoice: application.invoice.as_ref(),
            share: share.map_or(Money::new(0, payment.amount.currency()), |share| share.amount),
            status,
            matched_by: if names_it { MatchedBy::Voucher } else { application.matched_by },
        }
    }
}
