//! Flags, exit codes and messages, as a person or a scheduler meets them.

use std::fs;

use crate::folder::Folder;

#[test]
fn a_bad_row_is_refused_alone() {
    let cases = [
        (
            "completion-report-2021-06-01.csv",
            4,
            "column \"started_on\" (\"Engagement Start\"): \"31-02-2021\" is no date of the calendar",
        ),
        ("rates-2021.csv", 1, "column \"days\" (\"Service level (days)\"): \"five\" is not a whole number"),
        ("payment-status-2021-06-01.csv", 10, "column \"currency\" (\"currencyCode\"): \"EURO\" is no known currency"),
    ];
    for (file, column, message) in cases {
        let home = Folder::sample();
        let path = format!("sample-data/exports/{file}");
        let separator = if file.starts_with("rates") { ';' } else { ',' };
        let value = message.split('"').nth(5).unwrap();
        let text = home.read(&path);
        let lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(at, line)| if at == 4 { replaced(line, separator, column, value) } else { line.to_owned() })
            .collect();
        home.write(&path, &lines.join("\n"));
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 3, "{file}: {}{}", said.stdout, said.stderr);
        assert!(said.stderr.starts_with(&format!("{file}, row 5, {message}\n  expected ")), "{}", said.stderr);
        assert!(said.stderr.contains("\n  hint: "), "{}", said.stderr);
        assert!(said.stdout.starts_with("INCOMPLETE: "), "{}", said.stdout);
        assert!(home.read("out/month-end/2021-05-31/rejects.csv").contains(value));
    }
}

fn replaced(line: &str, separator: char, column: usize, value: &str) -> String {
    let mut cells: Vec<String> = line.split(separator).map(str::to_owned).collect();
    cells[column] = value.to_owned();
    cells.join(&separator.to_string())
}

#[test]
fn without_a_required_file_nothing_is_done() {
    let home = Folder::sample();
    fs::remove_file(home.path("sample-data/exports/rates-2021.csv")).unwrap();
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 4);
    assert!(
        said.stderr.contains("source \"rates\": no file matches \"sample-data/exports/rates-*.csv\""),
        "{}",
        said.stderr
    );
    assert!(!home.path("out/month-end").exists());
    assert!(!home.path("state/store").exists());
}

#[test]
fn one_run_at_a_time() {
    let home = Folder::sample();
    fs::create_dir_all(home.path("state")).unwrap();
    let lock = fs::File::create(home.path("state/run.lock")).unwrap();
    lock.lock().unwrap();
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 6, "{}{}", said.stdout, said.stderr);
    lock.unlock().unwrap();
    home.may();
}

#[test]
fn mistakes_of_configuration_name_file_and_place() {
    let cases = [
        ("jobs/month-end.toml", "period = ", "periode = ", "unknown field `periode`"),
        ("config/settings.toml", "tolerance = \"0.00\"", "tolerance = \"1e3\"", "\"1e3\" is not an amount"),
        (
            "config/programs/sa-planning-services.toml",
            "offering = \"SSDPS\"",
            "offering = \"SSDP\"",
            "offering \"SSDP\" is not in `offerings`",
        ),
        ("config/exports/rates.toml", "decimal = \"comma\"", "decimal = \"coma\"", "unknown variant `coma`"),
    ];
    for (file, from, to, message) in cases {
        let home = Folder::sample();
        home.edit(file, from, to);
        let said = home.say("run month-end --as-of 2021-05-31");
        assert_eq!(said.code, 2, "{file}: {}{}", said.stdout, said.stderr);
        assert!(said.stderr.starts_with(file) && said.stderr.contains(message), "{}", said.stderr);
        assert!(!home.path("state").exists());
    }
}

#[test]
fn what_was_mistyped_is_explained() {
    let home = Folder::sample();
    for (words, message) in [
        (
            "run month-ends --as-of 2021-05-31",
            "there is no job \"month-ends\"\n  expected one of deployment-month-end, incentives-month-end, month-end, nightly, reminders",
        ),
        ("run month-end --as-of 31.5.2021", "expected year-month-day, as in 2021-05-31"),
        ("explain V-1", "there is no run yet"),
    ] {
        let said = home.say(words);
        assert_eq!(said.code, 2, "{words}");
        assert!(said.stderr.contains(message), "{words}: {}", said.stderr);
    }
}

