//! What changed between runs, and why.

use serde_json::Value;

use crate::folder::{Folder, rows};

const JUNE: &str = "out/month-end/2021-06-30";

fn changes(home: &Folder) -> Vec<std::collections::BTreeMap<String, String>> {
    rows(&home.read(&format!("{JUNE}/changes.csv")))
}

#[test]
fn a_run_and_diff_tell_the_same() {
    let home = Folder::sample();
    home.may();
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 0);
    let of_run = changes(&home);
    let said = home.say("diff 1 2 --json");
    assert_eq!(said.code, 0, "{}", said.stderr);
    let page: Value = serde_json::from_str(&said.stdout).unwrap();
    let of_diff = page["changes"].as_array().unwrap();
    assert_eq!(of_run.len(), of_diff.len());
    for (row, change) in of_run.iter().zip(of_diff) {
        assert_eq!(
            (row["voucher_id"].as_str(), row["causes"].as_str()),
            (change["voucher_id"].as_str().unwrap(), change["causes"].as_str().unwrap())
        );
    }
    assert!(of_run.iter().all(|row| !row["causes"].is_empty()));
    let text = home.say("diff 1 2").stdout;
    assert!(text.starts_with(&format!("runs 1 and 2: {} verdicts changed", of_run.len())), "{text}");
    let runs = home.say("runs").stdout;
    assert!(runs.contains("1  month-end  2021-05-31  revision 1  EXCEPTIONS  exit 0"), "{runs}");
    // A run is what it is.
    assert_eq!(home.say("diff 1 1").stdout, "runs 1 and 1: no verdict changed\n");
    assert_eq!(home.say("diff 1 9").code, 2);
}

#[test]
fn what_another_version_has_judged_is_judged_again() {
    let home = Folder::sample();
    home.may();
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    ledger.execute("UPDATE run_log SET engine = '0.0.1'", []).unwrap();
    drop(ledger);
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 0);
    let of_run = changes(&home);
    assert!(of_run.len() > 20);
    // This version judges May as the other one did.
    assert!(of_run.iter().all(|row| !row["causes"].contains("engine")), "{of_run:?}");
}

#[test]
fn a_changed_rule_is_the_cause_of_what_it_changes() {
    let home = Folder::sample();
    home.may();
    home.edit("config/programs/sa-planning-services.toml", "offsite_days = 3", "offsite_days = 9");
    assert_eq!(home.say("run month-end --as-of 2021-06-01").code, 0);
    let changes = rows(&home.read("out/month-end/2021-06-01/changes.csv"));
    let by_rule: Vec<&str> = changes
        .iter()
        .filter(|row| row["causes"].contains("rule changed"))
        .map(|row| row["from_codes"].as_str())
        .collect();
    assert_eq!(by_rule, ["LC-09"]);
}

/// A version that judges a code more reads what runs of the version before have kept.
#[test]
fn a_run_that_knew_a_code_less_is_read_on() {
    const HOUSE: &str = "config/house-rules.toml";
    let home = Folder::sample();
    home.may();
    let kept = home.read(HOUSE);
    let (before, block) = kept.split_once("[rules.DU-02]").unwrap();
    let after = &block[block.find("\n[rules.").unwrap()..];
    let text = format!("{before}{after}");
    let hash = vouchsafe::store::sha256_hex(text.as_bytes());
    std::fs::create_dir_all(home.path(&format!("state/store/{}", &hash[..2]))).unwrap();
    home.write(&format!("state/store/{}/{hash}", &hash[..2]), &text);
    let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
    let changed = ledger.execute("UPDATE run_input SET sha256 = ?1 WHERE name = ?2", [&hash, HOUSE]).unwrap();
    assert_eq!(changed, 1);
    ledger.execute("UPDATE run_log SET engine = '0.0.1'", []).unwrap();
    drop(ledger);
    let said = home.say("run month-end --as-of 2021-06-01");
    assert_eq!(said.code, 0, "{}", said.stderr);
    let explained = home.say("explain V-210400905 --run 1");
    assert!(explained.stdout.contains("DU-02"), "{}{}", explained.stdout, explained.stderr);
}
