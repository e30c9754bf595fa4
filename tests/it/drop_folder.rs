//! What people and portals leave in a folder: links, pipes, uploads that have not ended, the same thing twice,
//! corrections.

use std::fs;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::folder::Folder;

const EXPORTS: &str = "sample-data/exports";
const OUT: &str = "out/month-end/2021-05-31";

fn payments() -> String {
    format!("{EXPORTS}/payment-status-2021-06-01.csv")
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_refused_alone() {
    type Make = fn(&std::path::Path);
    let kinds: [(&str, Make); 4] = [
        ("a link", |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()),
        ("a hard link to a file that has another name too", |path| {
            let original = path.with_file_name("elsewhere.tmp");
            fs::write(&original, "paymentID\n").unwrap();
            fs::hard_link(&original, path).unwrap();
        }),
        ("a folder", |path| fs::create_dir(path).unwrap()),
        ("a pipe or a device", |path| {
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success())
        }),
    ];
    for (what, make) in kinds {
        let home = Folder::sample();
        make(&home.path(&format!("{EXPORTS}/payment-status-2021-06-02.csv")));
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 3, "{what}: {}{}", said.stdout, said.stderr);
        assert!(said.stderr.starts_with(&format!("payment-status-2021-06-02.csv: it is {what}\n")), "{}", said.stderr);
        // Claims may stand in the file that was not read.
        assert!(said.stdout.contains("nothing invoiced"), "{}", said.stdout);
        let explained = home.say("explain V-210300086");
        assert!(explained.stdout.contains("a file of payments or claims was refused"), "{}", explained.stdout);
    }
}

#[test]
fn a_file_that_somebody_writes_to_is_left_for_the_next_run() {
    let home = Folder::sample();
    let path = home.path(&payments());
    let whole = fs::read(&path).unwrap();
    let half = whole.len() / 2;
    fs::write(&path, &whole[..half]).unwrap();
    let done = AtomicBool::new(false);
    let said = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::File::options().append(true).open(&path).unwrap();
            let mut rest = whole[half..].iter().cycle();
            while !done.load(Ordering::Relaxed) {
                file.write_all(&[*rest.next().unwrap()]).unwrap();
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let said = home.say("run month-end --as-of 2021-05-31");
        done.store(true, Ordering::Relaxed);
        said
    });
    assert_eq!(said.code, 4, "{}{}", said.stdout, said.stderr);
    assert!(said.stderr.contains("somebody is still writing to it"), "{}", said.stderr);
    assert!(!home.path("state/store").exists());
    fs::write(&path, &whole).unwrap();
    home.may();
}

#[test]
fn the_same_bytes_under_another_name_are_read_once() {
    let home = Folder::sample();
    fs::copy(home.path(&format!("{EXPORTS}/rates-2021.csv")), home.path(&format!("{EXPORTS}/rates-2021 (1).csv")))
        .unwrap();
    home.may();
    let inputs = home.run_json(OUT)["inputs"].as_array().unwrap().clone();
    let copy = inputs.iter().find(|input| input["file"] == "rates-2021.csv").unwrap();
    assert_eq!(copy["notes"][0], "the same bytes as rates-2021 (1).csv: read once");
    assert_eq!(copy["read"], 0);
}

#[test]
fn the_same_rows_saved_again_are_recognized() {
    let home = Folder::sample();
    let text = home.read(&format!("{EXPORTS}/contacts.csv"));
    home.edit("jobs/month-end.toml", "contacts.csv", "contacts*.csv");
    home.write(&format!("{EXPORTS}/contacts-again.csv"), &text.replace(',', ";").replace('\n', "\r\n"));
    let before = Folder::sample();
    before.may();
    home.may();
    let inputs = home.run_json(OUT)["inputs"].as_array().unwrap().clone();
    let again = inputs.iter().find(|input| input["file"] == "contacts.csv").unwrap();
    assert_eq!(again["notes"][0], "every row of it stands in another file too", "{again}");
    let letters = |home: &Folder| home.read(&format!("{OUT}/reminders/letters.csv"));
    assert_eq!(letters(&home), letters(&before));
}

#[test]
fn what_a_later_export_says_differently_is_listed() {
    let home = Folder::sample();
    let text = home.read(&payments());
    let (header, first) = (text.lines().next().unwrap(), text.lines().nth(1).unwrap());
    let amount = first.split(',').find(|cell| cell.contains('.')).unwrap();
    let corrected = first.replace(amount, "1.00");
    home.write(&format!("{EXPORTS}/payment-status-2021-06-02.csv"), &format!("{header}\n{corrected}\n"));
    assert_eq!(home.say("run month-end --as-of 2021-05-31").code, 0);
    let all = home.run_json(OUT)["restated"].clone();
    // The sample month has one of its own: a voucher of which VLSC said ten days, and then five.
    let restated: Vec<_> = all.as_array().unwrap().iter().filter(|row| row["dataset"] == "payments").collect();
    assert_eq!((restated.len(), all.as_array().unwrap().len()), (1, 2), "{all}");
    assert_eq!(restated[0]["before"], "payment-status-2021-06-01.csv:2");
    assert_eq!(restated[0]["now"], "payment-status-2021-06-02.csv:2");
    assert_eq!(restated[0]["changes"][0]["column"], "amount");
    assert_eq!(restated[0]["changes"][0]["before"], amount);
    assert_eq!(restated[0]["changes"][0]["now"], "1.00");
}