#[test]
fn a_job_that_gives_numbers_does_not_go_back() {
    let home = Folder::sample();
    home.may();
    let said = home.say("run month-end --as-of 2021-05-30");
    assert_eq!(said.code, 2, "{}", said.stdout);
    assert!(said.stderr.contains("--dry-run"));
    assert_eq!(home.say("run month-end --as-of 2021-05-30 --dry-run").code, 0);
    assert_eq!(home.say("run nightly --as-of 2021-05-30").code, 0);
}

#[test]
fn nightly_and_reminders_share_the_sources() {
    let home = Folder::sample();
    assert_eq!(home.say("run nightly --as-of 2021-05-31").code, 0);
    assert_eq!(home.say("run reminders --as-of 2021-05-31").code, 0);
    assert!(home.path("out/nightly/2021-05-31/reconciliation.xlsx").exists());
    assert!(!home.path("out/nightly/2021-05-31/invoices").exists());
    let letters = home.read("out/reminders/2021-05-31/reminders/letters.csv");
    assert!(letters.contains("captured"));
    // The outbox is shared: the month's close tells nobody the same thing again.
    home.may();
    let again = home.read("out/month-end/2021-05-31/reminders/letters.csv");
    assert!(!again.contains("captured") && again.contains("told in an earlier run"), "{again}");
}

#[test]
fn explain_shows_rules_and_rows() {
    let home = Folder::sample();
    home.may();
    // What was explained is what was read then, not what lies there now.
    fs::remove_dir_all(home.path("sample-data")).unwrap();
    let said = home.say("explain V-210300910");
    assert_eq!(said.code, 0, "{}", said.stderr);
    for part in [
        "Voucher V-210300910 in run 1 (month-end as of 2021-05-31)",
        "outcome exception EL-05",
        "! EL-04 EL-05 EL-06 PO-02",
        "needs Gold Data Analytics or Gold Data Platform; the partner held Silver Data Platform",
        "competencies-4100007-2021-06-01.tsv, row ",
        "source: PC-REQ",
    ] {
        assert!(said.stdout.contains(part), "{part}\n{}", said.stdout);
    }
    assert_eq!(home.say("explain v-210300910").code, 2);
}

#[test]
fn the_crontab_has_every_job() {
    let home = Folder::sample();
    let said = home.say("schedule cron");
    assert_eq!(said.code, 0);
    for line in [
        "0 6 1 * * vouchsafe -C '",
        "30 2 * * * vouchsafe -C '",
        "0 8 * * 1-5 vouchsafe -C '",
        "CRON_TZ=Europe/Amsterdam",
    ] {
        assert!(said.stdout.contains(line), "{}", said.stdout);
    }
}

#[test]
fn json_is_the_page_of_the_run() {
    let home = Folder::sample();
    let said = home.say("run month-end --as-of 2021-05-31 --json");
    assert_eq!(said.stdout, home.read("out/month-end/2021-05-31/run.json"));
    assert_eq!(home.say("run month-end --as-of 2021-05-31 --json").stdout, said.stdout);
}

#[test]
fn an_unwritable_output_is_said_and_repaired() {
    let home = Folder::sample();
    home.write("out", "a file where the folder should be");
    let said = home.say("run month-end --as-of 2021-05-31");
    assert_eq!(said.code, 8, "{}{}", said.stdout, said.stderr);
    fs::remove_file(home.path("out")).unwrap();
    home.may();
}

