//! What each payment row is applied to, and by what it was matched.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::contest::{Contest, Contested};
use super::known::{KnownVouchers, names_line_of, own_invoice};
use super::payee::Companies;
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

/// A payment row, and what is known of what it names.
struct NamedPayment {
    payment: Payment,
    /// Whether it names a voucher that another data set knows.
    names_known: bool,
    contest: Option<Contest>,
    unknown_payees: Vec<String>,
}

/// Payments that do not simply belong to the voucher that they name.
#[derive(Debug, Default)]
pub struct Matching {
    /// Neither their voucher nor their invoice is known, or the two disagree, and no decision applies them; in the order of
    /// files and rows.
    unapplied: Vec<Payment>,
    /// Those of them that people have accepted as being for no voucher of ours.
    accepted: HashSet<Place>,
    /// Those of them that say something else than what they name.
    contested: HashMap<Place, Contest>,
    /// Those of them that name no voucher and may be for one of any company.
    of_anybody: HashSet<Place>,
    /// Payees that partner profiles do not know, and that are taken for the company of the voucher.
    unknown_payees: BTreeSet<String>,
    /// They name an invoice of ours, or belong to something by decision.
    redirected: Vec<Payment>,
    /// What those are applied to.
    applications: HashMap<Place, Application>,
}

impl Matching {
    /// Matches the payments that are seen on the as-of date by what their rows name.
    pub(super) fn by_keys(
        intake: &Intake,
        opening: &OpeningClaims,
        as_of: Day,
        known: &KnownVouchers<'_>,
        companies: &Companies<'_>,
    ) -> Matching {
        let vouchers = &intake.records.vouchers;
        let wanted = [Dataset::Payments, Dataset::Redemptions];
        let of_vouchers = vouchers.map_those_with(&[Dataset::Payments], &wanted, |rows| {
            let (is_known, own) = (known.contain(&rows), Companies::of_rows(&rows, opening));
            let seen = rows.payments.iter().filter(|payment| payment.is_seen(as_of));
            let named: Vec<NamedPayment> = seen
                .map(|payment| NamedPayment {
                    contest: is_known
                        .then(|| companies.other_payee(payment, &own))
                        .flatten()
                        .map(Contest::OtherCompany),
                    unknown_payees: companies.unknown_payees(payment),
                    names_known: is_known,
                    payment: payment.clone(),
                })
                .collect();
            (!named.is_empty()).then_some(named)
        });
        let unnamed =
            vouchers.unnamed_payments().filter(|payment| payment.is_seen(as_of)).map(|payment| NamedPayment {
                contest: None,
                unknown_payees: companies.unknown_payees(&payment),
                names_known: false,
                payment,
            });
        let mut all: Vec<NamedPayment> = of_vouchers.into_iter().flatten().chain(unnamed).collect();
        all.sort_by_key(|named| named.payment.place);
        let mut matching = Matching::default();
        for named in all {
            matching.take(named, opening, companies);
        }
        matching.share_out(opening);
        matching
    }

    /// References that disagree match nothing, nor does what another company was paid: a person says what is meant.
    fn take(&mut self, named: NamedPayment, opening: &OpeningClaims, companies: &Companies<'_>) {
        let NamedPayment { payment, names_known, contest, unknown_payees } = named;
        self.unknown_payees.extend(unknown_payees);
        let number = own_invoice(&payment, opening).cloned();
        let of_invoice = |number: &InvoiceNumber| {
            if names_known {
                return (!names_line_of(&payment, number, opening)).then_some(Contest::InvoiceOfOthers);
            }
            let own = Companies::of_lines(&opening.invoices[number], opening);
            companies.other_payee(&payment, &own).map(Contest::OtherCompany)
        };
        match (contest.or_else(|| number.as_ref().and_then(of_invoice)), number) {
            (Some(contest), _) => {
                self.contested.insert(payment.place, contest);
                self.unapplied.push(payment);
            }
            (None, Some(number)) => self.apply_to_invoice(payment, number, MatchedBy::Invoice),
            // It simply belongs to the voucher that it names.
            (None, None) if names_known => {}
            (None, None) => {
                if companies.may_be_of_anybody(&payment) {
                    self.of_anybody.insert(payment.place);
                }
                self.unapplied.push(payment);
            }
        }
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
    pub(super) fn of_no_voucher(&self) -> Vec<Contested<'_>> {
        let contested = |payment| Contested { payment, contest: self.contest(payment) };
        let is_item = |of: &Contested<'_>| of.contest.is_some() || of.payment.voucher.value().is_none();
        self.unapplied.iter().map(contested).filter(is_item).collect()
    }

    /// Whether an unapplied payment may be for a voucher of any company.
    pub fn is_of_anybody(&self, payment: &Payment) -> bool {
        self.of_anybody.contains(&payment.place)
    }

    /// Whether a payment is applied to nothing, although it names something.
    pub fn is_contested(&self, payment: &Payment) -> bool {
        self.contest(payment).is_some()
    }

    /// The vouchers that a contested payment is for by what it names: its own, else those of the invoice.
    pub fn contested_vouchers<'p>(&self, payment: &'p Payment, opening: &'p OpeningClaims) -> Vec<&'p VoucherId> {
        match (payment.voucher.value(), own_invoice(payment, opening)) {
            (Some(voucher), _) => vec![voucher],
            (None, Some(number)) => opening.invoices[number].iter().map(|line| &line.voucher).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// Why a payment is applied to nothing, although it names something.
    pub fn contest(&self, payment: &Payment) -> Option<&Contest> {
        self.contested.get(&payment.place)
    }

    /// Payees that partner profiles do not know, and that are taken for the company of the voucher.
    pub fn unknown_payees(&self) -> &BTreeSet<String> {
        &self.unknown_payees
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
            let shares = self.applications.get(&payment.place).map_or(&[][..], |of| &of.shares);
            // A row that names its line says nothing about the others, unless they get something of it.
            let names_line = shares.iter().any(|share| payment.voucher.value() == Some(&share.voucher));
            let shares = shares.iter().filter(move |share| !names_line || share.amount.minor() != 0);
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
