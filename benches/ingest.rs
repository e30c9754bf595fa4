//! How long it takes to read a generated set of exports, checked, typed and gathered by voucher, and where the time
//! goes. `benches/peers/ingest.py` runs it beside other tools and compares.
//!
//! ```text
//! cargo run --release --example generate -- scale --vouchers 2000000 --seed 1 DIR
//! cargo bench --bench ingest -- DIR [RUNS]
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

use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::Instant;

use vouchsafe::ingest::{Event, Means, Opener, ingest};
use vouchsafe::model::Dataset;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let Some(dir) = arguments.first() else {
        println!("usage: cargo bench --bench ingest -- DIR [RUNS]");
        return;
    };
    let runs = arguments.get(1).map_or(3, |text| text.parse().expect("a number of runs"));
    let vocabulary = exports::program().vocabulary;
    let about_vouchers = [Dataset::Vouchers, Dataset::Redemptions, Dataset::Completions, Dataset::Payments];
    let sources = about_vouchers.map(|dataset| exports::source(Path::new(dir), dataset).expect("a generated file"));
    for _ in 0..runs {
        let start = Instant::now();
        let clock = Clock { start, state: Mutex::new(State::default()) };
        let watch = |event: Event| clock.note(&event);
        let intake = ingest(&sources, &vocabulary, Means { opener: &Opener::Itself, watch: &watch });
        let total = start.elapsed().as_secs_f64();
        let rows: u64 = intake.files.iter().map(|file| file.read).sum();
        let accounted: u64 =
            intake.files.iter().map(|file| file.accepted + file.rejected + file.duplicate + file.blank).sum();
        assert_eq!(rows, accounted, "a row was lost");
        println!(
            "{{\"seconds\": {total:.3}, \"rows\": {rows}, \"vouchers\": {}, {}, \"peak_mib\": {}}}",
            intake.records.vouchers.len(),
            clock.breakdown(),
            memory::peak_mib()
        );
    }
}

/// Adds up where the time goes, per thread.
struct Clock {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When each thread had last something to say.
    last: HashMap<ThreadId, f64>,
    /// When the last file was read.
    parsed: f64,
    gate: f64,
    parse: f64,
    index: f64,
}

impl Clock {
    fn note(&self, event: &Event) {
        let now = self.start.elapsed().as_secs_f64();
        let mut state = self.state.lock().expect("no thread has panicked");
        let since = now - state.last.insert(thread::current().id(), now).unwrap_or(0.0);
        match event {
            Event::Opened { .. } => {}
            Event::Gated => state.gate += since,
            Event::Part { .. } => state.parse += since,
            Event::Parsed => state.parsed = now,
            Event::Gathered => state.index = now - state.parsed,
        }
    }

    /// Reading and checking, and parsing, in seconds of all threads together; gathering in seconds as they pass.
    fn breakdown(&self) -> String {
        let state = self.state.lock().expect("no thread has panicked");
        format!(
            "\"gate_threads\": {:.3}, \"parse_threads\": {:.3}, \"index\": {:.3}",
            state.gate, state.parse, state.index
        )
    }
}
