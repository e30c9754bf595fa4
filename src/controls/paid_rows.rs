//! Paid rows of exports, summed without any verdict.

use std::collections::HashSet;

use crate::model::{Money, Payment, PaymentStatus, Place, Totals};
use crate::results::Results;

/// Paid rows that are seen on the as-of date.
pub(super) struct PaidRows {
    /// All of them.
    pub(super) all: Totals,
    /// Those that no verdict can show.
    pub(super) unapplied: Totals,
    /// Those that count where a later export lists them.
    pub(super) repeated: Totals,
}

impl PaidRows {
    pub(super) fn of(results: &Results<'_>) -> PaidRows {
        let seen = |payment: &Payment| {
            let requested = payment.requested_on.get().is_none_or(|day| day <= results.as_of);
            let paid = payment.paid_on.get().is_none_or(|day| day <= results.as_of);
            requested && paid && payment.status == PaymentStatus::Paid
        };
        let vouchers = &results.intake.records.vouchers;
        let named = vouchers.map(|rows| {
            let amounts: Vec<Money> = rows.payments.iter().filter(|p| seen(p)).map(|p| p.amount).collect();
            (!amounts.is_empty()).then_some(amounts)
        });
        let unnamed = vouchers.unnamed_payments().filter(|payment| seen(payment)).map(|payment| payment.amount);
        let shown = results.verdicts.iter().flat_map(|verdict| &verdict.applied);
        let shown: HashSet<Place> = shown.map(|allocation| allocation.place).collect();
        let unidentified = |payment: &&Payment| !shown.contains(&payment.place) && seen(payment);
        let repeated = results.without_voucher.iter().filter(|of| of.is_repeated()).map(|of| &of.payment);
        PaidRows {
            all: named.into_iter().flatten().chain(unnamed).collect(),
            unapplied: results.unapplied.iter().filter(unidentified).map(|payment| payment.amount).collect(),
            repeated: repeated.filter(|payment| seen(payment)).map(|payment| payment.amount).collect(),
        }
    }
}
