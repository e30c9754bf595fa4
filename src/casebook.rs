//! Everything known about one voucher, gathered (a [`Case`]), and everything known about one partner
//! ([`PartnerFacts`]). Here it is settled which row speaks, which steps have happened by the as-of date, and what
//! is unknown. Nothing is judged here.

mod entitlement;
mod money;
mod partner;
mod steps;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::ingest::{Coverage, Doubt, Intake};
use crate::model::{
    Claim, Completion, Dataset, Day, Fact, LocationId, OpeningClaims, Partner, Payment, Place, PriorClaim, Redemption,
    Voucher, VoucherId,
};
use crate::program::Program;

pub use entitlement::Entitlement;
pub use money::{Applied, Claimed, Unmatched};
pub use partner::{PartnerBook, PartnerFacts};
pub use steps::{Ahead, Step, Steps};

/// Everything known about one voucher on one day.
#[derive(Debug)]
pub struct Case<'a> {
    /// The voucher.
    pub voucher: VoucherId,
    /// Its rows in VLSC that stand; more than one only if they contradict each other. The first is shown.
    pub rows: Vec<&'a Voucher>,
    /// All reservations.
    pub redemptions: Vec<&'a Redemption>,
    /// The reservation that speaks: live, redeemed rather than reserved, else the later.
    pub live: Option<&'a Redemption>,
    /// A reservation was cancelled: it freed the voucher, which is assigned again.
    pub was_freed: bool,
    /// Locations with a live row that redeemed by the as-of date.
    pub redeemed_by: Vec<&'a Redemption>,
    /// Completion reports, one per consultant.
    pub completions: Vec<&'a Completion>,
    /// Payment rows that name the voucher or an invoice of it, requested by the as-of date.
    pub payments: Vec<Applied<'a>>,
    /// Claims older than the tool, made by the as-of date.
    pub prior: Vec<&'a PriorClaim>,
    /// The live claim of the ledger before this run.
    pub claim: Option<&'a Claim>,
    /// Refused or contradicting rows that carry the voucher's id.
    pub doubts: Vec<&'a Doubt>,
    /// Whether the voucher was claimed by anybody.
    pub claimed: Claimed,
    /// Dated steps by the as-of date.
    pub steps: Steps,
    /// Steps that are dated later.
    pub ahead: Vec<Ahead>,
    /// The row of the location that speaks.
    pub partner: Fact<&'a Partner>,
    /// The doubt on which an unknown partner rests.
    pub partner_doubt: Option<&'a Doubt>,
    /// What is known of that partner.
    pub facts: Option<&'a PartnerFacts<'a>>,
    /// What the delivery is worth.
    pub entitlement: Entitlement,
    /// Payments of unknown vouchers that may be for this one.
    pub suspects: Vec<&'a Payment>,
    /// Payments that name this voucher although no other data set knows it.
    pub unmatched: Vec<&'a Payment>,
    /// How much is known of the data sets.
    pub coverage: CoverageOf,
}

impl<'a> Case<'a> {
    /// The row of VLSC that is shown.
    pub fn row(&self) -> Option<&'a Voucher> {
        self.rows.first().copied()
    }

    /// The last day on which the voucher can be redeemed, and the row that says so.
    pub fn last_day(&self, program: &Program) -> Fact<Step> {
        let Some(row) = self.row() else {
            return Fact::Unknown;
        };
        match row.expires_on {
            Fact::Is(day) => Fact::Is(Step { day, place: row.place }),
            Fact::No | Fact::Unknown => self
                .steps
                .created
                .map(|created| Step { day: created.day.plus_days(program.voucher.life_days), place: created.place }),
        }
    }

    /// The location that speaks.
    pub fn location(&self) -> Option<&'a LocationId> {
        self.live.map(|row| &row.location)
    }

    /// Doubts of one data set that carry the voucher's id.
    pub fn doubt_in(&self, dataset: Dataset) -> Option<&'a Doubt> {
        self.doubts.iter().copied().find(|doubt| doubt.dataset == dataset)
    }
}

