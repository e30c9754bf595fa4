//! The lists: vouchers, invoices, mails, inputs and rejects, one table each.

use rust_xlsxwriter::Worksheet;

use super::grid::{self, Cell, Column, Styles, TABLE_ROW, column};
use crate::invoice::BatchRelease;
use crate::results::Results;

pub(super) fn list(
    name: &str,
    title: &str,
    note: &str,
    columns: &[Column],
    rows: &[Vec<Cell<'_>>],
    frozen: u16,
) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let mut sheet = grid::sheet(name, title, note, &styles)?;
    grid::table(&mut sheet, TABLE_ROW, name, columns, rows, &mut styles)?;
    grid::freeze(&mut sheet, frozen)?;
    Ok(sheet)
}

pub(super) fn vouchers(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Voucher", 20),
        column("State", 12),
        column("Outcome", 13),
        column("Codes", 24),
        column("Partner", 14),
        column("Location", 14),
        column("Country", 12),
        column("Customer", 36),
        column("Engagement", 26),
        column("Days", 9),
        column("Created", 13),
        column("Reserved", 13),
        column("Started", 13),
        column("Completed", 14),
        column("Reported", 13),
        column("Redeemed", 13),
        column("Expires", 13),
        column("Claim by", 13),
        column("Turns on", 13),
        column("Entitled", 20),
        column("Invoiced", 20),
        column("Payable", 20),
        column("Paid", 20),
        column("Currency", 13),
        column("Source", 52),
    ];
    let rows: Vec<Vec<Cell<'_>>> = results
        .verdicts
        .iter()
        .map(|verdict| {
            let dates = verdict.dates;
            let currency = verdict.currency();
            let paid = currency.and_then(|currency| verdict.paid.get(currency));
            vec![
                Cell::text(verdict.voucher.as_str()),
                Cell::text(verdict.state.as_str()),
                Cell::text(verdict.outcome.as_str()),
                Cell::owned(verdict.codes()),
                Cell::text(verdict.partner.as_ref().map_or("", |id| id.as_str())),
                Cell::text(verdict.location.as_ref().map_or("", |id| id.as_str())),
                Cell::owned(verdict.country.map_or(String::new(), |country| country.to_string())),
                Cell::text(verdict.customer_name.as_deref().unwrap_or("")),
                Cell::text(verdict.engagement.as_ref().map_or("", |id| id.as_str())),
                verdict.days.map_or(Cell::Blank, |days| Cell::count(u64::from(days))),
                Cell::Day(dates.created),
                Cell::Day(dates.reserved),
                Cell::Day(dates.started),
                Cell::Day(dates.completed),
                Cell::Day(dates.reported),
                Cell::Day(dates.redeemed),
                Cell::Day(dates.expires),
                Cell::Day(verdict.claim_by),
                Cell::Day(verdict.turns_on),
                Cell::money(verdict.entitled),
                Cell::money(verdict.invoiced),
                Cell::money(verdict.payable),
                paid.map_or(Cell::Blank, Cell::Amount),
                Cell::text(currency.map_or("", |currency| currency.code())),
                Cell::owned(verdict.source.map_or(String::new(), |place| results.intake.tables.describe(place))),
            ]
        })
        .collect();
    let note = format!("{} vouchers, one line each, as they stood at the end of {}.", rows.len(), results.as_of);
    list("Vouchers", "Vouchers", &note, &columns, &rows, 1)
}

pub(super) fn invoices(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Batch", 50),
        column("State", 12),
        column("Invoice", 28),
        column("Line", 9),
        column("Voucher", 20),
        column("Partner", 14),
        column("Location", 14),
        column("Country", 12),
        column("Engagement", 26),
        column("Days", 9),
        column("Redeemed", 13),
        column("Claim by", 13),
        column("Gross", 20),
        column("Currency", 13),
    ];
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for batch in results.batches {
        let state = if batch.release == BatchRelease::Issued { "issued" } else { "draft" };
        for invoice in &batch.invoices {
            for (at, line) in (1_u64..).zip(&invoice.lines) {
                rows.push(vec![
                    Cell::text(&batch.id),
                    Cell::text(state),
                    Cell::text(invoice.number.as_ref().map_or("", |number| number.as_str())),
                    Cell::count(at),
                    Cell::text(line.voucher.as_str()),
                    Cell::text(invoice.partner.as_str()),
                    Cell::text(invoice.location.as_str()),
                    Cell::owned(line.country.to_string()),
                    Cell::text(line.engagement.as_str()),
                    Cell::count(u64::from(line.days)),
                    Cell::Day(Some(line.redeemed_on)),
                    Cell::Day(line.claim_by),
                    Cell::money(Some(line.net)),
                    Cell::text(batch.currency.code()),
                ]);
            }
        }
    }
    let note = format!("{} lines. Tax is not configured: gross is net.", rows.len());
    list("Invoices", "Invoices of this run", &note, &columns, &rows, 0)
}

