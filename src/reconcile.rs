//! What should match against what did: one check per file, and from all answers the verdict of a voucher. Checks
//! do not look at each other; what one of them makes of another is said once, in `verdict.rs`. This stage writes
//! nothing and formats nothing for people but the messages of findings.

mod accounts;
mod after_close;
mod aging;
mod amounts;
mod canaries;
mod changes;
mod claim_unchanged;
mod claimed_in_time;
mod clock;
mod completed_in_time;
mod decided;
mod deliverable;
mod delivery_country;
mod expiry;
mod flips;
mod later_steps;
mod level;
mod location_known;
mod matches;
mod milestone_due;
mod milestone_order;
mod offsite;
mod one_long_engagement;
mod one_redeemer;
mod one_reservation;
mod one_voice;
mod order;
mod own_deliverable;
mod payment_known;
mod program_open;
mod rate;
mod readable;
mod redeemed_in_time;
mod register;
mod report;
mod report_in_time;
mod request_after_redemption;
mod requirements;
mod reservation_stands;
mod reserved;
mod reserved_first;
mod reserved_in_time;
mod retired;
mod state;
mod statement;
mod status_word;
mod strays;
mod suggestions;
mod suspect_payment;
mod verdict;
mod voucher_known;
mod waiting;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::casebook::{Case, Index, Step};
use crate::ingest::Coverage;
use crate::model::{Answer, Carried, Code, Dataset, Day, Fact, Place, Places, Tolerance, VoucherId};
use crate::program::{Anchor, Deadline, Program};

pub use accounts::{Account, Accounts, Open, PLACES, Subject, accounts};
pub use after_close::{AfterClose, Sealed, SealedFacts, SealedReport, after_close, facts, reports_in_doubt};
pub use aging::{Aged, BUCKETS, aging, bucket};
pub use canaries::{Drill, drill};
pub use changes::{Cause, Change, Factors, Short, Then, changes};
pub use clock::{Expiring, Ticking, WITHIN, expiring, ticking};
pub use decided::{Candidate, Decisions, Fate, Origin, Seen, Targets, releases};
pub use flips::{Flip, Rival, Side};
pub use matches::{Allocation, Fit, Group, Key, Mode, group_name, groups, sides};
pub use register::{Care, Decided, Desk, Entry, Lifecycle, OTHER_PRIORITY, Other, Register, register, status};
pub use state::State;
pub use statement::{Books, Bridge, Movement, Opening, balances};
pub use strays::{Stray, index};
pub use suggestions::{Likeness, Proposal, Reach, Suggestion, suggestions};
pub use verdict::{Dates, Finding, Look, Verdict, finding_id};

/// What all checks are told besides the case.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The program.
    pub program: &'a Program,
    /// The only date that a run knows.
    pub as_of: Day,
    /// How far two amounts may differ and still be equal.
    pub tolerance: &'a Tolerance,
    /// What earlier runs and people have left.
    pub earlier: Earlier<'a>,
}

/// What earlier runs of a job and people have left.
#[derive(Clone, Copy, Default)]
pub struct Earlier<'a> {
    /// What vouchers came to in the last run, if there was one.
    pub verdicts: Option<&'a HashMap<VoucherId, Short>>,
    /// What the last run has left open, if there was one.
    pub carried: Option<&'a Carried>,
    /// What people have decided.
    pub decisions: Option<&'a Decisions<'a>>,
}

/// One check: the codes that it may raise, and the function that answers.
pub struct Check {
    /// Codes, the usual one first.
    pub codes: &'static [Code],
    /// The day on which the rule has to be valid.
    pub on: On,
    /// Looks at a case.
    pub look: fn(&Case<'_>, Terms<'_>) -> Answer,
}

/// The day that a check looks at: a rule that is not valid on it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The voucher was created.
    Created,
    /// It was reserved; where it was not, delivery began.
    Reserved,
    /// Delivery began.
    Started,
    /// Delivery ended.
    Completed,
    /// It was redeemed.
    Redeemed,
    /// Payment was first requested; where it was not, the as-of date.
    Requested,
    /// The as-of date.
    AsOf,
}

impl On {
    /// The day, if it is known.
    fn day(self, case: &Case<'_>, as_of: Day) -> Option<Day> {
        let steps = &case.steps;
        let step = match self {
            On::Created => steps.created,
            On::Reserved if steps.reserved == Fact::No => steps.started,
            On::Reserved => steps.reserved,
            On::Started => steps.started,
            On::Completed => steps.completed,
            On::Redeemed => steps.redeemed,
            On::Requested => return steps.first_request.get().map_or(Some(as_of), |request| Some(request.day)),
            On::AsOf => return Some(as_of),
        };
        step.get().map(|step| step.day)
    }
}

