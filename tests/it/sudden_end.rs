//! A run that is killed at any moment is repaired by running it again: same ledger, same outputs.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use vouchsafe::home::Faults;

use crate::folder::{Folder, with_faults};

const MAY: &str = "run month-end --as-of 2021-05-31";

/// Names home and moment to the process that is to die.
const DIES_IN: &str = "DIES_IN";
const DIES_AT: &str = "DIES_AT";

/// The process that dies, when the test below starts it. The program cannot be asked to die, so this one runs the job.
#[test]
fn a_process_that_dies() {
    let (Ok(home), Ok(moment)) = (std::env::var(DIES_IN), std::env::var(DIES_AT)) else { return };
    let ended = with_faults(Path::new(&home), MAY, Faults { dies_at: Some(moment), ..Faults::default() });
    panic!("it did not die: {ended:?}");
}

#[test]
fn killed_at_named_moments() {
    let calm = Folder::sample();
    calm.may();
    for moment in ["staged", "before-commit", "after-commit", "published"] {
        let home = Folder::sample();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "sudden_end::a_process_that_dies"])
            .envs([(DIES_IN, home.path("").as_os_str()), (DIES_AT, moment.as_ref())])
            .output()
            .unwrap();
        // A test that fails ends with 101.
        let code = output.status.code();
        assert!(!matches!(code, Some(0 | 101)), "{moment}: {code:?} {}", String::from_utf8_lossy(&output.stdout));
        home.may();
        same(&home, &calm, moment);
    }
}

#[test]
fn killed_at_ten_other_moments() {
    let calm = Folder::sample();
    calm.may();
    for step in 1..=10 {
        let home = Folder::sample();
        let mut child = home.command(MAY).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(step * 15));
        let _ = child.kill();
        child.wait().unwrap();
        home.may();
        same(&home, &calm, &format!("after {} ms", step * 15));
    }
}

fn same(home: &Folder, calm: &Folder, when: &str) {
    assert_eq!(home.ledger().len(), calm.ledger().len(), "{when}");
    assert_eq!(home.ledger(), calm.ledger(), "{when}");
    assert!(home.tree("out") == calm.tree("out"), "{when}: other outputs");
}