pub(super) fn mails(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Topic", 22),
        column("Partner", 14),
        column("Location", 14),
        column("About", 24),
        column("Due", 13),
        column("Status", 14),
        column("Why not", 40),
        column("Language", 13),
        column("To", 44),
        column("Letter", 36),
    ];
    let letters = results.letters;
    let rows: Vec<Vec<Cell<'_>>> = letters
        .rows
        .iter()
        .map(|row| {
            let letter = row.letter.map(|at| &letters.letters[at]);
            vec![
                Cell::text(row.topic.as_str()),
                Cell::text(&row.partner),
                Cell::text(&row.location),
                Cell::text(&row.subject),
                Cell::Day(Some(row.due_on)),
                Cell::text(if letter.is_some() { "captured" } else { "not mailed" }),
                Cell::text(row.reason),
                Cell::text(letter.map_or("", |letter| letter.language.tag())),
                Cell::text(letter.map_or("", |letter| &letter.to)),
                Cell::text(letter.map_or("", |letter| &letter.id)),
            ]
        })
        .collect();
    let note = format!(
        "{} letters for {} notices: who is told what, and who is told nothing and why.",
        letters.letters.len(),
        rows.len()
    );
    list("Mails", "Reminders", &note, &columns, &rows, 0)
}

pub(super) fn inputs(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Data set", 18),
        column("File", 44),
        column("Exported", 13),
        column("Read", 11),
        column("Accepted", 13),
        column("Rejected", 13),
        column("Duplicate", 13),
        column("Replaced", 13),
        column("Blank", 11),
        column("Refused because", 50),
        column("SHA-256", 70),
    ];
    let rows: Vec<Vec<Cell<'_>>> = results
        .intake
        .files
        .iter()
        .map(|file| {
            vec![
                Cell::text(file.dataset.as_str()),
                Cell::text(&file.name),
                Cell::Day(file.exported_on),
                Cell::count(file.read),
                Cell::count(file.accepted),
                Cell::count(file.rejected),
                Cell::count(file.duplicate),
                Cell::count(file.superseded),
                Cell::count(file.blank),
                Cell::text(file.refused.as_ref().map_or("", |problem| &problem.what)),
                Cell::text(&file.sha256),
            ]
        })
        .collect();
    let note = "read = accepted + rejected + duplicate + blank, to the row; replaced ones are duplicates that a later export overtook.";
    list("Inputs", "What was read", note, &columns, &rows, 2)
}

pub(super) fn rejects(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Data set", 18),
        column("Where", 50),
        column("Column", 18),
        column("Code", 10),
        column("Value", 30),
        column("What", 50),
        column("Expected", 50),
        column("What to do", 50),
        column("Row as it came", 80),
    ];
    let rows: Vec<Vec<Cell<'_>>> = results
        .intake
        .rejects
        .iter()
        .map(|reject| {
            vec![
                Cell::text(reject.dataset.as_str()),
                Cell::owned(results.intake.tables.describe(reject.place)),
                Cell::text(reject.column),
                Cell::text(reject.code.as_str()),
                Cell::text(&reject.value),
                Cell::text(&reject.what),
                Cell::text(&reject.expected),
                Cell::text(if reject.superseded {
                    "nothing: a later export has replaced the row"
                } else {
                    &reject.hint
                }),
                Cell::text(&reject.raw),
            ]
        })
        .collect();
    let note = format!("{} rows refused, all of them shown.", rows.len());
    list("Rejects", "Refused rows", &note, &columns, &rows, 0)
}
