//! A run that is killed at any moment is repaired by running it again: same ledger, same outputs.

use std::time::Duration;

use crate::folder::Folder;

#[test]
fn killed_at_named_moments() {
    let calm = Folder::sample();
    calm.may();
    for moment in ["staged", "before-commit", "after-commit", "published"] {
        let home = Folder::sample();
        let output = home.command("run month-end --as-of 2021-05-31").env("VOUCHSAFE_DIE_AT", moment).output().unwrap();
        assert!(!output.status.success(), "{moment}: it did not die");
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
        let mut child = home.command("run month-end --as-of 2021-05-31").spawn().unwrap();
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