/// All cases of a run, by voucher id, and the payments that belong to none.
#[derive(Debug)]
pub struct Casebook<'a> {
    /// Cases, sorted by voucher id.
    pub cases: Vec<Case<'a>>,
    /// Payments of which neither the voucher nor the invoice is known.
    pub unmatched: &'a [Unmatched<'a>],
}

/// How much is known of the data sets that cases rest on.
#[derive(Clone, Copy, Debug, Default)]
pub struct CoverageOf {
    /// VLSC.
    pub vouchers: Coverage,
    /// VVR.
    pub redemptions: Coverage,
    /// Completion reports.
    pub completions: Coverage,
    /// Payments.
    pub payments: Coverage,
    /// Rates.
    pub rates: Coverage,
    /// Claims older than the tool; none named means that there are none.
    pub claims: Coverage,
}

/// Rows gathered by voucher before they are settled.
#[derive(Default)]
struct Gathered<'a> {
    rows: Vec<&'a Voucher>,
    redemptions: Vec<&'a Redemption>,
    completions: Vec<&'a Completion>,
    payments: Vec<&'a Payment>,
    prior: Vec<&'a PriorClaim>,
    doubts: Vec<&'a Doubt>,
    /// An accepted row of vouchers, redemptions, completions or payments carries the id.
    named: bool,
}

/// The index that cases borrow from; it lives as long as they do.
#[derive(Debug)]
pub struct Index<'a> {
    intake: &'a Intake,
    opening: &'a OpeningClaims,
    as_of: Day,
    partners: PartnerBook<'a>,
    unmatched: Vec<Unmatched<'a>>,
    strays: money::Strays<'a>,
    nameless: money::Nameless<'a>,
    shares: HashMap<Place, Vec<(VoucherId, crate::model::Money)>>,
}

