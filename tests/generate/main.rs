//! Writes sample data: one invented month of exports, or as many vouchers as a load test wants.
//!
//! ```text
//! cargo run --example generate -- month [DIR]                        default DIR: sample-data/exports
//! cargo run --example generate -- scale --vouchers N --seed S [--dirty | --shuffled | --open K] DIR
//! ```
//!
//! `--open K`: about K of the vouchers are flawed or given up, all others are old and paid.
//!
//! No clock and no chance: the same arguments write the same bytes. Every company, person, customer, amount and
//! exam in the files is invented.
#![expect(clippy::disallowed_methods, reason = "a program for developers, which writes files")]

mod dirt;
mod exports;
mod fate;
mod files;
mod lists;
mod month;
mod planted;
mod random;
mod scale;
mod sheets;
mod voucher;
mod world;

use std::error::Error;
use std::io::Write;
use std::path::Path;

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str =
    "usage: generate month [DIR] | generate scale --vouchers N --seed S [--dirty | --shuffled | --open K] DIR";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let written = match words.as_slice() {
        ["month"] => month::write(Path::new("sample-data/exports"))?,
        ["month", dir] => month::write(Path::new(dir))?,
        ["scale", "--vouchers", vouchers, "--seed", seed, dir] => {
            scale::write(Path::new(dir), vouchers.parse()?, seed.parse()?, scale::Rows::Sorted)?
        }
        ["scale", "--vouchers", vouchers, "--seed", seed, "--dirty", dir] => {
            scale::write(Path::new(dir), vouchers.parse()?, seed.parse()?, scale::Rows::Dirty)?
        }
        ["scale", "--vouchers", vouchers, "--seed", seed, "--shuffled", dir] => {
            scale::write(Path::new(dir), vouchers.parse()?, seed.parse()?, scale::Rows::Shuffled)?
        }
        ["scale", "--vouchers", vouchers, "--seed", seed, "--open", open, dir] => scale::write(
            Path::new(dir),
            vouchers.parse()?,
            seed.parse()?,
            scale::Rows::Settled { open: open.parse()? },
        )?,
        _ => return Err(USAGE.into()),
    };
    writeln!(std::io::stdout(), "{written}")?;
    Ok(())
}
