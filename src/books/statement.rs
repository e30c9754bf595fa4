//! The statement of a period, per currency: what was open when it began, what moved it, what is open at its end. Every
//! movement is told by what changed in an account; the rest of a difference would be a residual, and stops the run.

use std::collections::{BTreeMap, HashSet};

use super::Balance;
use super::accounts::{Account, AccountSubject, Accounts, accounts};
use super::aging::{BUCKETS, bucket};
use crate::matching::PaymentWithoutVoucher;
use crate::model::{Currency, Day, MinorUnits, Text, VoucherId};
use crate::verdicts::{Judged, Terms, Verdict};

/// What moves open money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Movement {
    /// Redeemed since, with an entitled amount.
    Redeemed,
    /// What was held may be invoiced now; negative: the other way.
    Released,
    /// Invoiced by us, or requested by others.
    Invoiced,
    /// Paid; negative amounts came back.
    Paid,
    /// Tolerated, or booked away by a decision.
    WrittenOff,
    /// An exchange difference booked away by a decision.
    Fx,
    /// Of another entitled amount than before, or no longer in any export.
    Restated,
}

impl Movement {
    /// In the order of the statement.
    pub const ALL: [Movement; 7] = [
        Movement::Redeemed,
        Movement::Released,
        Movement::Invoiced,
        Movement::Paid,
        Movement::WrittenOff,
        Movement::Fx,
        Movement::Restated,
    ];

    /// The line of machine files and sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            Movement::Redeemed => "newly redeemed",
            Movement::Released => "released",
            Movement::Invoiced => "invoiced",
            Movement::Paid => "paid",
            Movement::WrittenOff => "written off",
            Movement::Fx => "exchange differences",
            Movement::Restated => "restated",
        }
    }
}

/// The statement of one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollForward {
    /// What was open before the period.
    pub opening: Balance,
    /// What moved it; what is not here did not.
    movements: BTreeMap<Movement, Balance>,
    /// What is open at the end.
    pub closing: Balance,
}

/// A line of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementLine {
    /// What was open before the period.
    Opening,
    /// What moved it.
    Moved(Movement),
    /// What is open at the end.
    Closing,
    /// What no movement tells: zero or the run stops.
    Residual,
}

impl StatementLine {
    /// The line of machine files and sheets.
    pub fn as_str(self) -> &'static str {
        match self {
            StatementLine::Opening => "opening",
            StatementLine::Moved(movement) => movement.as_str(),
            StatementLine::Closing => "closing",
            StatementLine::Residual => "residual",
        }
    }
}

impl RollForward {
    /// What a cause has moved.
    pub fn movement(&self, of: Movement) -> Balance {
        self.movements.get(&of).copied().unwrap_or_default()
    }

    /// Counts in what a cause has moved.
    pub fn moves(&mut self, by: Movement, balance: Balance) {
        *self.movements.entry(by).or_default() += balance;
    }

    /// Opening and movements, which must be the closing.
    pub fn moved(&self) -> Balance {
        self.opening + self.movements.values().copied().sum()
    }

    /// Its lines, in order.
    pub fn lines(&self) -> Vec<(StatementLine, Balance)> {
        let mut lines = vec![(StatementLine::Opening, self.opening)];
        lines.extend(Movement::ALL.map(|movement| (StatementLine::Moved(movement), self.movement(movement))));
        lines.push((StatementLine::Closing, self.closing));
        lines.push((StatementLine::Residual, self.closing - self.moved()));
        lines
    }
}

/// What the period begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningBooks {
    /// The run whose closing it is; none before the first.
    pub run: Option<i64>,
    /// Its accounts, as it has kept them.
    pub accounts: Accounts,
    /// Its closing, as it has stated it.
    pub stated: BTreeMap<Currency, Balance>,
}

/// The books of a run: accounts, and the statement of its period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    /// The first day of the period; none: from the first row on.
    pub from: Option<Day>,
    /// What the period begins with.
    pub opening: OpeningBooks,
    /// Accounts at its end.
    pub accounts: Accounts,
    /// The statement, by currency.
    pub roll_forwards: BTreeMap<Currency, RollForward>,
    /// What is open at the end by age, from the day of redemption, in the buckets of items; an unapplied
    /// payment has none, and counts from the as-of date.
    pub aged: BTreeMap<Currency, [MinorUnits; BUCKETS.len()]>,
}

