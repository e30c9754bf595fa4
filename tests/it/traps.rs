//! Ways in which money could be claimed on something that nobody knows, each closed.

use std::fs;

use crate::folder::{Folder, rows};

const EXPORTS: &str = "sample-data/exports";
const OUT: &str = "out/month-end/2021-05-31";

fn invoiced(home: &Folder, folder: &str) -> Vec<String> {
    rows(&home.read(&format!("{folder}/invoices/batch.csv"))).into_iter().map(|row| row["voucher_id"].clone()).collect()
}

fn verdict(home: &Folder, folder: &str, voucher: &str) -> std::collections::BTreeMap<String, String> {
    let verdicts = rows(&home.read(&format!("{folder}/verdicts.csv")));
    verdicts.into_iter().find(|row| row["voucher_id"] == voucher).unwrap_or_else(|| panic!("no verdict for {voucher}"))
}

/// A line of the payments export with these cells.
fn payment(reference: &str, amount: &str, status: &str, invoice: &str, voucher: &str) -> String {
    format!(",,,,,,,,,{amount},EUR,,{reference},{status},,,{invoice},{voucher},5/20/2021\n")
}

fn add_payment(home: &Folder, line: &str) {
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let text = home.read(&path);
    home.write(&path, &format!("{}\n{line}", text.trim_end()));
}

#[test]
fn an_optional_list_of_claims_that_is_refused_is_not_an_empty_one() {
    let home = Folder::sample();
    home.edit(
        "jobs/month-end.toml",
        "claims-before-vouchsafe.csv\"",
        "claims-before-vouchsafe.csv\"\nrequired = false",
    );
    home.edit(&format!("{EXPORTS}/claims-before-vouchsafe.csv"), "voucher_id", "vooucher_id");
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 3);
    assert_eq!(invoiced(&home, OUT), Vec::<String>::new());
}

#[test]
fn a_ledger_that_is_gone_is_not_begun_anew() {
    let home = Folder::sample();
    home.may();
    for broken in [None, Some("")] {
        fs::remove_file(home.path("state/ledger.db")).unwrap();
        if let Some(text) = broken {
            home.write("state/ledger.db", text);
        }
        let said = home.say("run month-end --as-of 2021-06-30");
        assert_eq!(said.code, 10, "{}{}", said.stdout, said.stderr);
        assert!(said.stderr.contains("the ledger is gone"), "{}", said.stderr);
        home.write("state/ledger.db", "");
    }
}

#[test]
fn published_folders_without_a_ledger_stop_the_next_run() {
    let home = Folder::sample();
    home.may();
    home.delete("state");
    for words in ["run month-end --as-of 2021-06-10", "run month-end --as-of 2021-05-31 --dry-run", "batches"] {
        let said = home.say(words);
        assert_eq!(said.code, 10, "{words}: {}{}", said.stdout, said.stderr);
    }
    assert!(!home.path("out/month-end/2021-06-10").exists());
}

#[test]
fn a_payment_row_whose_cells_cannot_be_told_apart_holds_what_it_may_name() {
    let home = Folder::sample();
    add_payment(
        &home,
        &payment("R-9", "53485.00", "Payment Sent", "INV-77", "V-210300076").replacen(",,", ",Harbour, Ltd,", 1),
    );
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 3);
    assert_eq!(invoiced(&home, OUT), Vec::<String>::new());
}

#[test]
fn a_later_run_takes_up_what_waited() {
    let home = Folder::sample();
    home.edit("config/settings.toml", "mode = \"automatic\"", "mode = \"four-eyes\"");
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 7);
    let batch = home.say("batches").stdout.split(' ').next().unwrap().to_owned();
    assert_eq!(home.say("run month-end --as-of 2021-06-10").code, 7);
    let said = home.say(&format!("approve {batch} --by reviewer"));
    assert_eq!(said.code, 2, "{}", said.stdout);
    assert!(said.stderr.contains("a later run has replaced"), "{}", said.stderr);
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 0, "nothing of May waits any more");
}

#[test]
fn a_link_is_not_a_file_that_is_lost_without_a_word() {
    let home = Folder::sample();
    let (file, elsewhere) =
        (home.path(&format!("{EXPORTS}/payment-status-2021-06-01.csv")), home.path("elsewhere.csv"));
    fs::rename(&file, &elsewhere).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 4, "{}", said.stdout);
    #[cfg(unix)]
    assert!(said.stderr.contains("payment-status-2021-06-01.csv: it is a link"), "{}", said.stderr);
}

