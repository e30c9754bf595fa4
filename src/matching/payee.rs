//! Whom a payment row says was paid: the company of the voucher, or another one.

use std::collections::HashMap;

use crate::ingest::{Intake, VoucherRows};
use crate::model::{IssuedLine, OpeningClaims, PartnerId, Payment, RedemptionStatus, Text};

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
    pub(super) fn other_payee(&self, payment: &Payment, own: &[&PartnerId]) -> Option<PartnerId> {
        let ids: Vec<&str> = ids(payment).collect();
        if own.is_empty() || ids.iter().any(|id| self.paid_through.iter().any(|through| through.as_str() == *id)) {
            return None;
        }
        let companies = ids.iter().filter_map(|id| self.by_id.get(id).copied());
        companies.into_iter().find(|company| !own.contains(company)).cloned()
    }

    /// Ids of payees that partner profiles do not know.
    pub(super) fn unknown_payees(&self, payment: &Payment) -> Vec<String> {
        let is_known =
            |id: &str| self.by_id.contains_key(id) || self.paid_through.iter().any(|through| through.as_str() == id);
        ids(payment).filter(|id| !is_known(id)).map(str::to_owned).collect()
    }

    /// Companies whose locations have a live row of the voucher.
    pub(super) fn of_rows(&self, rows: &VoucherRows) -> Vec<&'a PartnerId> {
        let live = rows.redemptions.iter().filter(|row| row.status != RedemptionStatus::Cancelled);
        live.filter_map(|row| self.by_id.get(row.location.as_str()).copied()).collect()
    }

    /// Companies whose vouchers stand on lines of an invoice of ours.
    pub(super) fn of_lines(&self, lines: &[IssuedLine], opening: &OpeningClaims) -> Vec<&'a PartnerId> {
        let claims = lines.iter().filter_map(|line| opening.claims.get(&line.voucher)?.location.as_ref());
        claims.filter_map(|location| self.by_id.get(location.as_str()).copied()).collect()
    }
}

fn ids(payment: &Payment) -> impl Iterator<Item = &str> {
    let partner = payment.partner.value().map(|id| id.as_str());
    partner.into_iter().chain(payment.location.value().map(|id| id.as_str()))
}