impl Books {
    /// Closes the books of a run. `issued` are the vouchers that it invoices itself.
    pub fn close(
        from: Option<Day>,
        opening: OpeningBooks,
        judged: &Judged<'_>,
        issued: &HashSet<&VoucherId>,
        terms: Terms<'_>,
    ) -> Books {
        let accounts = accounts(judged, issued, terms);
        let roll_forwards = statement(&opening.accounts, &accounts, &repeated(&judged.without_voucher));
        let aged = aged(&accounts, &judged.verdicts, terms.as_of);
        Books { from, opening, accounts, roll_forwards, aged }
    }
}

/// What is open by age. What has no day is as old as the run.
fn aged(accounts: &Accounts, verdicts: &[Verdict], as_of: Day) -> BTreeMap<Currency, [MinorUnits; BUCKETS.len()]> {
    let since = |subject: &AccountSubject| match subject {
        AccountSubject::Payment(_) => None,
        AccountSubject::Voucher(id) => {
            let found = verdicts.binary_search_by(|verdict| verdict.voucher.as_str().cmp(id)).ok();
            let dates = found.map(|at| verdicts[at].dates);
            dates.and_then(|dates| dates.redeemed.or(dates.completed).or(dates.created))
        }
    };
    let mut found: BTreeMap<Currency, [MinorUnits; BUCKETS.len()]> = BTreeMap::new();
    for ((subject, currency), account) in accounts {
        let age = as_of.days_since(since(subject).unwrap_or(as_of)).max(0);
        found.entry(*currency).or_default()[bucket(age)] += account.open().total();
    }
    found
}

/// What all accounts have open together, by currency.
pub fn balances(accounts: &Accounts) -> BTreeMap<Currency, Balance> {
    let mut found: BTreeMap<Currency, Balance> = BTreeMap::new();
    for ((_, currency), account) in accounts {
        *found.entry(*currency).or_default() += account.open();
    }
    found
}

/// Payments that count where a later export lists them, in minor units by their account.
type Repeated = BTreeMap<(AccountSubject, Currency), MinorUnits>;

fn repeated(without_voucher: &[PaymentWithoutVoucher]) -> Repeated {
    let mut found = Repeated::new();
    for payment in without_voucher.iter().filter(|of| of.is_repeated()).map(|of| &of.payment) {
        let subject = AccountSubject::Payment(Text::new(payment.reference.as_str()));
        *found.entry((subject, payment.amount.currency())).or_default() += payment.amount.units();
    }
    found
}

/// The statement from the accounts before the period and now.
fn statement(before: &Accounts, now: &Accounts, repeated: &Repeated) -> BTreeMap<Currency, RollForward> {
    let mut found: BTreeMap<Currency, RollForward> = BTreeMap::new();
    for (key @ (subject, currency), account) in before {
        let roll_forward = found.entry(*currency).or_default();
        roll_forward.opening += account.open();
        if !now.contains_key(key) {
            restate(roll_forward, account, &gone(subject, account), key, repeated);
        }
    }
    for (key @ (_, currency), account) in now {
        let roll_forward = found.entry(*currency).or_default();
        roll_forward.closing += account.open();
        restate(roll_forward, before.get(key).unwrap_or(&Account::default()), account, key, repeated);
    }
    found
}

/// An account that is there no more: a payment was applied to a voucher; of a voucher nothing is known any more.
fn gone(subject: &AccountSubject, account: &Account) -> Account {
    match subject {
        AccountSubject::Payment(_) => Account::default(),
        AccountSubject::Voucher(_) => Account { free: account.free, ..Account::default() },
    }
}

/// Money that was counted twice, since an export has listed the payment again, did not go back: it was reported wrongly.
fn restate(
    roll_forward: &mut RollForward,
    before: &Account,
    now: &Account,
    key: &(AccountSubject, Currency),
    repeated: &Repeated,
) {
    let (lost, repeated) = (before.paid - now.paid, repeated.get(key).copied().unwrap_or_default());
    // As much of both as has the same sign.
    let restated = match (lost > MinorUnits::ZERO, repeated > MinorUnits::ZERO) {
        (true, true) => lost.min(repeated),
        (false, false) => lost.max(repeated),
        (_, _) => MinorUnits::ZERO,
    };
    let next = Account { paid: before.paid - restated, ..*before };
    roll_forward.moves(Movement::Restated, next.open() - before.open());
    move_on(roll_forward, &next, now, &key.0);
}

