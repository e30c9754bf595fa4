//! The tables that golden runs compare, and how their rows are shown: first what a row is about, then its other cells as
//! `name=value`. A cell that is not shown is empty, or 0.00 in the amounts that say so below; a table that is not shown
//! has no row. So every row is compared whole, and a new column shows only where it says something.

use std::collections::BTreeMap;

use crate::documents::COLUMNS;

/// The cells of a row by their columns.
pub(super) type Row = BTreeMap<String, String>;

pub(super) struct Table {
    /// Its place in the folder of a run.
    pub(super) file: &'static str,
    /// What a row is about: shown first, by value alone.
    about: &'static str,
    /// What is read together stands on a line. Columns that no line names follow on a line of their own.
    lines: &'static [&'static str],
    /// Amounts that are not shown where they are 0.00.
    nil: &'static str,
    /// Where `implied` says which rows there are: columns that follow as well. A row that says nothing else is not shown.
    implied: Option<&'static str>,
}

/// What most tables have in common.
const PLAIN: Table = Table { file: "", about: "", lines: &[], nil: "", implied: None };

pub(super) const VERDICTS: Table = Table {
    file: "verdicts.csv",
    about: "voucher_id",
    lines: &[
        "state outcome primary_code codes entitled invoiced paid currency turns_on",
        "partner_id location_id country customer_name engagement days",
        "created_on assigned_on reserved_on started_on completed_on",
        "reported_on redeemed_on expires_on claim_by source",
    ],
    ..PLAIN
};

/// It repeats `ITEMS`, but for the days on which findings fall due.
pub(super) const FINDINGS: Table = Table {
    file: "findings.csv",
    about: "code voucher_id finding_id",
    implied: Some(
        "outcome priority lifecycle partner_id location_id amount currency opened_on age_days rule citation \
         source_file source_sheet source_row message",
    ),
    ..PLAIN
};

pub(super) const ITEMS: Table = Table {
    file: "items.csv",
    about: "code subject",
    lines: &[
        "outcome lifecycle status amount currency",
        "message",
        "group owner priority partner_id location_id customer_name",
        "opened_on age_days bucket since due_on turns_on",
        "source finding_id item_hash",
    ],
    ..PLAIN
};

pub(super) const ACCOUNTS: Table = Table {
    file: "accounts.csv",
    about: "kind subject currency",
    nil: "recognized claimed paid written_off fx open",
    ..PLAIN
};

pub(super) const STATEMENT: Table = Table {
    file: "statement.csv",
    about: "currency line",
    nil: "held to_invoice awaiting_payment unapplied total",
    implied: Some(""),
    ..PLAIN
};

/// In the order in which a case is read.
pub(super) const TABLES: [Table; 13] = [
    Table { file: "rejects.csv", about: "file row", lines: &["dataset sheet column code value", "message"], ..PLAIN },
    VERDICTS,
    ITEMS,
    FINDINGS,
    Table {
        file: "decisions.csv",
        about: "finding_id",
        lines: &[
            "decision status code subject amount currency",
            "reason initials_1 initials_2 taken_on until",
            "objection why",
            "source item_hash",
        ],
        ..PLAIN
    },
    Table { file: "suggestions.csv", about: "reference", ..PLAIN },
    Table {
        file: "matches.csv",
        about: "group",
        lines: &[
            "mode fit voucher_id invoice_number reference status matched_by",
            "allocated currency expected tolerated adjusted left",
            "requested_on paid_on gap_days source",
        ],
        ..PLAIN
    },
    Table {
        file: "invoices/batch.csv",
        about: "voucher_id",
        lines: &[
            "invoice_number line net tax gross currency batch",
            "partner_id location_id country engagement days redeemed_on claim_by",
        ],
        ..PLAIN
    },
    ACCOUNTS,
    STATEMENT,
    Table {
        file: "changes.csv",
        about: "voucher_id",
        lines: &[
            "from_state to_state from_outcome to_outcome from_codes to_codes",
            "causes facts",
            "from_entitled to_entitled currency partner_id",
        ],
        ..PLAIN
    },
    Table { file: "after-close.csv", about: "voucher_id", ..PLAIN },
    Table {
        file: "money-clock.csv",
        about: "voucher_id",
        lines: &[
            "waits_for last_day days_left turns_on expected_on worth currency estimate",
            "state outcome codes partner_id location_id",
        ],
        ..PLAIN
    },
];

