//! Payments that belong to nothing, and what people have decided about them: one that was resolved belongs to the voucher
//! that was named; one that was accepted is nobody's, and keeps no voucher from being claimed.

use std::collections::{HashMap, HashSet};

use super::decided::listed;
use super::verdict::item_hash;
use super::{Earlier, Seen, finding_id};
use crate::casebook::{Index, Settled};
use crate::ingest::Intake;
use crate::model::{Code, Currency, Day, InvoiceNumber, OpeningClaims, Payment, Reference, Ruling, Text, VoucherId};
use crate::program::Program;

/// A payment that names no voucher, and no invoice of ours (MT-03).
#[derive(Clone, Debug)]
pub struct Stray {
    /// As an item.
    pub seen: Seen,
    /// Its reference, with the invoice that it names, and its number where that comes several times.
    pub subject: String,
    /// The row.
    pub payment: Payment,
    /// What is wrong.
    pub message: String,
    /// What people have decided about it, while that stands.
    pub ruling: Option<Ruling>,
}

impl Stray {
    /// The voucher to which people have decided that it belongs, which is claimed by it. Vouchers of invoices of ours are
    /// claimed already.
    pub fn resolved(&self, opening: &OpeningClaims) -> Option<(VoucherId, &Payment)> {
        match &self.ruling {
            Some(Ruling::Resolve(_)) if self.is_repeated() => None,
            Some(Ruling::Resolve(target)) if !opening.invoices.contains_key(&InvoiceNumber::new(target)) => {
                Some((VoucherId::new(target), &self.payment))
            }
            _ => None,
        }
    }

    /// Whether it was resolved to what a later export says: the row of that export counts, this one does not.
    pub fn is_repeated(&self) -> bool {
        let is_named = self.seen.stray.as_ref().is_some_and(|named| !named.is_empty());
        is_named && matches!(self.ruling, Some(Ruling::Resolve(_)))
    }

    /// Whether nobody knows yet what it was for.
    pub fn is_open(&self) -> bool {
        !self.ruling.as_ref().is_some_and(super::releases)
    }
}

/// Indexes what cases are looked up by, with payments where decisions put them.
pub fn index<'a>(
    intake: &'a Intake,
    opening: &'a OpeningClaims,
    program: &'a Program,
    (earlier, as_of): (Earlier<'_>, Day),
) -> (Index<'a>, Vec<Stray>) {
    let mut index = Index::new(intake, opening, program, as_of);
    let strays = strays(&index, program, (earlier, as_of));
    let mut settled = Settled::default();
    for stray in &strays {
        match &stray.ruling {
            Some(Ruling::Resolve(_)) if stray.is_repeated() => drop(settled.repeated.insert(stray.payment.place)),
            Some(Ruling::Resolve(target)) => drop(settled.resolved.insert(stray.payment.place, target.clone())),
            Some(Ruling::Accept | Ruling::Waive(_)) => drop(settled.accepted.insert(stray.payment.place)),
            Some(Ruling::Adjust(_) | Ruling::Dispute | Ruling::Withdraw) | None => {}
        }
    }
    index.settle_strays(&settled);
    (index, strays)
}

