//! Unapplied payments that may be for a voucher which they do not name.

use std::collections::{BTreeSet, HashMap};

use super::claimed::Claimed;
use super::steps::Steps;
use crate::matching::{Contest, Matching};
use crate::model::{Day, Fact, OpeningClaims, Partner, Redemption, Text, VoucherId};

/// Unapplied payments, by position, by what they name: the voucher, and the location, else the partner, whose
/// vouchers they block. One that may be for a voucher of any company blocks all.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    by_voucher: HashMap<VoucherId, Vec<usize>>,
    /// By the id of the location, else of the partner, in whichever column it stands.
    by_payee: HashMap<Text, Vec<Suspect>>,
    of_anybody: Vec<Suspect>,
    /// By the vouchers that they name, with something that stands against it.
    contested: HashMap<VoucherId, Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Suspect {
    position: usize,
    requested_on: Option<Day>,
}

impl Suspects {
    /// Those that were accepted are for no voucher of ours.
    pub(super) fn new(matching: &Matching, opening: &OpeningClaims) -> Suspects {
        let mut suspects = Suspects::default();
        for (position, payment) in matching.unapplied().iter().enumerate() {
            let contest = matching.contest(payment);
            if let (None, Fact::Is(voucher)) = (contest, &payment.voucher) {
                suspects.by_voucher.entry(voucher.clone()).or_default().push(position);
            }
            if matching.is_accepted(payment) {
                continue;
            }
            if contest.is_some() {
                for voucher in matching.contested_vouchers(payment, opening) {
                    suspects.contested.entry(voucher.clone()).or_default().push(position);
                }
            }
            // What another company was paid may be for a voucher of that too; what names two things holds those alone.
            if contest == Some(&Contest::InvoiceOfOthers) {
                continue;
            }
            let suspect = Suspect { position, requested_on: payment.requested_on.get() };
            let location = payment.location.value().map(|id| id.as_str());
            if matching.is_of_anybody(payment) {
                suspects.of_anybody.push(suspect);
            } else if let Some(payee) = location.or(payment.partner.value().map(|id| id.as_str())) {
                suspects.by_payee.entry(Text::new(payee)).or_default().push(suspect);
            }
        }
        suspects
    }

    /// Those that name a voucher which no other data set knows.
    pub(super) fn naming(&self, voucher: &VoucherId) -> &[usize] {
        self.by_voucher.get(voucher).map_or(&[], Vec::as_slice)
    }

    /// Those that may be for this voucher: redeemed by their request date and unclaimed, of their location, else of
    /// their partner; or named by them, with something that stands against it.
    pub(super) fn of(
        &self,
        live: Option<&Redemption>,
        partner: Option<&Partner>,
        steps: &Steps,
        claimed: &Claimed,
    ) -> Vec<usize> {
        let (Some(live), Some(redeemed), Claimed::No) = (live, steps.redeemed.get(), claimed) else {
            return Vec::new();
        };
        let of_payee = |id: &str| self.by_payee.get(&Text::new(id)).into_iter().flatten();
        let of_location = of_payee(live.location.as_str());
        let of_partner = partner.into_iter().flat_map(|partner| of_payee(partner.partner.as_str()));
        let in_time = |suspect: &&Suspect| suspect.requested_on.is_none_or(|day| redeemed.day <= day);
        let found = of_location.chain(of_partner).chain(&self.of_anybody).filter(in_time);
        // A company and its location may have one id: each once.
        let positions: BTreeSet<usize> = found.map(|suspect| suspect.position).collect();
        positions.into_iter().collect()
    }

    /// Those that name this voucher, with something that stands against it, be it claimed or not.
    pub(super) fn contested(&self, voucher: &VoucherId) -> &[usize] {
        self.contested.get(voucher).map_or(&[], Vec::as_slice)
    }
}
