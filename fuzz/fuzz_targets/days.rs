//! See `vouchsafe::ingest::laws`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| vouchsafe::ingest::laws::days(text));
