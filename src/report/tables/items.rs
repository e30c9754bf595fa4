//! `items.csv` and the sheet Exceptions: what is open, who owns it and by when; the sheet has the cells in which people
//! decide, and comes back as the data set `decisions`.

use crate::books::{BUCKETS, bucket};
use crate::items::{FollowUp, Lifecycle, STANDALONE_PRIORITY, StandaloneItem, VoucherItem, status};
use crate::model::{Code, Day, Item, ItemHash, ItemId, LocationId, Money, Outcome, PartnerId, Place, Tables, Total};
use crate::report::column::{Cell, Column, ColumnKind, number, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "items.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// An open item, or one that was resolved since the last run.
pub(crate) struct ItemRow<'a> {
    id: ItemId,
    hash: ItemHash,
    code: Code,
    /// None of what was resolved.
    outcome: Option<Outcome>,
    pub(crate) lifecycle: Lifecycle,
    status: &'static str,
    owner: &'a str,
    priority: u8,
    subject: &'a str,
    partner: Option<&'a PartnerId>,
    location: Option<&'a LocationId>,
    customer: Option<&'a str>,
    amount: Option<Money>,
    opened_on: Day,
    age_days: i64,
    since: Day,
    due_on: Option<Day>,
    turns_on: Option<Day>,
    place: Option<Place>,
    rule: &'a str,
    message: &'a str,
    tables: &'a Tables,
}

/// All items: unapplied payments and restated vouchers, findings, and what was resolved since the last run.
pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<ItemRow<'a>> {
    let register = results.register;
    let standalone = register.standalone.iter().map(|item| standalone(item, results));
    let findings = register.voucher_items.iter().map(|item| finding(item, results));
    let resolved = register.resolved.iter().map(|(id, item)| resolved(*id, item, results));
    standalone.chain(findings).chain(resolved).collect()
}

fn open<'a>(follow_up: &'a FollowUp, results: &'a Results<'_>) -> ItemRow<'a> {
    let snapshot = &follow_up.snapshot;
    ItemRow {
        id: snapshot.id,
        hash: snapshot.hash,
        code: snapshot.code,
        outcome: None,
        lifecycle: follow_up.lifecycle,
        status: "",
        owner: &follow_up.owner,
        priority: snapshot.code.priority(),
        subject: "",
        partner: None,
        location: None,
        customer: None,
        amount: snapshot.amount,
        opened_on: follow_up.since,
        age_days: follow_up.age_days,
        since: follow_up.since,
        due_on: Some(follow_up.due_on),
        turns_on: None,
        place: None,
        rule: results.program.rule(snapshot.code).title.english(),
        message: "",
        tables: &results.intake.tables,
    }
}

fn finding<'a>(item: &'a VoucherItem<'_>, results: &'a Results<'_>) -> ItemRow<'a> {
    let (verdict, finding) = (item.verdict, item.finding);
    ItemRow {
        outcome: Some(finding.outcome),
        status: status(finding.disposition.as_ref()),
        subject: verdict.voucher.as_str(),
        partner: verdict.partner.as_ref(),
        location: verdict.location.as_ref(),
        customer: verdict.customer_name.as_deref(),
        opened_on: finding.opened_on,
        turns_on: finding.due_on.filter(|_| finding.outcome == Outcome::Pending),
        place: finding.place,
        message: &finding.message,
        ..open(&item.follow_up, results)
    }
}

fn standalone<'a>(item: &'a StandaloneItem, results: &'a Results<'_>) -> ItemRow<'a> {
    ItemRow {
        outcome: Some(item.outcome()),
        status: status(item.disposition.as_ref()),
        priority: STANDALONE_PRIORITY,
        subject: &item.subject,
        partner: item.partner.as_ref(),
        location: item.location.as_ref(),
        opened_on: item.opened_on,
        place: item.place,
        message: &item.message,
        ..open(&item.follow_up, results)
    }
}

fn resolved<'a>(id: ItemId, item: &'a Item, results: &'a Results<'_>) -> ItemRow<'a> {
    ItemRow {
        id,
        hash: item.hash,
        code: item.code,
        outcome: None,
        lifecycle: Lifecycle::Resolved,
        status: Lifecycle::Resolved.as_str(),
        owner: "",
        priority: item.code.priority(),
        subject: &item.subject,
        partner: None,
        location: None,
        customer: None,
        amount: item.amount,
        opened_on: item.opened_on,
        age_days: results.as_of.days_since(item.opened_on).max(0),
        since: item.since,
        due_on: None,
        turns_on: None,
        place: None,
        rule: "",
        message: "",
        tables: &results.intake.tables,
    }
}

