//! What the tables of a run say of each other. A golden run does not show what follows from what it shows; these laws,
//! which hold in every step of every case, are why it need not.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::difference;
use super::tables::Row;
use crate::folder::Folder;

/// Title and citation by code.
pub(super) type Rules = BTreeMap<String, [String; 2]>;

/// The code of what has changed in a closed period: an item of the period, not a finding about the voucher of today.
const RESTATED: &str = "IN-21";

/// Columns that `findings.csv` and `items.csv` share.
const SHARED: [&str; 12] = [
    "finding_id",
    "code",
    "outcome",
    "priority",
    "lifecycle",
    "partner_id",
    "location_id",
    "amount",
    "currency",
    "opened_on",
    "age_days",
    "message",
];

/// Lines of a statement, the same in each currency.
const STATEMENT_LINES: [&str; 10] = [
    "opening",
    "newly redeemed",
    "released",
    "invoiced",
    "paid",
    "written off",
    "exchange differences",
    "restated",
    "closing",
    "residual",
];

/// The rules of the program of a job, as its file and the house rules that it takes have them.
pub(super) fn rules(home: &Folder, job: &str) -> Rules {
    let file = |path: String| home.read(&path).parse::<toml::Table>().unwrap();
    let program = file(format!("jobs/{job}.toml"))["program"].as_str().unwrap().to_owned();
    let program = file(format!("config/programs/{program}.toml"));
    let house = program.get("house_rules").map(|stem| file(format!("config/{}.toml", stem.as_str().unwrap())));
    // Those of the program come last, and hold.
    let rules = house.iter().chain([&program]).flat_map(|file| file["rules"].as_table().unwrap());
    rules
        .map(|(code, rule)| {
            let title = rule["title"].get("en").unwrap_or(&rule["title"]);
            (code.clone(), [title, &rule["citation"]].map(|text| text.as_str().unwrap().to_owned()))
        })
        .collect()
}

/// `findings.csv` has a row for each item of a voucher that is still there, in the order of `items.csv`, and says the
/// same about it; the rule is that of the code. Only the day on which a finding falls due is its own.
pub(super) fn findings_repeat_items(
    findings: &[Row],
    items: &[Row],
    verdicts: &[Row],
    rules: &Rules,
) -> Result<(), String> {
    let vouchers: HashSet<&String> = verdicts.iter().map(|verdict| &verdict["voucher_id"]).collect();
    let stands = |item: &&Row| {
        item["lifecycle"] != "resolved" && item["code"] != RESTATED && vouchers.contains(&item["subject"])
    };
    let implied = items.iter().filter(stands).map(|item| {
        let rule = rules.get(&item["code"]).ok_or(format!("the program has no rule {}", item["code"]))?;
        Ok(line(item, &item["subject"], &item["source"], [&rule[0], &rule[1]]))
    });
    let implied: Vec<String> = implied.collect::<Result<_, String>>()?;
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            line(finding, &finding["voucher_id"], &address(finding), [&finding["rule"], &finding["citation"]])
        })
        .collect();
    same("findings.csv does not say what items.csv says", &implied, &found)
}

/// A finding in the words of both tables.
fn line(row: &Row, voucher: &str, source: &str, rule: [&String; 2]) -> String {
    let shared = SHARED.map(|column| format!("{column}={:?}", row[column]));
    format!("{voucher} {source} {} {rule:?}", shared.join(" "))
}

/// The source of a finding as one text.
fn address(finding: &Row) -> String {
    let parts = ["source_file", "source_sheet", "source_row"].map(|column| finding[column].as_str());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
}

