//! Exceptions and open items, with the cells in which people decide: the sheet comes back as the data set `decisions`.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Worksheet};

use super::grid::{Cell, TABLE_ROW, column};
use super::lists::list;
use crate::items::{FollowUp, OTHER_PRIORITY, StandaloneItem, VoucherItem, status};
use crate::model::Day;
use crate::model::decision::DecisionWord;
use crate::results::Results;

/// The first of the cells that a person fills in.
const FIRST_INPUT: u16 = 14;
/// The one that is a day.
const WAIVE_UNTIL: u16 = FIRST_INPUT + 4;

pub(super) fn sheet(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Code", 10),
        column("Outcome", 13),
        column("Priority", 11),
        column("Lifecycle", 13),
        column("Status", 12),
        column("AccountSubject", 20),
        column("Partner", 14),
        column("Location", 14),
        column("What", 70),
        column("Amount", 20),
        column("Opened", 13),
        column("Age", 9),
        column("Due", 13),
        column("Owner", 24),
        column("Decision", 18),
        column("Reason", 30),
        column("Initials 1", 12),
        column("Initials 2", 12),
        column("Waive until", 14),
        column("Resolve to", 14),
        column("Rule", 50),
        column("Source", 52),
        column("Finding", 20),
        column("Item", 20),
    ];
    let others = results.register.others.iter().map(|other| of_other(other, results));
    let entries = results.register.entries.iter().map(|entry| of_entry(entry, results));
    let rows: Vec<Vec<Cell<'_>>> = others.chain(entries).collect();
    let note = format!(
        "{} items, all of them shown: payments that belong to nothing and restated vouchers of closed periods, exceptions, what is blocked, what is pending, what was let pass. Fill in the light cells and hand the workbook back.",
        rows.len()
    );
    let mut sheet = list("Exceptions", "Exceptions and open items", &note, &columns, &rows, 1)?;
    let last = TABLE_ROW + u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
    // On paper, what is signed; on the screen also what is filled in, and where it comes from.
    sheet.set_print_area(0, 0, last, FIRST_INPUT - 1).map_err(|error| error.to_string())?;
    let words = DecisionWord::LIST.map(|(text, _)| text);
    let words = DataValidation::new().allow_list_strings(&words).map_err(|error| error.to_string())?;
    let days = DataValidation::new().allow_date(DataValidationRule::GreaterThan(results.as_of.to_chrono()));
    for (column, allowed) in [(FIRST_INPUT, words), (WAIVE_UNTIL, days)] {
        let allowed = allowed.ignore_blank(true);
        sheet.add_data_validation(TABLE_ROW + 1, column, last, column, &allowed).map_err(|error| error.to_string())?;
    }
    Ok(sheet)
}

/// What stands in a row whatever the item is about.
struct ItemColumns<'a> {
    follow_up: &'a FollowUp,
    outcome: &'static str,
    priority: u8,
    status: &'static str,
    subject: &'a str,
    partner: &'a str,
    location: &'a str,
    message: &'a str,
    opened_on: Day,
    rule: &'a str,
    source: String,
}

fn of_entry<'a>(entry: &'a VoucherItem<'_>, results: &'a Results<'_>) -> Vec<Cell<'a>> {
    let (verdict, finding) = (entry.verdict, entry.finding);
    cells(ItemColumns {
        follow_up: &entry.follow_up,
        outcome: finding.outcome.as_str(),
        priority: finding.code.priority(),
        status: status(finding.disposition.as_ref()),
        subject: verdict.voucher.as_str(),
        partner: verdict.partner.as_ref().map_or("", |id| id.as_str()),
        location: verdict.location.as_ref().map_or("", |id| id.as_str()),
        message: &finding.message,
        opened_on: finding.opened_on,
        rule: &results.program.rule(finding.code).title,
        source: finding.place.map_or(String::new(), |place| results.intake.tables.describe(place)),
    })
}

fn of_other<'a>(other: &'a StandaloneItem, results: &'a Results<'_>) -> Vec<Cell<'a>> {
    cells(ItemColumns {
        follow_up: &other.follow_up,
        outcome: other.outcome().as_str(),
        priority: OTHER_PRIORITY,
        status: status(other.disposition.as_ref()),
        subject: &other.subject,
        partner: other.partner.as_ref().map_or("", |id| id.as_str()),
        location: other.location.as_ref().map_or("", |id| id.as_str()),
        message: &other.message,
        opened_on: other.opened_on,
        rule: &results.program.rule(other.follow_up.snapshot.code).title,
        source: other.place.map_or(String::new(), |place| results.intake.tables.describe(place)),
    })
}

fn cells(shown: ItemColumns<'_>) -> Vec<Cell<'_>> {
    let ItemColumns { follow_up, opened_on, .. } = shown;
    vec![
        Cell::text(follow_up.snapshot.code.as_str()),
        Cell::text(shown.outcome),
        Cell::count(u64::from(shown.priority)),
        Cell::text(follow_up.lifecycle.as_str()),
        Cell::text(shown.status),
        Cell::text(shown.subject),
        Cell::text(shown.partner),
        Cell::text(shown.location),
        Cell::text(shown.message),
        Cell::money(follow_up.snapshot.amount),
        Cell::Day(Some(opened_on)),
        Cell::Count(i128::from(follow_up.age_days)),
        Cell::Day(Some(follow_up.due_on)),
        Cell::text(&follow_up.owner),
        Cell::Input,
        Cell::Input,
        Cell::Input,
        Cell::Input,
        Cell::InputDay,
        Cell::Input,
        Cell::text(shown.rule),
        Cell::owned(shown.source),
        Cell::owned(follow_up.snapshot.id.to_string()),
        Cell::owned(follow_up.snapshot.hash.to_string()),
    ]
}
