//! Decisions as people make them: in the workbook that was sent out, which comes back.

use std::fs;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::folder::{Folder, let_rest, rows};

const MAY: &str = "out/month-end/2021-05-31";
const JUNE: &str = "out/month-end/2021-06-30";

/// The sheet Exceptions of a run, saved by another program, with what a person has filled in: title and text, for the row
/// of one code.
fn workbook_comes_back(home: &Folder, run: &str, code: &str, filled: &[(&str, &str)]) -> String {
    let mut book: Xlsx<_> = open_workbook(home.path(&format!("{run}/reconciliation.xlsx"))).unwrap();
    let sheet = book.worksheet_range("Exceptions").unwrap();
    let titles: Vec<String> = sheet.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
    let (mut saved, mut finding) = (Workbook::new(), String::new());
    let page = saved.add_worksheet().set_name("Exceptions").unwrap();
    for (at, row) in (0_u32..).zip(sheet.rows()) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Data::Empty => {}
                Data::Float(number) => drop(page.write_number(at, column, *number).unwrap()),
                other => drop(page.write_string(at, column, other.to_string()).unwrap()),
            }
        }
        if finding.is_empty() && row[0].get_string() == Some(code) {
            finding = row[titles.iter().position(|title| title == "Finding").unwrap()].to_string();
            for (title, text) in filled {
                let column = titles.iter().position(|other| other == title).unwrap();
                page.write_string(at, u16::try_from(column).unwrap(), *text).unwrap();
            }
        }
    }
    let path = home.path("sample-data/decisions/may.xlsx");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    saved.save(&path).unwrap();
    let_rest(&path);
    assert!(!finding.is_empty(), "no row of {code}");
    finding
}

#[test]
fn the_workbook_comes_back_and_decides() {
    let home = Folder::sample();
    home.may();
    let filled =
        [("Decision", "accept"), ("Reason", "product group agreed"), ("Initials 1", "ab"), ("Initials 2", "CD")];
    let finding = workbook_comes_back(&home, MAY, "LC-09", &filled);
    let june = home.say("run month-end --as-of 2021-06-30");
    assert_eq!(june.code, 0, "{}{}", june.stdout, june.stderr);
    let decisions = rows(&home.read(&format!("{JUNE}/decisions.csv")));
    assert_eq!(decisions.len(), 1, "rows that nobody has filled in are forms");
    assert_eq!((decisions[0]["finding_id"].as_str(), decisions[0]["status"].as_str()), (finding.as_str(), "taken"));
    assert_eq!(decisions[0]["initials_1"], "AB");
    let item = rows(&home.read(&format!("{JUNE}/items.csv"))).into_iter().find(|row| row["finding_id"] == finding);
    let item = item.unwrap();
    assert_eq!((item["outcome"].as_str(), item["status"].as_str()), ("ok", "accepted"));
    // It was in the way of nothing else: the voucher is invoiced now.
    let invoiced = rows(&home.read(&format!("{JUNE}/invoices/batch.csv")));
    assert!(invoiced.iter().any(|row| row["voucher_id"] == item["subject"]), "{}", item["subject"]);
    let page = home.run_json(JUNE);
    let file = page["inputs"].as_array().unwrap().iter().find(|input| input["dataset"] == "decisions").unwrap();
    assert_eq!((file["accepted"].as_u64(), file["rejected"].as_u64()), (Some(1), Some(0)));
    // The chain tells it.
    let ledger = home.ledger();
    assert!(ledger.iter().any(|line| line.starts_with("event") && line.contains("\\\"decision\\\":\\\"accept\\\"")));
}

#[test]
fn another_job_of_the_program_knows_the_decision() {
    let home = Folder::sample();
    home.may();
    let filled = [("Decision", "accept"), ("Reason", "agreed"), ("Initials 1", "AB"), ("Initials 2", "CD")];
    let finding = workbook_comes_back(&home, MAY, "LC-09", &filled);
    assert_eq!(home.say("run month-end --as-of 2021-06-01").code, 0);
    home.delete("sample-data/decisions");
    assert_eq!(home.say("run nightly --as-of 2021-06-02").code, 0);
    let items = rows(&home.read("out/nightly/2021-06-02/items.csv"));
    let item = items.iter().find(|row| row["finding_id"] == finding).unwrap();
    assert_eq!(item["status"], "accepted");
    let explained = home.say(&format!("explain {}", item["subject"]));
    assert_eq!(explained.code, 0, "{}", explained.stderr);
}

