//! Who may decide what: which items can be released at all, how many people sign, up to which amount, until when.

use super::ItemSnapshot;
use crate::model::{Adjustment, Authority, Day, DecisionEntry, Disposition, Money, RejectionReason, Release};

/// The last day on which a decision of this day stands, if it ends; the latest that may be asked for in a waiver.
pub(super) fn until(disposition: &Disposition, taken_on: Day, authority: &Authority) -> Option<Day> {
    match disposition {
        Disposition::Accept => Some(taken_on.plus_days(authority.accept_days)),
        Disposition::Waive(asked) => Some((*asked).min(taken_on.plus_days(authority.waive_days))),
        Disposition::Adjust(_) | Disposition::Dispute | Disposition::Resolve(_) | Disposition::Withdraw => None,
    }
}

/// Which items may be decided, and how: the table of codes says who may release what.
pub(super) fn may_be_decided(snapshot: &ItemSnapshot, disposition: &Disposition) -> bool {
    let release = snapshot.code.spec().release;
    match disposition {
        Disposition::Accept | Disposition::Waive(_) => matches!(release, Release::Accepted | Release::AcceptedOrBooked),
        Disposition::Adjust(Adjustment::Fx) => release == Release::BookedAsFx,
        Disposition::Adjust(_) => release == Release::AcceptedOrBooked,
        // A payment that names a voucher is corrected where it was written.
        Disposition::Resolve(_) => snapshot.listed_for.is_some(),
        Disposition::Dispute | Disposition::Withdraw => true,
    }
}

/// Whether a decision releases an item.
pub fn releases(disposition: &Disposition) -> bool {
    match disposition {
        Disposition::Accept | Disposition::Waive(_) | Disposition::Adjust(_) | Disposition::Resolve(_) => true,
        Disposition::Dispute | Disposition::Withdraw => false,
    }
}

/// Whether those who signed may decide this.
pub(super) fn signed(
    entry: &DecisionEntry,
    snapshot: &ItemSnapshot,
    authority: &Authority,
) -> Result<(), (RejectionReason, String)> {
    let second = entry.second.as_ref();
    if second == Some(&entry.first) {
        return Err((RejectionReason::SamePerson, format!("{} has signed twice", entry.first)));
    }
    let over = |what: String| (RejectionReason::OverAuthority, what);
    for person in std::iter::once(&entry.first).chain(second) {
        if !authority.people.contains_key(person) {
            return Err(over(format!(
                "{person} is not among the people of [decisions.authority] in config/settings.toml"
            )));
        }
    }
    if !releases(&entry.disposition) {
        return Ok(());
    }
    let Some(amount) = snapshot.amount else {
        let both = second.is_some().then_some(());
        return both.ok_or_else(|| over("the entitled amount of the item is not known: two people decide".to_owned()));
    };
    // Money received for an unknown purpose, two currencies, a closed period: never one person's word.
    if snapshot.code.spec().two_people && second.is_none() {
        return Err(over(format!("two people decide about {}", snapshot.code)));
    }
    let also = snapshot.entitled.filter(|_| entry.disposition == Disposition::Adjust(Adjustment::Fx));
    std::iter::once(amount).chain(also).try_for_each(|amount| covered(entry, amount, authority).map_err(over))
}

/// Whether those who signed may decide about an amount.
fn covered(entry: &DecisionEntry, amount: Money, authority: &Authority) -> Result<(), String> {
    let second = entry.second.as_ref();
    let (minor, currency) = (amount.minor().saturating_abs(), amount.currency());
    let covers = |limit: Option<&Money>| limit.is_some_and(|limit| minor <= limit.minor());
    if let Disposition::Adjust(kind) = entry.disposition
        && !covers(authority.limits.get(&kind).and_then(|limits| limits.get(&currency)))
    {
        return Err(format!("{amount} {currency} is above the limit of {}", kind.as_str()));
    }
    let may = |person| covers(authority.people.get(person).and_then(|most| most.get(&currency)));
    if !may(&entry.first) && !second.is_some_and(may) {
        return Err(format!("nobody who signed may decide about {amount} {currency}"));
    }
    if !covers(authority.alone.get(&currency)) && second.is_none() {
        return Err(format!("two people decide about {amount} {currency}"));
    }
    Ok(())
}
