//! Everything known about one voucher, gathered (a [`Case`]), and everything known about one partner
//! ([`PartnerFacts`]). Here it is said which reservation is effective, which steps have happened by the as-of date, and what
//! is unknown. Nothing is judged here.

mod claimed;
mod entitlement;
mod milestones;
mod partner;
mod peers;
mod spelling;
mod steps;
mod suspects;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::ingest::{Doubt, Intake, VoucherCoverage, VoucherRows};
use crate::matching::{Applied, Contested, KnownVouchers, Matching};
use crate::model::{
    Claim, Completion, Dataset, Day, Fact, Few, LocationId, OpeningClaims, Partner, Payment, PriorClaim, Redemption,
    Voucher, VoucherId,
};
use crate::program::{Anchor, Deadline, Program};

pub use claimed::{Claimed, EarlierRequest};
pub use entitlement::Entitlement;
pub use milestones::Milestones;
pub use partner::{PartnerBook, PartnerFacts};
pub use peers::{OtherVoucher, Peer};
pub use steps::{Ahead, Step, Steps};

/// Everything known about one voucher on one day.
#[derive(Debug)]
pub struct Case<'a> {
    /// The voucher.
    pub voucher: VoucherId,
    /// Its rows in VLSC that stand; more than one only if they contradict each other. The first is shown.
    pub rows: Few<&'a Voucher>,
    /// All reservations.
    pub redemptions: Few<&'a Redemption>,
    /// The effective reservation: live, redeemed rather than reserved, else the later.
    pub live: Option<&'a Redemption>,
    /// A reservation was cancelled: it freed the voucher, which is assigned again.
    pub reservation_cancelled: bool,
    /// Live rows that reserved or redeemed by the as-of date.
    pub reserved_by: Few<&'a Redemption>,
    /// Locations with a live row that redeemed by the as-of date.
    pub redeemed_by: Few<&'a Redemption>,
    /// Completion reports, one per consultant.
    pub completions: Few<&'a Completion>,
    /// Milestones by the as-of date.
    pub milestones: Milestones<'a>,
    /// Payment rows that name the voucher or an invoice of it, requested by the as-of date.
    pub payments: Vec<Applied<'a>>,
    /// Claims older than the tool, made by the as-of date.
    pub prior: Vec<&'a PriorClaim>,
    /// The claim of the ledger before this run, live or not.
    pub claim: Option<&'a Claim>,
    /// Refused or contradicting rows that carry the voucher's id.
    pub doubts: Vec<&'a Doubt>,
    /// Whether the voucher was claimed by anybody.
    pub claimed: Claimed,
    /// Dated steps by the as-of date.
    pub steps: Steps,
    /// Steps that are dated later.
    pub ahead: Vec<Ahead>,
    /// The row of the effective location.
    pub partner: Fact<&'a Partner>,
    /// The doubt on which an unknown partner rests.
    pub partner_doubt: Option<&'a Doubt>,
    /// What is known of that partner.
    pub facts: Option<&'a PartnerFacts<'a>>,
    /// The entitled amount, or why there is none.
    pub entitlement: Entitlement,
    /// Payments of unknown vouchers that may be for this one.
    pub suspects: Vec<&'a Payment>,
    /// Payments that name it, or an invoice of it, with something that stands against it; they are applied to nothing.
    pub contested: Vec<Contested<'a>>,
    /// Payments that name this voucher although no other data set knows it.
    pub unapplied: Vec<&'a Payment>,
    /// Another voucher of the customer that names the same deliverable.
    pub same_deliverable: OtherVoucher<'a>,
    /// Another voucher of the customer that was started first, where there may be one only.
    pub started_first: OtherVoucher<'a>,
    /// How much is known of the data sets.
    pub coverage: VoucherCoverage,
}

