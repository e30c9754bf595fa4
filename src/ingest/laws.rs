//! What must hold for any bytes and any text, however hostile: called by property tests here, and with many more inputs
//! by the fuzz targets in `fuzz/`.

use std::io::Cursor;

use super::cell::amounts::decimal_in;
use super::cell::days::day_in;
use super::csv::gate;
use super::profile::notation::{DateOrder, DecimalMark};
use super::xlsx;
use crate::model::{Currency, Day, Money};

/// The parts of a CSV text are all of it, and the csv crate finds as many records in them as the gate says.
pub fn csv_gate(text: &[u8]) {
    for delimiter in [b',', b';', b'\t'] {
        let Ok(parts) = gate::cut(text, delimiter, 0) else { continue };
        assert_eq!(parts.first().map(|part| part.start), Some(0));
        assert_eq!(parts.last().map(|part| part.end), Some(text.len()));
        assert!(parts.windows(2).all(|pair| pair[0].end == pair[1].start));
        for part in &parts {
            let mut builder = csv::ReaderBuilder::new();
            let reader = builder.has_headers(false).flexible(true).delimiter(delimiter);
            let found = reader.from_reader(&text[part.start..part.end]).into_byte_records().count();
            assert_eq!(found + part.empty.len(), part.records as usize);
        }
    }
}

/// Any bytes are a workbook or are refused.
pub fn xlsx_gate(bytes: &[u8]) {
    let checked = xlsx::gate::check(&mut Cursor::new(bytes));
    assert!(checked.is_err() || bytes.starts_with(b"PK"));
}

/// A text that is an amount reads the same when it is written again, and nothing is rounded.
pub fn amounts(text: &str) {
    let currencies = ["EUR", "JPY", "KWD"].into_iter().filter_map(Currency::from_code);
    for currency in currencies {
        for mark in [DecimalMark::Point, DecimalMark::Comma] {
            let Some(decimal) = decimal_in(text, mark) else { continue };
            let Ok(money) = Money::parse(&decimal, currency) else { continue };
            assert_eq!(Money::parse(&money.to_string(), currency), Ok(money));
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let (read, written) = (digits(text), digits(&money.to_string()));
            assert_eq!(read.trim_start_matches('0').trim_end_matches('0'), written.trim_matches('0'));
        }
    }
}

/// A text that is a day under both orders has two readings, and ISO days are read as they are written.
pub fn days(text: &str) {
    if let Some(day) = Day::parse_iso(text) {
        assert_eq!(day.to_string(), text);
    }
    let (a, b) = (day_in(text, DateOrder::DayMonthYear), day_in(text, DateOrder::MonthDayYear));
    if let (Some(a), Some(b)) = (a, b) {
        assert_eq!(a.year(), b.year());
    }
    assert_eq!(day_in(text, DateOrder::Iso), None);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes(bytes in prop::collection::vec(prop_oneof![Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b','), any::<u8>()], 0..400)) {
            super::csv_gate(&bytes);
            super::xlsx_gate(&bytes);
        }

        #[test]
        fn any_text(text in "[-0-9., '\u{a0}\u{202f}/]{0,14}|\\PC{0,12}") {
            super::amounts(&text);
            super::days(&text);
        }
    }
}
