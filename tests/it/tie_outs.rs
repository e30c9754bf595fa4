//! Every control total is seen to fail: what it guards is broken, and the run stops with its name and leaves nothing.

use std::collections::BTreeSet;

use vouchsafe::error::Exit;
use vouchsafe::home::Faults;

use crate::folder::{Folder, with_faults};

const MAY: &str = "run month-end --as-of 2021-05-31";

fn broken(home: &Folder, command: &str, id: &'static str) -> String {
    let ended = with_faults(&home.path(""), command, Faults { broken_total: Some(id), ..Faults::default() });
    let error = ended.expect_err(id);
    assert_eq!(error.exit, Exit::DoesNotTie, "{id}: {error}");
    error.to_string()
}

/// Each is broken in the first run of a home. T9 compares with the run before: it is broken in a second one.
const BREAKABLE: [&str; 14] =
    ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T10", "T11", "T12", "T13", "T14", "T15"];

#[test]
fn every_control_total_is_broken_below() {
    let home = Folder::sample();
    home.may();
    let page = home.run_json("out/month-end/2021-05-31");
    let ids: BTreeSet<&str> =
        page["tie_outs"].as_array().unwrap().iter().map(|tie| tie["id"].as_str().unwrap()).collect();
    // T14 is no line of the page: it compares the page itself with what was staged.
    assert_eq!(ids.into_iter().chain(["T14"]).collect::<BTreeSet<_>>(), BREAKABLE.into_iter().collect());
}

#[test]
fn a_broken_control_total_stops_the_run_with_its_name() {
    for id in BREAKABLE {
        let home = Folder::sample();
        let message = broken(&home, MAY, id);
        assert!(message.contains(&format!("{id} ")), "{id}: {message}");
        assert!(!home.path("out/month-end").exists(), "{id}: something was published");
        assert!(home.path("state/failed").exists(), "{id}: nothing was set aside");
        // What was wrong was only the sum: the same run goes through without it.
        home.may();
        assert_eq!(home.run_json("out/month-end/2021-05-31")["run"], 1, "{id}: a number was lost");
    }
}

#[test]
fn another_opening_stops_the_run() {
    let home = Folder::sample();
    home.may();
    let message = broken(&home, "run month-end --as-of 2021-06-30", "T9");
    assert!(message.contains("T9 opening = closing that the last run before the period has stated"), "{message}");
}
