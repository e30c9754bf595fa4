//! A self-test in every run: a voucher of the month that is in order is copied, broken in one way after the other, and judged
//! beside the month. A copy whose fault is not found (CT-05) stops the run: its checks cannot be trusted.

use std::collections::BTreeMap;

use crate::casebook::{Case, Index};
use crate::ingest::{Coverage, Intake, VoucherRows};
use crate::model::{
    Answer, Code, ConsultantId, Currency, Dataset, Day, Fact, InvoiceNumber, LocationId, Money, Outcome, Payment,
    PaymentStatus, Place, Redemption, RedemptionStatus, Reference, VoucherId, VoucherStatus,
};
use crate::verdicts::{Judged, State, Terms, Verdict, check_all, judge_case};

/// The result of the self-test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfTest {
    /// The voucher that was copied; none where none is in order.
    pub host: Option<VoucherId>,
    /// Faults, and whether each was found.
    pub by_code: BTreeMap<Code, bool>,
}

impl SelfTest {
    /// Copies that were broken.
    pub fn planted(&self) -> u64 {
        self.by_code.len() as u64
    }

    /// Of them, those whose fault was found.
    pub fn caught(&self) -> u64 {
        self.by_code.values().filter(|caught| **caught).count() as u64
    }

    /// Faults that were not found.
    pub fn missed(&self) -> impl Iterator<Item = Code> + '_ {
        self.by_code.iter().filter(|(_, caught)| !**caught).map(|(code, _)| *code)
    }
}

/// What a copy is broken with.
struct Host<'h> {
    terms: Terms<'h>,
    redeemed: Day,
    started: Day,
    entitled: Money,
}

