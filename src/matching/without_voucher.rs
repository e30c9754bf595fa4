//! Unapplied payments that name no voucher, or one and an invoice of others, and what people have decided about them: one that was resolved is applied to the voucher
//! that was named; one that was accepted is for no voucher of ours, and keeps no voucher from being claimed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::contest::{Contest, Contested};
use super::known::names;
use crate::decisions::{Decisions, ItemSnapshot, finding_id, item_hash, listed, releases};
use crate::ingest::Intake;
use crate::model::{
    Code, Currency, Day, Disposition, InvoiceNumber, MinorUnits, Money, OpeningClaims, Payment, PaymentStatus,
    Reference, Text, VoucherId,
};
use crate::program::Program;

/// A payment that names no voucher and no invoice of ours, or a voucher and an invoice on which it does not stand (MT-03).
#[derive(Clone, Debug)]
pub struct PaymentWithoutVoucher {
    /// As an item.
    pub snapshot: ItemSnapshot,
    /// Its reference, with the invoice that it names, and its number where that comes several times.
    pub subject: String,
    /// The row.
    pub payment: Payment,
    /// What is wrong.
    pub message: String,
    /// What people have decided about it, while that stands.
    pub disposition: Option<Disposition>,
}

impl PaymentWithoutVoucher {
    /// The voucher to which people have decided that it belongs, which is claimed by it. Vouchers of invoices of ours are
    /// claimed already.
    pub fn resolved(&self, opening: &OpeningClaims) -> Option<(VoucherId, &Payment)> {
        match &self.disposition {
            Some(Disposition::Resolve(_)) if self.is_repeated() => None,
            Some(Disposition::Resolve(target)) if !opening.invoices.contains_key(&InvoiceNumber::new(target)) => {
                Some((VoucherId::new(target), &self.payment))
            }
            _ => None,
        }
    }

    /// Whether it was resolved to what a later export says: the row of that export counts, this one does not.
    pub fn is_repeated(&self) -> bool {
        let named = self.snapshot.listed_for.as_deref().unwrap_or_default();
        matches!(&self.disposition, Some(Disposition::Resolve(target)) if named.contains(target))
    }

    /// Whether it is not known yet what it was for.
    pub fn is_open(&self) -> bool {
        !self.disposition.as_ref().is_some_and(releases)
    }
}

/// Payments that name an unknown voucher stand with the verdict of that voucher; the others are items of their own.
pub(super) fn without_voucher(
    mut unidentified: Vec<Contested<'_>>,
    intake: &Intake,
    opening: &OpeningClaims,
    program: &Program,
    decisions: Option<&Decisions<'_>>,
    as_of: Day,
) -> Vec<PaymentWithoutVoucher> {
    // In an order that no order of rows changes, since the same reference may come several times.
    unidentified.sort_by_key(|Contested { payment, .. }| {
        let invoice = payment.invoice_number.value().map_or("", |number| number.as_str());
        let money = (payment.amount.currency(), payment.amount.minor());
        (payment.reference.as_str(), invoice, money, payment.requested_on.get(), payment.paid_on.get())
    });
    let payments: Vec<&Payment> = unidentified.iter().map(|of| of.payment).collect();
    let listed_too = ListedToo::of(&payments, intake, opening, as_of);
    let mut found: Vec<PaymentWithoutVoucher> = Vec::new();
    let mut met: HashMap<String, u32> = HashMap::new();
    for Contested { payment, contest } in unidentified {
        let mut subject = payment.reference.to_string();
        // One that names a voucher is an item of that, in whatever order rows come.
        if let Some(voucher) = payment.voucher.value() {
            subject = format!("{subject} {voucher}");
        }
        if let Some(number) = payment.invoice_number.value() {
            subject = format!("{subject} {number}");
        }
        let count = *met.entry(subject.clone()).and_modify(|count| *count += 1).or_insert(1);
        let subject = if count == 1 { subject } else { format!("{subject} no. {count}") };
        let (named, alike) = (listed_too.later(payment), listed_too.alike(payment));
        let id = finding_id(&program.id, "payment", &subject, Code::UnappliedPayment);
        // Who decides must have seen whose payment it is, and what all other rows of its reference say.
        let whose = [payment.partner.value().map(|id| id.as_str()), payment.location.value().map(|id| id.as_str())];
        let (whose, rows) = (whose.map(Option::unwrap_or_default).join(" "), listed_too.rows(payment));
        let evidence = format!("{subject} of {whose}: {}; {}", listed(&named), listed(rows));
        let hash = item_hash(id, Code::UnappliedPayment, Some(payment.amount), &evidence);
        let message = match contest {
            Some(contest) => contested(payment, contest, &named),
            None => message(payment, &named, alike),
        };
        let snapshot = ItemSnapshot {
            id,
            hash,
            code: Code::UnappliedPayment,
            amount: Some(payment.amount),
            entitled: None,
            listed_for: Some(named),
        };
        let entry = decisions.and_then(|decisions| decisions.in_force(&snapshot, as_of));
        let disposition = entry.map(|entry| entry.disposition.clone());
        found.push(PaymentWithoutVoucher { snapshot, subject, payment: payment.clone(), message, disposition });
    }
    found
}