impl<'a> Case<'a> {
    /// The row of VLSC that is shown.
    pub fn row(&self) -> Option<&'a Voucher> {
        self.rows.first().copied()
    }

    /// The earliest request of somebody else that was made before an invoice of ours went out.
    pub fn request_before_our_invoice(&self) -> Option<EarlierRequest<'_, 'a>> {
        claimed::request_before(self.claim.filter(|claim| claim.live)?, &self.payments)
    }

    /// The last day on which the voucher can be redeemed, and the row that says so.
    pub fn last_day(&self, program: &Program) -> Fact<Step> {
        let Some(row) = self.row() else {
            return Fact::Unknown;
        };
        match row.expires_on {
            Fact::Is(day) => Fact::Is(Step { day, place: row.place }),
            Fact::No | Fact::Unknown => self.end_of(&program.voucher.life, program),
        }
    }

    /// The last day for the payment request, if the program sets one, and the row that says so.
    pub fn claim_by(&self, program: &Program) -> Fact<Step> {
        program.payment.claim.as_ref().map_or(Fact::No, |claim| self.end_of(claim, program))
    }

    /// The last day of a deadline, and the row from which it runs.
    pub fn end_of(&self, deadline: &Deadline, program: &Program) -> Fact<Step> {
        let level = self.row().map_or(0, |row| row.days);
        let last = deadline.last_day(level, &program.calendar, |anchor| self.step(anchor).map(|step| step.day));
        let capped = deadline.at_most.as_ref().map(|cap| &cap.from);
        let began = [Some(&deadline.from), capped].into_iter().flatten().find_map(|from| self.step(from).get());
        match (last, began) {
            (Fact::Is(day), Some(began)) => Fact::Is(Step { day, place: began.place }),
            (Fact::Unknown, _) => Fact::Unknown,
            (Fact::No, _) | (Fact::Is(_), None) => Fact::No,
        }
    }

    /// When a step was taken or a milestone reached.
    pub fn step(&self, anchor: &Anchor) -> Fact<Step> {
        let steps = &self.steps;
        match anchor {
            Anchor::Created => steps.created,
            Anchor::Assigned => steps.assigned,
            Anchor::Reserved => steps.reserved,
            Anchor::Started => steps.started,
            Anchor::Completed => steps.completed,
            Anchor::Redeemed => steps.redeemed,
            Anchor::Milestone(milestone) => self.milestones.reached(milestone),
        }
    }

    /// The location of the effective reservation.
    pub fn location(&self) -> Option<&'a LocationId> {
        self.live.map(|row| &row.location)
    }

    /// Doubts of one data set that carry the voucher's id.
    pub fn doubt_in(&self, dataset: Dataset) -> Option<&'a Doubt> {
        self.doubts.iter().copied().find(|doubt| doubt.dataset == dataset)
    }
}

/// What concerns a voucher although none of its own rows says so.
#[derive(Debug, Default)]
struct IndirectRows<'a> {
    /// Payments of an invoice of ours on which it stands.
    payments: Vec<Payment>,
    /// Refused or contradicting rows that carry its id, or may.
    doubts: Vec<&'a Doubt>,
    /// A row carries the id itself, or the number of an invoice of it.
    is_named: bool,
}

/// What cases are looked up in; they borrow from it.
#[derive(Debug)]
pub struct Index<'a> {
    intake: &'a Intake,
    opening: &'a OpeningClaims,
    program: &'a Program,
    as_of: Day,
    partners: PartnerBook<'a>,
    peers: peers::Peers<'a>,
    matching: Matching,
    suspects: suspects::Suspects,
    unidentified: claimed::UnidentifiedRows<'a>,
    spellings: spelling::Spellings,
    elsewhere: HashMap<VoucherId, IndirectRows<'a>>,
}

