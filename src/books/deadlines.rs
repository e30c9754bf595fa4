//! Deadlines and expected cash: of every voucher whose money may still come, the day on which it turns, the last day of what it waits
//! for, and from when on a payment can be expected; and per partner, what would expire within some days.

use std::collections::BTreeMap;

use crate::casebook::PartnerBook;
use crate::model::{Currency, Day, MinorUnits, Money, Outcome, PartnerId};
use crate::program::Program;
use crate::verdicts::{State, Verdict};

/// What would expire is added up within this many days, from the as-of date.
pub const WITHIN: [u32; 4] = [30, 60, 90, 180];

/// A voucher whose money may still come.
#[derive(Clone, Debug)]
pub struct ExpectedReceipt<'a> {
    /// Its verdict.
    pub verdict: &'a Verdict,
    /// The next step.
    pub waits_for: &'static str,
    /// The last day for it; none where no limit runs.
    pub last_day: Option<Day>,
    /// The earliest day by which a payment can be expected, if every step is taken at once: the request, and the
    /// payment target.
    pub expected_on: Option<Day>,
    /// The entitled amount; before delivery what the rate of today says.
    pub amount: Option<Money>,
    /// No amount is entitled yet: it is what the rate of today says.
    pub is_estimate: bool,
}

/// What would expire, of one partner and currency; of each span all of the shorter ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The partner; none before a reservation.
    pub partner: Option<PartnerId>,
    /// The currency; none where no amount is known.
    pub currency: Option<Currency>,
    /// Vouchers within 30, 60, 90 and 180 days.
    pub vouchers: [u64; WITHIN.len()],
    /// Their amounts, in minor units.
    pub amounts: [MinorUnits; WITHIN.len()],
}

/// All vouchers whose money may still come, by last day and voucher.
pub fn expected_receipts<'a>(
    verdicts: &'a [Verdict],
    program: &Program,
    partners: &PartnerBook<'_>,
    as_of: Day,
) -> Vec<ExpectedReceipt<'a>> {
    let mut found: Vec<ExpectedReceipt<'a>> =
        verdicts.iter().filter_map(|verdict| expected_receipt(verdict, program, partners, as_of)).collect();
    let key = |of: &ExpectedReceipt<'a>| (of.last_day.is_none(), of.last_day, &of.verdict.voucher);
    found.sort_by(|a, b| key(a).cmp(&key(b)));
    found
}

fn expected_receipt<'a>(
    verdict: &'a Verdict,
    program: &Program,
    partners: &PartnerBook<'_>,
    as_of: Day,
) -> Option<ExpectedReceipt<'a>> {
    let (expires, claim_by) = (verdict.dates.expires, verdict.claim_by);
    let work = verdict.days.filter(|_| program.voucher.levels.are_days()).unwrap_or(0);
    let (waits_for, last_day, request) = match verdict.state {
        State::Created | State::Assigned => ("reservation", expires, Some(as_of.plus_days(work))),
        State::Reserved => ("delivery", expires, Some(as_of.plus_days(work))),
        State::Delivered => ("redemption", expires, Some(as_of)),
        State::Redeemed => ("payment request", claim_by, Some(as_of)),
        State::Claimed => {
            let requested = verdict.applied.iter().filter_map(|allocation| allocation.requested_on).min();
            ("payment", None, requested.or(verdict.invoiced_on))
        }
        State::Paid | State::Cancelled | State::Expired => return None,
    };
    let waits_for_payment = verdict.state == State::Claimed;
    // What was requested may be paid while somebody here clears what blocks it.
    let is_waited_for = verdict.outcome < Outcome::Exception
        && verdict.findings.iter().any(|finding| finding.outcome == Outcome::Pending);
    if verdict.is_settled_elsewhere() || (waits_for_payment && !is_waited_for) {
        return None;
    }
    let can_pay = waits_for_payment || verdict.outcome <= Outcome::Pending;
    let target = |day: Day| program.payment.target.after(day, &program.calendar).max(as_of);
    let estimate = || partners.rate_of(verdict.country?, verdict.days?, as_of);
    Some(ExpectedReceipt {
        verdict,
        waits_for,
        last_day,
        expected_on: request.filter(|_| can_pay).map(target),
        amount: verdict.entitled.or_else(estimate),
        is_estimate: verdict.entitled.is_none(),
    })
}

/// What would expire per partner and currency, by partner.
pub fn expiring(expected_receipts: &[ExpectedReceipt<'_>], as_of: Day) -> Vec<Expiring> {
    let mut found: BTreeMap<(Option<&PartnerId>, Option<Currency>), Expiring> = BTreeMap::new();
    for of in expected_receipts {
        let Some(days) = of.last_day.map(|last| last.days_since(as_of)).filter(|days| *days >= 0) else { continue };
        let (partner, currency) = (of.verdict.partner.as_ref(), of.amount.map(Money::currency));
        let sum = found.entry((partner, currency)).or_insert_with(|| Expiring {
            partner: partner.cloned(),
            currency,
            vouchers: [0; WITHIN.len()],
            amounts: [MinorUnits::ZERO; WITHIN.len()],
        });
        for (at, _) in WITHIN.iter().enumerate().filter(|(_, within)| days <= i64::from(**within)) {
            sum.vouchers[at] += 1;
            sum.amounts[at] += of.amount.map_or(MinorUnits::ZERO, Money::units);
        }
    }
    found.into_values().filter(|of| of.vouchers[WITHIN.len() - 1] > 0).collect()
}
