//! What is carried from run to run: open items, decisions about them, and what a run has kept for later ones.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Value, json};

use super::{Entry, Ledger, LedgerError, OutputRow, amount_if_any, parsed, parsed_if_any, unreadable};
use crate::model::{
    Carried, Code, Day, Decision, DecisionEntry, Disposition, Item, ItemHash, ItemId, RejectionReason, Text,
    decision::DecisionWord,
};

/// SQLite has signed integers only: the same 64 bits.
fn signed(bits: u64) -> i64 {
    bits.cast_signed()
}

fn item(row: &Row<'_>) -> rusqlite::Result<(ItemId, Item)> {
    let item = Item {
        since: parsed(row, 1, Day::parse_iso)?,
        subject: Text::new(row.get::<_, String>(2)?),
        code: parsed(row, 3, Code::from_text)?,
        opened_on: parsed(row, 4, Day::parse_iso)?,
        amount: amount_if_any(row, 5, 6)?,
        hash: ItemHash::new(row.get::<_, i64>(7)?.cast_unsigned()),
    };
    Ok((ItemId::new(row.get::<_, i64>(0)?.cast_unsigned()), item))
}

fn item_hash(row: &Row<'_>) -> rusqlite::Result<(ItemId, ItemHash)> {
    let (id, hash): (i64, i64) = (row.get(0)?, row.get(1)?);
    Ok((ItemId::new(id.cast_unsigned()), ItemHash::new(hash.cast_unsigned())))
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let until = parsed_if_any(row, 5, Day::parse_iso)?;
    let target = row.get::<_, Option<String>>(6)?.map(Text::new);
    let word = parsed(row, 4, DecisionWord::from_text)?;
    let entry = DecisionEntry {
        item: ItemId::new(row.get::<_, i64>(1)?.cast_unsigned()),
        hash: row.get::<_, Option<i64>>(3)?.map(|bits| ItemHash::new(bits.cast_unsigned())),
        disposition: Disposition::new(word, until, target).map_err(|what| unreadable(row, 4, what))?,
        reason: Text::new(row.get::<_, String>(7)?),
        first: Text::new(row.get::<_, String>(8)?),
        second: row.get::<_, Option<String>>(9)?.map(Text::new),
    };
    let bound = ItemHash::new(row.get::<_, i64>(2)?.cast_unsigned());
    let refused = match parsed_if_any(row, 10, RejectionReason::from_text)? {
        Some(reason) => Some((reason, row.get(11)?)),
        None => None,
    };
    Ok(Decision { entry, bound, taken_on: parsed(row, 0, Day::parse_iso)?, refused })
}

/// Which of these items an earlier run of the job has had and a later one has not. A plus sign keeps SQLite from an index
/// that does not narrow: an item is looked up by its id, open ones by their end.
fn known_before(
    connection: &Connection,
    job: &str,
    as_of: Day,
    ids: &[ItemId],
) -> Result<HashSet<ItemId>, LedgerError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM item WHERE job = ?1 AND until < ?2)";
    let any: bool = connection.query_row(sql, params![job, as_of.to_string()], |row| row.get(0))?;
    let mut known = HashSet::new();
    if !any {
        return Ok(known);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM item WHERE job = ?1 AND finding_id = ?2 AND +until < ?3)";
    let mut statement = connection.prepare(sql)?;
    for id in ids {
        if statement.query_row(params![job, signed(id.bits()), as_of.to_string()], |row| row.get(0))? {
            known.insert(*id);
        }
    }
    Ok(known)
}

