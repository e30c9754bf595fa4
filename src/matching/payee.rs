//! Whom a payment row says was paid: the company of the voucher, or another one.

use std::collections::HashMap;

use crate::ingest::{Intake, VoucherRows};
use crate::model::{IssuedLine, LocationId, OpeningClaims, PartnerId, Payment, RedemptionStatus, Text};

/// The companies that partner profiles know, by their own ids and by those of their locations.
pub(super) struct Companies<'a> {
    by_id: HashMap<&'a str, &'a PartnerId>,
    /// Ids of those through which companies are paid, such as a parent or a factor.
    paid_through: &'a [Text],
}

impl<'a> Companies<'a> {
    pub(super) fn new(intake: &'a Intake, paid_through: &'a [Text]) -> Companies<'a> {
        let mut by_id = HashMap::new();
        for row in intake.records.partners.rows.iter() {
            by_id.insert(row.location.as_str(), &row.partner);
        }
        // Where a company and a location have one id, it is the company's.
        for row in intake.records.partners.rows.iter() {
            by_id.insert(row.partner.as_str(), &row.partner);
        }
        Companies { by_id, paid_through }
    }

    /// The company that a row names as paid, where that is none of those who delivered. An id of a location stands for its
    /// company, in either column; one that nobody knows says nothing, nor does a row that is of nobody known.
    pub(super) fn other_payee(&self, payment: &Payment, own: &[&LocationId]) -> Option<PartnerId> {
        let ids: Vec<&str> = ids(payment).collect();
        let companies: Vec<&PartnerId> =
            own.iter().filter_map(|location| self.by_id.get(location.as_str()).copied()).collect();
        // A location that delivered is this one, whoever owns it by now.
        let is_own = |id: &&str| self.is_paid_through(id) || own.iter().any(|location| location.as_str() == *id);
        if companies.is_empty() || ids.iter().any(is_own) {
            return None;
        }
        let payees = ids.iter().filter_map(|id| self.by_id.get(id).copied());
        payees.into_iter().find(|company| !companies.contains(company)).cloned()
    }

    fn is_paid_through(&self, id: &str) -> bool {
        self.paid_through.iter().any(|through| through.as_str() == id)
    }

    /// Whether a payment without voucher may be for one of any company: it was made to one through which others are paid; or
    /// the export does not say which voucher it is for, and nobody knows whom it names.
    pub(super) fn may_be_of_anybody(&self, payment: &Payment) -> bool {
        let is_known = |id: &str| self.by_id.contains_key(id);
        ids(payment).any(|id| self.is_paid_through(id)) || (payment.voucher.is_unknown() && !ids(payment).any(is_known))
    }

    /// Ids of payees that partner profiles do not know.
    pub(super) fn unknown_payees(&self, payment: &Payment) -> Vec<String> {
        let is_known = |id: &str| self.by_id.contains_key(id) || self.is_paid_through(id);
        ids(payment).filter(|id| !is_known(id)).map(str::to_owned).collect()
    }

    /// Locations that have a live row of the voucher, or have claimed it.
    pub(super) fn of_rows<'r>(rows: &'r VoucherRows, opening: &'r OpeningClaims) -> Vec<&'r LocationId> {
        let live = rows.redemptions.iter().filter(|row| row.status != RedemptionStatus::Cancelled);
        let claimed = opening.claims.get(&rows.voucher).and_then(|claim| claim.location.as_ref());
        live.map(|row| &row.location).chain(claimed).collect()
    }

    /// Locations whose vouchers stand on lines of an invoice of ours.
    pub(super) fn of_lines<'o>(lines: &[IssuedLine], opening: &'o OpeningClaims) -> Vec<&'o LocationId> {
        lines.iter().filter_map(|line| opening.claims.get(&line.voucher)?.location.as_ref()).collect()
    }
}

fn ids(payment: &Payment) -> impl Iterator<Item = &str> {
    let partner = payment.partner.value().map(|id| id.as_str());
    partner.into_iter().chain(payment.location.value().map(|id| id.as_str()))
}