#[test]
fn a_row_with_other_than_its_titles_is_refused() {
    let home = Folder::sample();
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let text = home.read(&path);
    let line = text.lines().nth(4).unwrap();
    home.edit(&path, line, line.rsplitn(3, ',').nth(2).unwrap());
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 3);
    assert!(said.stderr.contains("row 5") && said.stderr.contains("17 fields, the header has 19"), "{}", said.stderr);
}

#[test]
fn file_names_that_say_whose_rows_they_hold_belong_to_the_run() {
    let home = Folder::sample();
    home.may();
    let file = |partner: &str| home.path(&format!("{EXPORTS}/competencies-{partner}-2021-06-01.tsv"));
    fs::rename(file("4100001"), home.path("swap")).unwrap();
    fs::rename(file("4100002"), file("4100001")).unwrap();
    fs::rename(home.path("swap"), file("4100002")).unwrap();
    assert!(!home.say("run month-end --as-of 2021-05-31").stdout.contains("already done"));
}

#[test]
fn a_payment_of_our_invoice_and_of_a_voucher_of_others_holds_that_voucher() {
    let home = Folder::sample();
    let path = format!("{EXPORTS}/rates-2021.csv");
    // V-1 is not payable in May; in June it would be, but a payment of May's invoice names it.
    home.may();
    let line =
        rows(&home.read(&format!("{OUT}/invoices/batch.csv"))).into_iter().find(|l| l["currency"] == "EUR").unwrap();
    let other = "V-210400934";
    add_payment(&home, &payment("R-9", &line["gross"], "Payment Sent", &line["invoice_number"], other));
    let rates = home.read(&path);
    let finland: Vec<String> = rates
        .lines()
        .filter(|l| l.starts_with("Netherlands"))
        .map(|l| l.replacen("Netherlands", "Finland", 1))
        .collect();
    home.write(&path, &format!("{}\n{}\n", rates.trim_end(), finland.join("\n")));
    let said = home.say("run month-end --as-of 2021-06-10");
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let june = "out/month-end/2021-06-10";
    assert!(!invoiced(&home, june).contains(&other.to_owned()));
    let held = verdict(&home, june, other);
    assert!(held["outcome"] == "blocked" && held["codes"].contains("MT-04"), "{held:?}");
    assert_eq!(verdict(&home, june, &line["voucher_id"])["paid"], "", "it is applied to neither");
}

#[test]
fn a_rejected_request_is_remembered() {
    let home = Folder::sample();
    let voucher = "V-210300086";
    add_payment(&home, &payment("R-9", "13460.00", "Payment Rejected", "", voucher));
    home.may();
    assert!(!invoiced(&home, OUT).contains(&voucher.to_owned()));
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let text = home.read(&path);
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("R-9")).collect();
    home.write(&path, &without.join("\n"));
    assert_eq!(home.say("run month-end --as-of 2021-06-01").code, 0);
    assert!(!invoiced(&home, "out/month-end/2021-06-01").contains(&voucher.to_owned()));
    let gone = verdict(&home, "out/month-end/2021-06-01", voucher);
    assert_eq!(
        (gone["state"].as_str(), gone["codes"].as_str()),
        ("claimed", "AM-09"),
        "it waits for nothing, and needs a person"
    );
    // A second request, for a corrected amount, takes its place and is no contradiction.
    add_payment(&home, &payment("R-10", "13460.00", "Payment Approved", "", voucher));
    assert_eq!(home.say("run month-end --as-of 2021-06-02").code, 0);
    assert_eq!(verdict(&home, "out/month-end/2021-06-02", voucher)["codes"], "PD-04");
}

#[test]
fn a_mistyped_year_does_not_close_the_way_back() {
    let home = Folder::sample();
    let said = home.say("run month-end --as-of 2099-05-31");
    assert_eq!(said.code, 2, "{}", said.stdout);
    assert!(said.stderr.contains("is after today"), "{}", said.stderr);
    home.may();
}

#[test]
fn a_dry_run_above_the_ceiling_ends_as_the_run_would() {
    let home = Folder::sample();
    home.edit("config/settings.toml", "EUR = \"150000.00\"", "EUR = \"1.00\"");
    let said = home.say("run month-end --as-of 2021-05-31 --dry-run");
    assert_eq!(said.code, 7, "{}{}", said.stdout, said.stderr);
}

#[test]
fn nobody_is_asked_to_claim_what_may_be_claimed_already() {
    let home = Folder::sample();
    home.may();
    let letters = rows(&home.read(&format!("{OUT}/reminders/letters.csv")));
    let about =
        |voucher: &str| letters.iter().find(|row| row["subject"] == voucher && row["topic"] == "unclaimed").unwrap();
    assert_eq!(about("V-210300936")["reason"], "a payment of an unknown voucher may be for it");
    assert_eq!(about("V-210400904")["reason"], "its facts are in dispute");
}

