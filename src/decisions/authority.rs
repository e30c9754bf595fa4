//! Who may decide what: which items can be released at all, how many people sign, up to which amount, until when.

use super::Seen;
use crate::model::{Adjustment, Authority, Code, Day, Money, Objection, Opinion, Ruling};

/// The last day on which a decision of this day stands, if it ends; the latest that may be asked for in a waiver.
pub(super) fn until(ruling: &Ruling, taken_on: Day, authority: &Authority) -> Option<Day> {
    match ruling {
        Ruling::Accept => Some(taken_on.plus_days(authority.accept_days)),
        Ruling::Waive(asked) => Some((*asked).min(taken_on.plus_days(authority.waive_days))),
        Ruling::Adjust(_) | Ruling::Dispute | Ruling::Resolve(_) | Ruling::Withdraw => None,
    }
}

/// Which items may be decided, and how: what is about evidence or a limit of the program only by the evidence.
/// LC-09, DU-04, DU-06 and differences of amounts are released; what stays unmatched or unpaid is let pass.
pub(super) fn may_be_ruled(seen: &Seen, ruling: &Ruling) -> bool {
    let code = seen.code;
    let is_released = matches!(
        code,
        Code::Lc09
            | Code::Du04
            | Code::Du06
            | Code::Am01
            | Code::Am02
            | Code::Am06
            | Code::Am07
            | Code::Am09
            | Code::Mt02
            | Code::Mt03
            | Code::Mt04
            | Code::In21
    );
    match ruling {
        Ruling::Accept | Ruling::Waive(_) => is_released,
        Ruling::Adjust(Adjustment::Fx) => matches!(code, Code::Fx02),
        Ruling::Adjust(_) => matches!(code, Code::Am02 | Code::Am06 | Code::Am07 | Code::Am09),
        // A payment that names a voucher is corrected where it was written.
        Ruling::Resolve(_) => seen.stray.is_some(),
        Ruling::Dispute | Ruling::Withdraw => true,
    }
}

/// Whether a decision lets an item pass.
pub fn releases(ruling: &Ruling) -> bool {
    match ruling {
        Ruling::Accept | Ruling::Waive(_) | Ruling::Adjust(_) | Ruling::Resolve(_) => true,
        Ruling::Dispute | Ruling::Withdraw => false,
    }
}

/// Whether those who signed may decide this.
pub(super) fn signed(opinion: &Opinion, seen: &Seen, authority: &Authority) -> Result<(), (Objection, String)> {
    let second = opinion.second.as_ref();
    if second == Some(&opinion.first) {
        return Err((Objection::SamePerson, format!("{} has signed twice", opinion.first)));
    }
    let over = |what: String| (Objection::OverAuthority, what);
    for person in std::iter::once(&opinion.first).chain(second) {
        if !authority.people.contains_key(person) {
            return Err(over(format!(
                "{person} is not among the people of [decisions.authority] in config/settings.toml"
            )));
        }
    }
    if !releases(&opinion.ruling) {
        return Ok(());
    }
    let Some(amount) = seen.amount else {
        let both = second.is_some().then_some(());
        return both.ok_or_else(|| over("what the item is worth is not known: two people decide".to_owned()));
    };
    // Money received for an unknown purpose, two currencies, a closed period: never one person's word.
    let is_grave = matches!(seen.code, Code::Mt03 | Code::Mt04 | Code::In21 | Code::Fx02);
    if is_grave && second.is_none() {
        return Err(over(format!("two people decide about {}", seen.code)));
    }
    let also = seen.worth.filter(|_| opinion.ruling == Ruling::Adjust(Adjustment::Fx));
    std::iter::once(amount).chain(also).try_for_each(|amount| covered(opinion, amount, authority).map_err(over))
}

/// Whether those who signed may decide about an amount.
fn covered(opinion: &Opinion, amount: Money, authority: &Authority) -> Result<(), String> {
    let second = opinion.second.as_ref();
    let (minor, currency) = (amount.minor().saturating_abs(), amount.currency());
    let covers = |limit: Option<&Money>| limit.is_some_and(|limit| minor <= limit.minor());
    if let Ruling::Adjust(kind) = opinion.ruling
        && !covers(authority.limits.get(&kind).and_then(|limits| limits.get(&currency)))
    {
        return Err(format!("{amount} {currency} is above the limit of {}", kind.as_str()));
    }
    let may = |person| covers(authority.people.get(person).and_then(|most| most.get(&currency)));
    if !may(&opinion.first) && !second.is_some_and(may) {
        return Err(format!("nobody who signed may decide about {amount} {currency}"));
    }
    if !covers(authority.alone.get(&currency)) && second.is_none() {
        return Err(format!("two people decide about {amount} {currency}"));
    }
    Ok(())
}
