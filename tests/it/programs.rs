//! Several programs in one home, and a program with milestones over several months.

use crate::folder::{Folder, rows};

const DATA: &str = "sample-data/deployment-vouchers";

fn verdict(home: &Folder, folder: &str, voucher: &str) -> (String, String) {
    let all = rows(&home.read(&format!("out/{folder}/verdicts.csv")));
    let found = all.into_iter().find(|row| row["voucher_id"] == voucher).unwrap();
    (found["state"].clone(), found["codes"].clone())
}

#[test]
fn the_exports_of_a_later_month_replace_those_of_an_earlier() {
    let home = Folder::sample();
    assert_eq!(home.say("run deployment-month-end --as-of 2026-03-31").code, 0);
    let april = "deployment-month-end/2026-03-31";
    assert_eq!(verdict(&home, april, "MDV-1004"), ("delivered".into(), "DT-02 PD-03 PD-08".into()));
    assert_eq!(verdict(&home, april, "MDV-1011").1, "DT-12 PD-02");
    // Answered: the same row of the milestone with another word, and the final redemption.
    for (file, from, to) in [
        ("milestones", "MDV-1004,POE,2026-03-31,Processing", "MDV-1004,POE,2026-03-31,Approved"),
        ("milestones", "MDV-1011,SOW,2026-03-26,Processing", "MDV-1011,SOW,2026-03-26,Approved"),
        ("redemptions", "MDV-1004,5200002,Processing,2025-09-10,,", "MDV-1004,5200002,Approved,2025-09-10,2026-04-08,"),
    ] {
        let newer = format!("{DATA}/{file}-2026-05-01.csv");
        let text = if home.path(&newer).exists() {
            home.read(&newer)
        } else {
            home.read(&format!("{DATA}/{file}-2026-04-01.csv"))
        };
        assert!(text.contains(from), "{from}");
        home.write(&newer, &text.replace(from, to));
    }
    let said = home.say("run deployment-month-end --as-of 2026-04-30");
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let may = "deployment-month-end/2026-04-30";
    assert_eq!(verdict(&home, may, "MDV-1004"), ("redeemed".into(), String::new()));
    assert_eq!(verdict(&home, may, "MDV-1011").1, "PD-02");
    let batch = rows(&home.read(&format!("out/{may}/invoices/batch.csv")));
    let invoiced: Vec<&str> = batch.iter().map(|line| line["voucher_id"].as_str()).collect();
    assert_eq!(invoiced, ["MDV-1004"], "what was invoiced in March is not invoiced again");
}

#[test]
fn one_voucher_of_a_kind_stays_the_one_that_was_invoiced() {
    let home = Folder::sample();
    // Delivery of the first begins earlier and ends later than that of the second.
    let add = |file: &str, lines: &[&str]| {
        let text = home.read(&format!("{DATA}/{file}"));
        home.write(&format!("{DATA}/{file}"), &format!("{text}{}\n", lines.join("\n")));
    };
    add(
        "vouchers-2026-04-01.csv",
        &[
            "MDV-2001,T-50,Wilgenhof Zorg,Microsoft 365 Deployment,Voucher,2025-11-03,2025-11-03,,Presented",
            "MDV-2002,T-50,Wilgenhof Zorg,Microsoft 365 Migration and Deployment,Voucher,2025-11-03,2025-11-03,,Presented",
        ],
    );
    add(
        "redemptions-2026-04-01.csv",
        &["MDV-2001,5200001,Approved,2025-11-10,2026-03-20,", "MDV-2002,5200001,Approved,2025-11-10,2026-02-20,"],
    );
    add(
        "deliveries.csv",
        &["MDV-2001,N-1,NL,2025-12-01,2026-03-10,2026-03-11", "MDV-2002,N-2,NL,2025-12-08,2026-02-10,2026-02-11"],
    );
    add(
        "milestones-2026-04-01.csv",
        &[
            "MDV-2001,SOW,2025-11-12,Approved",
            "MDV-2001,POE,2026-03-12,Approved",
            "MDV-2002,SOW,2025-11-12,Approved",
            "MDV-2002,POE,2026-02-12,Approved",
        ],
    );
    for month in ["2026-02-28", "2026-03-31"] {
        assert_eq!(home.say(&format!("run deployment-month-end --as-of {month}")).code, 0);
    }
    assert_eq!(verdict(&home, "deployment-month-end/2026-02-28", "MDV-2002").1, "");
    let march = "deployment-month-end/2026-03-31";
    assert_eq!(verdict(&home, march, "MDV-2002"), ("claimed".into(), "PD-04".into()));
    assert_eq!(verdict(&home, march, "MDV-2001"), ("redeemed".into(), "DU-06".into()));
}

