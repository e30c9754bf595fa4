//! See `vouchsafe::ingest::laws`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| vouchsafe::ingest::laws::xlsx_gate(bytes));
