//! Which row is effective, and which steps have happened by the as-of date. A step dated later has not happened yet; a
//! step that a refused row may hold is unknown.

use crate::ingest::{Coverage, Doubt, VoucherCoverage};
use crate::matching::Applied;
use crate::model::{
    Claim, Completion, Dataset, Day, Fact, Few, MilestoneRow, Payment, PaymentStatus, Place, PriorClaim, Redemption,
    RedemptionStatus, Tables, Text, Voucher,
};

/// A day and the row that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub day: Day,
    /// The row.
    pub place: Place,
}

/// The steps of a voucher by the as-of date: known, not (yet) taken, or unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps {
    /// Created in VLSC.
    pub created: Fact<Step>,
    /// Assigned to a partner.
    pub assigned: Fact<Step>,
    /// Reserved, by the effective row.
    pub reserved: Fact<Step>,
    /// First start of delivery.
    pub started: Fact<Step>,
    /// Last completion.
    pub completed: Fact<Step>,
    /// Last report.
    pub reported: Fact<Step>,
    /// Last upload of the deliverable.
    pub deliverable_on: Fact<Step>,
    /// Redeemed, by the effective row.
    pub redeemed: Fact<Step>,
    /// First payment request or claim of any kind; rows without a day do not count.
    pub first_request: Fact<FirstRequest>,
}

/// The first request, where it stands; a claim of the ledger stands in no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstRequest {
    /// The day.
    pub day: Day,
    /// The row, if an export of today has one.
    pub place: Option<Place>,
}

/// A step that is dated after the as-of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Its name, as the column is called, or the milestone.
    pub column: Text,
    /// Its day and row.
    pub step: Step,
    /// It lies even after the day on which its file was exported.
    pub after_export: bool,
}

/// The rows of a voucher that its steps rest on.
pub(super) struct CaseRows<'h, 'a> {
    pub(super) row: Option<&'a Voucher>,
    pub(super) redemptions: &'h [&'a Redemption],
    pub(super) live: Option<&'a Redemption>,
    pub(super) completions: &'h [&'a Completion],
    pub(super) milestones: &'h [MilestoneRow],
    /// All payment rows, also those that are not seen yet.
    pub(super) payments: &'h [&'a Payment],
    pub(super) applied: &'h [Applied<'a>],
    pub(super) prior: &'h [&'a PriorClaim],
    pub(super) claim: Option<&'a Claim>,
    pub(super) doubts: &'h [&'a Doubt],
    pub(super) tables: &'h Tables,
}

impl CaseRows<'_, '_> {
    pub(super) fn doubted(&self, dataset: Dataset) -> bool {
        self.doubts.iter().any(|doubt| doubt.dataset == dataset)
    }

    pub(super) fn contradicted(&self, dataset: Dataset) -> bool {
        self.doubts.iter().any(|doubt| doubt.dataset == dataset && doubt.contradiction)
    }
}

/// Whether a reservation is live on a day: its status is not Cancelled, or it was cancelled only later.
fn is_live(row: &Redemption, as_of: Day) -> bool {
    row.status != RedemptionStatus::Cancelled || row.cancelled_on.get().is_some_and(|day| day > as_of)
}

/// The rows of a voucher in VVR, by what they have done by the as-of date.
pub(super) struct Reservations<'a> {
    /// The effective row.
    pub(super) live: Option<&'a Redemption>,
    /// A reservation was cancelled.
    pub(super) reservation_cancelled: bool,
    /// Live rows that have reserved.
    pub(super) reserved_by: Few<&'a Redemption>,
    /// Live rows that have redeemed.
    pub(super) redeemed_by: Few<&'a Redemption>,
}

pub(super) fn reservations<'a>(rows: &[&'a Redemption], as_of: Day) -> Reservations<'a> {
    let live: Few<&Redemption> = rows.iter().copied().filter(|row| is_live(row, as_of)).collect();
    let redeemed = |row: &&Redemption| row.redeemed_on.get().is_some_and(|day| day <= as_of);
    Reservations {
        reservation_cancelled: live.len() < rows.len(),
        reserved_by: live.iter().copied().filter(|row| has_reserved(row, as_of)).collect(),
        redeemed_by: live.iter().copied().filter(redeemed).collect(),
        live: effective(&live, as_of),
    }
}