/// All checks, in the order in which a person would ask. The order decides nothing.
pub const CHECKS: &[Check] = &[
    Check { codes: &[Code::Rf03], on: On::AsOf, look: voucher_known::look },
    Check { codes: &[Code::Du01], on: On::AsOf, look: one_voice::look },
    Check { codes: &[Code::Dt05], on: On::Created, look: level::look },
    Check { codes: &[Code::Rf01], on: On::Redeemed, look: location_known::look },
    Check { codes: &[Code::Du02], on: On::AsOf, look: one_redeemer::look },
    Check { codes: &[Code::Lc01], on: On::AsOf, look: status_word::look },
    Check { codes: &[Code::Lc02], on: On::Redeemed, look: reserved::look },
    Check { codes: &[Code::Lc06], on: On::Completed, look: reservation_stands::look },
    Check { codes: &[Code::Lc07], on: On::AsOf, look: one_reservation::look },
    Check { codes: &[Code::Dt04], on: On::Reserved, look: reserved_in_time::look },
    Check { codes: &[Code::El01], on: On::Started, look: requirements::enrolled },
    Check { codes: &[Code::El10], on: On::Started, look: requirements::enrolled_for_offering },
    Check { codes: &[Code::El02], on: On::Reserved, look: requirements::enrollment_current },
    Check { codes: &[Code::El03], on: On::Started, look: requirements::agreement_signed },
    Check {
        codes: &[Code::El04, Code::El05, Code::El06, Code::Po02],
        on: On::Started,
        look: requirements::competency_held,
    },
    Check { codes: &[Code::El07], on: On::Started, look: requirements::training_completed },
    Check { codes: &[Code::El08], on: On::Started, look: requirements::consultants_qualified },
    Check { codes: &[Code::El09], on: On::Created, look: retired::look },
    Check { codes: &[Code::El11], on: On::AsOf, look: requirements::registered_for_payment },
    Check { codes: &[Code::El12], on: On::AsOf, look: requirements::bank_account_mapped },
    Check { codes: &[Code::Rf05], on: On::Completed, look: delivery_country::look },
    Check { codes: &[Code::Dt09], on: On::Started, look: reserved_first::look },
    Check { codes: &[Code::Dt03], on: On::Completed, look: completed_in_time::look },
    Check { codes: &[Code::Lc04], on: On::Redeemed, look: report::look },
    Check { codes: &[Code::Lc05], on: On::Redeemed, look: deliverable::look },
    Check { codes: &[Code::Lc08], on: On::Redeemed, look: report_in_time::look },
    Check { codes: &[Code::Lc09], on: On::Started, look: offsite::look },
    Check { codes: &[Code::Lc10], on: On::AsOf, look: milestone_order::look },
    Check { codes: &[Code::Dt12, Code::Pd08], on: On::AsOf, look: milestone_due::look },
    Check { codes: &[Code::Du04], on: On::Completed, look: own_deliverable::look },
    Check { codes: &[Code::Du06], on: On::Completed, look: one_long_engagement::look },
    Check { codes: &[Code::Dt08], on: On::Redeemed, look: redeemed_in_time::look },
    Check { codes: &[Code::Dt01, Code::Dt02], on: On::AsOf, look: expiry::look },
    Check { codes: &[Code::Dt07], on: On::AsOf, look: order::look },
    Check { codes: &[Code::Dt06], on: On::AsOf, look: later_steps::look },
    Check { codes: &[Code::Dt11], on: On::Created, look: program_open::look },
    Check { codes: &[Code::Lc03], on: On::Requested, look: request_after_redemption::look },
    Check { codes: &[Code::Dt10], on: On::Requested, look: claimed_in_time::look },
    Check { codes: &[Code::Am03], on: On::Started, look: rate::look },
    Check {
        codes: &[Code::Am06, Code::Am07, Code::Am01, Code::Am02, Code::Du05, Code::Fx02],
        on: On::AsOf,
        look: amounts::look,
    },
    Check { codes: &[Code::Am09], on: On::AsOf, look: amounts::one_request_stands },
    Check { codes: &[Code::Mt03], on: On::AsOf, look: payment_known::look },
    Check { codes: &[Code::Mt04], on: On::AsOf, look: suspect_payment::look },
    Check { codes: &[Code::Du03], on: On::AsOf, look: claim_unchanged::look },
    Check {
        codes: &[Code::In11, Code::In12, Code::In13, Code::In14, Code::In15, Code::In16],
        on: On::AsOf,
        look: readable::look,
    },
    Check { codes: &[Code::Pd01, Code::Pd02, Code::Pd03, Code::Pd04, Code::Mt02], on: On::AsOf, look: waiting::look },
];

