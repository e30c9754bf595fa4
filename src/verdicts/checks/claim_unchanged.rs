//! # DU-03: nothing changed under a claim that was made
//! **Checks** that where the ledger held a live claim before this run, today's data would not claim another
//! location, engagement, level or amount.
//! **Why** a claim is not edited and not made twice: what changed under it is settled with the payer (house).
//! **Example** invoiced for L-1 in April, redeemed by L-2 in May's export.

use crate::casebook::Case;
use crate::model::{Answer, ClaimOrigin, Code, Failure};
use crate::verdicts::answers::passed;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::ChangedClaim], run: claim_unchanged };

fn claim_unchanged(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(claim) = case.claim.filter(|claim| claim.live) else {
        return Answer::NotApplicable("no live claim in the ledger");
    };
    let row = case.row();
    let levels = &terms.program.voucher.levels;
    let level_differs = if levels.are_days() { "days differ" } else { "level differs" };
    let level = |level: Option<u32>| level.map(|level| levels.short(level));
    let changes: Vec<String> = [
        changed("location differs", claim.location.as_ref(), case.location()),
        changed("engagement differs", claim.engagement.as_ref(), row.map(|row| &row.engagement)),
        changed(level_differs, level(claim.days).as_ref(), level(row.map(|row| row.days)).as_ref()),
        changed("amount differs", claim.amount.as_ref(), case.entitlement.amount().as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let places: Vec<_> = row.map(|row| row.place).into_iter().chain(case.live.map(|live| live.place)).collect();
    if changes.is_empty() {
        return passed(&places);
    }
    let by = match &claim.origin {
        ClaimOrigin::Invoice(number) => format!("invoice {number}"),
        ClaimOrigin::Payment(reference) => format!("payment request {reference}"),
        ClaimOrigin::Prior(reference) => format!("claim {reference}"),
    };
    let message = format!("claimed by {by}; {}", changes.join("; "));
    Failure::new(Code::ChangedClaim, message, claim.requested_on, &places).into()
}

fn changed<T: PartialEq + std::fmt::Display>(what: &str, then: Option<&T>, now: Option<&T>) -> Option<String> {
    let (then, now) = (then?, now?);
    (then != now).then(|| format!("{what}: {then} then, {now} now"))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        // ledger=location,engagement,days,amount of an invoice that was issued on 2021-05-15
        check(&[
            ("ledger=L-1,data-estate,5,5000.00", "PD-04"),
            ("ledger=L-2,data-estate,5,5000.00", "DU-03 PD-04"),
            ("ledger=L-1,skype,5,5000.00", "DU-03 PD-04"),
            ("ledger=L-1,data-estate,3,5000.00", "DU-03 PD-04"),
            ("ledger=L-1,data-estate,5,4000.00", "DU-03 PD-04"),
        ]);
    }
}
