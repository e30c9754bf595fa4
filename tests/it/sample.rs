//! The sample month, end to end: what a new user sees, and that it is always the same.

use std::collections::BTreeSet;
use std::fs;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use vouchsafe::model::Code;

use crate::folder::{Folder, project, rows, said};
use crate::tidy::sources;

const OUT: &str = "out/month-end/2021-05-31";

#[test]
fn the_main_job_writes_the_whole_pack() {
    let home = Folder::sample();
    let said = home.may();
    assert!(
        said.stdout
            .starts_with("EXCEPTIONS: 185 vouchers: 100 in order, 32 pending, 47 exceptions, 6 blocked; 25 invoiced"),
        "{}",
        said.stdout
    );
    assert_eq!(said.stderr, "");
    let files: Vec<String> = home.tree(OUT).into_keys().filter(|name| !name.ends_with(".eml")).collect();
    assert_eq!(
        files,
        [
            "accounts.csv",
            "after-close.csv",
            "changes.csv",
            "decisions.csv",
            "findings.csv",
            "invoices/batch.csv",
            "invoices/batch.json",
            "items.csv",
            "matches.csv",
            "money-clock.csv",
            "reconciliation.xlsx",
            "rejects.csv",
            "reminders/letters.csv",
            "run.json",
            "statement.csv",
            "suggestions.csv",
            "verdicts.csv",
            "verdicts.parquet",
        ]
    );
}

#[test]
fn the_planted_vouchers_have_their_codes() {
    let home = Folder::sample();
    home.may();
    let story = fs::read_to_string(project().join("sample-data/README.md")).unwrap();
    let verdicts = rows(&home.read(&format!("{OUT}/verdicts.csv")));
    let mut told = 0;
    for verdict in &verdicts {
        let Some(line) = story.lines().find(|line| line.starts_with(&format!("| {} |", verdict["voucher_id"]))) else {
            continue;
        };
        told += 1;
        let codes = line.split('|').nth(2).unwrap().split('(').next().unwrap().trim();
        assert_eq!(codes, verdict["codes"], "{line}");
    }
    assert!(told >= 46, "the story tells of {told} vouchers");
}