/// Leads one account from what it was to what it is, a cause at a time, and notes what each has moved.
fn move_on(roll_forward: &mut RollForward, before: &Account, now: &Account, subject: &AccountSubject) {
    let mut at = *before;
    let mut step = |movement: Movement, next: Account| {
        roll_forward.moves(movement, next.open() - at.open());
        at = next;
    };
    let is_new = before.recognized.is_zero();
    let is_lost =
        matches!(subject, AccountSubject::Voucher(_)) && now.recognized.is_zero() && !before.recognized.is_zero();
    if is_lost {
        step(Movement::Restated, *now);
        return;
    }
    let is_free = now.free || now.claimed != before.claimed;
    // What was claimed and still is has another entitled amount there, too.
    let stays_claimed = !before.claimed.is_zero() && !now.claimed.is_zero();
    let claimed = if stays_claimed { now.claimed } else { before.claimed };
    let free = if is_new { is_free } else { before.free };
    let first = Account { recognized: now.recognized, claimed, free, ..*before };
    step(if is_new { Movement::Redeemed } else { Movement::Restated }, first);
    let released = Account { free: is_free, ..first };
    step(Movement::Released, released);
    let invoiced = Account { claimed: now.claimed, ..released };
    step(Movement::Invoiced, invoiced);
    let paid = Account { paid: now.paid, ..invoiced };
    step(Movement::Paid, paid);
    let written_off = Account { written_off: now.written_off, ..paid };
    step(Movement::WrittenOff, written_off);
    step(Movement::Fx, Account { fx: now.fx, ..written_off });
    step(Movement::Released, *now);
}

#[cfg(test)]
mod tests {
    use super::{Account, AccountSubject, Accounts, Balance, Movement, Repeated, RollForward, statement};
    use crate::model::{Currency, MinorUnits, Text};

    /// Recognized, claimed, paid, written off, fx; free.
    fn account(amounts: [i128; 5], free: bool) -> Account {
        let [recognized, claimed, paid, written_off, fx] = amounts.map(MinorUnits::new);
        Account { recognized, claimed, paid, written_off, fx, free }
    }

    /// Held, to invoice, awaiting payment, unapplied.
    fn balance(amounts: [i128; 4]) -> Balance {
        let [held, to_invoice, awaiting_payment, unapplied] = amounts.map(MinorUnits::new);
        Balance { held, to_invoice, awaiting_payment, unapplied }
    }

    fn roll_forward(before: Option<Account>, now: Option<Account>) -> RollForward {
        let eur = Currency::from_code("EUR").expect("EUR");
        let key = (AccountSubject::Voucher(Text::new("V-1")), eur);
        let of =
            |account: Option<Account>| account.map(|account| (key.clone(), account)).into_iter().collect::<Accounts>();
        statement(&of(before), &of(now), &Repeated::new()).remove(&eur).unwrap_or_default()
    }

    #[test]
    fn every_movement_has_its_line() {
        let open = Some(account([500, 500, 0, 0, 0], false));
        type Moved<'a> = &'a [(Movement, [i128; 4])];
        let cases: &[(&str, Option<Account>, Option<Account>, Moved<'_>)] = &[
            ("held", None, Some(account([500, 0, 0, 0, 0], false)), &[(Movement::Redeemed, [500, 0, 0, 0])]),
            ("free", None, Some(account([500, 0, 0, 0, 0], true)), &[(Movement::Redeemed, [0, 500, 0, 0])]),
            (
                "invoiced at once",
                None,
                open,
                &[(Movement::Redeemed, [0, 500, 0, 0]), (Movement::Invoiced, [0, -500, 500, 0])],
            ),
            (
                "released and invoiced",
                Some(account([500, 0, 0, 0, 0], false)),
                open,
                &[(Movement::Released, [-500, 500, 0, 0]), (Movement::Invoiced, [0, -500, 500, 0])],
            ),
            ("paid", open, Some(account([500, 500, 450, 0, 0], false)), &[(Movement::Paid, [0, 0, -450, 0])]),
            (
                "written off",
                Some(account([500, 500, 450, 0, 0], false)),
                Some(account([500, 500, 450, 50, 0], false)),
                &[(Movement::WrittenOff, [0, 0, -50, 0])],
            ),
            ("worth more", open, Some(account([600, 600, 0, 0, 0], false)), &[(Movement::Restated, [0, 0, 100, 0])]),
            ("gone", open, None, &[(Movement::Restated, [0, 0, -500, 0])]),
            ("unapplied", None, Some(account([0, 0, 70, 0, 0], false)), &[(Movement::Paid, [0, 0, 0, -70])]),
        ];
        for (name, before, now, expected) in cases {
            let roll_forward = roll_forward(*before, *now);
            assert_eq!(roll_forward.moved(), roll_forward.closing, "{name}");
            for movement in Movement::ALL {
                let wanted = expected.iter().find(|(of, _)| *of == movement).map_or([0; 4], |(_, open)| *open);
                assert_eq!(roll_forward.movement(movement), balance(wanted), "{name}: {}", movement.as_str());
            }
        }
    }
}