#[test]
fn questions_go_to_the_run_that_knows_the_answer() {
    let home = Folder::sample();
    assert_eq!(home.say("run deployment-month-end --as-of 2026-03-31").code, 0);
    assert_eq!(home.say("run incentives-month-end --as-of 2024-03-31").code, 0);
    let said = home.say("explain MDV-1004");
    assert!(
        said.stdout.starts_with("Voucher MDV-1004 in run 1 (deployment-month-end as of 2026-03-31)"),
        "{}",
        said.stdout
    );
    // The ledger knows its invoice; the newer run of the other job does not know the voucher.
    assert!(home.say("explain MDV-1001").stdout.starts_with("Voucher MDV-1001 in run 1"));
    let said = home.say("explain MDV-9999");
    assert_eq!(said.code, 2);
    assert!(said.stderr.contains("in run 2 (incentives-month-end), run 1 (deployment-month-end)"), "{}", said.stderr);
    assert!(home.say("standing 5100001").stdout.starts_with("5100001 Noorderwind Cloud BV"));
    let program = "config/programs/deployment-vouchers.toml";
    let same = home.say(&format!("diff-program {program} {program}"));
    assert!(same.stdout.contains("inputs of run 1, 15 vouchers"), "{}{}", same.stdout, same.stderr);
    // Each side reads the rows with its own words: an engagement that the other does not know is refused there.
    let other = home
        .read(program)
        .replace("id = \"copilot-agents\"", "id = \"agents\"")
        .replace("\"Copilot Agents\"", "\"Agents\"");
    home.write("other.toml", &other);
    let said = home.say(&format!("diff-program {program} other.toml"));
    assert!(
        said.stdout.contains("MDV-1010: redeemed, ok, payable, then redeemed, blocked (IN-15)"),
        "{}{}",
        said.stdout,
        said.stderr
    );
    let other = home
        .read(program)
        .replace("Redeemed = [\"Final redemption\", \"Approved\"]", "Redeemed = [\"Final redemption\"]");
    home.write("other.toml", &other.replace("\"Processing\"]\nRedeemed", "\"Processing\", \"Approved\"]\nRedeemed"));
    let said = home.say(&format!("diff-program {program} other.toml"));
    assert!(said.stdout.contains("LC-01"), "{}{}", said.stdout, said.stderr);
    assert_eq!(home.say("diff-program config/programs/sa-planning-services.toml").code, 2);
}

#[test]
fn a_job_names_files_that_are_there() {
    let job = "jobs/deployment-month-end.toml";
    for (from, to, part) in [
        ("\"deployment-vouchers\"", "\"deployment-voucher\"", "hint: did you mean \"deployment-vouchers\"?"),
        ("profile = \"dated\"", "profile = \"datet\"", "there is no config/exports/datet.toml"),
    ] {
        let home = Folder::sample();
        home.edit(job, from, to);
        let said = home.say("run deployment-month-end --as-of 2026-03-31");
        assert_eq!(said.code, 2, "{}", said.stderr);
        assert!(
            said.stderr.starts_with(job) && said.stderr.contains("^^^") && said.stderr.contains(part),
            "{}",
            said.stderr
        );
    }
    let home = Folder::sample();
    home.edit("config/programs/deployment-vouchers.toml", "id = \"deployment-vouchers\"", "id = \"deployment\"");
    let said = home.say("run deployment-month-end --as-of 2026-03-31");
    assert!(said.code == 2 && said.stderr.contains("is not the name of the file"), "{}", said.stderr);
}

#[test]
fn a_refused_file_of_milestones_holds_what_it_may_speak_of() {
    let home = Folder::sample();
    let newer = format!("{DATA}/milestones-2026-04-01.csv");
    let text = home.read(&newer);
    home.write(&format!("{DATA}/milestones-2026-03-01.csv"), &text);
    home.write(&newer, "garbage\u{0}");
    let said = home.say("run deployment-month-end --as-of 2026-03-31");
    assert_eq!(said.code, 3, "{}", said.stderr);
    assert!(said.stdout.contains("nothing invoiced"), "{}", said.stdout);
    assert_eq!(verdict(&home, "deployment-month-end/2026-03-31", "MDV-1006"), ("redeemed".into(), "IN-01".into()));
}
