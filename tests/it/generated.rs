//! Generated exports with planted flaws: every flaw is found, every row is accounted for, as the answer key says.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::folder::{Folder, project, rows};

const DATASETS: [&str; 10] = [
    "partners",
    "contacts",
    "enrollments",
    "competencies",
    "certifications",
    "vouchers",
    "redemptions",
    "completions",
    "payments",
    "rates",
];

/// A home with generated exports in canonical files.
fn generated(vouchers: u32, seed: u32) -> Folder {
    let home = Folder::sample();
    let dir = home.path("generated");
    // `cargo test` builds examples too; a single test may be run without them.
    let built = Path::new(env!("CARGO_BIN_EXE_vouchsafe")).with_file_name("examples").join("generate");
    let mut command = Command::new(if built.exists() { built.as_os_str() } else { env!("CARGO").as_ref() });
    if !built.exists() {
        command.args(["run", "--quiet", "--locked", "--example", "generate", "--"]);
    }
    command.args(["scale", "--vouchers", &vouchers.to_string(), "--seed", &seed.to_string(), "--dirty"]).arg(&dir);
    assert!(command.current_dir(project()).status().unwrap().success());
    let mut job = "program = \"sa-planning-services\"\nperiod = \"month\"\noutputs = [\"tables\"]\n[schedule]\ncron = \"0 6 1 * *\"\ntime_zone = \"UTC\"\n".to_owned();
    for dataset in DATASETS {
        job.push_str(&format!("[sources.{dataset}]\nfiles = \"generated/{dataset}.csv\"\n"));
    }
    home.write("jobs/large.toml", &job);
    home
}

#[test]
fn every_planted_row_and_flaw_is_found() {
    let home = generated(6_000, 11);
    let said = home.say("run large --as-of 2021-05-31");
    assert_eq!(said.code, 3, "{}{}", said.stdout, said.stderr);
    let out = "out/large/2021-05-31";
    let inputs = home.run_json(out)["inputs"].as_array().unwrap().clone();
    let key = rows(&home.read("generated/answers-files.txt"));
    assert_eq!(key.len(), 4);
    for expected in key {
        let file = inputs.iter().find(|input| input["file"] == expected["file"].as_str()).unwrap();
        for count in ["read", "accepted", "rejected", "duplicate", "blank"] {
            assert_eq!(file[count].to_string(), expected[count], "{} {count}", expected["file"]);
        }
    }
    let mut codes: BTreeMap<(String, String), u64> = BTreeMap::new();
    for reject in rows(&home.read(&format!("{out}/rejects.csv"))) {
        *codes.entry((reject["file"].clone(), reject["code"].clone())).or_default() += 1;
    }
    let expected: BTreeMap<(String, String), u64> = rows(&home.read("generated/answers-rejects.txt"))
        .into_iter()
        .map(|row| ((row["file"].clone(), row["code"].clone()), row["rows"].parse().unwrap()))
        .collect();
    assert_eq!(codes, expected);
    let found: BTreeMap<String, String> = rows(&home.read(&format!("{out}/verdicts.csv")))
        .into_iter()
        .map(|v| (v["voucher_id"].clone(), v["codes"].clone()))
        .collect();
    let answers = rows(&home.read("generated/answers-vouchers.txt"));
    let caught =
        answers.iter().filter(|row| found.get(&row["voucher_id"]).is_some_and(|codes| codes.contains(&row["code"])));
    // A flaw of a step that has not been taken by the as-of date cannot be seen yet.
    assert!(caught.count() * 10 > answers.len() * 8, "too few of {} flaws", answers.len());
}
