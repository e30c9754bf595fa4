//! The one transaction of a run: claims, numbers, notices, events. Dropped without a commit, it leaves nothing.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::{Value, json};

use super::chain::{GENESIS, event_hash};
use super::{InputRow, Ledger, LedgerError, LogRow, OutputRow, RunRow, amount};
use crate::invoice::{Batch, BatchRelease, Invoice};
use crate::model::{
    Claim, ClaimOrigin, Code, Currency, Day, InvoiceNumber, ItemId, MinorUnits, Notice, OutboxLetter, Totals, VoucherId,
};
use crate::store::sha256_hex;

/// The open transaction of a run.
pub struct Entry<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) run: i64,
    head: String,
    seq: i64,
}

/// What the ledger holds of invoices, of this run and of all.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct InvoicedEver {
    /// Vouchers that this run has claimed by invoice.
    pub claims_now: u64,
    /// The lines of invoices of this run.
    #[serde(skip)]
    pub net_now: Totals,
    /// Lines of all invoices.
    pub lines_ever: u64,
    /// Vouchers on them.
    pub vouchers_ever: u64,
}

impl Ledger {
    /// Opens the transaction of the next run.
    ///
    /// # Errors
    /// When the ledger cannot be written. The same holds for all functions of [`Entry`].
    pub fn begin(&mut self) -> Result<Entry<'_>, LedgerError> {
        let sql = "SELECT coalesce(max(run), 0) + 1 FROM run";
        let run = self.connection.query_row(sql, [], |row| row.get(0))?;
        self.begin_after(run)
    }

    /// Opens a transaction whose events belong to this run.
    pub(super) fn begin_after(&mut self, run: i64) -> Result<Entry<'_>, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest = transaction
            .query_row("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let (seq, head) = newest.unwrap_or((0, GENESIS.to_owned()));
        Ok(Entry { transaction, run, head, seq })
    }
}

