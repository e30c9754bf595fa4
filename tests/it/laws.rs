//! What must hold whatever the data are.

use std::collections::BTreeMap;

use crate::folder::{Folder, rows};
use crate::sweeps::{drawn, seeds};

const FILES: [&str; 5] = [
    "completion-report-2021-06-01.csv",
    "payment-status-2021-06-01.csv",
    "enrollments-2021-06-01.csv",
    "trainings-2021-06-01.csv",
    "rates-2021.csv",
];

/// Verdicts without the address of their row.
fn verdicts(home: &Folder) -> Vec<BTreeMap<String, String>> {
    let mut verdicts = rows(&home.read("out/dry-run/nightly/2021-05-31/verdicts.csv"));
    for verdict in &mut verdicts {
        verdict.remove("source");
    }
    verdicts
}

fn dry(home: &Folder) -> i32 {
    home.say("run nightly --as-of 2021-05-31 --dry-run").code
}

/// A shuffle that depends on nothing but the seed.
fn shuffle(lines: &mut [String], mut seed: u64) {
    for at in (1..lines.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lines.swap(at, (seed >> 33) as usize % (at + 1));
    }
}

#[test]
fn the_order_of_rows_never_matters() {
    let calm = Folder::sample();
    assert_eq!(dry(&calm), 0);
    let expected = verdicts(&calm);
    for seed in seeds(6, 12, 120).map(drawn) {
        let home = Folder::sample();
        for file in FILES {
            let path = format!("sample-data/exports/{file}");
            let text = home.read(&path);
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            shuffle(&mut lines[1..], seed);
            home.write(&path, &lines.join("\n"));
        }
        assert_eq!(dry(&home), 0, "{seed}");
        assert!(verdicts(&home) == expected, "{seed}: the order of rows matters");
    }
}

/// No cell takes a control character: any other text may be a name as good as the one before.
const DAMAGE: &str = "?\u{7}!";

#[test]
fn no_row_is_lost_and_no_damage_pays_more() {
    let calm = Folder::sample();
    assert_eq!(dry(&calm), 0);
    let payable = |home: &Folder| -> Vec<String> {
        let ok = verdicts(home).into_iter().filter(|v| v["state"] == "redeemed" && v["outcome"] == "ok");
        ok.map(|verdict| verdict["voucher_id"].clone()).collect()
    };
    let before = payable(&calm);
    for seed in seeds(12, 24, 240).map(drawn) {
        let home = Folder::sample();
        let path = format!("sample-data/exports/{}", FILES[(seed % 3) as usize]);
        let text = home.read(&path);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let row = 1 + (seed >> 8) as usize % (lines.len() - 1);
        let mut cells: Vec<String> = lines[row].split(',').map(str::to_owned).collect();
        let cell = (seed >> 40) as usize % cells.len();
        cells[cell] = DAMAGE.to_owned();
        lines[row] = cells.join(",");
        home.write(&path, &lines.join("\n"));
        let code = dry(&home);
        assert!(code == 0 || code == 3, "{seed}: exit {code}");
        let page = home.run_json("out/dry-run/nightly/2021-05-31");
        for file in page["inputs"].as_array().unwrap() {
            let count = |name: &str| file[name].as_u64().unwrap();
            assert_eq!(count("read"), count("accepted") + count("rejected") + count("duplicate") + count("blank"));
        }
        let is_not_more = payable(&home).iter().all(|voucher| before.contains(voucher));
        assert!(is_not_more, "{path} row {row} cell {cell}");
    }
}