#[test]
fn a_ledger_of_a_newer_engine_or_a_damaged_one_is_not_touched() {
    let home = Folder::sample();
    home.may();
    let newer = |version: i64| {
        let ledger = rusqlite::Connection::open(home.path("state/ledger.db")).unwrap();
        ledger.pragma_update(None, "user_version", version).unwrap();
    };
    newer(99);
    let said = home.say("run month-end --as-of 2021-06-30");
    assert_eq!(said.code, 10, "{}{}", said.stdout, said.stderr);
    assert!(said.stderr.contains("schema 99"), "{}", said.stderr);
    newer(1);
    fs::write(home.path("state/ledger.db"), b"no database").unwrap();
    assert_eq!(home.say("run month-end --as-of 2021-06-30").code, 10);
    assert!(!home.path("out/month-end/2021-06-30").exists());
}

#[test]
fn a_standing_says_what_a_partner_lacks_and_what_to_do() {
    let home = Folder::sample();
    assert_eq!(home.say("standing 4100009").code, 2, "there is no run yet");
    home.may();
    let said = home.say("standing 4100009");
    assert_eq!(said.code, 0, "{}", said.stderr);
    for line in [
        "4100009 Snöripa Data, on 2021-05-31 (inputs of run 1)",
        "  sharepoint: Active (SDPS)",
        "  ppm: In progress (SDPS)",
        "    ! EL-04 A qualifying competency was ever attained",
        "        next: attain one of the competencies that the engagement requires",
        "        competencies-4100009-2021-06-01.tsv, row 2",
        "  Not started: ",
    ] {
        assert!(said.stdout.contains(line), "{line}\n{}", said.stdout);
    }
    // While the compliance training was asked for, and after.
    let of = |on: &str| {
        let said = home.say(&format!("standing 4100004 --on {on} --json"));
        let all: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
        let found = all.as_array().unwrap().iter().find(|of| of["engagement"] == "sharepoint").unwrap();
        found["status"].as_str().unwrap().to_owned()
    };
    assert_eq!((of("2020-12-08").as_str(), of("2020-12-09").as_str()), ("in-progress", "active"));
    assert_eq!(home.say("standing 4109999").code, 2);
    assert_eq!(home.say("standing 4100009 --run 7").code, 2);
}

#[test]
fn another_program_file_changes_verdicts_with_a_reason() {
    let home = Folder::sample();
    home.may();
    let program = "config/programs/sa-planning-services.toml";
    let text = home.read(program);
    home.write("config/programs/other.toml", &text.replace("length = \"60 days\"", "length = \"30 days\""));
    let same = home.say(&format!("diff-program {program} {program}"));
    assert!(same.stdout.ends_with("185 vouchers\nverdicts that change: 0\n"), "{}", same.stdout);
    let said = home.say(&format!("diff-program {program} config/programs/other.toml"));
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stdout.contains(", payable, then redeemed, exception (DT-10)"), "{}", said.stdout);
    assert!(said.stdout.contains("DT-10 not requested; it was to be requested by 2021-05-"), "{}", said.stdout);
    // The same file, a month later: what was payable has become too late.
    let later = home.say(&format!("diff-program {program} --on 2021-05-31 --on 2021-07-31 --json"));
    let changed: serde_json::Value = serde_json::from_str(&later.stdout).unwrap();
    let late = |voucher: &&serde_json::Value| voucher["after"].as_str().unwrap().contains("DT-10");
    assert!(changed.as_array().unwrap().iter().filter(late).count() >= 20, "{}", later.stdout);
    assert_eq!(home.say("diff-program nothing.toml").code, 2);
}

#[test]
fn every_code_is_accounted_for_beside_the_program_file() {
    let file = |name: &str| fs::read_to_string(crate::folder::project().join(name)).unwrap();
    let (listed, house_rules) = (file("config/programs/README.md"), file("config/house-rules.toml"));
    let is_listed = |code: &str| {
        // A range names the codes between its ends.
        let within = code.starts_with("DT-0") && listed.contains("DT-01 to DT-04") && code <= "DT-04";
        within || listed.contains(code) || house_rules.contains(&format!("[rules.{code}]"))
    };
    let missing: Vec<&str> =
        vouchsafe::model::Code::all().map(|code| code.as_str()).filter(|code| !is_listed(code)).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