/// Whether a row has reserved the voucher by a day, or redeemed it; where the export has no dates, by its word.
fn has_reserved(row: &Redemption, as_of: Day) -> bool {
    let by = |fact: Fact<Day>| fact.get().is_some_and(|day| day <= as_of);
    let undated = row.reserved_on.is_unknown() && row.status != RedemptionStatus::Assigned;
    by(row.reserved_on) || by(row.redeemed_on) || undated
}

/// Of several live rows a redeemed one is effective, else the later reservation; file order settles ties. One that is dated
/// after the day has not happened: DT-06 alone names it.
fn effective<'a>(live: &[&'a Redemption], as_of: Day) -> Option<&'a Redemption> {
    let seen = |fact: Fact<Day>| fact.get().filter(|day| *day <= as_of);
    let rank = |row: &Redemption| (seen(row.redeemed_on).is_some(), seen(row.reserved_on));
    let mut best: Option<&'a Redemption> = None;
    let is_later =
        |row: &&&Redemption| row.reserved_on.get().is_some_and(|day| day > as_of) && seen(row.redeemed_on).is_none();
    for row in live.iter().filter(|row| !is_later(row)) {
        if best.is_none_or(|best| rank(row) > rank(best)) {
            best = Some(row);
        }
    }
    best
}

/// Settles all steps, and lists those that are dated later.
pub(super) fn steps(rows: &CaseRows<'_, '_>, coverage: &VoucherCoverage, as_of: Day) -> (Steps, Vec<Ahead>) {
    let mut clock = Clock { as_of, tables: rows.tables, ahead: Vec::new() };
    let mut steps = Steps::default();
    if let Some(row) = rows.row {
        steps.created = clock.seen("created_on", Fact::Is(row.created_on), row.place);
        steps.assigned = clock.seen("assigned_on", row.assigned_on, row.place);
    }
    redemption_steps(&mut steps, &mut clock, rows, coverage);
    completion_steps(&mut steps, &mut clock, rows, coverage);
    for row in rows.milestones {
        clock.seen(row.milestone.as_str(), Fact::Is(row.on), row.place);
    }
    steps.first_request = first_request(&mut clock, rows, coverage);
    // Created is assigned where the export has no such column: one step, listed once.
    clock
        .ahead
        .dedup_by(|b, a| a.step == b.step && (a.column.as_str(), b.column.as_str()) == ("created_on", "assigned_on"));
    (steps, clock.ahead)
}

/// Separates what has happened from what lies ahead.
struct Clock<'h> {
    as_of: Day,
    tables: &'h Tables,
    ahead: Vec<Ahead>,
}

impl Clock<'_> {
    fn seen(&mut self, column: &str, day: Fact<Day>, place: Place) -> Fact<Step> {
        match day.map(|day| Step { day, place }) {
            Fact::Is(step) if step.day > self.as_of => {
                let after_export = self.tables.name(place).exported_on.is_some_and(|exported| step.day > exported);
                self.ahead.push(Ahead { column: Text::new(column), step, after_export });
                Fact::No
            }
            known => known,
        }
    }
}

/// What an absent value means: not taken, or unknown because a refused row or file may hold it.
pub(super) fn absent<T>(doubted: bool, coverage: Coverage) -> Fact<T> {
    if doubted || coverage != Coverage::Whole { Fact::Unknown } else { Fact::No }
}

fn redemption_steps(steps: &mut Steps, clock: &mut Clock<'_>, rows: &CaseRows<'_, '_>, coverage: &VoucherCoverage) {
    let doubted = rows.doubted(Dataset::Redemptions);
    let missing = absent(doubted, coverage.redemptions);
    (steps.reserved, steps.redeemed) = (missing, missing);
    for row in rows.redemptions {
        let is_effective = rows.live.is_some_and(|live| live.place == row.place);
        let reserved = clock.seen("reserved_on", row.reserved_on, row.place);
        let redeemed = clock.seen("redeemed_on", row.redeemed_on, row.place);
        clock.seen("cancelled_on", row.cancelled_on, row.place);
        if is_effective {
            (steps.reserved, steps.redeemed) = (reserved, redeemed);
        }
    }
    if rows.contradicted(Dataset::Redemptions) {
        (steps.reserved, steps.redeemed) = (Fact::Unknown, Fact::Unknown);
    }
    for step in [&mut steps.reserved, &mut steps.redeemed] {
        if *step == Fact::No && doubted {
            *step = Fact::Unknown;
        }
    }
}

