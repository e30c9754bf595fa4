//! Every control total is seen to fail: what it guards is broken, and the run stops with its name and leaves nothing.

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

#[test]
fn a_broken_control_total_stops_the_run_with_its_name() {
    for id in ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T10", "T11", "T12", "T13", "T14", "CT-05"] {
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
