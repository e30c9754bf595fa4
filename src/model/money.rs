//! An amount of one currency in its smallest unit. Adding two currencies is impossible, not a conversion,
//! and no amount is ever a float or rounded.

use std::fmt;

use super::{Currency, MinorUnits, Total};

/// An amount in minor units (cents for EUR) with its currency. Prints as `1234.50`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// The greatest amount of a row in minor units: a workbook still shows it to the cent, and sums stay far from any end.
pub const LARGEST: i64 = 999_999_999_999_999;

/// Why a text is no amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMoney {
    /// Not digits with at most one decimal mark.
    Shape,
    /// More decimal places than the currency has; nothing is rounded on input.
    Precision,
    /// More than [`LARGEST`] minor units.
    Range,
}

impl Money {
    /// An amount of minor units.
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Minor units: cents for EUR.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// Minor units, to be added up.
    pub fn units(self) -> MinorUnits {
        MinorUnits::from(self.minor)
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Reads digits with an optional leading minus and an optional decimal point.
    ///
    /// # Errors
    /// Names what is wrong. A surplus decimal place is refused, a zero too: `5.000` may well be five thousand.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, NotMoney> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let dangling = digits.ends_with('.');
        if whole.is_empty() || dangling || !all_digits(whole) || !all_digits(fraction) {
            return Err(NotMoney::Shape);
        }
        let places = currency.exponent() as usize;
        if fraction.len() > places {
            return Err(NotMoney::Precision);
        }
        let missing = std::iter::repeat_n(b'0', places - fraction.len());
        let digits = whole.bytes().chain(fraction.bytes()).chain(missing);
        let add = |sum: i64, digit: u8| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0'));
        let minor = digits.into_iter().try_fold(0, add).ok_or(NotMoney::Range)?;
        if minor > LARGEST {
            return Err(NotMoney::Range);
        }
        Ok(Money::new(if negative { -minor } else { minor }, currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Total::from(*self).fmt(f)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self, self.currency)
    }
}

/// How far what is asked for or paid may differ from what is due, once all of it is counted: an amount of any currency, or
/// a part of what is due, whichever lets more pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// An amount, written as a decimal.
    pub amount: String,
    /// Hundredths of a percent.
    pub basis_points: u32,
}

impl Tolerance {
    /// How much of an amount that is due; what the currency cannot express is not tolerated.
    pub fn of(&self, due: Money) -> MinorUnits {
        let amount = Money::parse(&self.amount, due.currency).map_or(MinorUnits::ZERO, Money::units);
        let part = i128::from(due.minor).abs() * i128::from(self.basis_points) / 10_000;
        amount.max(MinorUnits::new(part))
    }
}

#[cfg(test)]
mod tests {
    use super::{Money, NotMoney};
    use crate::model::Currency;

    #[test]
    fn amounts_are_exact_or_refused() {
        let cases: &[(&str, &str, Result<i64, NotMoney>)] = &[
            ("1234.50", "EUR", Ok(123_450)),
            ("1234.5", "EUR", Ok(123_450)),
            ("1234", "EUR", Ok(123_400)),
            ("-0.05", "EUR", Ok(-5)),
            ("5.000", "EUR", Err(NotMoney::Precision)),
            ("1234.567", "EUR", Err(NotMoney::Precision)),
            ("100", "JPY", Ok(100)),
            ("100.5", "JPY", Err(NotMoney::Precision)),
            ("1.234", "KWD", Ok(1_234)),
            ("1,234.50", "EUR", Err(NotMoney::Shape)),
            ("1.", "EUR", Err(NotMoney::Shape)),
            (".5", "EUR", Err(NotMoney::Shape)),
            ("1e3", "EUR", Err(NotMoney::Shape)),
            ("+5", "EUR", Err(NotMoney::Shape)),
            ("", "EUR", Err(NotMoney::Shape)),
            ("99999999999999999999", "EUR", Err(NotMoney::Range)),
            ("10000000000000.00", "EUR", Err(NotMoney::Range)),
        ];
        for (text, code, expected) in cases {
            let currency = Currency::from_code(code).expect(code);
            assert_eq!(Money::parse(text, currency).map(Money::minor), *expected, "{text} {code}");
        }
    }

    #[test]
    fn prints_as_it_reads() {
        for (minor, code, text) in [(-5, "EUR", "-0.05"), (123_450, "EUR", "1234.50"), (7, "JPY", "7")] {
            let currency = Currency::from_code(code).expect(code);
            assert_eq!(Money::new(minor, currency).to_string(), text);
            assert_eq!(Money::parse(text, currency), Ok(Money::new(minor, currency)));
        }
    }
}