impl Table {
    /// Its columns, in order, as the page of documents has them: every run of every case must write exactly these.
    pub(super) fn columns(&self) -> &'static [String] {
        &COLUMNS[self.file]
    }

    /// The lines of a golden run for rows of this table.
    pub(super) fn show(&self, rows: &[Row]) -> Vec<String> {
        let shown =
            rows.iter().map(|row| self.cells(row)).filter(|(_, cells)| self.implied.is_none() || !cells.is_empty());
        shown
            .flat_map(|(about, cells)| {
                let mut lines = cells.into_iter();
                let first = [about].into_iter().chain(lines.next()).collect::<Vec<_>>().join(" ");
                [first].into_iter().chain(lines.map(|line| format!("    {line}")))
            })
            .collect()
    }

    /// What a row is about, and its other cells by line.
    fn cells(&self, row: &Row) -> (String, Vec<String>) {
        let about: Vec<String> = self.about.split(' ').map(|column| quoted(&row[column])).collect();
        let lines = self.lines.iter().map(|line| line.split(' ').collect()).chain([self.rest()]);
        let shown = lines.map(|columns: Vec<&str>| {
            let shown = columns.into_iter().filter(|column| row[*column] != self.unshown(column));
            shown.map(|column| format!("{column}={}", quoted(&row[column]))).collect::<Vec<_>>().join(" ")
        });
        (about.join(" "), shown.filter(|line| !line.is_empty()).collect())
    }

    /// What a column says where nothing is shown.
    fn unshown(&self, column: &str) -> &'static str {
        if names(self.nil).any(|nil| nil == column) { "0.00" } else { "" }
    }

    /// Columns that nothing names.
    fn rest(&self) -> Vec<&'static str> {
        let named = self.lines.iter().copied().chain([self.about, self.implied.unwrap_or_default()]);
        let named: Vec<&str> = named.flat_map(names).collect();
        self.columns().iter().map(String::as_str).filter(|column| !named.contains(column)).collect()
    }
}

fn names(columns: &'static str) -> impl Iterator<Item = &'static str> {
    columns.split_whitespace()
}

/// A value as it is, if it is one word without a sign that means something here; else as a string of JSON.
fn quoted(value: &str) -> String {
    let needs_quotes = |c: char| c.is_whitespace() || c.is_control() || ['"', '='].contains(&c);
    if value.is_empty() || value.contains(needs_quotes) {
        format!("{}", serde_json::json!(value))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads back what `show` has shown, where nothing is implied.
    fn read(table: &Table, lines: &[String]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for line in lines {
            let mut rest = line.trim_start();
            if !line.starts_with(' ') {
                let empty = table.columns().iter().map(|column| (column.clone(), table.unshown(column).to_owned()));
                rows.push(empty.collect());
                for column in names(table.about) {
                    rest = read_value(rest, rows.last_mut().unwrap().get_mut(column).unwrap());
                }
            }
            while let Some((column, value)) = rest.split_once('=') {
                rest = read_value(value, rows.last_mut().unwrap().get_mut(column).unwrap());
            }
            assert_eq!(rest, "");
        }
        rows
    }

    /// Reads a value, and returns what follows it.
    fn read_value<'a>(text: &'a str, into: &mut String) -> &'a str {
        let end = if text.starts_with('"') {
            let mut strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
            *into = strings.next().unwrap().unwrap();
            strings.byte_offset()
        } else {
            let end = text.find(' ').unwrap_or(text.len());
            *into = text[..end].to_owned();
            end
        };
        text[end..].trim_start()
    }

    proptest! {
        #[test]
        fn rows_can_be_read_back_from_what_is_shown(
            table in 0..TABLES.len(),
            cells in prop::collection::vec(prop_oneof![Just(String::new()), Just("0.00".to_owned()), "[a-c0-9.= \"\\\\\n\u{e9}-]{0,6}"], 60),
        ) {
            let table = &TABLES[table];
            let columns = table.columns();
            let row = |cells: &[String]| columns.iter().cloned().zip(cells.iter().cloned()).collect();
            let rows: Vec<Row> = cells.chunks_exact(columns.len()).map(row).collect();
            if table.implied.is_none() {
                prop_assert_eq!(read(table, &table.show(&rows)), rows);
            }
        }
    }
}
