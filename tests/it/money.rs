//! Claims and numbers: no voucher twice, no number missing, whatever comes later.

use std::collections::BTreeSet;
use std::fs;

use crate::folder::{Folder, rows};

fn invoiced(home: &Folder, folder: &str) -> BTreeSet<String> {
    rows(&home.read(&format!("{folder}/invoices/batch.csv"))).into_iter().map(|row| row["voucher_id"].clone()).collect()
}

#[test]
fn the_next_month_claims_nothing_again() {
    let home = Folder::sample();
    home.may();
    let may = invoiced(&home, "out/month-end/2021-05-31");
    assert_eq!(may.len(), 25);
    // The payments are no longer listed: what they claimed stays claimed.
    let payments = "sample-data/exports/payment-status-2021-06-01.csv";
    let header = home.read(payments).lines().next().unwrap().to_owned();
    home.write(payments, &format!("{header}\n"));
    let june = home.say("run month-end --as-of 2021-06-30");
    assert_eq!(june.code, 0, "{}{}", june.stdout, june.stderr);
    let again = invoiced(&home, "out/month-end/2021-06-30");
    assert_eq!(may.intersection(&again).collect::<Vec<_>>(), Vec::<&String>::new());
    let paid_before = rows(&home.read("out/month-end/2021-05-31/verdicts.csv"));
    let paid_before: BTreeSet<String> =
        paid_before.iter().filter(|row| !row["paid"].is_empty()).map(|row| row["voucher_id"].clone()).collect();
    assert!(paid_before.len() > 70);
    assert!(again.is_disjoint(&paid_before));
    for row in rows(&home.read("out/month-end/2021-06-30/verdicts.csv")) {
        if may.contains(&row["voucher_id"]) || paid_before.contains(&row["voucher_id"]) {
            assert_ne!(row["state"], "redeemed", "{row:?}");
        }
    }
}

#[test]
fn a_claim_cannot_be_written_twice() {
    let home = Folder::sample();
    home.may();
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    let voucher: String =
        ledger.query_row("SELECT voucher_id FROM invoice_line LIMIT 1", [], |row| row.get(0)).unwrap();
    for sql in [
        "INSERT INTO claim (voucher_id, origin, reference, run) VALUES (?1, 'invoice', 'X', 9)",
        "INSERT INTO invoice_line (number, line, voucher_id, net) SELECT number, 99, ?1, 1 FROM invoice LIMIT 1",
        "UPDATE invoice SET net = 1 WHERE number IN (SELECT number FROM invoice_line WHERE voucher_id = ?1)",
        "DELETE FROM claim WHERE voucher_id = ?1",
        "UPDATE event SET payload = ?1",
    ] {
        assert!(ledger.execute(sql, [&voucher]).is_err(), "{sql}");
    }
}

#[test]
fn numbers_have_no_gap() {
    let home = Folder::sample();
    home.may();
    home.edit("sample-data/exports/rates-2021.csv", ";EUR;", ";EUR; ");
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 0);
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    let mut series = ledger.prepare("SELECT partner_id, last_number FROM series").unwrap();
    let series: Vec<(String, i64)> =
        series.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert!(!series.is_empty());
    for (partner, last) in series {
        for number in 1..=last {
            let number = format!("VS-{partner}-2021-{number:05}");
            let found: i64 = ledger
                .query_row("SELECT count(*) FROM invoice WHERE number = ?1", [&number], |row| row.get(0))
                .unwrap();
            assert_eq!(found, 1, "{number}");
        }
    }
}

#[test]
fn above_the_ceiling_nothing_is_issued() {
    let home = Folder::sample();
    home.edit("config/settings.toml", "EUR = \"150000.00\"", "EUR = \"142924.99\"");
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 7, "{}{}", said.stdout, said.stderr);
    assert!(said.stdout.contains("142925.00 EUR waits for approval"), "{}", said.stdout);
    let batch = rows(&home.read("out/month-end/2021-05-31/invoices/batch.csv"));
    for row in &batch {
        assert_eq!(row["currency"] == "EUR", row["invoice_number"].is_empty(), "{row:?}");
    }
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    let claimed: i64 = ledger
        .query_row("SELECT count(*) FROM claim WHERE origin = 'invoice' AND currency = 'EUR'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(claimed, 0);
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 7, "it still waits");
}

#[test]
fn a_second_person_approves_what_waits() {
    let home = Folder::sample();
    home.edit("config/settings.toml", "EUR = \"150000.00\"", "EUR = \"1.00\"");
    let run = || {
        let mut command = home.command("run month-end --as-of 2021-05-31");
        crate::folder::said(command.env("USER", "preparer").output().unwrap())
    };
    assert_eq!(run().code, 7);
    let batches = home.say("batches").stdout;
    let line = batches.lines().find(|line| line.contains(" EUR, ")).unwrap();
    assert!(line.ends_with("waits for approval"), "{batches}");
    let batch = line.split(' ').next().unwrap();
    assert_eq!(home.say(&format!("approve {batch} --by Preparer")).code, 2, "not the one who ran it");
    assert_eq!(home.say("approve B-none --by reviewer").code, 2);
    assert_eq!(run().code, 7, "still waits");
    let said = home.say(&format!("approve {batch} --by reviewer"));
    assert_eq!(said.code, 0, "{}", said.stderr);
    let issued = run();
    assert_eq!(issued.code, 0, "{}{}", issued.stdout, issued.stderr);
    assert!(issued.stdout.ends_with("out/month-end/2021-05-31-r2\n"), "{}", issued.stdout);
    let lines = rows(&home.read("out/month-end/2021-05-31-r2/invoices/batch.csv"));
    assert_eq!(lines.len(), 16);
    assert!(lines.iter().all(|line| line["currency"] == "EUR" && !line["invoice_number"].is_empty()));
    assert!(home.say("batches").stdout.contains("issued, approved by reviewer"));
    assert!(run().stdout.starts_with("already done (run 2,"));
}

