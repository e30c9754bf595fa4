//! Golden runs. Each file `tests/runs/<case>.txt` tells a case from the first export to the last table: what arrives,
//! what is typed, what comes out. `case_file` says how it is written, `tables` how tables are shown, `implied` why some
//! of them need not be. To add a case, add its file and its name below; `UPDATE_GOLDEN=1 cargo test <case>` writes what
//! comes out into the file, and leaves the rest of it as it is.

mod case_file;
mod implied;
mod tables;

use std::fs;
use std::path::PathBuf;

use case_file::{Block, Step, give, steps, with_outcome};
use similar::TextDiff;
use tables::{ACCOUNTS, FINDINGS, ITEMS, Row, STATEMENT, TABLES, Table, VERDICTS};

use crate::folder::{Folder, Said, project, rows};

/// A test for each case, in a home of its own, and the list of them.
macro_rules! golden_runs {
    ($($case:ident)*) => {
        $(
            #[test]
            fn $case() {
                golden_run(&stringify!($case).replace('_', "-"));
            }
        )*

        const CASES: &[&str] = &[$(stringify!($case)),*];
    };
}

golden_runs! {
    advice_names_each_voucher
    approval_waits
    authority_withdrawn
    bad_rows
    claimed_before_and_by_invoice
    commerce_incentives
    contradictions
    decision_then_change
    decision_withdrawn
    decisions_do_not_come_back
    decisions_refused
    deployment_vouchers
    disputed
    duplicate_payment
    evidence_comes_later
    exchange_difference
    expiry_clock
    instalment_without_voucher
    invoice_paid_in_parts_and_taken_back
    late_payment
    late_rows_after_close
    missing_file_title
    nothing_known_of_payments
    off_site_days_released
    one_payment_many_vouchers
    one_person_is_not_enough
    paid_to_another_company
    payment_for_either_of_two
    payment_of_an_invoice
    payment_without_rate
    redemption_moves_behind_the_close
    references_that_disagree
    rejected_and_written_off
    remittance_in_part_without_voucher
    remittance_listed_again_in_full
    remittance_listed_again_in_part
    reopened_item
    reopened_period
    report_restated_after_close
    requested_before_our_invoice
    resolved_and_named_otherwise
    resolved_rejected_withdrawn
    resolved_to_a_typo
    resolved_to_an_invoice
    restatement_after_close
    reversal_and_repayment
    reversal_under_the_same_reference
    same_reference_is_another_payment
    second_long_engagement
    short_payment_and_unapplied_payments
    short_payment_written_off
    split_payment
    stale_decision_stays_refused
    steps_after_the_close
    tolerance_raised
    two_causes_at_once
    two_currencies
    two_decisions_at_once
    two_payable
    unapplied_payment_and_rejected_request
    unapplied_payment_for_three
    unapplied_payment_gets_its_invoice
    unapplied_payment_gets_its_voucher
    unapplied_payment_gets_its_voucher_and_is_rejected
    unapplied_payment_is_split
    unapplied_payment_not_ours
    undecided_restatement_keeps_the_next_month_open
    voucher_id_typed_wrong
    voucher_named_invoice_paid_whole
    waiver_expiring
    waiver_taken_stands
    write_off_withdrawn_and_amount_back
}

#[test]
fn every_case_is_listed() {
    let mut files: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('-', "_"))
        .collect();
    files.sort();
    assert_eq!(files, CASES, "the files of tests/runs, and the list in tests/it/runs.rs");
}

fn folder() -> PathBuf {
    project().join("tests/runs")
}

fn golden_run(case: &str) {
    let path = folder().join(format!("{case}.txt"));
    let text = fs::read_to_string(&path).unwrap();
    let steps = steps(&text);
    let home = Folder::empty();
    let found: Vec<Vec<Block>> = steps.iter().map(|step| outcome(&home, step)).collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, with_outcome(&text, &found)).unwrap();
        return;
    }
    let mut wrong = String::new();
    for (number, (step, found)) in (1..).zip(steps.iter().zip(&found)) {
        for difference in differences(step, found) {
            wrong += &format!("\nstep {number} of {}: {}\n{difference}", steps.len(), step.command);
        }
    }
    let update = format!("if that is right: UPDATE_GOLDEN=1 cargo test {}", case.replace('-', "_"));
    assert!(wrong.is_empty(), "tests/runs/{case}.txt: something else comes out\n{wrong}\n{update}\n");
}