impl Ledger {
    /// What the last run of a job before this day has left open, what an earlier one of this day has shown, and what other
    /// jobs have open; nothing where there is none of these.
    ///
    /// # Errors
    /// When the ledger cannot be read. The same holds for all functions here.
    pub fn carried(&self, job: &str, as_of: Day) -> Result<Option<Carried>, LedgerError> {
        let sql = "SELECT max(as_of) FROM run WHERE job = ?1 AND as_of < ?2";
        let last: Option<String> = self.connection.query_row(sql, params![job, as_of.to_string()], |row| row.get(0))?;
        let sql = "SELECT finding_id, hash FROM item WHERE job = ?1 AND since = ?2";
        let mut statement = self.connection.prepare(sql)?;
        let shown = statement.query_map(params![job, as_of.to_string()], item_hash)?;
        let today: HashMap<ItemId, ItemHash> = shown.collect::<Result<_, _>>()?;
        let sql = "SELECT finding_id, hash FROM item WHERE job <> ?1 AND until IS NULL ORDER BY job";
        let mut statement = self.connection.prepare(sql)?;
        let elsewhere: HashMap<ItemId, ItemHash> = statement.query_map([job], item_hash)?.collect::<Result<_, _>>()?;
        let Some(last) = last else {
            let nothing = today.is_empty() && elsewhere.is_empty();
            return Ok((!nothing).then(|| Carried { open: HashMap::new(), today, elsewhere }));
        };
        let columns = "finding_id, since, subject, code, opened_on, amount, currency, hash";
        let sql = format!(
            "SELECT {columns} FROM item WHERE job = ?1 AND +since <= ?2 AND until IS NULL
             UNION ALL SELECT {columns} FROM item WHERE job = ?1 AND +since <= ?2 AND until > ?2"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let open = statement.query_map(params![job, last], item)?.collect::<Result<_, _>>()?;
        Ok(Some(Carried { open, today, elsewhere }))
    }

    /// Which of these items an earlier run of the job has had and a later one has not.
    pub fn known_before(&self, job: &str, as_of: Day, ids: &[ItemId]) -> Result<HashSet<ItemId>, LedgerError> {
        known_before(&self.connection, job, as_of, ids)
    }

    /// Decisions that runs have taken, in that order; those before a run if one is named. They hold for all jobs: the
    /// item's id names the program.
    pub fn decisions(&self, before: Option<i64>) -> Result<Vec<Decision>, LedgerError> {
        let sql =
            "SELECT taken_on, finding_id, bound, said, word, waive_until, resolve_to, reason, initials_1, initials_2, objection, why
                   FROM decision WHERE run < ?1 ORDER BY seq";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([before.unwrap_or(i64::MAX)], decision)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a run has kept under a name.
    pub fn record(&self, run: i64, name: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT sha256 FROM run_record WHERE run = ?1 AND name = ?2";
        Ok(self.connection.query_row(sql, params![run, name], |row| row.get(0)).optional()?)
    }
}

impl Entry<'_> {
    /// Which of these items an earlier run of the job has had and a later one has not.
    ///
    /// # Errors
    /// When the ledger cannot be used. The same holds for all functions here.
    pub fn known_before(&self, job: &str, as_of: Day, ids: &[ItemId]) -> Result<HashSet<ItemId>, LedgerError> {
        known_before(&self.transaction, job, as_of, ids)
    }

    /// Writes what is open now over what the last run has left. An earlier run of the same day counts for nothing; a run
    /// for a day before the last one only looks back, and leaves items as they are.
    pub fn items(
        &mut self,
        job: &str,
        as_of: Day,
        carried: Option<&Carried>,
        items: &[(ItemId, Item)],
    ) -> Result<(), LedgerError> {
        let day = as_of.to_string();
        let later = "SELECT EXISTS (SELECT 1 FROM run WHERE job = ?1 AND as_of > ?2)";
        let looks_back: bool = self.transaction.query_row(later, params![job, day], |row| row.get(0))?;
        if looks_back {
            return Ok(());
        }
        self.execute("DELETE FROM item WHERE job = ?1 AND since = ?2", params![job, day])?;
        self.execute("UPDATE item SET until = NULL WHERE job = ?1 AND until = ?2", params![job, day])?;
        let put = "INSERT OR REPLACE INTO item
                   (job, finding_id, since, subject, code, opened_on, amount, currency, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let mut put = self.transaction.prepare_cached(put)?;
        let before = |id: &ItemId| carried.and_then(|carried| carried.open.get(id));
        for (id, item) in items.iter().filter(|(id, item)| before(id) != Some(item)) {
            put.execute(params![
                job,
                signed(id.bits()),
                item.since.to_string(),
                item.subject.as_str(),
                item.code.as_str(),
                item.opened_on.to_string(),
                item.amount.map(|money| money.minor()),
                item.amount.map(|money| money.currency().code()),
                signed(item.hash.bits()),
            ])?;
        }
        let open: HashSet<ItemId> = items.iter().map(|(id, _)| *id).collect();
        let end = "UPDATE item SET until = ?3 WHERE job = ?1 AND finding_id = ?2 AND +until IS NULL";
        let mut end = self.transaction.prepare_cached(end)?;
        let gone = carried.into_iter().flat_map(|carried| carried.open.keys()).filter(|id| !open.contains(id));
        for id in gone {
            end.execute(params![job, signed(id.bits()), day])?;
        }
        Ok(())
    }

    /// Takes and refuses decisions, each an event of the chain.
    pub fn decisions(&mut self, job: &str, decided: &[Decision]) -> Result<(), LedgerError> {
        for Decision { entry, bound, taken_on, refused } in decided {
            let (objection, why) =
                refused.as_ref().map_or((None, None), |(objection, why)| (Some(objection.as_str()), Some(why)));
            let until = if let Disposition::Waive(day) = entry.disposition { Some(day.to_string()) } else { None };
            let target = if let Disposition::Resolve(id) = &entry.disposition { Some(id.as_str()) } else { None };
            let second = entry.second.as_deref();
            self.execute(
                "INSERT INTO decision (job, run, taken_on, finding_id, bound, said, word, waive_until, resolve_to, reason, initials_1, initials_2, objection, why)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                params![
                    job,
                    self.run,
                    taken_on.to_string(),
                    signed(entry.item.bits()),
                    signed(bound.bits()),
                    entry.hash.map(|hash| signed(hash.bits())),
                    entry.disposition.word(),
                    until,
                    target,
                    entry.reason.as_str(),
                    entry.first.as_str(),
                    second,
                    objection,
                    why,
                ],
            )?;
            let payload = json!({
                "decision": entry.disposition.to_string(), "finding": entry.item.to_string(), "initials_1": entry.first.as_str(),
                "initials_2": second, "item": bound.to_string(), "objection": objection, "reason": entry.reason.as_str(),
            });
            self.event("decision", &payload)?;
        }
        Ok(())
    }

    /// Notes what the run keeps for later ones, as an event of the chain.
    pub(super) fn records(&mut self, records: &[OutputRow]) -> Result<(), LedgerError> {
        for record in records {
            self.execute(
                "INSERT INTO run_record (run, name, sha256) VALUES (?1, ?2, ?3)",
                params![self.run, record.path, record.sha256],
            )?;
        }
        let listed: Vec<Value> = records.iter().map(|record| json!([record.path, record.sha256])).collect();
        self.event("records", &json!({ "files": listed }))
    }
}