#[test]
fn originals_are_never_changed() {
    let home = Folder::sample();
    let stamp = |home: &Folder| -> Vec<_> {
        let entries = fs::read_dir(home.path(EXPORTS)).unwrap().map(Result::unwrap);
        let mut all: Vec<_> = entries
            .map(|entry| {
                (entry.file_name(), entry.metadata().unwrap().modified().unwrap(), fs::read(entry.path()).unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let before = stamp(&home);
    home.may();
    home.say("check");
    assert!(stamp(&home) == before);
}

#[test]
#[cfg(unix)]
fn odd_names_are_shown_in_one_line() {
    let home = Folder::sample();
    home.edit("jobs/month-end.toml", "contacts.csv", "*contacts*");
    fs::write(home.path(&format!("{EXPORTS}/-contacts\n\u{1b}[31m.csv")), "location_id\n").unwrap();
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 3, "{}", said.stderr);
    assert!(said.stderr.starts_with("-contacts\\n\\u{1b}[31m.csv: required column"), "{}", said.stderr);
}

#[test]
fn check_shows_how_every_file_was_understood_and_writes_nothing() {
    let home = Folder::sample();
    let said = home.say("check");
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    for line in [
        "  vouchers: vlsc-2021-06-01.xlsx (exported 2021-06-01)\n    sheet \"Vouchers\"\n    rows ",
        "  rates: rates-2021.csv\n    UTF-8, fields separated by ;\n    rows ",
        "reference = \"paymentID\"",
        "ignored columns \"PGA_PartnerName\"",
        "nightly: reads the sources of month-end",
        "files; nothing is refused",
    ] {
        assert!(said.stdout.contains(line), "{line}\n{}", said.stdout);
    }
    assert!(!home.path("state").exists() && !home.path("out").exists());
    home.write(&payments(), "paymentID,voucherNumber\nR-1,V-1\n");
    let said = home.say("check month-end");
    assert_eq!(said.code, 4, "{}", said.stdout);
    assert!(said.stdout.contains("required column \"amount\" is missing"), "{}", said.stdout);
    assert_eq!(home.say("check month-ends").code, 2);
}

#[test]
fn a_name_with_a_day_that_has_not_come_wins_over_nothing() {
    let home = Folder::sample();
    let text = home.read(&payments());
    home.write(&format!("{EXPORTS}/payment-status-2091-06-01.csv"), &text);
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 3, "{}{}", said.stdout, said.stderr);
    assert!(
        said.stderr.contains("its name says that it was exported on 2091-06-01, which has not come"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_file_that_no_source_takes_is_named() {
    let home = Folder::sample();
    home.write(&format!("{EXPORTS}/Payment_Status 2021-06-02.csv"), &home.read(&payments()));
    home.write(&format!("{EXPORTS}/holidays.csv"), "day\n");
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 3, "{}", said.stdout);
    assert!(
        said.stderr.contains(
            "Payment_Status 2021-06-02.csv: no source takes it\n  expected a name like \"payment-status-*.csv\""
        ),
        "{}",
        said.stderr
    );
    assert!(!said.stderr.contains("holidays"), "{}", said.stderr);
    let checked = home.say("check").stdout;
    assert!(checked.contains("holidays.csv: no source takes it\n  expected only exports there"), "{checked}");
    assert!(!Folder::sample().say("check").stdout.contains("no source takes"));
}

#[test]
fn an_export_that_lost_rows_is_remarked() {
    let home = Folder::sample();
    let text = home.read(&payments());
    let (header, first) = (text.lines().next().unwrap(), text.lines().nth(1).unwrap());
    home.write(&format!("{EXPORTS}/payment-status-2021-06-02.csv"), &format!("{header}\n{first}\n"));
    let said = home.say("check month-end").stdout;
    assert!(said.contains("note: 1 row; the export of 2021-06-01 has ") && said.contains("is it whole?"), "{said}");
}

#[test]
fn limits_of_size_are_the_profiles() {
    let home = Folder::sample();
    let profile = home.read("config/exports/payment-status.toml");
    for (limit, says) in [("rows = 3", "at most 3 rows"), ("mebibytes = 0", "at most 0 MiB")] {
        home.write("config/exports/payment-status.toml", &format!("{profile}\n[limits]\n{limit}\n"));
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 4, "{}{}", said.stdout, said.stderr);
        assert!(said.stderr.contains(says), "{}", said.stderr);
    }
}

#[test]
fn the_current_folder_is_a_home_like_any_other() {
    let home = Folder::sample();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vouchsafe"));
    let output = command.args(["run", "month-end", "--as-of", "2021-05-31"]).env("CI", "1").current_dir(home.path(""));
    let said = crate::folder::said(output.output().unwrap());
    assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{}", said.stdout);
}