/// Judges all cases, in parallel, and says how they would be judged by each of the rivals. Verdicts come in the order of
/// voucher ids, flips by rival and voucher.
pub fn reconcile(book: &Index<'_>, terms: Terms<'_>, rivals: &[Rival<'_>]) -> (Vec<Verdict>, Vec<Flip>) {
    let judged = book.map(|case| {
        let own = verdict::verdict(case, terms);
        let flips: Vec<Flip> =
            rivals.iter().enumerate().filter_map(|(at, rival)| rival.flip(case, terms, &own, at)).collect();
        (own, flips)
    });
    let (mut verdicts, flips): (Vec<Verdict>, Vec<Vec<Flip>>) = judged.into_iter().unzip();
    let mut flips: Vec<Flip> = flips.into_iter().flatten().collect();
    verdicts.par_sort_unstable_by(|a, b| a.voucher.cmp(&b.voucher));
    flips.sort_by(|a, b| (a.rival, &a.voucher).cmp(&(b.rival, &b.voucher)));
    (verdicts, flips)
}

/// Judges one case.
pub fn judge(case: &Case<'_>, terms: Terms<'_>) -> Verdict {
    verdict::verdict(case, terms)
}

/// Days after the as-of date on which something that a case rests on ends, falls due or happens, in order: on one of them
/// its verdict may be another.
pub fn turning_days(case: &Case<'_>, terms: Terms<'_>) -> Vec<Day> {
    let program = terms.program;
    let last = case.last_day(program).get().map(|last| last.day);
    let claim_by = case.claim_by(program).get().map(|last| last.day);
    let requests = case.payments.iter().filter_map(|applied| applied.payment.requested_on.get());
    let own_request = case.claim.and_then(|claim| claim.requested_on);
    let target = |day: Day| program.payment.target.after(day, &program.calendar).plus_days(1);
    let mut days: Vec<Day> = requests.chain(own_request).map(target).collect();
    days.extend(last.map(|day| day.plus_days(1)));
    days.extend(milestone_due::last_days(case, terms).into_iter().map(|day| day.plus_days(1)));
    days.extend(last.map(|day| day.minus_days(program.voucher.expiry_notice_days)));
    days.extend(claim_by.map(|day| day.plus_days(1)));
    days.extend(case.ahead.iter().map(|ahead| ahead.step.day));
    days.retain(|day| *day > terms.as_of);
    days.sort_unstable();
    days.dedup();
    days
}

/// Everything that was looked at for one case, in the order of [`CHECKS`].
pub fn trace(case: &Case<'_>, terms: Terms<'_>) -> Vec<Look> {
    verdict::looks(case, terms).collect()
}

/// The answer where a step or row that a check needs is unknown.
fn unknown(case: &Case<'_>, dataset: Dataset, what: &str) -> Answer {
    match case.doubt_in(dataset) {
        Some(doubt) if doubt.contradiction => Answer::Unknown {
            code: Some(Code::In01),
            why: format!("{what}: two rows of {dataset} contradict each other"),
            places: Places::from_slice(&[doubt.place]),
        },
        Some(doubt) => Answer::Unknown {
            code: Some(doubt.code),
            why: format!("{what}: a row of {dataset} was refused"),
            places: Places::from_slice(&[doubt.place]),
        },
        None => Answer::Unknown {
            code: Some(Code::In01),
            why: format!("{what}: {dataset} or a column of it is not there"),
            places: Places::new(),
        },
    }
}

/// The answer where a last day rests on something unknown.
fn undated(case: &Case<'_>, deadline: &Deadline) -> Answer {
    let open = deadline.rests_on().find(|anchor| case.step(anchor).is_unknown());
    unknown(case, open.map_or(Dataset::Vouchers, |anchor| dataset_of(&anchor)), "the last day")
}

/// The data set whose rows say when a step was taken.
fn dataset_of(anchor: &Anchor) -> Dataset {
    match anchor {
        Anchor::Created | Anchor::Assigned => Dataset::Vouchers,
        Anchor::Reserved | Anchor::Redeemed => Dataset::Redemptions,
        Anchor::Started | Anchor::Completed => Dataset::Completions,
        Anchor::Milestone(_) => Dataset::Milestones,
    }
}

/// The answer where gathering the case has left something open, and said why.
fn left_open(code: Code, why: &str, place: Option<Place>) -> Answer {
    Answer::Unknown { code: Some(code), why: why.to_owned(), places: place.into_iter().collect() }
}

/// The step if it was taken; otherwise the answer that ends the check.
fn taken(case: &Case<'_>, step: Fact<Step>, dataset: Dataset, name: &'static str) -> Result<Step, Answer> {
    match step {
        Fact::Is(step) => Ok(step),
        Fact::No => Err(Answer::NotApplicable(name)),
        Fact::Unknown => Err(unknown(case, dataset, name)),
    }
}

fn passed(places: &[Place]) -> Answer {
    Answer::Passed(Places::from_slice(places))
}

/// Whether the absence of a row says that there is none.
fn is_whole(case: &Case<'_>, coverage: Coverage, dataset: Dataset) -> bool {
    coverage == Coverage::Whole && case.doubt_in(dataset).is_none()
}
