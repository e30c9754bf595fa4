//! # DT-07: steps in order
//! **Checks** that of created, assigned, reserved, started, completed, reported, redeemed, first request, those
//! that have a date do not run backward, each compared with the next; that nothing is paid before its request,
//! cancelled before reserved, or expires before it was created. Where a code of its own names the pair (DT-09,
//! LC-08, LC-03), that code is raised instead. The same day is in order.
//! **Why** the process has one order (X-PROC).
//! **Example** completed 2021-03-05, started 2021-03-06.

use smallvec::SmallVec;

use crate::casebook::{Case, Claimed, Step};
use crate::model::{Answer, Code, Dataset, Day, Fact, Failure, PaymentStatus, Place, RedemptionStatus};
use crate::verdicts::answers::{left_open, passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

/// Pairs that have a code of their own.
const NAMED: [(&str, &str); 3] = [("reserved", "started"), ("reported", "redeemed"), ("redeemed", "first request")];

/// A day of a row; the claim of a ledger has no row.
type Dated = (&'static str, Day, Option<Place>);

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::StepOutOfOrder], run: order };

fn order(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let chain = chain(case);
    let backward = chain
        .windows(2)
        .filter(|pair| pair[1].1 < pair[0].1 && !NAMED.contains(&(pair[0].0, pair[1].0)))
        .map(|pair| (pair[0], pair[1]));
    let asides = asides(case, terms).into_iter().filter(|(before, after)| after.1 < before.1);
    let found: Vec<(Dated, Dated)> = backward.chain(asides).collect();
    let Some((first_before, first_after)) = found.first() else {
        return undated(case).unwrap_or_else(|| passed(&[]));
    };
    let texts: Vec<String> = found
        .iter()
        .map(|(before, after)| format!("{} {} before {} {}", after.0, after.1, before.0, before.1))
        .collect();
    let places: Vec<Place> = found.iter().flat_map(|(before, after)| [after.2, before.2]).flatten().collect();
    let since = first_after.1.min(first_before.1);
    Failure::new(Code::StepOutOfOrder, texts.join("; "), Some(since), &places).into()
}

fn chain(case: &Case<'_>) -> SmallVec<[Dated; 8]> {
    let steps = &case.steps;
    let dated = |name, step: Option<Step>| step.map(|step| (name, step.day, Some(step.place)));
    [
        dated("created", steps.created.get()),
        dated("assigned", steps.assigned.get()),
        dated("reserved", steps.reserved.get()),
        dated("started", steps.started.get()),
        dated("completed", steps.completed.get()),
        dated("reported", steps.reported.get()),
        dated("redeemed", steps.redeemed.get()),
        steps.first_request.get().map(|request| ("first request", request.day, request.place)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The answer where a step of the chain is unknown: what is not known cannot be in order.
fn undated(case: &Case<'_>) -> Option<Answer> {
    let steps = &case.steps;
    let completion = [steps.started, steps.completed, steps.reported];
    let cancelled_some_day =
        case.redemptions.iter().any(|row| row.status == RedemptionStatus::Cancelled && row.cancelled_on.is_unknown());
    let paid_some_day = case.payments.iter().any(|a| a.status == PaymentStatus::Paid && a.payment.paid_on.is_unknown());
    let dataset = if steps.created.is_unknown() {
        Dataset::Vouchers
    } else if steps.reserved.is_unknown() || steps.redeemed.is_unknown() || cancelled_some_day {
        Dataset::Redemptions
    } else if completion.iter().any(Fact::is_unknown) {
        Dataset::Completions
    } else if paid_some_day {
        Dataset::Payments
    } else if steps.first_request.is_unknown() {
        return match &case.claimed {
            Claimed::MayBe(..) => None,
            Claimed::Unknown(code, why, place) => Some(left_open(*code, why, *place)),
            Claimed::Yes | Claimed::No => Some(unknown(case, Dataset::Payments, "the day of the request")),
        };
    } else {
        return None;
    };
    Some(unknown(case, dataset, "the order of the steps"))
}

/// Pairs beside the chain, each as (what comes first, what comes after).
fn asides(case: &Case<'_>, terms: Terms<'_>) -> SmallVec<[(Dated, Dated); 4]> {
    let seen = |day: Option<Day>| day.filter(|day| *day <= terms.as_of);
    let mut pairs = SmallVec::new();
    for applied in &case.payments {
        let payment = applied.payment;
        if let (Some(requested), Some(paid)) = (payment.requested_on.get(), seen(payment.paid_on.get())) {
            pairs.push((("requested", requested, Some(payment.place)), ("paid", paid, Some(payment.place))));
        }
    }
    for row in &case.redemptions {
        if let (Some(reserved), Some(cancelled)) = (seen(row.reserved_on.get()), seen(row.cancelled_on.get())) {
            pairs.push((("reserved", reserved, Some(row.place)), ("cancelled", cancelled, Some(row.place))));
        }
    }
    if let (Some(row), Some(created)) = (case.row(), case.steps.created.get())
        && let Some(expires) = row.expires_on.get()
    {
        pairs.push((("created", created.day, Some(row.place)), ("expires", expires, Some(row.place))));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("vouchers.assigned_on=2021-01-03", "DT-07"),
            ("redemptions.reserved_on=2021-01-03", "DT-07"),
            ("completions.completed_on=2021-02-28", "DT-07"),
            ("completions.completed_on=2021-03-01", "ok"),
            ("completions.reported_on=2021-03-04", "DT-07"),
            // Reserved is blank, so the assignment is compared with the start.
            ("redemptions.reserved_on=; vouchers.assigned_on=2021-03-02", "DT-07 LC-02"),
            // The pair has a code of its own.
            ("redemptions.reserved_on=2021-03-02", "DT-09"),
            ("redemptions.redeemed_on=2021-03-09", "LC-08 DT-10"),
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-11,2021-05-10,,,", "DT-07"),
            ("+redemptions=V-1,L-2,Cancelled,2021-01-08,,2021-01-07", "DT-07"),
            ("vouchers.expires_on=2021-01-03", "DT-03 DT-04 DT-07 DT-08"),
            // What has no day cannot be in order.
            ("-redemptions.cancelled_on", "ok"),
            ("-redemptions.cancelled_on; +redemptions=V-1,L-2,Cancelled,2021-01-08,", "IN-01"),
            ("-payments.paid_on; +payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-11,,,", "IN-01"),
        ]);
    }
}