/// What a payment names, and what stands against it.
fn contested(payment: &Payment, contest: &Contest, listed_for: &[Text]) -> String {
    let (reference, amount, currency) = (&payment.reference, payment.amount, payment.amount.currency());
    let number = payment.invoice_number.value().map(|number| format!("invoice {number}"));
    let voucher = payment.voucher.value().map(|voucher| format!("voucher {voucher}"));
    let named: Vec<String> = voucher.into_iter().chain(number).collect();
    let remedy = match listed_for {
        [] => "resolve it to what it was for".to_owned(),
        named => format!("a later export lists it for {}: resolve it to that, and it counts once", listed(named)),
    };
    format!("payment {reference} of {amount} {currency} names {}; {contest}: {remedy}", named.join(" and "))
}

fn message(payment: &Payment, named: &[Text], alike: &[Text]) -> String {
    let (amount, currency) = (payment.amount, payment.amount.currency());
    let nothing = payment.invoice_number.value().map_or("no voucher and no invoice".to_owned(), |number| {
        format!("no voucher, and invoice {number}, which this ledger has not issued")
    });
    let others = match (named, alike) {
        ([], []) => String::new(),
        ([], alike) => format!("; rows of the same reference and amount name {}", listed(alike)),
        (named, _) => {
            format!("; a later export lists it for {}: resolve it to that, and it counts once", listed(named))
        }
    };
    format!("payment {} of {amount} {currency} names {nothing}{others}", payment.reference)
}

/// Rows of the references of unidentified payments that do name something.
struct ListedToo {
    /// What the first later export says that they are for, by reference and currency.
    later: HashMap<(Reference, Currency), Vec<Text>>,
    /// What rows of any export name, by reference and amount.
    alike: HashMap<(Reference, Money), Vec<Text>>,
    /// All rows of a reference: what they name, and how much; of those that name nothing, only how much.
    rows: HashMap<Reference, Vec<Text>>,
}

/// A row that any export has listed, with the day of its export and all that it names: a voucher, or an invoice of ours and
/// the vouchers on it.
struct ListedRow {
    payment: Payment,
    exported_on: Option<Day>,
    names: Vec<Text>,
}

/// Rows that any export has listed for payments with one of these references, and that name something.
fn rows_that_name_something(
    references: &HashSet<Reference>,
    intake: &Intake,
    opening: &OpeningClaims,
    as_of: Day,
) -> Vec<ListedRow> {
    if references.is_empty() {
        return Vec::new();
    }
    let seen = intake.records.vouchers.payments_listed(references).into_iter().filter(|payment| payment.is_seen(as_of));
    let rows = seen.map(|payment| {
        let exported_on = intake.tables.name(payment.place).exported_on;
        let names = names(&payment, opening);
        ListedRow { payment, exported_on, names }
    });
    rows.filter(|row| !row.names.is_empty()).collect()
}

/// A row under its key: what it names when it is listed for the first time, and when that is.
struct First<'r> {
    day: Option<Day>,
    payment: &'r Payment,
    names: &'r [Text],
}

/// Payments of one reference and currency that name nothing.
struct UnidentifiedGroup<'p> {
    /// The last day on which one of them is listed, if all days are known.
    last: Option<Day>,
    payments: Vec<&'p Payment>,
}

