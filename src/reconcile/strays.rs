//! Payments that belong to nothing, and what people have decided about them: one that was resolved belongs to the voucher
//! that was named; one that was accepted is nobody's, and keeps no voucher from being claimed.

use std::collections::HashMap;

use super::verdict::item_hash;
use super::{Earlier, Seen, finding_id};
use crate::casebook::{Index, Settled};
use crate::ingest::Intake;
use crate::model::{Code, Day, InvoiceNumber, OpeningClaims, Payment, Ruling, VoucherId};
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
    /// It was resolved to what another row of the same payment names: that row counts, this one does not.
    pub is_repeated: bool,
}

impl Stray {
    /// The voucher to which people have decided that it belongs, which is claimed by it. Vouchers of invoices of ours are
    /// claimed already.
    pub fn resolved(&self, opening: &OpeningClaims) -> Option<(VoucherId, &Payment)> {
        match &self.ruling {
            Some(Ruling::Resolve(target)) if !opening.invoices.contains_key(&InvoiceNumber::new(target)) => {
                Some((VoucherId::new(target), &self.payment))
            }
            _ => None,
        }
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
    let mut strays = strays(index.unmatched(), program, (earlier, as_of));
    let mut settled = Settled::default();
    for stray in &mut strays {
        match &stray.ruling {
            Some(Ruling::Resolve(target)) if index.repeats(&stray.payment, target) => {
                stray.is_repeated = true;
                stray.message = format!("{}; another row of it names {target}, and counts", stray.message);
                settled.repeated.insert(stray.payment.place);
            }
            Some(Ruling::Resolve(target)) => drop(settled.resolved.insert(stray.payment.place, target.clone())),
            Some(Ruling::Accept | Ruling::Waive(_)) => drop(settled.accepted.insert(stray.payment.place)),
            Some(Ruling::Adjust(_) | Ruling::Dispute | Ruling::Withdraw) | None => {}
        }
    }
    index.settle_strays(&settled);
    (index, strays)
}

/// Payments whose voucher nobody knows stand with the verdict of that voucher; the others are items of their own.
fn strays(unmatched: &[Payment], program: &Program, (earlier, as_of): (Earlier<'_>, Day)) -> Vec<Stray> {
    let mut nameless: Vec<&Payment> = unmatched.iter().filter(|payment| payment.voucher.value().is_none()).collect();
    // In an order that no order of rows changes, since the same reference may come several times.
    nameless.sort_by_key(|payment| {
        let invoice = payment.invoice_number.value().map_or("", |number| number.as_str());
        let money = (payment.amount.currency(), payment.amount.minor());
        (payment.reference.as_str(), invoice, money, payment.requested_on.get(), payment.paid_on.get())
    });
    let mut found: Vec<Stray> = Vec::new();
    let mut met: HashMap<String, u32> = HashMap::new();
    for payment in nameless {
        let mut subject = payment.reference.to_string();
        if let Some(number) = payment.invoice_number.value() {
            subject = format!("{subject} {number}");
        }
        let count = *met.entry(subject.clone()).and_modify(|count| *count += 1).or_insert(1);
        let subject = if count == 1 { subject } else { format!("{subject} no. {count}") };
        let id = finding_id(&program.id, "payment", &subject, Code::Mt03);
        let (amount, currency) = (payment.amount, payment.amount.currency());
        let named = payment.invoice_number.value().map_or("no voucher and no invoice".to_owned(), |number| {
            format!("no voucher, and invoice {number}, which this ledger has not issued")
        });
        let message = format!("payment {} of {amount} {currency} names {named}", payment.reference);
        let hash = item_hash(id, Code::Mt03, Some(amount), &subject);
        let seen = Seen { id, hash, code: Code::Mt03, amount: Some(amount), worth: None, is_stray: true };
        let opinion = earlier.decisions.and_then(|decisions| decisions.standing(&seen, (earlier.carried, as_of)));
        let ruling = opinion.map(|opinion| opinion.ruling.clone());
        found.push(Stray { seen, subject, payment: payment.clone(), message, ruling, is_repeated: false });
    }
    found
}
