//! The money of a voucher, from its redemption to its settlement: an account per voucher (or unapplied
//! payment) and currency, in totals since the beginning. What is open is the difference of two of them.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::Balance;
use crate::books::claim_positions;
use crate::model::{
    Adjustment, Code, Currency, Disposition, MinorUnits, Money, PaymentStatus, Text, Tolerance, VoucherId,
};
use crate::verdicts::{Judged, State, Terms, Verdict};

/// What an account is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountSubject {
    /// A voucher.
    Voucher(Text),
    /// An unapplied payment, by its reference.
    Payment(Text),
}

impl AccountSubject {
    /// The kind in machine files.
    pub fn kind(&self) -> &'static str {
        match self {
            AccountSubject::Voucher(_) => "voucher",
            AccountSubject::Payment(_) => "payment",
        }
    }

    /// The id or reference.
    pub fn id(&self) -> &str {
        match self {
            AccountSubject::Voucher(id) | AccountSubject::Payment(id) => id,
        }
    }
}

/// Totals of one subject and currency since the beginning, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The entitled amount of what was redeemed (or claimed, if that came first).
    pub recognized: MinorUnits,
    /// Of it, what was claimed: invoiced by us, or requested by others.
    pub claimed: MinorUnits,
    /// Money that came, less money that was taken back.
    pub paid: MinorUnits,
    /// Tolerated, or booked away by decisions, but for exchange differences; what was overpaid counts negative.
    pub written_off: MinorUnits,
    /// Booked away as exchange differences.
    pub fx: MinorUnits,
    /// What is not claimed yet may be invoiced now.
    pub free: bool,
}

impl Account {
    /// What is open, by where it stands.
    pub fn open(&self) -> Balance {
        let unclaimed = self.recognized - self.claimed;
        let received = self.paid + self.written_off + self.fx;
        if self.recognized.is_zero() && self.claimed.is_zero() {
            return Balance { unapplied: -received, ..Balance::default() };
        }
        let (held, to_invoice) = if self.free { (MinorUnits::ZERO, unclaimed) } else { (unclaimed, MinorUnits::ZERO) };
        Balance { held, to_invoice, awaiting_payment: self.claimed - received, ..Balance::default() }
    }

    fn is_nothing(&self) -> bool {
        *self == Account { free: self.free, ..Account::default() }
    }
}

/// All accounts with money in them.
pub type Accounts = BTreeMap<(AccountSubject, Currency), Account>;

/// The accounts of a run. `issued` are the vouchers that it invoices itself.
pub(super) fn accounts(judged: &Judged<'_>, issued: &HashSet<&VoucherId>, terms: Terms<'_>) -> Accounts {
    let of = |verdict: &Verdict| {
        let subject = AccountSubject::Voucher(Text::new(verdict.voucher.as_str()));
        let accounts = of_voucher(verdict, issued.contains(&verdict.voucher), terms.tolerance).into_iter();
        let kept = accounts.filter(|(_, account)| !account.is_nothing());
        kept.map(|(currency, account)| ((subject.clone(), currency), account)).collect::<Vec<_>>()
    };
    let each: Vec<_> = judged.verdicts.par_iter().map(of).collect();
    let mut all: Accounts = each.into_iter().flatten().collect();
    for of in &judged.without_voucher {
        let payment = &of.payment;
        if matches!(of.disposition, Some(Disposition::Resolve(_))) {
            continue;
        }
        let has_come = payment.paid_on.get().is_none_or(|day| day <= terms.as_of);
        if payment.status == PaymentStatus::Paid && has_come {
            let subject = AccountSubject::Payment(Text::new(payment.reference.as_str()));
            let account = all.entry((subject, payment.amount.currency())).or_default();
            account.paid += payment.amount.units();
        }
    }
    all
}

/// The accounts of a voucher, by currency. What was settled before the tool is not accounted for here.
fn of_voucher(verdict: &Verdict, is_issued: bool, tolerance: &Tolerance) -> BTreeMap<Currency, Account> {
    let mut found: BTreeMap<Currency, Account> = BTreeMap::new();
    if verdict.is_settled_elsewhere() {
        return found;
    }
    let is_claimed = is_issued || matches!(verdict.state, State::Claimed | State::Paid);
    let recognized = verdict.entitled.or(verdict.invoiced).filter(|_| is_claimed || verdict.state == State::Redeemed);
    if let Some(recognized) = recognized {
        let account = found.entry(recognized.currency()).or_default();
        account.recognized = recognized.units();
        account.claimed = if is_claimed { account.recognized } else { MinorUnits::ZERO };
        account.free = verdict.payable.is_some() && !is_issued;
    }
    for paid in verdict.paid.iter() {
        found.entry(paid.currency).or_default().paid = paid.units;
    }
    let claim_positions = if verdict.applied.is_empty() { Vec::new() } else { claim_positions(verdict, tolerance) };
    for (currency, side) in claim_positions.into_iter().filter(|(_, side)| !side.tolerated.is_zero()) {
        found.entry(currency).or_default().written_off += side.tolerated;
    }
    for finding in &verdict.findings {
        if let Some(Disposition::Adjust(kind)) = finding.disposition {
            adjust(&mut found, finding.code, kind, finding.amount);
        }
    }
    found
}

/// Books away what a decision is about: the difference that its finding names; of two currencies, all that is open.
fn adjust(accounts: &mut BTreeMap<Currency, Account>, code: Code, kind: Adjustment, amount: Option<Money>) {
    if kind == Adjustment::Fx {
        for account in accounts.values_mut() {
            account.fx += account.open().total();
        }
        return;
    }
    let Some(amount) = amount else { return };
    let booked = if code == Code::Overpayment { -amount.units() } else { amount.units() };
    accounts.entry(amount.currency()).or_default().written_off += booked;
}