impl ListedToo {
    fn of(unidentified: &[&Payment], intake: &Intake, opening: &OpeningClaims, as_of: Day) -> ListedToo {
        let mut groups: HashMap<(&Reference, Currency), UnidentifiedGroup<'_>> = HashMap::new();
        let mut rows_of: HashMap<Reference, Vec<Text>> = HashMap::new();
        for payment in unidentified {
            let exported_on = intake.tables.name(payment.place).exported_on;
            let key = (&payment.reference, payment.amount.currency());
            let group = groups.entry(key).or_insert(UnidentifiedGroup { last: exported_on, payments: Vec::new() });
            // Of an unknown day, nothing can be said to be later.
            group.last = group.last.zip(exported_on).map(|(a, b)| a.max(b));
            group.payments.push(payment);
            let number = payment.invoice_number.value().map_or("", |number| number.as_str());
            let row = format!("{number} {} {}", payment.amount, payment.amount.currency());
            rows_of.entry(payment.reference.clone()).or_default().push(Text::new(row));
        }
        let references: HashSet<Reference> = rows_of.keys().cloned().collect();
        let rows = rows_that_name_something(&references, intake, opening, as_of);
        let mut alike: HashMap<(Reference, Money), Vec<Text>> = HashMap::new();
        let mut firsts: BTreeMap<_, First<'_>> = BTreeMap::new();
        for ListedRow { payment, exported_on: day, names } in &rows {
            alike.entry((payment.reference.clone(), payment.amount)).or_default().extend(names.iter().cloned());
            let row = format!("{} {} {}", listed(names), payment.amount, payment.amount.currency());
            rows_of.entry(payment.reference.clone()).or_default().push(Text::new(row));
            let key = (&payment.reference, payment.voucher.value(), payment.invoice_number.value());
            let first = firsts.entry(key).or_insert(First { day: *day, payment, names });
            // A row that an undated file has too may have been there from the beginning.
            if (*day, payment.place) < (first.day, first.payment.place) {
                *first = First { day: *day, payment, names };
            }
        }
        alike.values_mut().chain(rows_of.values_mut()).for_each(once_each);
        let mut of_payment: HashMap<(&Reference, Currency), Vec<First<'_>>> = HashMap::new();
        for first in firsts.into_values() {
            of_payment.entry((&first.payment.reference, first.payment.amount.currency())).or_default().push(first);
        }
        let mut later = HashMap::new();
        for (key, group) in groups {
            let names = of_payment.remove(&key).and_then(|firsts| named_later(firsts, &group));
            later.extend(names.map(|names| ((key.0.clone(), key.1), names)));
        }
        ListedToo { later, alike, rows: rows_of }
    }

    fn rows(&self, payment: &Payment) -> &[Text] {
        self.rows.get(&payment.reference).map_or(&[], Vec::as_slice)
    }

    fn later(&self, payment: &Payment) -> Vec<Text> {
        self.later.get(&(payment.reference.clone(), payment.amount.currency())).cloned().unwrap_or_default()
    }

    fn alike(&self, payment: &Payment) -> &[Text] {
        self.alike.get(&(payment.reference.clone(), payment.amount)).map_or(&[], Vec::as_slice)
    }
}

/// What the first export after them says about payments that named nothing until then. If it lists rows for the first time
/// that have their reference, name something, add up to the same sum, and may be the same payments, it has said what they were
/// for: whatever becomes of those rows later, they count.
fn named_later(mut firsts: Vec<First<'_>>, unidentified: &UnidentifiedGroup<'_>) -> Option<Vec<Text>> {
    let last = unidentified.last?;
    firsts.retain(|first| first.day.is_some_and(|day| last < day));
    let next = firsts.iter().filter_map(|first| first.day).min()?;
    firsts.retain(|first| first.day == Some(next));
    let is_sum = sum(firsts.iter().map(|first| first.payment)) == sum(unidentified.payments.iter().copied());
    let may_be = |first: &First<'_>| unidentified.payments.iter().any(|payment| may_be_same(payment, first.payment));
    let mut names: Vec<Text> = firsts.iter().flat_map(|first| first.names.iter().cloned()).collect();
    once_each(&mut names);
    (is_sum && firsts.iter().all(may_be)).then_some(names)
}

fn sum<'p>(payments: impl Iterator<Item = &'p Payment>) -> MinorUnits {
    payments.map(|payment| payment.amount.units()).sum()
}

/// Whether a row that names something may be a payment that named nothing: of the same day and company, as far as both
/// say so; and money that has come is not replaced by a row without money.
fn may_be_same(unidentified: &Payment, named: &Payment) -> bool {
    let keeps_money = unidentified.status != PaymentStatus::Paid || named.status == PaymentStatus::Paid;
    unidentified.requested_on.get() == named.requested_on.get()
        && agree(unidentified.partner.value(), named.partner.value())
        && agree(unidentified.location.value(), named.location.value())
        && keeps_money
}

/// Whether two say the same, or one of them nothing.
fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

fn once_each(names: &mut Vec<Text>) {
    names.sort();
    names.dedup();
}
