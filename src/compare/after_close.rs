//! What exports say differently about a period that was closed. A fact that was sealed and has changed, or is gone, is a
//! restatement and a finding (IN-21); one that was not there yet and is dated in the closed period has come late, and
//! counts in the period that is open.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::decisions::{ItemSnapshot, finding_id, item_hash, releases};
use crate::ingest::{Intake, VoucherRows};
use crate::model::{
    Code, Completion, Dataset, Day, Difference, Disposition, MinorUnits, Money, PaymentStatus, Text, VoucherId,
};
use crate::verdicts::{SealedFacts, Terms, Verdict};

/// A closed period.
#[derive(Clone, Debug, Default)]
pub struct ClosedPeriod {
    /// As `2021-05`.
    pub period: String,
    /// Its last day.
    pub ends_on: Option<Day>,
    /// The run that was sealed.
    pub run: i64,
    /// Vouchers as they were then.
    pub vouchers: HashMap<VoucherId, SealedFacts>,
    /// What their completion reports said; none: the run of an earlier version has not kept it.
    pub reports: Option<HashMap<VoucherId, Vec<SealedReport>>>,
}

/// A consultant's completion report as it was sealed. What a cell did not say is blank.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealedReport {
    /// The consultant, by whom it is found again.
    pub consultant: Text,
    /// What it said, in the order of [`SealedReport::FACTS`].
    pub facts: [Text; SealedReport::FACTS.len()],
}

