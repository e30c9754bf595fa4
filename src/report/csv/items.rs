//! `items.csv` and `decisions.csv`: what is open, who looks after it and by when; what was decided, and what became of it.

use serde::Serialize;

use super::tables::csv_bytes;
use crate::books::{BUCKETS, bucket};
use crate::decisions::{DecisionStatus, Origin};
use crate::items::{Decided, FollowUp, Lifecycle, OTHER_PRIORITY, StandaloneItem, VoucherItem, status};
use crate::model::{Day, Item, ItemId, Money, Outcome, RejectionReason};
use crate::results::Results;
use crate::store::Document;

/// A row of `items.csv`.
#[derive(Serialize)]
pub(in crate::report) struct ItemRow<'a> {
    pub(in crate::report) finding_id: String,
    pub(in crate::report) item_hash: String,
    pub(in crate::report) code: &'a str,
    pub(in crate::report) outcome: &'a str,
    pub(in crate::report) lifecycle: &'a str,
    pub(in crate::report) status: &'a str,
    pub(in crate::report) group: &'a str,
    pub(in crate::report) owner: &'a str,
    pub(in crate::report) priority: u8,
    pub(in crate::report) subject: &'a str,
    pub(in crate::report) partner_id: &'a str,
    pub(in crate::report) location_id: &'a str,
    pub(in crate::report) customer_name: &'a str,
    pub(in crate::report) amount: String,
    pub(in crate::report) currency: &'a str,
    pub(in crate::report) opened_on: Day,
    pub(in crate::report) age_days: i64,
    pub(in crate::report) bucket: &'a str,
    pub(in crate::report) since: Day,
    pub(in crate::report) due_on: Option<Day>,
    pub(in crate::report) turns_on: Option<Day>,
    pub(in crate::report) source: String,
    pub(in crate::report) message: &'a str,
}

const ITEM_COLUMNS: &[&str] = &[
    "finding_id",
    "item_hash",
    "code",
    "outcome",
    "lifecycle",
    "status",
    "group",
    "owner",
    "priority",
    "subject",
    "partner_id",
    "location_id",
    "customer_name",
    "amount",
    "currency",
    "opened_on",
    "age_days",
    "bucket",
    "since",
    "due_on",
    "turns_on",
    "source",
    "message",
];

/// A row of `decisions.csv`.
#[derive(Serialize)]
pub(in crate::report) struct DecisionLine<'a> {
    pub(in crate::report) finding_id: String,
    pub(in crate::report) item_hash: String,
    pub(in crate::report) code: &'a str,
    pub(in crate::report) subject: &'a str,
    pub(in crate::report) decision: &'a str,
    pub(in crate::report) reason: &'a str,
    pub(in crate::report) initials_1: &'a str,
    pub(in crate::report) initials_2: &'a str,
    pub(in crate::report) taken_on: Option<Day>,
    pub(in crate::report) until: Option<Day>,
    pub(in crate::report) status: &'static str,
    pub(in crate::report) objection: &'a str,
    pub(in crate::report) why: String,
    pub(in crate::report) amount: String,
    pub(in crate::report) currency: &'a str,
    pub(in crate::report) source: String,
    #[serde(skip)]
    pub(in crate::report) money: Option<Money>,
}

const DECISION_COLUMNS: &[&str] = &[
    "finding_id",
    "item_hash",
    "code",
    "subject",
    "decision",
    "reason",
    "initials_1",
    "initials_2",
    "taken_on",
    "until",
    "status",
    "objection",
    "why",
    "amount",
    "currency",
    "source",
];

/// `items.csv` and `decisions.csv`.
pub fn tables(results: &Results<'_>) -> Result<Vec<Document>, String> {
    let items = csv_bytes(ITEM_COLUMNS, item_rows(results).into_iter())?;
    let decisions = csv_bytes(DECISION_COLUMNS, decision_lines(results).into_iter())?;
    Ok(vec![
        Document { path: "items.csv".to_owned(), bytes: items },
        Document { path: "decisions.csv".to_owned(), bytes: decisions },
    ])
}

fn amount(money: Option<Money>) -> (String, &'static str) {
    (money.map_or(String::new(), |money| money.to_string()), money.map_or("", |money| money.currency().code()))
}

/// All items: payments that belong to nothing, findings, and what was resolved since the last run.
fn item_rows<'a>(results: &'a Results<'_>) -> Vec<ItemRow<'a>> {
    let others = results.register.others.iter().map(|other| of_other(other, results));
    let findings = results.register.entries.iter().map(|entry| of_entry(entry, results));
    let resolved = results.register.resolved.iter().map(|(id, item)| of_resolved(*id, item, results.as_of));
    others.chain(findings).chain(resolved).collect()
}

fn item_row<'a>(follow_up: &'a FollowUp, message: &'a str) -> ItemRow<'a> {
    let (amount, currency) = amount(follow_up.snapshot.amount);
    ItemRow {
        finding_id: follow_up.snapshot.id.to_string(),
        item_hash: follow_up.snapshot.hash.to_string(),
        code: follow_up.snapshot.code.as_str(),
        outcome: "",
        lifecycle: follow_up.lifecycle.as_str(),
        status: "",
        group: follow_up.snapshot.code.group().as_str(),
        owner: &follow_up.owner,
        priority: follow_up.snapshot.code.priority(),
        subject: "",
        partner_id: "",
        location_id: "",
        customer_name: "",
        amount,
        currency,
        opened_on: follow_up.since,
        age_days: follow_up.age_days,
        bucket: BUCKETS[bucket(follow_up.age_days)],
        since: follow_up.since,
        due_on: Some(follow_up.due_on),
        turns_on: None,
        source: String::new(),
        message,
    }
}