/// In the sample month; where that cannot raise it, in a golden run or in the table of cases of a check.
#[test]
fn every_code_is_seen_to_be_raised() {
    let home = Folder::sample();
    home.may();
    let raised: BTreeSet<String> =
        rows(&home.read(&format!("{OUT}/findings.csv"))).iter().map(|r| r["code"].clone()).collect();
    let cases = |text: String| text.split_once("#[cfg(test)]").map(|(_, cases)| cases.to_owned());
    let mut elsewhere: Vec<String> =
        sources("src/verdicts/checks").into_iter().filter_map(|(_, text)| cases(text)).collect();
    let runs = fs::read_dir(project().join("tests/runs")).unwrap().map(|entry| entry.unwrap().path());
    elsewhere.extend(runs.filter(|path| path.is_file()).map(|path| fs::read_to_string(path).unwrap()));
    // Days are ambiguous only where a profile does not say how they are written: `corpus/values.rs` has such cells.
    let is_shown = |code: &str| code == "IN-13" || elsewhere.iter().any(|text| text.contains(code));
    let missing: Vec<&str> =
        Code::all().map(Code::as_str).filter(|code| !raised.contains(*code) && !is_shown(code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_same_command_again_does_nothing() {
    let home = Folder::sample();
    home.may();
    let (before, ledger) = (home.tree("out"), home.ledger());
    let again = home.may();
    assert!(again.stdout.starts_with("already done (run 1, exit 0)\n"), "{}", again.stdout);
    assert_eq!(home.tree("out"), before);
    assert_eq!(home.ledger(), ledger);
}

#[test]
fn missing_outputs_come_back_and_changed_ones_are_named() {
    let home = Folder::sample();
    home.may();
    let before = home.tree("out");
    fs::remove_file(home.path(&format!("{OUT}/verdicts.csv"))).unwrap();
    assert!(home.may().stdout.contains("verdicts.csv was missing, and was restored"));
    assert_eq!(home.tree("out"), before);
    home.edit(&format!("{OUT}/findings.csv"), "exception", "fine");
    assert!(home.may().stdout.contains("findings.csv differs from what the run wrote, and was left as it is"));
    // Whoever asks for the page of the run gets the one that it wrote.
    home.edit(&format!("{OUT}/run.json"), "EXCEPTIONS", "RECONCILED");
    let page = home.say("run month-end --as-of 2021-05-31 --json").stdout;
    assert!(page.contains("\"verdict\": \"EXCEPTIONS\""), "{page}");
    // What cannot be brought back is no matter of space and permissions.
    let hash = home.run_json(OUT)["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|of| of["path"] == "verdicts.csv")
        .unwrap()["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    fs::remove_file(home.path(&format!("{OUT}/verdicts.csv"))).unwrap();
    fs::write(home.path(&format!("state/store/{}/{hash}", &hash[..2])), "altered").unwrap();
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 10, "{}", said.stderr);
    assert!(said.stderr.contains("verdicts.csv: its copy in state/store cannot be used"), "{}", said.stderr);
}

#[test]
fn a_run_with_refused_rows_ends_alike_when_it_is_repeated() {
    let home = Folder::sample();
    let contacts = home.read("sample-data/exports/contacts.csv");
    home.write("sample-data/exports/contacts.csv", &contacts.replacen('@', ".@", 1));
    for begins in ["INCOMPLETE: ", "already done (run 1, exit 3)"] {
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 3, "{}{}", said.stdout, said.stderr);
        assert!(said.stdout.starts_with(begins), "{}", said.stdout);
    }
}

#[test]
fn the_same_bytes_on_any_thread_count_zone_and_locale() {
    let home = Folder::sample();
    home.may();
    let (out, ledger) = (home.tree("out"), home.ledger());
    let worlds: [&[(&str, &str)]; 3] = [
        &[],
        &[("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1")],
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")],
    ];
    for world in worlds {
        home.delete("out");
        home.delete("state");
        let output = home.command("run month-end --as-of 2021-05-31").envs(world.iter().copied()).output().unwrap();
        assert_eq!(said(output).code, 0);
        assert!(home.tree("out") == out, "other outputs in {world:?}");
        assert_eq!(home.ledger(), ledger, "{world:?}");
    }
}

#[test]
fn every_tie_out_is_zero_and_a_lost_row_shows() {
    let home = Folder::sample();
    home.may();
    let page = home.run_json(OUT);
    let ties = page["tie_outs"].as_array().unwrap();
    assert!(ties.len() > 30);
    assert!(ties.iter().all(|tie| tie["difference"] == 0 || tie["difference"] == "0.00"));

    let file = "sample-data/exports/completion-report-2021-06-01.csv";
    let text = home.read(file);
    let without: Vec<&str> = text.lines().enumerate().filter(|(at, _)| *at != 5).map(|(_, line)| line).collect();
    home.write(file, &without.join("\n"));
    home.delete("out");
    home.delete("state");
    home.may();
    let read = |page: &serde_json::Value| {
        let inputs = page["inputs"].as_array().unwrap();
        inputs.iter().find(|file| file["file"] == "completion-report-2021-06-01.csv").unwrap()["read"].as_u64().unwrap()
    };
    let less = home.run_json(OUT);
    assert_eq!(read(&less) + 1, read(&page));
    assert_ne!(less["findings"], page["findings"]);
}

#[test]
fn the_workbook_says_what_run_json_says() {
    let home = Folder::sample();
    home.may();
    let page = home.run_json(OUT);
    let mut book: Xlsx<_> = open_workbook(home.path(&format!("{OUT}/reconciliation.xlsx"))).unwrap();
    let names = book.sheet_names();
    assert_eq!(
        names,
        [
            "Cover",
            "Tie-out",
            "Statement",
            "Summary",
            "Aging",
            "Exceptions",
            "Decisions",
            "Changes",
            "Vouchers",
            "Invoices",
            "Matches",
            "Suggestions",
            "After close",
            "Deadlines",
            "Letters",
            "Standing",
            "Renewals",
            "Conflicts",
            "What-if",
            "Checklist",
            "Inputs",
            "Rejects"
        ]
    );
    let ties = book.worksheet_range("Tie-out").unwrap();
    let lines: Vec<&[Data]> = ties.rows().skip(4).collect();
    assert!(lines.len() > page["tie_outs"].as_array().unwrap().len(), "live formulas stand below the control totals");
    for line in &lines {
        assert_eq!(line[6].get_string(), Some("OK"), "{line:?}");
        assert_eq!(line[3].as_f64(), line[4].as_f64(), "{line:?}");
    }
    let summary = book.worksheet_range("Summary").unwrap();
    let mut entitled = 0.0;
    for line in summary.rows().skip(4).take_while(|line| line[0].get_string().is_some()) {
        if line[1].get_string() == Some("EUR") {
            entitled += line[3].as_f64().unwrap();
        }
    }
    assert_eq!(format!("{entitled:.2}"), page["vouchers"]["entitled"]["EUR"].as_str().unwrap());
}

#[test]
fn letters_speak_the_language_of_their_contact() {
    let home = Folder::sample();
    home.may();
    let rows = rows(&home.read(&format!("{OUT}/reminders/letters.csv")));
    let languages: BTreeSet<&str> = rows.iter().map(|row| row["language"].as_str()).filter(|l| !l.is_empty()).collect();
    assert_eq!(languages, BTreeSet::from(["de", "en", "fr", "nl", "sv", "zh-CN"]));
    let topics: BTreeSet<&str> =
        rows.iter().filter(|row| row["status"] == "captured").map(|row| row["topic"].as_str()).collect();
    assert_eq!(topics, BTreeSet::from(["enrollment-renewal", "unclaimed", "voucher-expiry"]));
    for row in &rows {
        assert_eq!(row["status"] == "captured", row["reason"].is_empty(), "{row:?}");
        if row["status"] == "captured" {
            let mail = home.read(&format!("{OUT}/{}", row["file"]));
            assert!(mail.contains(&format!("Content-Language: {}\r\n", row["language"])));
            assert!(mail.contains("Date: Mon, 31 May 2021 12:00:00 +0000\r\n"));
            assert!(mail.contains("Auto-Submitted: auto-generated\r\n"));
        }
    }
}