/// A way to break a copy: the code that must say so, and what is changed; false where it cannot be broken so.
type Fault = (Code, fn(&mut VoucherRows, &Host<'_>) -> bool);

/// Faults of steps and rows. Each is planted only where the check passes the copy as it is.
const FAULTS: &[Fault] = &[
    (Code::UnknownLocation, |rows, _| live(rows).map(|row| row.location = LocationId::new(NOBODY)).is_some()),
    (Code::ContradictoryVoucher, |rows, _| {
        let Some(mut other) = rows.vouchers.first().cloned() else { return false };
        other.created_on = other.created_on.previous();
        rows.vouchers.push(other);
        true
    }),
    (Code::DoubleRedemption, |rows, _| twice(rows, RedemptionStatus::Redeemed)),
    (Code::DoubleReservation, |rows, _| twice(rows, RedemptionStatus::Reserved)),
    (Code::StatusContradiction, |rows, _| {
        rows.vouchers.iter_mut().for_each(|row| row.status = Fact::Is(VoucherStatus::Cancelled));
        true
    }),
    (Code::MissingReservation, |rows, _| live(rows).map(|row| row.reserved_on = Fact::No).is_some()),
    (Code::MissingReport, |rows, _| {
        rows.completions.clear();
        true
    }),
    (Code::MissingDeliverable, |rows, _| {
        rows.completions.iter_mut().for_each(|row| row.deliverable = Fact::No);
        true
    }),
    (Code::LateReport, |rows, host| {
        let later = host.redeemed.plus_days(1);
        rows.completions.iter_mut().for_each(|row| row.reported_on = Fact::Is(later));
        later <= host.terms.as_of
    }),
    (Code::UnknownLevel, |rows, host| {
        rows.vouchers.iter_mut().for_each(|row| row.days = 999);
        !host.terms.program.voucher.levels.contain(999)
    }),
    (Code::LateRedemption, |rows, host| {
        let before = host.redeemed.previous();
        rows.vouchers.iter_mut().for_each(|row| row.expires_on = Fact::Is(before));
        rows.milestones.is_empty()
    }),
    (Code::PrematureStart, |rows, host| {
        let later = host.started.plus_days(1);
        live(rows).map(|row| row.reserved_on = Fact::Is(later)).is_some() && later <= host.redeemed
    }),
    (Code::UnqualifiedConsultant, |rows, _| {
        rows.completions.iter_mut().for_each(|row| row.consultant = ConsultantId::new(NOBODY));
        true
    }),
];

/// Faults of payments, planted where the copy's entitled amount and all payments are known.
const PAYMENTS: &[Fault] = &[
    (Code::PrematureRequest, |rows, host| {
        rows.payments = vec![payment(host, host.entitled, PaymentStatus::Submitted, host.redeemed.previous())];
        true
    }),
    (Code::ShortPayment, |rows, host| {
        rows.payments = vec![payment(host, part(host.entitled, 0), PaymentStatus::Paid, host.redeemed)];
        differs(host)
    }),
    (Code::Overpayment, |rows, host| {
        rows.payments = vec![payment(host, part(host.entitled, 3), PaymentStatus::Paid, host.redeemed)];
        differs(host)
    }),
    (Code::DuplicateClaim, |rows, host| {
        let once = payment(host, part(host.entitled, 2), PaymentStatus::Paid, host.redeemed);
        rows.payments = vec![once.clone(), once];
        differs(host)
    }),
    (Code::RejectedRequest, |rows, host| {
        rows.payments = vec![payment(host, host.entitled, PaymentStatus::Rejected, host.redeemed)];
        true
    }),
    (Code::CurrencyMismatch, |rows, host| {
        let other = ["USD", "EUR"].into_iter().filter_map(Currency::from_code);
        let other = other.filter(|other| *other != host.entitled.currency()).map(|other| Money::new(100, other)).next();
        rows.payments =
            other.map(|other| payment(host, other, PaymentStatus::Paid, host.redeemed)).into_iter().collect();
        other.is_some()
    }),
    (Code::OverduePayment, |rows, host| {
        rows.payments = vec![payment(host, host.entitled, PaymentStatus::Submitted, host.redeemed)];
        let program = host.terms.program;
        program.payment.target.after(host.redeemed, &program.calendar) < host.terms.as_of
    }),
];

/// An id that no export has.
const NOBODY: &str = "CANARY-NOBODY";
const CANARY: &str = "CANARY";

fn live(rows: &mut VoucherRows) -> Option<&mut Redemption> {
    rows.redemptions.iter_mut().find(|row| row.status != RedemptionStatus::Cancelled)
}

/// The same voucher at another location, too.
fn twice(rows: &mut VoucherRows, status: RedemptionStatus) -> bool {
    let Some(mut other) = live(rows).cloned() else { return false };
    other.location = LocationId::new(NOBODY);
    other.status = status;
    other.redeemed_on = if status == RedemptionStatus::Redeemed { other.redeemed_on } else { Fact::No };
    rows.redemptions.push(other);
    true
}

/// Whether a difference as great as the entitled amount is more than is tolerated.
fn differs(host: &Host<'_>) -> bool {
    host.terms.tolerance.of(host.entitled) < host.entitled.units()
}

/// The entitled amount, times a number.
fn part(entitled: Money, times: i64) -> Money {
    Money::new(entitled.minor().saturating_mul(times), entitled.currency())
}

fn payment(host: &Host<'_>, amount: Money, status: PaymentStatus, requested: Day) -> Payment {
    Payment {
        place: Place { table: 0, row: 0 },
        reference: Reference::new(CANARY),
        invoice_number: Fact::<InvoiceNumber>::No,
        voucher: Fact::Is(VoucherId::new(CANARY)),
        amount,
        status,
        requested_on: Fact::Is(requested),
        paid_on: if status == PaymentStatus::Paid { Fact::Is(host.redeemed) } else { Fact::No },
        reason: Fact::No,
        partner: Fact::No,
        location: Fact::No,
    }
}

/// Copies the first voucher that is in order and redeemed, breaks the copies, and looks whether each fault is found.
pub fn self_test(intake: &Intake, judged: &Judged<'_>, terms: Terms<'_>) -> SelfTest {
    let Judged { index, verdicts, .. } = judged;
    let may_be_host = |verdict: &&Verdict| {
        let is_redeemed = matches!(verdict.state, State::Redeemed | State::Claimed | State::Paid);
        let in_order = verdict.findings.iter().all(|finding| finding.outcome == Outcome::Pending);
        is_redeemed && in_order && !verdict.is_settled_elsewhere() && verdict.entitled.is_some()
    };
    for verdict in verdicts.iter().filter(may_be_host) {
        let (Some(redeemed), Some(started), Some(entitled)) =
            (verdict.dates.redeemed, verdict.dates.started, verdict.entitled)
        else {
            continue;
        };
        let Some(mut rows) = intake.records.vouchers.find(&verdict.voucher) else { continue };
        // Where there is one row of each kind, it is plain which one is broken.
        if rows.redemptions.len() != 1 || rows.vouchers.len() != 1 || entitled.minor() <= 0 {
            continue;
        }
        rows.voucher = VoucherId::new(CANARY);
        rows.payments.clear();
        let host = Host { terms, redeemed, started, entitled };
        let by_code = index.shadow(&rows, |case| self_tested(case, &rows, index, &host, intake));
        return SelfTest { host: Some(verdict.voucher.clone()), by_code };
    }
    SelfTest::default()
}

fn self_tested(
    clean: &Case<'_>,
    rows: &VoucherRows,
    index: &Index<'_>,
    host: &Host<'_>,
    intake: &Intake,
) -> BTreeMap<Code, bool> {
    let results = check_all(clean, host.terms);
    let passes =
        |code: Code| results.iter().any(|of| of.codes.contains(&code) && matches!(of.answer, Answer::Passed(_)));
    let before = judge_case(clean, host.terms);
    let says = |verdict: &Verdict, code: Code| verdict.findings.iter().any(|finding| finding.code == code);
    let payments_are_known = intake.records.coverage.payments == Coverage::Whole
        && intake.doubts.iter().all(|doubt| doubt.dataset != Dataset::Payments);
    let mut by_code = BTreeMap::new();
    let steps = FAULTS.iter().filter(|(code, _)| passes(*code));
    let payments = PAYMENTS.iter().filter(|(code, _)| payments_are_known && host.terms.program.has_rule(*code));
    for (code, break_it) in steps.chain(payments).filter(|(code, _)| !says(&before, *code)) {
        let mut broken = rows.clone();
        if break_it(&mut broken, host) {
            let verdict = index.shadow(&broken, |case| judge_case(case, host.terms));
            by_code.insert(*code, says(&verdict, *code));
        }
    }
    by_code
}
