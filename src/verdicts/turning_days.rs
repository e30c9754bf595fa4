//! The days on which a verdict may turn, although no row changes.

use super::Terms;
use crate::casebook::Case;
use crate::model::Day;
use crate::program::Milestone;

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
    days.extend(last_days_of_milestones(case, terms).into_iter().map(|day| day.plus_days(1)));
    days.extend(last.map(|day| day.minus_days(program.voucher.expiry_notice_days)));
    days.extend(claim_by.map(|day| day.plus_days(1)));
    days.extend(case.ahead.iter().map(|ahead| ahead.step.day));
    days.retain(|day| *day > terms.as_of);
    days.sort_unstable();
    days.dedup();
    days
}

/// Days after which a milestone is late, as far as they are known.
fn last_days_of_milestones(case: &Case<'_>, terms: Terms<'_>) -> Vec<Day> {
    let program = terms.program;
    let due = |milestone: &Milestone| case.end_of(milestone.due.as_ref()?, program).get().map(|last| last.day);
    let answer = |milestone: &Milestone| {
        let since = case.milestones.open(&milestone.id).get()?;
        Some(milestone.answer?.after(since.day, &program.calendar))
    };
    program.milestones.iter().flat_map(|milestone| [due(milestone), answer(milestone)]).flatten().collect()
}