impl<'a> Index<'a> {
    /// Indexes what cases look things up by.
    pub fn new(
        intake: &'a Intake,
        opening: &'a OpeningClaims,
        program: &'a Program,
        as_of: Day,
        matching: Matching,
    ) -> Index<'a> {
        let known = KnownVouchers::new(intake);
        Index {
            intake,
            opening,
            program,
            as_of,
            peers: peers::Peers::new(intake, opening, as_of, program),
            partners: PartnerBook::new(intake),
            suspects: suspects::Suspects::new(&matching, opening),
            unidentified: claimed::UnidentifiedRows::new(&intake.doubts, opening, |voucher| {
                let rows = intake.records.vouchers.find(voucher);
                known.contain(&rows.unwrap_or_else(|| VoucherRows::none(voucher.clone())))
            }),
            spellings: spelling::Spellings::new(intake, opening, as_of),
            elsewhere: elsewhere(intake, opening, &matching),
            matching,
        }
    }

    /// The partners of the run.
    pub fn partners(&self) -> &PartnerBook<'a> {
        &self.partners
    }

    /// Payments of which neither the voucher nor the invoice is known, in the order of files and rows.
    pub fn unapplied(&self) -> &[Payment] {
        self.matching.unapplied()
    }

    /// How payments were matched.
    pub fn matching(&self) -> &Matching {
        &self.matching
    }

    /// Opens every case, in parallel, and looks at it. What is made of them comes in no particular order.
    pub fn map<T: Send>(&self, look: impl Fn(&Case<'_>) -> T + Sync) -> Vec<T> {
        let gathered = &self.intake.records.vouchers;
        let mut made = gathered.map(|rows| {
            let elsewhere = self.elsewhere.get(&rows.voucher);
            is_case(&rows, elsewhere).then(|| look(&self.open_case(&rows, elsewhere)))
        });
        let without_rows = self.elsewhere.par_iter().filter(|(voucher, _)| gathered.find(voucher).is_none());
        made.par_extend(without_rows.filter(|(_, elsewhere)| elsewhere.make_a_case()).map(|(voucher, elsewhere)| {
            let rows = VoucherRows::none(voucher.clone());
            look(&self.open_case(&rows, Some(elsewhere)))
        }));
        made
    }

    /// Opens one case and looks at it, if the voucher is known.
    pub fn find<T>(&self, voucher: &VoucherId, look: impl FnOnce(&Case<'_>) -> T) -> Option<T> {
        let elsewhere = self.elsewhere.get(voucher);
        let rows = self.intake.records.vouchers.find(voucher).unwrap_or_else(|| VoucherRows::none(voucher.clone()));
        is_case(&rows, elsewhere).then(|| look(&self.open_case(&rows, elsewhere)))
    }

    /// Opens the case of rows that no export has, as if they were the voucher's.
    pub fn shadow<T>(&self, rows: &VoucherRows, look: impl FnOnce(&Case<'_>) -> T) -> T {
        look(&self.open_case(rows, None))
    }

    /// Payments that name a voucher, or an invoice of it, with something that stands against it.
    fn contested(&self, voucher: &VoucherId) -> Vec<Contested<'_>> {
        let payments = self.suspects.contested(voucher).iter().map(|at| &self.matching.unapplied()[*at]);
        payments.map(|payment| Contested { payment, contest: self.matching.contest(payment) }).collect()
    }

    fn open_case<'c>(&'c self, of: &'c VoucherRows, elsewhere: Option<&'c IndirectRows<'a>>) -> Case<'c> {
        let coverage = &self.intake.records.coverage;
        let voucher = of.voucher.clone();
        let rows: Few<&Voucher> = of.vouchers.iter().collect();
        let redemptions: Few<&Redemption> = of.redemptions.iter().collect();
        let completions = steps::by_consultant(&of.completions);
        let prior: Vec<&PriorClaim> = of.claims.iter().collect();
        let doubts: Vec<&Doubt> = elsewhere.map_or(Vec::new(), |elsewhere| elsewhere.doubts.clone());
        let mut payments: Few<&Payment> = of.payments.iter().collect();
        payments.extend(elsewhere.into_iter().flat_map(|elsewhere| &elsewhere.payments));
        payments.sort_by_key(|payment| payment.place);
        let steps::Reservations { live, reservation_cancelled, reserved_by, redeemed_by } =
            steps::reservations(&redemptions, self.as_of);
        let claim = self.opening.claims.get(&voucher);
        let applied = self.matching.apply(&voucher, &payments, self.as_of);
        let shown = rows.first().copied();
        let known = steps::CaseRows {
            row: shown,
            redemptions: &redemptions,
            live,
            completions: &completions,
            milestones: &of.milestones,
            payments: &payments,
            applied: &applied,
            prior: &prior,
            claim,
            doubts: &doubts,
            tables: &self.intake.tables,
        };
        let (steps, ahead) = steps::steps(&known, coverage, self.as_of);
        let milestones = Milestones::new(&of.milestones, self.as_of, &known, coverage.milestones, self.program);
        let location = live.map(|row| &row.location);
        let (partner, partner_doubt) = self.partners.location(location);
        let unidentified = self.unidentified.concerning(location, partner.get());
        let claimed = claimed::claimed(&known, coverage, self.as_of, unidentified, self.spellings.of(&voucher));
        let facts = partner.value().and_then(|partner| self.partners.facts(&partner.partner));
        let entitlement = entitlement::entitlement(shown, &completions, &steps, self.program, &self.partners);
        let suspects = self.suspects.of(live, partner.get(), &steps, &claimed);
        let same_deliverable = shown.map_or(OtherVoucher::None, |row| self.peers.same_deliverable(row));
        let started_first = shown.map_or(OtherVoucher::None, |row| self.peers.started_first(row));
        let unapplied = self.matching.unapplied();
        Case {
            voucher,
            rows,
            redemptions,
            live,
            reservation_cancelled,
            reserved_by,
            redeemed_by,
            completions,
            milestones,
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
            suspects: suspects.into_iter().map(|at| &unapplied[at]).collect(),
            contested: self.contested(&of.voucher),
            unapplied: self.suspects.naming(&of.voucher).iter().map(|at| &unapplied[*at]).collect(),
            same_deliverable,
            started_first,
            coverage: *coverage,
        }
    }
}

/// Whether there is a case of a voucher: a row of it stands, or what concerns it elsewhere makes one.
fn is_case(rows: &VoucherRows, elsewhere: Option<&IndirectRows<'_>>) -> bool {
    rows.is_named() || elsewhere.is_some_and(IndirectRows::make_a_case)
}

impl IndirectRows<'_> {
    /// A voucher of which no row stands is a case if a payment names it, or two files had rows of it.
    fn make_a_case(&self) -> bool {
        !self.payments.is_empty() || (self.is_named && refused_in_two_files(&self.doubts))
    }
}

