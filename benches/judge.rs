//! How long it takes to judge vouchers by all rules, per voucher, on one thread and on two.
//!
//! ```text
//! cargo run --release --example generate -- scale --vouchers 1000000 --seed 1 DIR
//! cargo bench --bench judge -- DIR
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a program for developers"
)]

mod exports;

use std::path::Path;
use std::time::Instant;

use vouchsafe::ingest::{Intake, Means, Source, ingest};
use vouchsafe::model::{Dataset, Day, OpeningClaims, Tolerance};
use vouchsafe::program::Program;
use vouchsafe::verdicts::{AlternativeProgram, Earlier, Terms, judge_cases, open_cases};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(dir) = arguments.first() else {
        println!("usage: cargo bench --bench judge -- DIR");
        return;
    };
    let program = exports::program();
    let source = |&dataset: &Dataset| exports::source(Path::new(dir), dataset).ok();
    let sources: Vec<Source> = Dataset::ALL.iter().filter_map(source).collect();
    let intake = ingest(&sources, &program.vocabulary, Means::PLAIN);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        for with_readings in [false, true] {
            let (vouchers, index, judged) = pool.install(|| judge(&intake, &program, with_readings));
            let per_voucher = judged * 1e9 / vouchers;
            println!(
                "{{\"threads\": {threads}, \"other_readings\": {with_readings}, \"vouchers\": {vouchers}, \
                 \"index_seconds\": {index:.3}, \"judge_seconds\": {judged:.3}, \"nanoseconds_per_voucher\": {per_voucher:.0}}}"
            );
        }
    }
}

/// Vouchers, and seconds for the index and for the verdicts.
fn judge(intake: &Intake, program: &Program, with_readings: bool) -> (f64, f64, f64) {
    let as_of = Day::parse_iso("2021-05-31").expect("a day");
    let opening = OpeningClaims::default();
    let (tolerance, earlier) = (Tolerance::default(), Earlier::default());
    let terms = Terms { program, as_of, tolerance: &tolerance, paid_through: &[], opening: &opening, earlier };
    let start = Instant::now();
    let (index, _) = open_cases(intake, terms);
    let indexed = start.elapsed().as_secs_f64();
    let rivals = if with_readings { AlternativeProgram::readings(program) } else { Vec::new() };
    let (verdicts, _) = judge_cases(&index, terms, &rivals);
    let count = u32::try_from(verdicts.len()).expect("fewer vouchers");
    (f64::from(count), indexed, start.elapsed().as_secs_f64() - indexed)
}
