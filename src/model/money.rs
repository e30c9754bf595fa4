//! An amount of one currency in its smallest unit. Adding two currencies is impossible, not a conversion,
//! and no amount is ever a float or rounded.

use std::collections::BTreeMap;
use std::fmt;

use super::Currency;

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
        f.pad(&decimal_text(i128::from(self.minor), self.currency))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self, self.currency)
    }
}

/// Minor units as a decimal number with a point, as in machine files: `-1234.50`.
pub fn decimal_text(minor: i128, currency: Currency) -> String {
    let places = currency.exponent() as usize;
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if minor < 0 { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The minor units of a decimal number as [`decimal_text`] writes it, of sums too; none where it has other places.
pub fn minor_of(text: &str, currency: Currency) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_exact = fraction.len() == currency.exponent() as usize;
    format!("{whole}{fraction}").parse().ok().filter(|_| is_exact)
}

/// Sums per currency, in minor units of 128 bits, so that no sum of 64-bit amounts can overflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals(BTreeMap<Currency, i128>);

impl Totals {
    /// Counts an amount in.
    pub fn add(&mut self, money: Money) {
        *self.0.entry(money.currency).or_default() += i128::from(money.minor);
    }

    /// Counts minor units of a currency in.
    pub fn add_minor(&mut self, currency: Currency, minor: i128) {
        *self.0.entry(currency).or_default() += minor;
    }

    /// Counts all sums of others in.
    pub fn add_all(&mut self, others: &Totals) {
        for (currency, sum) in others.iter() {
            *self.0.entry(currency).or_default() += sum;
        }
    }

    /// The sum of one currency, zero if none was counted.
    pub fn of(&self, currency: Currency) -> i128 {
        self.0.get(&currency).copied().unwrap_or(0)
    }

    /// Currencies and sums, by currency code.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, i128)> + '_ {
        self.0.iter().map(|(currency, sum)| (*currency, *sum))
    }
}

impl FromIterator<Money> for Totals {
    fn from_iter<I: IntoIterator<Item = Money>>(amounts: I) -> Totals {
        let mut totals = Totals::default();
        for money in amounts {
            totals.add(money);
        }
        totals
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
    /// In minor units of a currency, of an amount that is due; what the currency cannot express is not tolerated.
    pub fn of(&self, due: i64, currency: Currency) -> i64 {
        let amount = Money::parse(&self.amount, currency).map_or(0, Money::minor);
        let part = i128::from(due).abs() * i128::from(self.basis_points) / 10_000;
        amount.max(i64::try_from(part).unwrap_or(i64::MAX))
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
    fn sums_are_read_as_they_are_written() {
        for (minor, code) in
            [(0, "EUR"), (-5, "EUR"), (12_345_678_901_234_567_890_i128, "EUR"), (7, "JPY"), (-1, "KWD")]
        {
            let currency = Currency::from_code(code).expect(code);
            assert_eq!(super::minor_of(&super::decimal_text(minor, currency), currency), Some(minor));
        }
        let eur = Currency::from_code("EUR").expect("EUR");
        assert_eq!(super::minor_of("1.5", eur), None);
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