/// Completion rows by consultant: of two who started on one day, no order of rows says who comes first.
pub(super) fn by_consultant(rows: &[Completion]) -> Few<&Completion> {
    let mut found: Few<&Completion> = rows.iter().collect();
    found.sort_by(|a, b| a.consultant.cmp(&b.consultant));
    found
}

fn completion_steps(steps: &mut Steps, clock: &mut Clock<'_>, rows: &CaseRows<'_, '_>, coverage: &VoucherCoverage) {
    let (mut started, mut completed, mut reported, mut uploaded) = (Few::new(), Few::new(), Few::new(), Few::new());
    for row in rows.completions {
        started.push(clock.seen("started_on", Fact::Is(row.started_on), row.place));
        completed.push(clock.seen("completed_on", Fact::Is(row.completed_on), row.place));
        reported.push(clock.seen("reported_on", row.reported_on, row.place));
        uploaded.push(clock.seen("deliverable_on", row.deliverable_on, row.place));
    }
    let doubted = rows.doubted(Dataset::Completions);
    let day_of = |days: Few<Fact<Step>>, better: fn(Day, Day) -> bool| match combine(days, better) {
        Some(Fact::No) if doubted => Fact::Unknown,
        Some(known) => known,
        None => absent(doubted, coverage.completions),
    };
    steps.started = day_of(started, |new, old| new < old);
    steps.completed = day_of(completed, |new, old| new > old);
    steps.reported = day_of(reported, |new, old| new > old);
    steps.deliverable_on = day_of(uploaded, |new, old| new > old);
    if rows.contradicted(Dataset::Completions) {
        let unknown = [&mut steps.started, &mut steps.completed, &mut steps.reported, &mut steps.deliverable_on];
        unknown.into_iter().for_each(|step| *step = Fact::Unknown);
    }
}

/// The first or last of several days; a blank counts only where no row has a day, an absent column likewise.
fn combine(days: Few<Fact<Step>>, better: fn(Day, Day) -> bool) -> Option<Fact<Step>> {
    days.into_iter().reduce(|best, fact| match (fact, best) {
        (Fact::Is(new), Fact::Is(old)) if better(new.day, old.day) => fact,
        (Fact::Is(_), Fact::No | Fact::Unknown) | (Fact::Unknown, Fact::No) => fact,
        _ => best,
    })
}

fn first_request(clock: &mut Clock<'_>, rows: &CaseRows<'_, '_>, coverage: &VoucherCoverage) -> Fact<FirstRequest> {
    for payment in rows.payments {
        let requested = clock.seen("requested_on", payment.requested_on, payment.place);
        let unseen = requested == Fact::No && payment.requested_on != Fact::No;
        if !unseen && payment.status == PaymentStatus::Paid {
            clock.seen("paid_on", payment.paid_on, payment.place);
        }
    }
    let mut requests: Few<FirstRequest> = Few::new();
    let mut undated = false;
    for applied in rows.applied {
        match applied.payment.requested_on {
            Fact::Is(day) => requests.push(FirstRequest { day, place: Some(applied.payment.place) }),
            Fact::Unknown => undated = true,
            Fact::No => {}
        }
    }
    for claim in rows.prior {
        if let Fact::Is(step) = clock.seen("claimed_on", Fact::Is(claim.claimed_on), claim.place) {
            requests.push(FirstRequest { day: step.day, place: Some(step.place) });
        }
    }
    if let Some(day) = rows.claim.and_then(|claim| claim.requested_on) {
        requests.push(FirstRequest { day, place: None });
    }
    match requests.into_iter().min_by_key(|request| (request.day, request.place)) {
        Some(first) => Fact::Is(first),
        None if undated || rows.contradicted(Dataset::Payments) => Fact::Unknown,
        None => absent(rows.doubted(Dataset::Payments) || rows.doubted(Dataset::Claims), coverage.payments),
    }
}