#[test]
fn a_corrected_file_makes_a_second_revision_beside_the_first() {
    let home = Folder::sample();
    home.may();
    let first = home.tree("out/month-end/2021-05-31");
    let claims = invoiced(&home, "out/month-end/2021-05-31");
    home.edit("sample-data/exports/enrollments-2021-06-01.csv", "SSDPS", "DDPS");
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    assert!(said.stdout.ends_with("out/month-end/2021-05-31-r2\n"), "{}", said.stdout);
    assert!(home.tree("out/month-end/2021-05-31") == first, "the first revision was touched");
    let page = home.run_json("out/month-end/2021-05-31-r2");
    assert_eq!(page["changes"][0], "enrollments enrollments-2021-06-01.csv has changed");
    assert!(claims.is_disjoint(&invoiced(&home, "out/month-end/2021-05-31-r2")));
}

#[test]
fn a_dry_run_keeps_nothing() {
    let home = Folder::sample();
    let said = home.say("run month-end --as-of 2021-05-31 --dry-run");
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    assert!(!home.path("state").exists());
    let batch = rows(&home.read("out/dry-run/month-end/2021-05-31/invoices/batch.csv"));
    assert!(batch.iter().all(|row| row["invoice_number"].starts_with("DRAFT-")));
    home.may();
    let files = fs::read_dir(home.path("out/month-end")).unwrap().count();
    assert_eq!(files, 1);
}

#[test]
fn a_changed_claim_is_found() {
    let home = Folder::sample();
    home.may();
    let batch = rows(&home.read("out/month-end/2021-05-31/invoices/batch.csv"));
    let rates = home.read("sample-data/exports/rates-2021.csv");
    let raised: Vec<String> = rates.lines().map(|line| line.replace(",00;CNY", ",01;CNY")).collect();
    home.write("sample-data/exports/rates-2021.csv", &raised.join("\n"));
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 0);
    let june = rows(&home.read("out/month-end/2021-06-30/verdicts.csv"));
    for line in batch.iter().filter(|line| line["currency"] == "CNY") {
        let verdict = june.iter().find(|row| row["voucher_id"] == line["voucher_id"]).unwrap();
        assert!(verdict["codes"].contains("DU-03"), "{verdict:?}");
        assert_eq!(verdict["invoiced"], line["gross"]);
    }
}

#[test]
fn staged_files_that_differ_are_found() {
    let home = Folder::sample();
    home.may();
    let out = "out/month-end/2021-05-31";
    let differences = || vouchsafe::controls::differences(&home.path(out));
    assert_eq!(differences(), Vec::<String>::new());
    let page = home.read(&format!("{out}/run.json"));
    // A page that states other figures than the files: each is found in each file that shows it.
    for (from, to, files) in [
        ("\"count\": 185", "\"count\": 184", vec!["verdicts.csv", "reconciliation.xlsx"]),
        ("\"exception\": 47", "\"exception\": 39", vec!["verdicts.csv"]),
        ("\"EUR\": \"765435.00\"", "\"EUR\": \"765435.01\"", vec!["verdicts.csv", "reconciliation.xlsx"]),
        ("\"EUR\": \"142925.00\"", "\"EUR\": \"142925.01\"", vec!["invoices/batch.csv"]),
    ] {
        home.edit(&format!("{out}/run.json"), from, to);
        let found = differences();
        for file in files {
            assert!(found.iter().any(|line| line.starts_with(&format!("T14 {file}"))), "{to}: {found:?}");
        }
        home.write(&format!("{out}/run.json"), &page);
    }
    home.edit(&format!("{out}/findings.csv"), "exception", "exemption");
    assert_eq!(differences(), ["T14 findings.csv: its bytes are not the ones in run.json"]);
}

#[test]
fn a_folder_of_somebody_else_is_not_overwritten() {
    let home = Folder::sample();
    home.write("out/month-end/2021-05-31/note.txt", "mine");
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 8, "{}{}", said.stdout, said.stderr);
    assert!(said.stderr.contains("this ledger has not written it"), "{}", said.stderr);
    assert_eq!(home.tree("out/month-end").len(), 1);
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    let runs: i64 = ledger.query_row("SELECT count(*) FROM run", [], |row| row.get(0)).unwrap();
    assert_eq!(runs, 0, "nothing was committed");
    home.delete("out");
    home.may();
}