#[test]
fn a_decision_is_left_to_the_job_that_has_the_item() {
    let home = Folder::sample();
    home.may();
    assert_eq!(home.say("close 2021-05 --by Ann").code, 0);
    let report = home.read("sample-data/exports/completion-report-2021-06-01.csv");
    let rows_of = |line: &&str| line.starts_with("Voucher") || line.starts_with("V-200800001");
    let other: Vec<String> = report.lines().filter(rows_of).map(|line| line.replace("windows", "other")).collect();
    home.write("sample-data/exports/completion-report-2021-07-01.csv", &other.join("\n"));
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 0);
    let filled = [("Decision", "accept"), ("Reason", "uploaded anew"), ("Initials 1", "AB"), ("Initials 2", "CD")];
    let finding = workbook_comes_back(&home, JUNE, "IN-21", &filled);
    // What was sealed is known to the job that has closed; another one does not see the item.
    let fate = |command: &str| {
        let said = home.say(&format!("run {command}"));
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        let decisions = rows(&home.read(&format!("{}/decisions.csv", said.stdout.lines().last().unwrap())));
        let decision = decisions.into_iter().find(|row| row["finding_id"] == finding).unwrap();
        decision["status"].clone()
    };
    assert_eq!(fate("nightly --as-of 2021-07-01"), "elsewhere");
    assert_eq!(fate("month-end --as-of 2021-07-31"), "taken");
}

#[test]
fn a_ledger_of_the_first_schema_is_brought_up_to_date() {
    let home = Folder::sample();
    home.may();
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    // As the first schema kept it: findings of each run, and no items.
    ledger
        .execute_batch(
            "CREATE TABLE finding (run INTEGER NOT NULL, finding_id TEXT NOT NULL, code TEXT NOT NULL,
             PRIMARY KEY (run, finding_id, code)) STRICT, WITHOUT ROWID;
             INSERT INTO finding SELECT 1, printf('%016x', finding_id), code FROM item WHERE job = 'month-end';
             DROP TABLE item; DROP TABLE decision; DROP TABLE run_record; DROP TABLE period_act;
             PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(ledger);
    let june = home.say("run month-end --as-of 2021-06-30");
    assert_eq!(june.code, 0, "{}{}", june.stdout, june.stderr);
    let page = home.run_json(JUNE);
    assert!(page["items"]["persisting"].as_u64().unwrap() > 40, "{}", page["items"]);
    assert_eq!(page["items"]["reopened"], 0);
    assert!(rows(&home.read(&format!("{JUNE}/changes.csv"))).len() > 20, "verdicts of the last run are known");
}

/// The value of the first attribute that is written so.
fn quoted<'a>(xml: &'a str, attribute: &str) -> &'a str {
    xml.split(attribute).nth(1).unwrap().split('"').nth(1).unwrap()
}

#[test]
fn the_cells_to_fill_in_take_what_is_typed() {
    let home = Folder::sample();
    home.may();
    let file = fs::File::open(home.path(&format!("{MAY}/reconciliation.xlsx"))).unwrap();
    let mut book = zip::ZipArchive::new(file).unwrap();
    let names: Vec<String> = book.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut text = |name: &str| std::io::read_to_string(book.by_name(name).unwrap()).unwrap();
    let mut sheets = names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")).map(|name| text(name));
    let sheet = sheets.find(|sheet| sheet.contains("adjust-write-off")).unwrap();
    // Without a format of its own, a day that is typed may come back as a plain number, and an id without its zeros.
    assert!(sheet.contains("<dataValidation type=\"list\"") && sheet.contains("<dataValidation type=\"date\""));
    let formats = text("xl/styles.xml");
    let formats: Vec<&str> = formats.split("<cellXfs").nth(1).unwrap().split("<xf ").collect();
    let format_of = |cell: &str| {
        let style: usize = quoted(&sheet, &format!("r=\"{cell}\" s=")).parse().unwrap();
        quoted(formats[style + 1], "numFmtId=")
    };
    assert_eq!(format_of("O5"), "49", "text");
    assert_eq!(format_of("T5"), "49", "text");
    assert_eq!(format_of("S5"), format_of("K5"), "the format of days");
}
