//! An amount of one currency in its smallest unit, and sums of such. Adding two currencies is impossible, not a conversion,
//! and no amount is ever a float or rounded.

use std::collections::BTreeMap;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Serialize, Serializer};

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

/// A sum of minor units of one currency, cents for EUR: 128 bits, so that no sum of amounts can overflow. The
/// currency stands where it is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MinorUnits(i128);

impl MinorUnits {
    /// Nothing.
    pub const ZERO: MinorUnits = MinorUnits(0);

    /// A number of minor units.
    pub const fn new(minor: i128) -> MinorUnits {
        MinorUnits(minor)
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without its sign.
    pub fn abs(self) -> MinorUnits {
        MinorUnits(self.0.abs())
    }

    /// With the currency that it is of.
    pub fn of(self, currency: Currency) -> Total {
        Total { units: self, currency }
    }

    /// As an amount; none if it is too great for one.
    pub fn money(self, currency: Currency) -> Option<Money> {
        i64::try_from(self.0).ok().map(|minor| Money::new(minor, currency))
    }

    /// Reads a decimal number as [`Total`] prints it; none where it has other decimal places than the currency.
    pub fn parse(text: &str, currency: Currency) -> Option<MinorUnits> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_exact = fraction.len() == currency.exponent() as usize;
        format!("{whole}{fraction}").parse().ok().filter(|_| is_exact).map(MinorUnits)
    }
}

impl From<i64> for MinorUnits {
    fn from(minor: i64) -> MinorUnits {
        MinorUnits(i128::from(minor))
    }
}

impl Add for MinorUnits {
    type Output = MinorUnits;

    fn add(self, other: MinorUnits) -> MinorUnits {
        MinorUnits(self.0 + other.0)
    }
}

impl Sub for MinorUnits {
    type Output = MinorUnits;

    fn sub(self, other: MinorUnits) -> MinorUnits {
        MinorUnits(self.0 - other.0)
    }
}

impl Neg for MinorUnits {
    type Output = MinorUnits;

    fn neg(self) -> MinorUnits {
        MinorUnits(-self.0)
    }
}

impl AddAssign for MinorUnits {
    fn add_assign(&mut self, other: MinorUnits) {
        self.0 += other.0;
    }
}

impl SubAssign for MinorUnits {
    fn sub_assign(&mut self, other: MinorUnits) {
        self.0 -= other.0;
    }
}

impl Sum for MinorUnits {
    fn sum<I: Iterator<Item = MinorUnits>>(sums: I) -> MinorUnits {
        sums.fold(MinorUnits::ZERO, Add::add)
    }
}

impl<'s> Sum<&'s MinorUnits> for MinorUnits {
    fn sum<I: Iterator<Item = &'s MinorUnits>>(sums: I) -> MinorUnits {
        sums.copied().sum()
    }
}

/// A sum with its currency. Prints as amounts do: `-1234.50`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// How much.
    pub units: MinorUnits,
    /// Of which currency.
    pub currency: Currency,
}

impl From<Money> for Total {
    fn from(money: Money) -> Total {
        money.units().of(money.currency())
    }
}

/// In JSON a decimal string; its currency stands beside it.
impl Serialize for Total {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Neg for Total {
    type Output = Total;

    fn neg(self) -> Total {
        (-self.units).of(self.currency)
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.currency.exponent() as usize;
        let minor = self.units.0;
        let digits = format!("{:0>width$}", minor.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if minor < 0 { "-" } else { "" };
        f.pad(&if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
    }
}

/// Sums by currency, which never become one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals(BTreeMap<Currency, MinorUnits>);

impl Totals {
    /// Counts an amount or a sum in.
    pub fn add(&mut self, amount: impl Into<Total>) {
        let Total { units, currency } = amount.into();
        *self.0.entry(currency).or_default() += units;
    }

    /// Counts all sums of others in.
    pub fn add_all(&mut self, others: &Totals) {
        others.iter().for_each(|total| self.add(total));
    }

    /// The sum of one currency, zero if none was counted.
    pub fn of(&self, currency: Currency) -> MinorUnits {
        self.0.get(&currency).copied().unwrap_or_default()
    }

    /// The sum of one currency, if any was counted.
    pub fn get(&self, currency: Currency) -> Option<Total> {
        self.0.get(&currency).map(|units| units.of(currency))
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All sums, by currency code.
    pub fn iter(&self) -> impl Iterator<Item = Total> + '_ {
        self.0.iter().map(|(currency, units)| units.of(*currency))
    }
}

/// In JSON decimal strings by currency code.
impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|total| (total.currency.code(), total)))
    }
}

impl<A: Into<Total>> FromIterator<A> for Totals {
    fn from_iter<I: IntoIterator<Item = A>>(amounts: I) -> Totals {
        let mut totals = Totals::default();
        amounts.into_iter().for_each(|amount| totals.add(amount));
        totals
    }
}

/// How far what is claimed or paid may differ from what is entitled, once all of it is counted: an amount of any currency, or
/// a part of what is due, whichever is larger.
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
    use super::{MinorUnits, Money, NotMoney};
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
    fn sums_are_read_as_they_are_printed() {
        for (minor, code) in
            [(0, "EUR"), (-5, "EUR"), (12_345_678_901_234_567_890_i128, "EUR"), (7, "JPY"), (-1, "KWD")]
        {
            let (units, currency) = (MinorUnits::new(minor), Currency::from_code(code).expect(code));
            assert_eq!(MinorUnits::parse(&units.of(currency).to_string(), currency), Some(units));
        }
        let eur = Currency::from_code("EUR").expect("EUR");
        assert_eq!(MinorUnits::parse("1.5", eur), None);
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
