//! The days on which a verdict may turn, although no row changes.

use super::{Terms, checks};
use crate::casebook::Case;
use crate::model::Day;

/// Days after the as-of date on which something that a case rests on ends, falls due or happens, in order: on one of them
/// its verdict may be another.
pub fn turning_days(case: &Case<'_>, terms: Terms<'_>) -> Vec<Day> {
    let program = terms.program;
    let last = case.last_day(program).get().map(|last| last.day);
    let claim_by = case.claim_by(program).get().map(|last| last.day);
    let requests = case.payments.iter().filter_map(|applied| applied.payment.requested_on.get());
    let own_request = case.claim.and_then(|claim| claim.requested_on);
    let target = |day: Day| program.payment.target.after(day, &program.calendar).plus_days(1);
    let mut days: Vec<Day> = requests.chain(own_request).map(target).collect();
    days.extend(last.map(|day| day.plus_days(1)));
    days.extend(checks::last_days(case, terms).into_iter().map(|day| day.plus_days(1)));
    days.extend(last.map(|day| day.minus_days(program.voucher.expiry_notice_days)));
    days.extend(claim_by.map(|day| day.plus_days(1)));
    days.extend(case.ahead.iter().map(|ahead| ahead.step.day));
    days.retain(|day| *day > terms.as_of);
    days.sort_unstable();
    days.dedup();
    days
}