/// `statement.csv` has the same lines, in the same order, for each currency of `accounts.csv` or in which something moves.
pub(super) fn statements_have_all_lines(statement: &[Row], accounts: &[Row]) -> Result<(), String> {
    let amounts = ["held", "to_invoice", "awaiting_payment", "unapplied", "total"];
    let moves = |row: &&Row| amounts.iter().any(|column| row[*column] != "0.00");
    let currencies: BTreeSet<&String> =
        accounts.iter().chain(statement.iter().filter(moves)).map(|row| &row["currency"]).collect();
    let lines = |currency| STATEMENT_LINES.iter().map(move |line| format!("{currency} {line}"));
    let implied: Vec<String> = currencies.into_iter().flat_map(lines).collect();
    let found: Vec<String> = statement.iter().map(|row| format!("{} {}", row["currency"], row["line"])).collect();
    same("statement.csv has other lines than these", &implied, &found)
}

fn same(what: &str, implied: &[String], found: &[String]) -> Result<(), String> {
    if implied == found { Ok(()) } else { Err(format!("{what}\n{}", difference(implied, found))) }
}

#[cfg(test)]
mod tests {
    use super::super::tables::{ACCOUNTS, FINDINGS, ITEMS, STATEMENT, Table, VERDICTS};
    use super::*;

    /// A row with some cells, as `name=value`.
    fn row(table: &Table, cells: &str) -> Row {
        let mut row: Row = table.columns().iter().map(|column| (column.clone(), String::new())).collect();
        let cells = cells.split(' ').map(|cell| cell.split_once('=').unwrap());
        row.extend(cells.map(|(column, value)| (column.to_owned(), value.to_owned())));
        row
    }

    #[test]
    fn a_finding_that_items_do_not_imply_breaks_the_law() {
        let rules = Rules::from([("AM-06".to_owned(), ["Paid in full".to_owned(), "house".to_owned()])]);
        let verdicts = [row(&VERDICTS, "voucher_id=V-1")];
        let items = [
            row(&ITEMS, "code=IN-21 subject=V-1 lifecycle=new"),
            row(&ITEMS, "code=MT-03 subject=R-9 lifecycle=new"),
            row(&ITEMS, "code=AM-06 subject=V-1 lifecycle=new amount=5.00 source=a.xlsx:May:2"),
            row(&ITEMS, "code=AM-06 subject=V-1 lifecycle=resolved"),
        ];
        let place = "source_file=a.xlsx source_sheet=May source_row=2 due_on=2021-05-31";
        let law = |code: &str, amount: &str, citation: &str| {
            let cells = format!("code={code} voucher_id=V-1 lifecycle=new amount={amount} citation={citation} {place}");
            let mut finding = row(&FINDINGS, &cells);
            finding.insert("rule".to_owned(), "Paid in full".to_owned());
            findings_repeat_items(&[finding], &items, &verdicts, &rules)
        };
        assert_eq!(law("AM-06", "5.00", "house"), Ok(()));
        assert!(law("AM-07", "5.00", "house").is_err());
        assert!(law("AM-06", "6.00", "house").is_err());
        assert!(law("AM-06", "5.00", "elsewhere").is_err());
        assert!(findings_repeat_items(&[], &items, &verdicts, &rules).is_err());
    }

    #[test]
    fn a_statement_without_one_of_its_lines_breaks_the_law() {
        let of = |currency: &str| {
            let nil = "held=0.00 to_invoice=0.00 awaiting_payment=0.00 unapplied=0.00 total=0.00";
            STATEMENT_LINES.map(|line| {
                let mut row = row(&STATEMENT, &format!("currency={currency} {nil}"));
                row.insert("line".to_owned(), line.to_owned());
                row
            })
        };
        let accounts = [row(&ACCOUNTS, "currency=EUR")];
        let euros = of("EUR");
        assert_eq!(statements_have_all_lines(&euros, &accounts), Ok(()));
        assert!(statements_have_all_lines(&euros[1..], &accounts).is_err());
        assert!(statements_have_all_lines(&[euros.clone(), of("SEK")].concat(), &accounts).is_err());
        let mut kronor = of("SEK");
        kronor[0].insert("held".to_owned(), "1.00".to_owned());
        assert_eq!(statements_have_all_lines(&[euros, kronor].concat(), &accounts), Ok(()));
    }
}
