//! How long the books of consecutive months take, with the items that are carried: per month, and as history grows.
//!
//! ```text
//! cargo run --release --example generate -- scale --vouchers 1000000 --seed 1 DIR
//! cargo bench --bench months -- DIR [MONTHS]
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a program for developers"
)]

mod exports;
mod memory;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Instant;

use vouchsafe::books::{Books, OpeningBooks, balances, match_groups};
use vouchsafe::compare::{Baseline, changes};
use vouchsafe::decisions::Decisions;
use vouchsafe::ingest::{Intake, Means, Source, ingest};
use vouchsafe::items::{Ownership, Register, register};
use vouchsafe::ledger::{Ledger, Missing, RunRow};
use vouchsafe::model::{Authority, Carried, Dataset, Day, OpeningClaims, Outcome, Tolerance, VoucherId};
use vouchsafe::program::Program;
use vouchsafe::verdicts::{Earlier, Terms, VerdictSummary, judge};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(dir) = arguments.first() else {
        println!("usage: cargo bench --bench months -- DIR [MONTHS]");
        return;
    };
    let months = arguments.get(1).map_or(12, |text| text.parse::<u32>().expect("a number of months"));
    let program = exports::program();
    let source = |&dataset: &Dataset| exports::source(Path::new(dir), dataset).ok();
    let sources: Vec<Source> = Dataset::ALL.iter().filter_map(source).collect();
    let intake = ingest(&sources, &program.vocabulary, Means::PLAIN);
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = Ledger::open(&folder.path().join("ledger.db"), Missing::Begun).expect("a ledger");
    let mut left = Left::default();
    let first = Day::parse_iso("2021-06-01").expect("a day");
    for month in 0..months {
        let as_of = first.plus_months(month).previous();
        left = run(&intake, &program, as_of, &mut ledger, left);
    }
}

/// What a month leaves for the next one, besides what the ledger has.
#[derive(Default)]
struct Left {
    books: Option<Books>,
    summaries: HashMap<VoucherId, VerdictSummary>,
    as_of: Option<Day>,
}

fn run(intake: &Intake, program: &Program, as_of: Day, ledger: &mut Ledger, left: Left) -> Left {
    let start = Instant::now();
    let (authority, opening, tolerance) = (Authority::default(), OpeningClaims::default(), Tolerance::default());
    let carried = ledger.carried("months", as_of).expect("items");
    let decisions = Decisions::new(&[], &[], &authority, carried.as_ref(), None);
    let before = left.as_of.map(|_| &left.summaries);
    let earlier = Earlier { verdicts: before, carried: carried.as_ref(), decisions: Some(&decisions) };
    let read = start.elapsed().as_secs_f64();
    let terms = Terms { program, as_of, tolerance: &tolerance, paid_through: &[], opening: &opening, earlier };
    let month = judge(intake, terms, &[]);
    let judged = start.elapsed().as_secs_f64();
    let ownership = Ownership { routes: &[], due_days: [7, 14, 30] };
    let mut register = register(&month, &[], terms, &ownership);
    let opened = left.books.map_or(OpeningBooks::default(), |books| OpeningBooks {
        run: Some(1),
        stated: balances(&books.accounts),
        accounts: books.accounts,
    });
    let books = Books::close(Some(as_of.start_of_month()), opened, &month, &HashSet::new(), terms);
    let match_groups = match_groups(&month.verdicts, &tolerance);
    let booked = start.elapsed().as_secs_f64();
    let changes = before.zip(left.as_of).map_or(0, |(summaries, then)| {
        let baseline =
            Baseline { summaries, as_of: then, rule: None, decisions: None, opening: None, judged_now: None };
        changes(baseline, &month.verdicts, intake, terms).len()
    });
    let told = start.elapsed().as_secs_f64();
    keep(ledger, as_of, carried.as_ref(), &mut register);
    let total = start.elapsed().as_secs_f64();
    let open = register.voucher_items.iter().filter(|entry| entry.finding.outcome != Outcome::Pending).count();
    println!(
        "{{\"as_of\": \"{as_of}\", \"vouchers\": {}, \"items\": {}, \"not_pending\": {open}, \"groups\": {}, \"changes\": {changes}, \
         \"carried_seconds\": {read:.3}, \"judge_seconds\": {:.3}, \"books_seconds\": {:.3}, \"changes_seconds\": {:.3}, \
         \"ledger_seconds\": {:.3}, \"seconds\": {total:.3}, \"peak_mib\": {}}}",
        month.verdicts.len(),
        register.items().len(),
        match_groups.len(),
        judged - read,
        booked - judged,
        told - booked,
        total - told,
        memory::peak_mib()
    );
    let summaries = month.verdicts.iter().map(|verdict| (verdict.voucher.clone(), verdict.summary())).collect();
    drop(match_groups);
    Left { books: Some(books), summaries, as_of: Some(as_of) }
}

/// Writes the items of a run, and the run.
fn keep(ledger: &mut Ledger, as_of: Day, carried: Option<&Carried>, register: &mut Register<'_>) {
    let mut entry = ledger.begin().expect("a transaction");
    let reopened = entry.known_before("months", as_of, &register.new_ones()).expect("items");
    register.reopen(&reopened);
    entry.items("months", as_of, carried, &register.items()).expect("items");
    let row = RunRow {
        run: entry.run(),
        job: "months".to_owned(),
        as_of,
        revision: 1,
        run_key: as_of.to_string(),
        folder: as_of.to_string(),
        verdict: "EXCEPTIONS".to_owned(),
        exit_code: 0,
        seal: String::new(),
    };
    entry.commit(&row, &[], &[]).expect("a commit");
}