fn of_entry<'a>(entry: &'a VoucherItem<'_>, results: &Results<'_>) -> ItemRow<'a> {
    let (verdict, finding) = (entry.verdict, entry.finding);
    ItemRow {
        outcome: finding.outcome.as_str(),
        status: status(finding.disposition.as_ref()),
        subject: verdict.voucher.as_str(),
        partner_id: verdict.partner.as_ref().map_or("", |id| id.as_str()),
        location_id: verdict.location.as_ref().map_or("", |id| id.as_str()),
        customer_name: verdict.customer_name.as_deref().unwrap_or(""),
        opened_on: finding.opened_on,
        turns_on: finding.due_on.filter(|_| finding.outcome == Outcome::Pending),
        source: finding.place.map_or(String::new(), |place| results.intake.tables.address(place)),
        ..item_row(&entry.follow_up, &finding.message)
    }
}

fn of_other<'a>(other: &'a StandaloneItem, results: &Results<'_>) -> ItemRow<'a> {
    ItemRow {
        outcome: other.outcome().as_str(),
        status: status(other.disposition.as_ref()),
        priority: OTHER_PRIORITY,
        subject: &other.subject,
        partner_id: other.partner.as_ref().map_or("", |id| id.as_str()),
        location_id: other.location.as_ref().map_or("", |id| id.as_str()),
        opened_on: other.opened_on,
        source: other.place.map_or(String::new(), |place| results.intake.tables.address(place)),
        ..item_row(&other.follow_up, &other.message)
    }
}

fn of_resolved(id: ItemId, item: &Item, as_of: Day) -> ItemRow<'_> {
    let (amount, currency) = amount(item.amount);
    let age_days = as_of.days_since(item.opened_on).max(0);
    ItemRow {
        finding_id: id.to_string(),
        item_hash: item.hash.to_string(),
        code: item.code.as_str(),
        outcome: "",
        lifecycle: Lifecycle::Resolved.as_str(),
        status: Lifecycle::Resolved.as_str(),
        group: item.code.group().as_str(),
        owner: "",
        priority: item.code.priority(),
        subject: &item.subject,
        partner_id: "",
        location_id: "",
        customer_name: "",
        amount,
        currency,
        opened_on: item.opened_on,
        age_days,
        bucket: BUCKETS[bucket(age_days)],
        since: item.since,
        due_on: None,
        turns_on: None,
        source: String::new(),
        message: "",
    }
}

/// Every decision, and what became of it.
pub(in crate::report) fn decision_lines<'a>(results: &'a Results<'_>) -> Vec<DecisionLine<'a>> {
    let decided = results.decided.iter().map(|decided| of_decided(decided, results));
    let unusable = results.unusable.iter().map(|(row, column)| DecisionLine {
        finding_id: row.finding_id.to_string(),
        item_hash: String::new(),
        code: "",
        subject: "",
        decision: "",
        reason: "",
        initials_1: "",
        initials_2: "",
        taken_on: None,
        until: None,
        status: "refused",
        objection: RejectionReason::Incomplete.as_str(),
        why: format!("the cell {column} is blank, or says nothing that can be used"),
        amount: String::new(),
        currency: "",
        source: results.intake.tables.address(row.place),
        money: None,
    });
    decided.chain(unusable).collect()
}

fn of_decided<'a>(decided: &'a Decided<'_>, results: &Results<'_>) -> DecisionLine<'a> {
    let candidate = &decided.candidate;
    let entry = candidate.entry;
    let snapshot = decided.about.as_ref().map(|(snapshot, _)| snapshot);
    let (amount, currency) = amount(snapshot.and_then(|snapshot| snapshot.amount));
    let (objection, why) = match &decided.fate {
        DecisionStatus::Stands(_) | DecisionStatus::Replaced | DecisionStatus::Settled => ("", ""),
        DecisionStatus::Elsewhere => ("", "another job has this item open, and takes or refuses it"),
        DecisionStatus::Refused(objection, why) => (objection.as_str(), why.as_str()),
    };
    let meant = entry.hash.or(snapshot.map(|snapshot| snapshot.hash));
    let (bound, taken_on, place) = match candidate.origin {
        Origin::Taken(hash, day) => (Some(hash), Some(day), None),
        Origin::Row(place) => (meant, decided.is_taken_now().then_some(results.as_of), Some(place)),
        Origin::Refused(_) => (meant, None, None),
    };
    DecisionLine {
        finding_id: entry.item.to_string(),
        item_hash: bound.map_or(String::new(), |hash| hash.to_string()),
        code: snapshot.map_or("", |snapshot| snapshot.code.as_str()),
        subject: decided.about.as_ref().map_or("", |(_, subject)| subject),
        decision: entry.disposition.word(),
        reason: &entry.reason,
        initials_1: &entry.first,
        initials_2: entry.second.as_deref().unwrap_or(""),
        taken_on,
        until: if let DecisionStatus::Stands(until) = decided.fate { until } else { None },
        status: decided.status(),
        objection,
        why: why.to_owned(),
        amount,
        currency,
        source: place.map_or(String::new(), |place| results.intake.tables.address(place)),
        money: snapshot.and_then(|snapshot| snapshot.amount),
    }
}