/// What comes out of a step: what is said and, if a run was written, its tables.
fn outcome(home: &Folder, step: &Step) -> Vec<Block> {
    step.given.iter().for_each(|block| give(home, block));
    let Said { code, stdout, stderr } = home.say(step.command.strip_prefix("$ vouchsafe ").unwrap());
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let mut blocks = vec![Block::new(&step.command, lines(&without_seals(&stdout)))];
    if code != 0 || !stderr.is_empty() {
        blocks.push(Block::new(format!("! exit {code}"), lines(&stderr)));
    }
    if let Some(run) = stdout.lines().find(|line| line.starts_with("out/")) {
        let tables = run_tables(home, run.split_whitespace().next().unwrap());
        blocks.extend(tables.unwrap_or_else(|wrong| panic!("{}: {wrong}", step.command)));
    }
    blocks
}

/// A seal covers the configuration, which changes for other reasons.
fn without_seals(text: &str) -> String {
    let is_seal = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| if is_seal(word.trim_end()) { word.replace(word.trim_end(), "<seal>") } else { word.to_owned() })
        .collect()
}

/// The tables of a run that have a row. Those which are not written are named, since an empty one says something else.
fn run_tables(home: &Folder, run: &str) -> Result<Vec<Block>, String> {
    let rows = |table| table_rows(home, run, table);
    let rules = implied::rules(home, run.split('/').nth(1).unwrap());
    implied::findings_repeat_items(&rows(&FINDINGS)?, &rows(&ITEMS)?, &rows(&VERDICTS)?, &rules)?;
    implied::statements_have_all_lines(&rows(&STATEMENT)?, &rows(&ACCOUNTS)?)?;
    let mut blocks = Vec::new();
    for table in &TABLES {
        if !home.path(&format!("{run}/{}", table.file)).exists() {
            blocks.push(Block::new(format!("> {} is not written", table.file), Vec::new()));
            continue;
        }
        let lines = table.show(&rows(table)?);
        if !lines.is_empty() {
            blocks.push(Block::new(format!("> {}", table.file), lines));
        }
    }
    Ok(blocks)
}

fn table_rows(home: &Folder, run: &str, table: &Table) -> Result<Vec<Row>, String> {
    let text = home.read(&format!("{run}/{}", table.file));
    let columns: Vec<String> = text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
    if columns != table.columns() {
        let wrong = difference(table.columns(), &columns);
        return Err(format!("{} has other columns than src/report/documents.md\n{wrong}", table.file));
    }
    Ok(rows(&text))
}

/// Each block of a step that is another than expected, line by line.
fn differences(step: &Step, found: &[Block]) -> Vec<String> {
    let further = step.expected.iter().filter(|block| find(found, &block.title).is_none());
    let mut wrong = Vec::new();
    for Block { title, .. } in found.iter().chain(further) {
        let (expected, found) = (find(&step.expected, title), find(found, title));
        let how = match (expected, found) {
            (expected, found) if expected == found => continue,
            (None, _) => "comes out, and is not expected",
            (_, None) => "is expected, and does not come out",
            _ => "- is expected, + comes out",
        };
        let lines = |block: Option<&Block>| block.map(|block| block.lines.clone()).unwrap_or_default();
        wrong.push(format!("{title}: {how}\n{}", difference(&lines(expected), &lines(found))));
    }
    wrong
}

fn find<'a>(blocks: &'a [Block], title: &str) -> Option<&'a Block> {
    blocks.iter().find(|block| block.title == title)
}

/// What is another, in the form of a unified diff.
fn difference(before: &[String], after: &[String]) -> String {
    let [before, after] = [before, after].map(|lines| lines.iter().map(|line| format!("{line}\n")).collect::<String>());
    TextDiff::from_lines(&before, &after).unified_diff().to_string()
}

#[test]
fn what_differs_is_told_by_block_and_line() {
    let case = "$ vouchsafe run x\n    out/x\n> items.csv\n    A x=1\n    B x=2\n> changes.csv\n    A\n";
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    let found = [
        Block::new("$ vouchsafe run x", lines(&["out/x"])),
        Block::new("! exit 7", Vec::new()),
        Block::new("> items.csv", lines(&["A x=1", "B x=3"])),
    ];
    let told = [
        "! exit 7: comes out, and is not expected\n",
        "> items.csv: - is expected, + comes out\n@@ -1,2 +1,2 @@\n A x=1\n-B x=2\n+B x=3\n",
        "> changes.csv: is expected, and does not come out\n@@ -1 +0,0 @@\n-A\n",
    ];
    assert_eq!(differences(&steps(case)[0], &found), told);
}