#[test]
fn an_empty_export_stands_on_the_cover() {
    let home = Folder::sample();
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let header = home.read(&path).lines().next().unwrap().to_owned();
    home.write(&path, &format!("{header}\n"));
    home.say("run nightly --as-of 2021-06-15");
    use calamine::{DataType, Reader};
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(home.path("out/nightly/2021-06-15/reconciliation.xlsx")).unwrap();
    let cover = book.worksheet_range("Cover").unwrap();
    let texts: Vec<&str> = cover.rows().filter_map(|row| row[1].get_string()).collect();
    assert!(texts.iter().any(|text| text.starts_with("payment-status-2021-06-01.csv has no rows")), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("the newest export is of 2021-06-01")), "{texts:?}");
}

#[test]
fn a_refused_payment_of_an_unknown_voucher_holds_what_it_may_be_for() {
    // Could the row be read, it would be a payment that belongs to nothing, and block the voucher of its location.
    let home = Folder::sample();
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let text = home.read(&path);
    let stray = text.lines().find(|line| line.contains("V-210388017")).unwrap();
    home.write(&path, &text.replace(stray, &stray.replace("Payment Sent", "?!")));
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 3);
    let held = verdict(&home, OUT, "V-210300936");
    assert_eq!((held["outcome"].as_str(), held["codes"].as_str()), ("blocked", "IN-15"));
}

#[test]
fn a_claim_whose_voucher_cannot_be_read_may_be_for_any() {
    for row in ["0033- 8251-093,MS-9,2021-05-01", ",MS-9,2021-05-01"] {
        let home = Folder::sample();
        let path = format!("{EXPORTS}/claims-before-vouchsafe.csv");
        home.write(&path, &format!("{}\n{row}\n", home.read(&path).trim_end()));
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 3, "{row}: {}", said.stderr);
        assert!(said.stdout.contains("nothing invoiced"), "{row}: {}", said.stdout);
    }
}

#[test]
fn payments_that_can_name_nothing_may_be_for_any() {
    let home = Folder::sample();
    let path = format!("{EXPORTS}/payment-status-2021-06-01.csv");
    let text = home.read(&path);
    home.write(&path, &text.replacen("CIReferenceNumber,voucherNumber", "note,otherNote", 1));
    let said = home.say("run month-end --as-of 2021-05-31");
    assert!(said.stdout.contains("nothing invoiced"), "{}", said.stdout);
}

#[test]
fn a_claim_of_a_voucher_that_no_export_knows_is_said() {
    let home = Folder::sample();
    let path = format!("{EXPORTS}/claims-before-vouchsafe.csv");
    home.write(&path, &format!("{}\nV-2103000760,MS-1,2021-04-20\n", home.read(&path).trim_end()));
    let said = home.say("check month-end");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains("of the list in no export: are the ids right?"), "{}", said.stdout);
}

#[test]
fn when_the_later_export_is_refused_the_earlier_one_pays_nothing() {
    for file in ["vlsc-2021-06-01.xlsx", "completion-report-2021-06-01.csv"] {
        let home = Folder::sample();
        let path = home.path(&format!("{EXPORTS}/{file}"));
        // Its content is damaged; an earlier or another file of the source still stands.
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, [&bytes[..bytes.len() / 2], b"\n\"".as_slice()].concat()).unwrap();
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 3, "{file}: {}{}", said.stdout, said.stderr);
        assert!(said.stdout.contains("nothing invoiced"), "{file}: {}", said.stdout);
    }
}

#[test]
fn a_state_that_went_back_since_the_last_run_is_found() {
    let home = Folder::sample();
    home.may();
    let before = verdict(&home, OUT, "V-210400937");
    assert_eq!((before["state"].as_str(), before["codes"].as_str()), ("redeemed", "LC-01"));
    // The completion reports of May are gone from the folder, and nothing replaces them.
    let path = format!("{EXPORTS}/completion-report-2021-06-01.csv");
    let text = home.read(&path);
    let delivered = rows(&home.read(&format!("{OUT}/verdicts.csv")))
        .into_iter()
        .find(|row| row["state"] == "delivered" && row["codes"] == "PD-03")
        .unwrap()["voucher_id"]
        .clone();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains(&delivered)).collect();
    home.write(&path, &(without.join("\n") + "\n"));
    assert_eq!(home.say("run month-end --as-of 2021-06-10").code, 0);
    let now = verdict(&home, "out/month-end/2021-06-10", &delivered);
    assert_eq!((now["state"].as_str(), now["codes"].as_str()), ("reserved", "LC-01 PD-02"));
    let explained = home.say(&format!("explain {delivered}")).stdout;
    assert!(explained.contains("reserved, and delivered in the last run"), "{explained}");
}