impl SealedReport {
    /// Columns of completion reports that are sealed.
    pub const FACTS: [&'static str; 6] =
        ["country", "started_on", "completed_on", "reported_on", "deliverable", "offsite_days"];

    /// Of a row.
    pub fn of(row: &Completion) -> SealedReport {
        let facts = [
            Text::new(row.country.to_string()),
            Text::new(row.started_on.to_string()),
            Text::new(row.completed_on.to_string()),
            row.reported_on.get().map_or(Text::default(), |day| Text::new(day.to_string())),
            row.deliverable.value().cloned().unwrap_or_default(),
            row.offsite_days.get().map_or(Text::default(), |days| Text::new(days.to_string())),
        ];
        SealedReport { consultant: Text::new(row.consultant.as_str()), facts }
    }
}

/// What is said differently about a voucher of a closed period.
#[derive(Clone, Debug)]
pub struct AfterClose {
    /// The voucher.
    pub voucher: VoucherId,
    /// Facts that were sealed and have changed.
    pub restated: Vec<Difference>,
    /// Facts that were not there, and are dated in the closed period.
    pub late: Vec<Difference>,
    /// As an item, where something is restated.
    pub snapshot: Option<ItemSnapshot>,
    /// What people have decided about it.
    pub disposition: Option<Disposition>,
    /// What is restated, in words.
    pub message: String,
}

impl AfterClose {
    /// Whether it is a restatement that nobody has released.
    pub fn is_open(&self) -> bool {
        self.snapshot.is_some() && !self.disposition.as_ref().is_some_and(releases)
    }
}

/// Vouchers of which two reports of one consultant contradict each other: neither is effective, and what they say is
/// unknown, as the steps of the voucher are.
pub fn reports_in_doubt(intake: &Intake) -> HashSet<&VoucherId> {
    let in_doubt = intake.doubts.iter().filter(|doubt| doubt.contradiction && doubt.dataset == Dataset::Completions);
    in_doubt.filter_map(|doubt| doubt.keys.voucher.as_ref()).collect()
}

/// All differences to the closed period, in the order of vouchers.
pub fn after_close(verdicts: &[Verdict], intake: &Intake, sealed: &ClosedPeriod, terms: Terms<'_>) -> Vec<AfterClose> {
    let Some(ends_on) = sealed.ends_on else { return Vec::new() };
    let in_doubt = reports_in_doubt(intake);
    let one = |verdict: &Verdict| {
        let before = sealed.vouchers.get(&verdict.voucher);
        let reports = sealed.reports.as_ref().filter(|_| !in_doubt.contains(&verdict.voucher));
        let mut found = match before {
            Some(before) => differences(before, verdict, ends_on, reports.is_some()),
            None => unknown_then(verdict, ends_on),
        };
        if let Some(reports) = before.and(reports) {
            let then = reports.get(&verdict.voucher).map_or(&[][..], Vec::as_slice);
            found.reports(then, intake.records.vouchers.find(&verdict.voucher), ends_on);
        }
        let entitled = verdict.entitled.or(before.and_then(|before| before.entitled));
        of_voucher(&verdict.voucher, found, entitled, terms)
    };
    let mut found: Vec<AfterClose> = verdicts.par_iter().filter_map(one).collect();
    let is_there = |voucher: &VoucherId| verdicts.binary_search_by(|verdict| verdict.voucher.cmp(voucher)).is_ok();
    for voucher in sealed.vouchers.keys().filter(|voucher| !is_there(voucher)) {
        let entitled = sealed.vouchers[voucher].entitled;
        let gone = vec![Difference::new("voucher_id", voucher.to_string(), "")];
        let gone = Differences { restated: gone, late: Vec::new() };
        found.extend(of_voucher(voucher, gone, entitled, terms));
    }
    found.sort_by(|a, b| a.voucher.cmp(&b.voucher));
    found
}

#[derive(Default)]
struct Differences {
    restated: Vec<Difference>,
    late: Vec<Difference>,
}

impl Differences {
    /// Compares reports consultant by consultant: one who has worked since says nothing about the others.
    fn reports(&mut self, then: &[SealedReport], rows: Option<VoucherRows>, ends_on: Day) {
        let rows = rows.map_or(Vec::new(), |rows| rows.completions);
        let mut rows: Vec<(SealedReport, &Completion)> = rows.iter().map(|row| (SealedReport::of(row), row)).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let mut then: Vec<&SealedReport> = then.iter().collect();
        then.sort();
        for report in then.iter().filter(|report| !rows.iter().any(|(now, _)| now == **report)) {
            let Some((now, row)) = rows.iter().find(|(now, _)| now.consultant == report.consultant) else {
                self.restated.push(Difference::new("consultant_id", report.consultant.to_string(), ""));
                continue;
            };
            let has_come_since = |name: &str| match name {
                "reported_on" => row.reported_on.get().is_some_and(|day| ends_on < day),
                "deliverable" => row.deliverable_on.get().is_some_and(|day| ends_on < day),
                _ => false,
            };
            let facts = SealedReport::FACTS.into_iter().zip(report.facts.iter().zip(&now.facts));
            for (name, (then, now)) in facts.filter(|(_, (then, now))| then != now) {
                if !then.is_empty() {
                    self.restated.push(Difference::new(name, then.to_string(), now.to_string()));
                } else if !has_come_since(name) {
                    self.late.push(Difference::added(name, now.to_string()));
                }
            }
        }
        let is_sealed = |now: &SealedReport| then.iter().any(|of| of.consultant == now.consultant);
        let came_late = rows.iter().filter(|(now, row)| row.completed_on <= ends_on && !is_sealed(now));
        self.late.extend(came_late.map(|(now, _)| Difference::added("consultant_id", now.consultant.to_string())));
    }
}

/// Steps that reports tell, consultant by consultant.
const REPORTED: [&str; 3] = ["started_on", "completed_on", "reported_on"];

/// What changed at the voucher; `of_reports` says that its reports are compared too.
fn differences(before: &SealedFacts, verdict: &Verdict, ends_on: Day, of_reports: bool) -> Differences {
    let now = verdict.facts();
    let mut found = Differences::default();
    // Who reserved after the close gives the voucher another location and day: a step, not a restatement.
    let reserved_since = now.dates.reserved.is_some_and(|day| ends_on < day);
    for ((name, then), (_, now)) in before.texts.iter().zip(&now.texts).filter(|(then, now)| then != now) {
        let went_on = *name == "location_id" && reserved_since;
        if !then.is_empty() && !went_on {
            found.restated.push(Difference::new(name, then.to_string(), now.to_string()));
        }
    }
    // Taken again since: assigned and reserved anew, or redeemed on a new reservation. Nothing is created twice.
    let may_be_taken_again = |name: &str| match name {
        "redeemed_on" => reserved_since,
        "expires_on" | "created_on" => false,
        _ => true,
    };
    for ((name, then), (_, now)) in before.dates.named().into_iter().zip(now.dates.named()) {
        match (then, now) {
            // An extension that was granted since moves the last day.
            (Some(then), Some(now)) if name == "expires_on" && then < now => {
                found.late.push(Difference::added(name, now.to_string()))
            }
            (Some(_), _) if of_reports && REPORTED.contains(&name) => {}
            (Some(then), Some(now)) if then < now && ends_on < now && may_be_taken_again(name) => {}
            (Some(then), now) if Some(then) != now => {
                let now = now.map_or(String::new(), |day| day.to_string());
                found.restated.push(Difference::new(name, then.to_string(), now));
            }
            (None, Some(now)) if now <= ends_on && name != "expires_on" => {
                found.late.push(Difference::added(name, now.to_string()))
            }
            _ => {}
        }
    }
    let text = |money: Option<Money>| money.map_or(String::new(), |money| format!("{money} {}", money.currency()));
    if before.entitled.is_some() && before.entitled != now.entitled {
        found.restated.push(Difference::new("entitled", text(before.entitled), text(now.entitled)));
    }
    let paid = paid_by(verdict, ends_on);
    // What was paid before its entitled amount was known was counted in the currency of the payment.
    let in_one_currency = before.currency.is_none() || before.currency == verdict.currency();
    if paid != before.paid && in_one_currency {
        let currency = verdict.currency();
        let text = |paid: MinorUnits| currency.map_or(String::new(), |currency| paid.of(currency).to_string());
        if paid > before.paid {
            found.late.push(Difference::added("paid", text(paid - before.paid)));
        } else {
            found.restated.push(Difference::new("paid", text(before.paid), text(paid)));
        }
    }
    found
}

/// A voucher that no export of the closed period had, although its steps are dated in it.
fn unknown_then(verdict: &Verdict, ends_on: Day) -> Differences {
    let steps = verdict.dates.named().into_iter().filter(|(name, _)| *name != "expires_on");
    let steps = steps.filter_map(|(name, day)| {
        day.filter(|day| *day <= ends_on).map(|day| Difference::added(name, day.to_string()))
    });
    let paid = verdict.currency().map(|currency| paid_by(verdict, ends_on).of(currency));
    let paid = paid.filter(|paid| !paid.units.is_zero()).map(|paid| Difference::added("paid", paid.to_string()));
    Differences { restated: Vec::new(), late: steps.chain(paid).collect() }
}

/// What was paid by a day, in the currency of the voucher.
fn paid_by(verdict: &Verdict, day: Day) -> MinorUnits {
    let by_then = verdict.applied.iter().filter(|allocation| {
        let is_paid = allocation.status == PaymentStatus::Paid && allocation.paid_on.is_none_or(|paid| paid <= day);
        is_paid && Some(allocation.share.currency()) == verdict.currency()
    });
    by_then.map(|allocation| allocation.share.units()).sum()
}

fn of_voucher(
    voucher: &VoucherId,
    differences: Differences,
    amount: Option<Money>,
    terms: Terms<'_>,
) -> Option<AfterClose> {
    let Differences { restated, late } = differences;
    if restated.is_empty() && late.is_empty() {
        return None;
    }
    let parts: Vec<String> = restated
        .iter()
        .map(|of| format!("{} was {}, and is {}", of.field, or_blank(&of.before), or_blank(&of.after)))
        .collect();
    let message = parts.join("; ");
    let snapshot = (!restated.is_empty()).then(|| {
        let id = finding_id(&terms.program.id, "sealed", voucher.as_str(), Code::RestatementAfterClose);
        let hash = item_hash(id, Code::RestatementAfterClose, amount, &message);
        ItemSnapshot { id, hash, code: Code::RestatementAfterClose, amount, entitled: None, listed_for: None }
    });
    let entry = snapshot.as_ref().and_then(|snapshot| terms.earlier.decisions?.in_force(snapshot, terms.as_of));
    let disposition = entry.map(|entry| entry.disposition.clone());
    Some(AfterClose { voucher: voucher.clone(), restated, late, snapshot, disposition, message })
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "blank" } else { text }
}