impl<'a> Index<'a> {
    /// Indexes what cases look things up by.
    pub fn new(intake: &'a Intake, opening: &'a OpeningClaims, as_of: Day) -> Index<'a> {
        let unmatched = money::unmatched(intake, opening, as_of);
        let shares = money::invoice_shares(intake, opening, as_of);
        Index {
            intake,
            opening,
            as_of,
            partners: PartnerBook::new(intake),
            strays: money::Strays::new(&unmatched),
            nameless: money::Nameless::new(&intake.doubts, opening),
            unmatched,
            shares,
        }
    }

    /// The partners of the run.
    pub fn partners(&self) -> &PartnerBook<'a> {
        &self.partners
    }

    /// Gathers and settles all cases, in parallel, sorted by voucher id.
    pub fn open(&'a self, program: &Program) -> Casebook<'a> {
        let records = &self.intake.records;
        let coverage = CoverageOf {
            vouchers: records.vouchers.coverage,
            redemptions: records.redemptions.coverage,
            completions: records.completions.coverage,
            payments: records.payments.coverage,
            rates: records.rates.coverage,
            claims: records.claims.coverage,
        };
        let gathered: Vec<(VoucherId, Gathered<'a>)> = self.gather().into_iter().collect();
        let cases = gathered
            .into_par_iter()
            .map(|(voucher, gathered)| self.settle(program, &coverage, voucher, gathered))
            .collect();
        Casebook { cases, unmatched: &self.unmatched }
    }

    fn gather(&self) -> BTreeMap<VoucherId, Gathered<'a>> {
        let records = &self.intake.records;
        let mut all: HashMap<VoucherId, Gathered<'a>> = HashMap::with_capacity(records.vouchers.rows.len());
        for row in &records.vouchers.rows {
            let entry = all.entry(row.voucher.clone()).or_default();
            entry.rows.push(row);
            entry.named = true;
        }
        for row in &records.redemptions.rows {
            let entry = all.entry(row.voucher.clone()).or_default();
            entry.redemptions.push(row);
            entry.named = true;
        }
        for row in &records.completions.rows {
            let entry = all.entry(row.voucher.clone()).or_default();
            entry.completions.push(row);
            entry.named = true;
        }
        for row in &records.payments.rows {
            let shares = self.shares.get(&row.place).map_or(&[][..], Vec::as_slice);
            // A voucher that is named beside an invoice of ours, and does not stand on it, is claimed all the same.
            let beside = row.voucher.value().filter(|named| !shares.iter().any(|(voucher, _)| voucher == *named));
            for voucher in shares.iter().map(|(voucher, _)| voucher).chain(beside) {
                let entry = all.entry(voucher.clone()).or_default();
                entry.payments.push(row);
                entry.named = true;
            }
        }
        for row in &records.claims.rows {
            all.entry(row.voucher.clone()).or_default().prior.push(row);
        }
        for doubt in &self.intake.doubts {
            for voucher in money::vouchers_in_doubt(doubt, self.opening) {
                all.entry(voucher.clone()).or_default().doubts.push(doubt);
            }
        }
        // A row whose cells cannot be told apart holds every voucher that it may name, and makes up none.
        for doubt in &self.intake.doubts {
            for voucher in &doubt.keys.mentioned {
                if let Some(entry) = all.get_mut(voucher) {
                    entry.doubts.push(doubt);
                }
            }
        }
        all.into_iter().filter(|(_, gathered)| gathered.named || refused_in_two_files(&gathered.doubts)).collect()
    }

    fn settle(
        &'a self,
        program: &Program,
        coverage: &CoverageOf,
        voucher: VoucherId,
        gathered: Gathered<'a>,
    ) -> Case<'a> {
        let Gathered { rows, redemptions, completions, payments, prior, doubts, .. } = gathered;
        let live_rows: Vec<&Redemption> =
            redemptions.iter().copied().filter(|row| steps::is_live(row, self.as_of)).collect();
        let live = steps::speaking(&live_rows, self.as_of);
        let redeemed_by: Vec<&Redemption> = live_rows
            .iter()
            .copied()
            .filter(|row| row.redeemed_on.get().is_some_and(|day| day <= self.as_of))
            .collect();
        let was_freed = live_rows.len() < redemptions.len();
        let claim = self.opening.claims.get(&voucher);
        let applied = money::apply(&voucher, &payments, &self.shares, self.as_of);
        let heard = steps::Heard {
            row: rows.first().copied(),
            redemptions: &redemptions,
            live,
            completions: &completions,
            payments: &payments,
            applied: &applied,
            prior: &prior,
            claim,
            doubts: &doubts,
            tables: &self.intake.tables,
        };
        let (steps, ahead) = steps::settle(&heard, coverage, self.as_of);
        let location = live.map(|row| &row.location);
        let (partner, partner_doubt) = self.partners.location(location);
        let nameless = self.nameless.concerning(location, partner.get());
        let claimed = money::claimed(&heard, coverage, self.as_of, nameless);
        let facts = partner.value().and_then(|partner| self.partners.facts(&partner.partner));
        let entitlement =
            entitlement::entitlement(rows.first().copied(), &completions, &steps, program, &self.partners, coverage);
        let suspects = self.strays.suspects(live, partner.get(), &steps, &claimed);
        let unmatched = self.strays.naming(&voucher);
        Case {
            voucher,
            rows,
            redemptions,
            live,
            was_freed,
            redeemed_by,
            completions,
            payments: applied,
            prior: prior.into_iter().filter(|claim| claim.claimed_on <= self.as_of).collect(),
            claim,
            doubts,
            claimed,
            steps,
            ahead,
            partner,
            partner_doubt,
            facts,
            entitlement,
            suspects,
            unmatched,
            coverage: *coverage,
        }
    }
}

fn refused_in_two_files(doubts: &[&Doubt]) -> bool {
    let mut tables: Vec<u32> = doubts.iter().map(|doubt| doubt.place.table).collect();
    tables.sort_unstable();
    tables.dedup();
    tables.len() >= 2
}