/// The order of the sheet: what is signed, what is filled in, where it comes from.
pub(crate) const SHEET_ORDER: &[&str] = &[
    "Code",
    "Outcome",
    "Priority",
    "Lifecycle",
    "Status",
    "Subject",
    "Partner",
    "Location",
    "What",
    "Amount",
    "Opened",
    "Age",
    "Due",
    "Owner",
    DECISION,
    "Reason",
    "Initials 1",
    "Initials 2",
    WAIVE_UNTIL,
    "Resolve to",
    "Rule",
    "Source",
    "Finding",
    "Item",
];

/// The first of the cells that a person fills in.
pub(crate) const DECISION: &str = "Decision";

/// The one that is a day.
pub(crate) const WAIVE_UNTIL: &str = "Waive until";

type ItemColumn<'a> = Column<ItemRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<ItemColumn<'a>> {
    let mut all = item();
    all.extend(follow_up());
    let input = |title, widest| ItemColumn::sheet(title, widest, ColumnKind::Input(Cell::Input));
    all.extend([
        input(DECISION, 18),
        input("Reason", 30),
        input("Initials 1", 12),
        input("Initials 2", 12),
        ItemColumn::sheet(WAIVE_UNTIL, 14, ColumnKind::Input(Cell::InputDay)),
        input("Resolve to", 14),
    ]);
    all
}

fn item<'a>() -> Vec<ItemColumn<'a>> {
    vec![
        ItemColumn::text("finding_id", "the item; it stays the same from run to run", |row| printed(row.id))
            .titled("Finding", 20),
        ItemColumn::text("item_hash", "what a person sees of it; a decision is bound to that", |row| printed(row.hash))
            .titled("Item", 20),
        ItemColumn::text("code", "what was found", |row| text(row.code.as_str())).titled("Code", 10),
        ItemColumn::text("outcome", "ok where people have released it, pending, blocked or exception", |row| {
            row.outcome.map(|outcome| outcome.as_str().into())
        })
        .titled("Outcome", 13),
        ItemColumn::text("lifecycle", "new, persisting, reopened or resolved", |row| text(row.lifecycle.as_str()))
            .titled("Lifecycle", 13),
        ItemColumn::text("status", "open, or what people have decided", |row| text(row.status)).titled("Status", 12),
        ItemColumn::text("group", "who can clear it", |row| text(row.code.group().as_str())),
        ItemColumn::text("owner", "who looks after it", |row| text(row.owner)).titled("Owner", 24),
        ItemColumn::count("priority", "1 is the gravest", |row| number(row.priority)).titled("Priority", 11),
        ItemColumn::text("subject", "the voucher, or the reference of the payment", |row| text(row.subject))
            .titled("Subject", 20),
        ItemColumn::text("partner_id", "the partner", |row| row.partner.map(|id| id.as_str().into()))
            .titled("Partner", 14),
        ItemColumn::text("location_id", "its location", |row| row.location.map(|id| id.as_str().into()))
            .titled("Location", 14),
        ItemColumn::text("customer_name", "the customer", |row| row.customer.map(Into::into)),
        ItemColumn::amount("amount", "the difference, else the entitled amount", |row| row.amount.map(Total::from))
            .titled("Amount", 20),
        ItemColumn::text("currency", "the currency of the amount", |row| {
            row.amount.map(|amount| amount.currency().code().into())
        }),
    ]
}

fn follow_up<'a>() -> Vec<ItemColumn<'a>> {
    vec![
        ItemColumn::day("opened_on", "the day from which it counts", |row| Some(row.opened_on)).titled("Opened", 13),
        ItemColumn::count("age_days", "days since then", |row| Some(row.age_days)).titled("Age", 9),
        ItemColumn::text("bucket", "its age in the buckets of the sheet Aging, in days", |row| {
            text(BUCKETS[bucket(row.age_days)])
        }),
        ItemColumn::day("since", "the as-of date of the run that showed it first, or first again", |row| {
            Some(row.since)
        }),
        ItemColumn::day("due_on", "by when it is to be answered", |row| row.due_on).titled("Due", 13),
        ItemColumn::day("turns_on", "when what is pending turns", |row| row.turns_on),
        ItemColumn::sheet("Rule", 50, ColumnKind::Text(|row| text(row.rule))),
        ItemColumn::text("source", "the row to look at first: file, sheet and row", |row| {
            row.place.map(|place| row.tables.address(place).into())
        }),
        ItemColumn::sheet(
            "Source",
            52,
            ColumnKind::Text(|row| row.place.map(|place| row.tables.describe(place).into())),
        ),
        ItemColumn::text("message", "what is wrong, with both values", |row| text(row.message)).titled("What", 70),
    ]
}
