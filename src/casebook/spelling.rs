//! Voucher ids that differ only in case. Each is a voucher of its own, since ids are kept as they are; but unless one
//! export lists both with different facts, one may be the other, typed or exported in another way, and a claim of one
//! keeps the other from being claimed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::ingest::{Doubt, Gathered, Intake, VoucherRows};
use crate::model::{Claim, ClaimOrigin, Dataset, Day, OpeningClaims, Place, Voucher, VoucherId};

/// Why a voucher may be claimed already, or be claimed twice: in words, and the row that says so.
pub(super) type Suspicion = (String, Option<Place>);

/// Ids of vouchers that have another spelling somewhere.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    suspicions: HashMap<VoucherId, Suspicion>,
}

/// What is known under one spelling.
struct Known<'a> {
    rows: VoucherRows,
    claim: Option<&'a Claim>,
    doubt: Option<&'a Doubt>,
}

impl Spellings {
    pub(super) fn new(intake: &Intake, opening: &OpeningClaims, as_of: Day) -> Spellings {
        let gathered = &intake.records.vouchers;
        let of_claims = |doubt: &&Doubt| matches!(doubt.dataset, Dataset::Payments | Dataset::Claims);
        let doubts: HashMap<&VoucherId, &Doubt> = intake
            .doubts
            .iter()
            .filter(of_claims)
            .filter_map(|doubt| doubt.keys.voucher.as_ref().map(|voucher| (voucher, doubt)))
            .collect();
        let known = |id: &VoucherId| Known {
            rows: gathered.find(id).unwrap_or_else(|| VoucherRows::none(id.clone())),
            claim: opening.claims.get(id),
            doubt: doubts.get(id).copied(),
        };
        let mut suspicions = HashMap::new();
        for ids in spelled_in_several_ways(gathered, opening, &doubts) {
            let each: Vec<Known<'_>> = ids.iter().map(known).collect();
            for (at, of) in each.iter().enumerate() {
                let others = each.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other);
                let suspicion = others.filter(|other| may_be_one(of, other)).find_map(|other| suspicion(other, as_of));
                suspicions.extend(suspicion.map(|suspicion| (of.rows.voucher.clone(), suspicion)));
            }
        }
        Spellings { suspicions }
    }

    pub(super) fn of(&self, voucher: &VoucherId) -> Option<&Suspicion> {
        self.suspicions.get(voucher)
    }
}

/// Groups of ids that differ only in case. At least one of each group has a small letter, which few ids have.
fn spelled_in_several_ways(
    gathered: &Gathered,
    opening: &OpeningClaims,
    doubts: &HashMap<&VoucherId, &Doubt>,
) -> Vec<BTreeSet<VoucherId>> {
    let is_small = |id: &str| id.bytes().any(|byte| byte.is_ascii_lowercase());
    let elsewhere = opening.claims.keys().chain(doubts.keys().copied());
    let small = elsewhere.filter(|id| is_small(id.as_str())).cloned().chain(gathered.ids(is_small));
    let mut groups: BTreeMap<String, BTreeSet<VoucherId>> = BTreeMap::new();
    for id in small {
        groups.entry(id.as_str().to_ascii_uppercase()).or_default().insert(id);
    }
    for (capitals, group) in &mut groups {
        let id = VoucherId::new(capitals);
        if opening.claims.contains_key(&id) || doubts.contains_key(&id) || gathered.find(&id).is_some() {
            group.insert(id);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// Whether two spellings may be one voucher. What a later export says differently does not set them apart.
fn may_be_one(a: &Known<'_>, b: &Known<'_>) -> bool {
    let same = |a: &Voucher, b: &Voucher| {
        a.customer == b.customer && a.engagement == b.engagement && a.days == b.days && a.created_on == b.created_on
    };
    match (a.rows.vouchers.first(), b.rows.vouchers.first()) {
        // Side by side in one export, with other facts: the system itself tells them apart.
        (Some(a), Some(b)) if a.place.table == b.place.table => same(a, b),
        _ => true,
    }
}

fn suspicion(other: &Known<'_>, as_of: Day) -> Option<Suspicion> {
    let id = &other.rows.voucher;
    let may_be = |what: String, place: Option<Place>| {
        Some((format!("{id}, which differs from it only in case and may be the same voucher, {what}"), place))
    };
    // A request that is dated after the as-of date holds the voucher too, as it does under its own spelling.
    if let Some(payment) = other.rows.payments.first() {
        return may_be(format!("was claimed by payment request {}", payment.reference), Some(payment.place));
    }
    if let Some(claim) = other.rows.claims.first() {
        return may_be(format!("was claimed as {}", claim.reference), Some(claim.place));
    }
    match (other.claim.map(|claim| &claim.origin), other.doubt) {
        (Some(ClaimOrigin::Invoice(number)), _) => may_be(format!("was claimed by invoice {number}"), None),
        (Some(ClaimOrigin::Payment(reference) | ClaimOrigin::Prior(reference)), _) => {
            may_be(format!("was claimed before by {reference}"), None)
        }
        (None, Some(doubt)) => may_be("has a payment or claim row that cannot be used".to_owned(), Some(doubt.place)),
        (None, None) => {
            let redeemed = |day: Option<Day>| day.is_some_and(|day| day <= as_of);
            let row = other.rows.redemptions.iter().find(|row| redeemed(row.redeemed_on.get()))?;
            may_be("was redeemed too".to_owned(), Some(row.place))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_voucher};

    #[test]
    fn a_claim_under_another_spelling() {
        check(&[
            ("+payments=R-1,,v-1,5000.00,EUR,Paid,2021-05-20,2021-05-24,,,", "MT-04"),
            ("+payments=R-1,,v-1,5000.00,EUR,Rejected,2021-05-20,,,,", "MT-04"),
            ("+payments=R-1,,v-1,5000.00,EUR,Sent,2021-05-20,,,,", "MT-04"),
            ("+claims=v-1,OLD-1,2021-05-11", "MT-04"),
            // Requested after the as-of date, and known all the same.
            ("+payments=R-1,,v-1,5000.00,EUR,Submitted,2021-06-01,,,,", "MT-04"),
            ("+claims=v-1,OLD-1,2021-06-11", "MT-04"),
        ]);
        let small = "vouchers.voucher_id=v-1; redemptions.voucher_id=v-1; completions.voucher_id=v-1";
        check_voucher(
            "v-1",
            &[
                (small, "ok"),
                (&format!("{small}; ledger=L-1,data-estate,5,5000.00"), "MT-04"),
                (&format!("{small}; ledger=L-1,skype,3,5000.00"), "MT-04"),
            ],
        );
    }

    #[test]
    fn two_spellings_that_are_both_redeemed() {
        let redeemed = "+redemptions=v-1,L-1,Redeemed,2021-01-11,2021-05-10,";
        let row = |customer: &str| {
            format!("+vouchers=v-1,{customer},Contoso Foods,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Redeemed")
        };
        check(&[
            (&format!("{redeemed}; {}", row("CU-1")), "MT-04"),
            (&format!("{redeemed}; {}", row("CU-2")), "ok"),
            (&row("CU-1"), "ok"),
        ]);
    }
}