/// Payments whose voucher nobody knows stand with the verdict of that voucher; the others are items of their own.
fn strays(index: &Index<'_>, program: &Program, (earlier, as_of): (Earlier<'_>, Day)) -> Vec<Stray> {
    let unmatched = index.unmatched().iter();
    let mut nameless: Vec<&Payment> = unmatched.filter(|payment| payment.voucher.value().is_none()).collect();
    // In an order that no order of rows changes, since the same reference may come several times.
    nameless.sort_by_key(|payment| {
        let invoice = payment.invoice_number.value().map_or("", |number| number.as_str());
        let money = (payment.amount.currency(), payment.amount.minor());
        (payment.reference.as_str(), invoice, money, payment.requested_on.get(), payment.paid_on.get())
    });
    let named_later = named_later(index, &nameless);
    let mut found: Vec<Stray> = Vec::new();
    let mut met: HashMap<String, u32> = HashMap::new();
    for payment in nameless {
        let mut subject = payment.reference.to_string();
        if let Some(number) = payment.invoice_number.value() {
            subject = format!("{subject} {number}");
        }
        let count = *met.entry(subject.clone()).and_modify(|count| *count += 1).or_insert(1);
        let subject = if count == 1 { subject } else { format!("{subject} no. {count}") };
        let named = named_later.get(&(&payment.reference, payment.amount.currency())).cloned().unwrap_or_default();
        let id = finding_id(&program.id, "payment", &subject, Code::Mt03);
        // Who decides must have seen what later exports say.
        let evidence = if named.is_empty() { subject.clone() } else { format!("{subject}: {}", listed(&named)) };
        let hash = item_hash(id, Code::Mt03, Some(payment.amount), &evidence);
        let message = message(payment, &named);
        let seen = Seen { id, hash, code: Code::Mt03, amount: Some(payment.amount), worth: None, stray: Some(named) };
        let opinion = earlier.decisions.and_then(|decisions| decisions.standing(&seen, (earlier.carried, as_of)));
        let ruling = opinion.map(|opinion| opinion.ruling.clone());
        found.push(Stray { seen, subject, payment: payment.clone(), message, ruling });
    }
    found
}

fn message(payment: &Payment, named: &[Text]) -> String {
    let (amount, currency) = (payment.amount, payment.amount.currency());
    let nothing = payment.invoice_number.value().map_or("no voucher and no invoice".to_owned(), |number| {
        format!("no voucher, and invoice {number}, which this ledger has not issued")
    });
    let later = if named.is_empty() {
        String::new()
    } else {
        format!("; a later export lists it for {}: resolve it to that, and it counts once", listed(named))
    };
    format!("payment {} of {amount} {currency} names {nothing}{later}", payment.reference)
}

/// What later exports say about payments that name nothing, by reference and currency. An export that lists a reference
/// again, without the rows that named nothing, and with rows that name something and come to the same amount, has said
/// what they were for; whatever has become of them since, those rows speak.
fn named_later<'p>(index: &Index<'_>, nameless: &[&'p Payment]) -> HashMap<(&'p Reference, Currency), Vec<Text>> {
    let mut sums: HashMap<(&Reference, Currency), (Option<Day>, i128)> = HashMap::new();
    for payment in nameless {
        let exported_on = index.exported_on(payment.place);
        let key = (&payment.reference, payment.amount.currency());
        let (last, sum) = sums.entry(key).or_insert((exported_on, 0));
        // Of an unknown day, nothing can be said to be later.
        *last = last.zip(exported_on).map(|(a, b)| a.max(b));
        *sum += i128::from(payment.amount.minor());
    }
    let references: HashSet<Reference> = sums.keys().map(|(reference, _)| (*reference).clone()).collect();
    let named = if references.is_empty() { Vec::new() } else { index.named_payments(&references) };
    let later = |(reference, currency): &(&Reference, Currency), last: Day, sum: i128| {
        let of = named.iter().filter(|(payment, _)| payment.reference == **reference);
        let of = of.filter(|(payment, _)| payment.amount.currency() == *currency);
        let of: Vec<_> = of.filter(|(row, _)| index.exported_on(row.place).is_some_and(|day| last < day)).collect();
        let total: i128 = of.iter().map(|(payment, _)| i128::from(payment.amount.minor())).sum();
        let mut names: Vec<Text> = of.into_iter().flat_map(|(_, names)| names.clone()).collect();
        names.sort();
        names.dedup();
        (total == sum && !names.is_empty()).then_some(names)
    };
    sums.into_iter().filter_map(|(key, (last, sum))| Some((key, later(&key, last?, sum)?))).collect()
}