/// What concerns vouchers besides their own rows: payments of invoices of ours, and rows in doubt.
fn elsewhere<'a>(
    intake: &'a Intake,
    opening: &'a OpeningClaims,
    matching: &Matching,
) -> HashMap<VoucherId, IndirectRows<'a>> {
    let mut all: HashMap<VoucherId, IndirectRows<'a>> = HashMap::new();
    for (voucher, payment) in matching.of_unnamed_vouchers() {
        all.entry(voucher.clone()).or_default().payments.push(payment.clone());
    }
    for doubt in &intake.doubts {
        for voucher in claimed::vouchers_in_doubt(doubt, opening) {
            let entry = all.entry(voucher.clone()).or_default();
            entry.doubts.push(doubt);
            entry.is_named = true;
        }
    }
    // A row whose cells cannot be told apart holds every voucher that it may name, and makes up none.
    for doubt in &intake.doubts {
        for voucher in &doubt.keys.mentioned {
            let known = all.contains_key(voucher) || intake.records.vouchers.find(voucher).is_some();
            if known {
                all.entry(voucher.clone()).or_default().doubts.push(doubt);
            }
        }
    }
    all
}

fn refused_in_two_files(doubts: &[&Doubt]) -> bool {
    let mut tables: Vec<u32> = doubts.iter().map(|doubt| doubt.place.table).collect();
    tables.sort_unstable();
    tables.dedup();
    tables.len() >= 2
}
