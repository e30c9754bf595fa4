//! Machine CSV: comma, UTF-8, LF, ISO dates, point decimals; codes are never translated. The only file that writes
//! CSV.

use serde::Serialize;

use super::rows::{
    BATCH_COLUMNS, BatchTotals, FINDING_COLUMNS, FindingRow, InvoiceRow, LETTER_COLUMNS, LetterRow, REJECT_COLUMNS,
    REPORT_COLUMNS, RejectRow, ReportRow, VERDICT_COLUMNS, VerdictRow,
};
use crate::compare::{SealedReport, reports_in_doubt};
use crate::invoice::{Batch, BatchRelease, Invoice, Line};
use crate::items::VoucherItem;
use crate::model::{Completion, Dataset, Money};
use crate::results::Results;
use crate::store::Document;
use crate::verdicts::Verdict;

/// Writes rows as CSV with a header, also where there is no row.
pub(in crate::report) fn csv_bytes<R: Serialize>(
    header: &[&str],
    rows: impl Iterator<Item = R>,
) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.write_record(header).map_err(|error| error.to_string())?;
    for row in rows {
        writer.serialize(row).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// `verdicts.csv`, `findings.csv` and `rejects.csv`.
pub fn verdict_tables(results: &Results<'_>) -> Result<Vec<Document>, String> {
    let document = |path: &str, bytes| Document { path: path.to_owned(), bytes };
    let findings = results.register.entries.iter().map(|entry| finding_row(entry, results));
    let rejects = results.intake.rejects.iter().map(|reject| {
        let table = results.intake.tables.name(reject.place);
        RejectRow {
            dataset: reject.dataset.as_str(),
            file: &table.file,
            sheet: table.sheet.as_deref().unwrap_or(""),
            row: reject.place.row,
            column: reject.column,
            code: reject.code.as_str(),
            value: &reject.value,
            message: format!(
                "{}; expected {}; hint: {}; row: {}",
                reject.what, reject.expected, reject.hint, reject.raw
            ),
        }
    });
    Ok(vec![
        verdicts(results)?,
        document("findings.csv", csv_bytes(FINDING_COLUMNS, findings)?),
        document("rejects.csv", csv_bytes(REJECT_COLUMNS, rejects)?),
    ])
}

/// `verdicts.csv`.
pub fn verdicts(results: &Results<'_>) -> Result<Document, String> {
    let rows = results.verdicts.iter().map(|verdict| verdict_row(verdict, results));
    Ok(Document { path: "verdicts.csv".to_owned(), bytes: csv_bytes(VERDICT_COLUMNS, rows)? })
}

/// `sealed-reports.csv`, which is kept and not published: completion reports of work that was done by the as-of date.
pub fn reports(results: &Results<'_>) -> Result<Document, String> {
    let done = |row: &&Completion| row.completed_on <= results.as_of;
    let in_doubt = reports_in_doubt(results.intake);
    let mut rows: Vec<ReportRow> = results
        .intake
        .records
        .vouchers
        .map_those_with(&[Dataset::Completions], &[Dataset::Completions], |rows| {
            let speaks = !in_doubt.contains(&rows.voucher);
            speaks.then(|| rows.completions.iter().filter(done).map(report_row).collect::<Vec<_>>())
        })
        .into_iter()
        .flatten()
        .collect();
    rows.sort_by(|a, b| (&a.voucher_id, &a.consultant_id).cmp(&(&b.voucher_id, &b.consultant_id)));
    Ok(Document { path: "sealed-reports.csv".to_owned(), bytes: csv_bytes(REPORT_COLUMNS, rows.into_iter())? })
}

fn report_row(row: &Completion) -> ReportRow {
    let SealedReport { consultant, facts } = SealedReport::of(row);
    let [country, started_on, completed_on, reported_on, deliverable, offsite_days] =
        facts.map(|fact| fact.to_string());
    ReportRow {
        voucher_id: row.voucher.to_string(),
        consultant_id: consultant.to_string(),
        country,
        started_on,
        completed_on,
        reported_on,
        deliverable,
        offsite_days,
    }
}

fn verdict_row(verdict: &Verdict, results: &Results<'_>) -> VerdictRow {
    let text = |value: Option<String>| value.unwrap_or_default();
    let currency = verdict.currency();
    let amount = |money: Option<Money>| text(money.map(|money| money.to_string()));
    let paid = currency.and_then(|currency| verdict.paid.get(currency));
    let dates = verdict.dates;
    VerdictRow {
        voucher_id: verdict.voucher.to_string(),
        state: verdict.state.to_string(),
        outcome: verdict.outcome.to_string(),
        primary_code: text(verdict.primary().map(|code| code.to_string())),
        codes: verdict.codes(),
        partner_id: text(verdict.partner.as_ref().map(|id| id.to_string())),
        location_id: text(verdict.location.as_ref().map(|id| id.to_string())),
        country: text(verdict.country.map(|country| country.to_string())),
        customer_name: text(verdict.customer_name.as_ref().map(|name| name.to_string())),
        engagement: text(verdict.engagement.as_ref().map(|id| id.to_string())),
        days: verdict.days,
        created_on: dates.created,
        assigned_on: dates.assigned,
        reserved_on: dates.reserved,
        started_on: dates.started,
        completed_on: dates.completed,
        reported_on: dates.reported,
        redeemed_on: dates.redeemed,
        expires_on: dates.expires,
        claim_by: verdict.claim_by,
        turns_on: verdict.turns_on,
        entitled: amount(verdict.entitled),
        invoiced: amount(verdict.invoiced.filter(|money| Some(money.currency()) == currency)),
        paid: text(paid.map(|paid| paid.to_string())),
        currency: text(currency.map(|currency| currency.to_string())),
        source: text(verdict.source.map(|place| results.intake.tables.address(place))),
    }
}

fn finding_row<'a>(entry: &'a VoucherItem<'_>, results: &'a Results<'_>) -> FindingRow<'a> {
    let (verdict, finding) = (entry.verdict, entry.finding);
    let rule = results.program.rule(finding.code);
    let table = finding.place.map(|place| results.intake.tables.name(place));
    FindingRow {
        finding_id: entry.follow_up.snapshot.id.to_string(),
        code: finding.code.as_str(),
        outcome: finding.outcome.as_str(),
        priority: finding.code.priority(),
        lifecycle: entry.follow_up.lifecycle.as_str(),
        voucher_id: verdict.voucher.as_str(),
        partner_id: verdict.partner.as_ref().map_or(String::new(), |id| id.to_string()),
        location_id: verdict.location.as_ref().map_or(String::new(), |id| id.to_string()),
        amount: finding.amount.map_or(String::new(), |money| money.to_string()),
        currency: finding.amount.map_or("", |money| money.currency().code()),
        opened_on: finding.opened_on,
        age_days: entry.follow_up.age_days,
        due_on: finding.due_on,
        rule: &rule.title,
        citation: &rule.citation,
        source_file: table.map_or("", |table| table.file.as_str()),
        source_sheet: table.and_then(|table| table.sheet.as_deref()).unwrap_or(""),
        source_row: finding.place.map(|place| place.row),
        message: &finding.message,
    }
}

/// `reminders/letters.csv`: one row per notice and receiver, told or not.
pub fn letter_table(results: &Results<'_>) -> Result<Document, String> {
    let letters = results.letters;
    let rows = letters.rows.iter().map(|row| {
        let letter = row.letter.map(|at| &letters.letters[at]);
        LetterRow {
            letter_id: letter.map_or("", |letter| &letter.id),
            topic: row.topic.as_str(),
            stage: crate::letters::STAGE,
            partner_id: &row.partner,
            location_id: &row.location,
            language: letter.map_or("", |letter| letter.language.tag()),
            to: letter.map_or("", |letter| &letter.to),
            subject: &row.subject,
            status: if letter.is_some() { "captured" } else { "not mailed" },
            reason: row.reason,
            due_on: row.due_on,
            file: letter.map_or("", |letter| &letter.document.path),
        }
    });
    Ok(Document { path: "reminders/letters.csv".to_owned(), bytes: csv_bytes(LETTER_COLUMNS, rows)? })
}

/// `invoices/batch.csv` and `invoices/batch.json`.
pub fn batch_tables(results: &Results<'_>) -> Result<Vec<Document>, String> {
    let totals: Vec<BatchTotals> = results.batches.iter().map(|batch| batch_totals(batch, results.buyer)).collect();
    let mut json = serde_json::to_vec_pretty(&totals).map_err(|error| error.to_string())?;
    json.push(b'\n');
    Ok(vec![
        Document { path: "invoices/batch.csv".to_owned(), bytes: csv_bytes(BATCH_COLUMNS, invoice_rows(results))? },
        Document { path: "invoices/batch.json".to_owned(), bytes: json },
    ])
}

/// The lines of all invoices.
pub fn invoice_rows(results: &Results<'_>) -> impl Iterator<Item = InvoiceRow> {
    results.batches.iter().flat_map(|batch| {
        batch.invoices.iter().flat_map(move |invoice| {
            (1_u32..).zip(&invoice.lines).map(move |(at, line)| invoice_row(batch, invoice, at, line))
        })
    })
}

fn invoice_row(batch: &Batch, invoice: &Invoice, at: u32, line: &Line) -> InvoiceRow {
    InvoiceRow {
        batch: batch.id.clone(),
        invoice_number: invoice.number.as_ref().map_or(String::new(), |number| number.to_string()),
        line: at,
        voucher_id: line.voucher.to_string(),
        partner_id: invoice.partner.to_string(),
        location_id: invoice.location.to_string(),
        country: line.country.to_string(),
        engagement: line.engagement.to_string(),
        days: line.days,
        redeemed_on: line.redeemed_on,
        claim_by: line.claim_by,
        net: line.net.to_string(),
        tax: String::new(),
        gross: line.net.to_string(),
        currency: batch.currency.to_string(),
    }
}

fn batch_totals(batch: &Batch, buyer: &str) -> BatchTotals {
    let waits_because = match &batch.release {
        BatchRelease::Issued => None,
        BatchRelease::Waits(why) => Some(why.clone()),
    };
    BatchTotals {
        batch: batch.id.clone(),
        state: if waits_because.is_some() { "draft" } else { "issued" }.to_owned(),
        waits_because,
        buyer: buyer.to_owned(),
        content_sha256: batch.content.clone(),
        currency: batch.currency.to_string(),
        invoices: batch.invoices.len() as u64,
        vouchers: batch.lines().count() as u64,
        net: batch.total().minor(),
        gross: batch.total().minor(),
        hash_total: hash_total(batch.lines().map(|line| line.voucher.as_str())),
    }
}

/// A sum over ids that changes when one of them is altered, lost or doubled, and not when they change places.
pub(crate) fn hash_total<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let sum = ids.fold(0_u64, |sum, id| {
        let digits = crate::store::sha256_hex(id.as_bytes());
        sum.wrapping_add(u64::from_str_radix(&digits[..16], 16).unwrap_or(0))
    });
    format!("{sum:016x}")
}