impl Entry<'_> {
    /// The number of the run.
    pub fn run(&self) -> i64 {
        self.run
    }

    /// The head of the chain so far.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Appends an event. Keys of the payload are sorted, so that equal payloads are equal bytes.
    pub fn event(&mut self, kind: &str, payload: &Value) -> Result<(), LedgerError> {
        let payload = payload.to_string();
        self.seq += 1;
        self.head = event_hash(&self.head, self.seq, self.run, kind, &payload);
        self.transaction.execute(
            "INSERT INTO event (seq, run, kind, payload, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.seq, self.run, kind, payload, self.head],
        )?;
        Ok(())
    }

    pub(super) fn execute(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), LedgerError> {
        self.transaction.execute(sql, values)?;
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), LedgerError> {
        Ok(self.transaction.commit()?)
    }

    /// Records what was read.
    pub fn inputs(&mut self, inputs: &[InputRow]) -> Result<(), LedgerError> {
        for (position, input) in (0_i64..).zip(inputs) {
            self.transaction.execute(
                "INSERT INTO run_input (run, position, dataset, name, exported_on, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![self.run, position, input.dataset, input.name, input.exported_on.map(|day| day.to_string()), input.sha256],
            )?;
        }
        let listed: Vec<Value> = inputs
            .iter()
            .map(|input| json!([input.dataset, input.exported_on.map(|day| day.to_string()), input.sha256]))
            .collect();
        self.event("inputs", &json!({ "files": listed }))
    }

    /// Enters claims that others made. A voucher that is claimed already stays as it is, but that a payment request may
    /// be rejected after it was live, and a new one live after one was rejected.
    pub fn outside_claims<'c>(
        &mut self,
        claims: impl Iterator<Item = (&'c VoucherId, &'c Claim)>,
    ) -> Result<u64, LedgerError> {
        let mut entered = Vec::new();
        for (voucher, claim) in claims {
            if self.claim(voucher, claim, OTHERS)? {
                let (origin, reference) = origin(&claim.origin);
                entered.push(json!([voucher.as_str(), origin, reference, claim.live]));
            }
        }
        let count = entered.len() as u64;
        if count > 0 {
            self.event("claims", &json!({ "entered": entered }))?;
        }
        Ok(count)
    }

    fn claim(&self, voucher: &VoucherId, claim: &Claim, on_conflict: &str) -> Result<bool, LedgerError> {
        let (origin, reference) = origin(&claim.origin);
        let sql = format!(
            "INSERT INTO claim (voucher_id, origin, reference, requested_on, location_id, engagement, days, amount, currency, run, live)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) {on_conflict}"
        );
        let changed = self.transaction.prepare_cached(&sql)?.execute(params![
            voucher.as_str(),
            origin,
            reference,
            claim.requested_on.map(|day| day.to_string()),
            claim.location.as_ref().map(|id| id.as_str()),
            claim.engagement.as_ref().map(|id| id.as_str()),
            claim.days,
            claim.amount.map(|money| money.minor()),
            claim.amount.map(|money| money.currency().code()),
            self.run,
            claim.live,
        ])?;
        Ok(changed > 0)
    }

    /// Records a batch; if it is issued, draws a number for each of its invoices and claims their vouchers.
    pub fn batch(&mut self, batch: &mut Batch, series: &str, as_of: Day) -> Result<(), LedgerError> {
        let issued = batch.release == BatchRelease::Issued;
        let total = stored(batch.total(), batch.currency)?;
        let vouchers = i64::try_from(batch.lines().count()).unwrap_or(i64::MAX);
        self.transaction.execute(
            "INSERT OR REPLACE INTO batch (batch, run, currency, state, content, vouchers, total) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![batch.id, self.run, batch.currency.code(), if issued { "issued" } else { "draft" }, batch.content, vouchers, total],
        )?;
        let payload = json!({ "batch": batch.id, "content": batch.content, "issued": issued, "total": total, "vouchers": vouchers });
        self.event("batch", &payload)?;
        if issued {
            for invoice in &mut batch.invoices {
                self.issue(&batch.id, invoice, series, as_of)?;
            }
        }
        Ok(())
    }

    fn issue(&mut self, batch: &str, invoice: &mut Invoice, series: &str, as_of: Day) -> Result<(), LedgerError> {
        let number = self.next_number(invoice, series, as_of)?;
        let currency = invoice.lines[0].net.currency();
        let net = stored(invoice.net(), currency)?;
        self.transaction.execute(
            "INSERT INTO invoice (number, batch, partner_id, location_id, currency, issued_on, net, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![number.as_str(), batch, invoice.partner.as_str(), invoice.location.as_str(), currency.code(), as_of.to_string(), net, self.run],
        )?;
        let mut lines = Vec::new();
        for (at, line) in (1_i64..).zip(&invoice.lines) {
            let claim = Claim {
                live: true,
                origin: ClaimOrigin::Invoice(number.clone()),
                requested_on: Some(as_of),
                approved_on: None,
                location: Some(invoice.location.clone()),
                engagement: Some(line.engagement.clone()),
                days: Some(line.days),
                amount: Some(line.net),
            };
            self.claim(&line.voucher, &claim, "")?;
            self.transaction
                .prepare_cached("INSERT INTO invoice_line (number, line, voucher_id, net) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![number.as_str(), at, line.voucher.as_str(), line.net.minor()])?;
            lines.push(json!([line.voucher.as_str(), line.net.minor()]));
        }
        let payload = json!({ "batch": batch, "currency": currency.code(), "lines": lines, "location": invoice.location.as_str(), "number": number.as_str() });
        self.event("invoice", &payload)?;
        invoice.number = Some(number);
        Ok(())
    }

    /// The next number of the seller's series of the year; without gaps, since a rollback gives it back.
    fn next_number(&self, invoice: &Invoice, series: &str, as_of: Day) -> Result<InvoiceNumber, LedgerError> {
        let sql = "INSERT INTO series (partner_id, year, last_number) VALUES (?1, ?2, 1)
                   ON CONFLICT DO UPDATE SET last_number = last_number + 1 RETURNING last_number";
        let number: i64 =
            self.transaction.query_row(sql, params![invoice.partner.as_str(), as_of.year()], |row| row.get(0))?;
        Ok(InvoiceNumber::new(&format!("{series}-{}-{}-{number:05}", invoice.partner, as_of.year())))
    }

    /// Counts of the invoices of the whole ledger, with those of this run.
    pub fn invoiced(&self) -> Result<InvoicedEver, LedgerError> {
        let count = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            self.transaction.query_row(sql, values, |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
        };
        let sql = "SELECT l.net, i.currency FROM invoice_line l JOIN invoice i USING (number) WHERE i.run = ?1";
        let mut lines = self.transaction.prepare(sql)?;
        let net_now = lines.query_map([self.run], |row| amount(row, 0, 1))?.collect::<Result<Totals, _>>()?;
        Ok(InvoicedEver {
            net_now,
            claims_now: count("SELECT count(*) FROM claim WHERE origin = 'invoice' AND run = ?1", &[&self.run])?,
            lines_ever: count("SELECT count(*) FROM invoice_line", &[])?,
            vouchers_ever: count("SELECT count(DISTINCT voucher_id) FROM invoice_line", &[])?,
        })
    }

    /// One event over all findings.
    pub fn findings(&mut self, findings: &[(ItemId, Code)]) -> Result<(), LedgerError> {
        let lines: Vec<String> = findings.iter().map(|(id, code)| format!("{id} {code}\n")).collect();
        let text = lines.concat();
        self.event("findings", &json!({ "count": findings.len(), "sha256": sha256_hex(text.as_bytes()) }))
    }

    /// Records notices and the letters that carry them.
    pub fn letters(&mut self, notices: &[Notice], letters: &[OutboxLetter]) -> Result<(), LedgerError> {
        for notice in notices {
            self.transaction.execute(
                "INSERT INTO notice (partner_id, topic, subject, stage, run) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![notice.partner, notice.topic, notice.subject, notice.stage, self.run],
            )?;
        }
        for letter in letters {
            self.transaction.execute(
                "INSERT INTO outbox (letter_id, run, message_id, recipient, language, status, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![letter.letter_id, self.run, letter.message_id, letter.recipient, letter.language, letter.status.as_str(), letter.sha256],
            )?;
        }
        let told: Vec<Value> = notices.iter().map(|n| json!([n.partner, n.topic, n.subject, n.stage])).collect();
        let sent: Vec<Value> = letters.iter().map(|l| json!([l.letter_id, l.sha256])).collect();
        self.event("letters", &json!({ "letters": sent, "notices": told }))
    }

    /// Notes who runs it; outside the chain.
    pub fn log(&self, log: &LogRow) -> Result<(), LedgerError> {
        self.execute(
            "INSERT INTO run_log (run, started_at, ended_at, host, user, engine) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![self.run, log.started_at, log.ended_at, log.host, log.user, log.engine],
        )
    }

    /// Records what was written, the run itself, and commits.
    pub fn commit(mut self, row: &RunRow, outputs: &[OutputRow], records: &[OutputRow]) -> Result<(), LedgerError> {
        for output in outputs {
            self.transaction.execute(
                "INSERT INTO run_output (run, path, sha256) VALUES (?1, ?2, ?3)",
                params![self.run, output.path, output.sha256],
            )?;
        }
        let listed: Vec<Value> = outputs.iter().map(|output| json!([output.path, output.sha256])).collect();
        self.event("outputs", &json!({ "files": listed }))?;
        self.records(records)?;
        self.transaction.execute(
            "INSERT INTO run (run, job, as_of, revision, run_key, folder, verdict, exit_code, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![row.run, row.job, row.as_of.to_string(), row.revision, row.run_key, row.folder, row.verdict, row.exit_code, row.seal],
        )?;
        Ok(self.transaction.commit()?)
    }
}

/// What happens to a claim of a voucher that is claimed already: only a payment request takes the place of another.
const OTHERS: &str = "ON CONFLICT DO UPDATE SET reference = excluded.reference, requested_on = excluded.requested_on,
    location_id = excluded.location_id, engagement = excluded.engagement, days = excluded.days,
    amount = excluded.amount, currency = excluded.currency, live = excluded.live
    WHERE claim.origin = 'payment' AND excluded.origin = 'payment' AND claim.live <> excluded.live";

/// A sum as the ledger keeps it.
fn stored(sum: MinorUnits, currency: Currency) -> Result<i64, LedgerError> {
    let amount = sum.money(currency).ok_or_else(|| LedgerError::Damaged("a total is out of range".to_owned()))?;
    Ok(amount.minor())
}

fn origin(origin: &ClaimOrigin) -> (&'static str, &str) {
    match origin {
        ClaimOrigin::Invoice(number) => ("invoice", number.as_str()),
        ClaimOrigin::Payment(reference) => ("payment", reference),
        ClaimOrigin::Prior(reference) => ("prior", reference),
    }
}
