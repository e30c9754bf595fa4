//! The entitled amount of a delivery: the rate of the delivery country for the level on the start day, whether or not the
//! voucher may be paid.

use super::partner::PartnerBook;
use super::steps::Steps;
use crate::ingest::Coverage;
use crate::model::{Code, Completion, Country, Day, Money, Place, Voucher};
use crate::program::Program;

/// The entitled amount of a delivery, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Entitlement {
    /// One rate covers it; the row of the rate.
    Amount(Money, Place),
    /// Nothing is known of the start yet.
    NoStart,
    /// The level is none of the program.
    UnknownLevel,
    /// No rate for country, level and start.
    NoRate(Country, u32, Day),
    /// Two rates or more; their rows.
    SeveralRates(Vec<Place>),
    /// A row that says it was refused, or a file is missing: the code that says so, what is missing, and the row.
    Unknown(Code, String, Option<Place>),
}

impl Entitlement {
    /// The amount, if it is known.
    pub fn amount(&self) -> Option<Money> {
        match self {
            Entitlement::Amount(money, _) => Some(*money),
            Entitlement::NoStart
            | Entitlement::UnknownLevel
            | Entitlement::NoRate(..)
            | Entitlement::SeveralRates(_)
            | Entitlement::Unknown(..) => None,
        }
    }
}

pub(super) fn entitlement(
    row: Option<&Voucher>,
    completions: &[&Completion],
    steps: &Steps,
    program: &Program,
    partners: &PartnerBook<'_>,
) -> Entitlement {
    let (Some(row), Some(start)) = (row, steps.started.get()) else {
        return Entitlement::NoStart;
    };
    if !program.voucher.levels.contain(row.days) {
        return Entitlement::UnknownLevel;
    }
    let first = completions.iter().find(|completion| completion.place == start.place);
    let Some(country) = first.map(|completion| completion.country) else {
        return Entitlement::NoStart;
    };
    let coverage = partners.rates_coverage();
    if coverage == Coverage::None {
        return Entitlement::Unknown(Code::MissingData, "there are no rates".to_owned(), None);
    }
    let begun: Vec<_> = partners.rates(country, row.days).iter().filter(|rate| rate.valid_from <= start.day).collect();
    if let Some(doubt) = partners.rate_doubt(country, row.days, start.day) {
        let why = format!("a rate row for {country} and {} was refused", program.voucher.levels.text(row.days));
        return Entitlement::Unknown(doubt.code, why, Some(doubt.place));
    }
    if let Some(rate) = begun.iter().find(|rate| rate.valid_to.is_unknown()) {
        let why = "the rates have no column valid_to".to_owned();
        return Entitlement::Unknown(Code::MissingData, why, Some(rate.place));
    }
    let covering: Vec<_> =
        begun.into_iter().filter(|rate| rate.valid_to.get().is_none_or(|last| start.day <= last)).collect();
    match (covering.as_slice(), coverage) {
        ([_, _, ..], _) => Entitlement::SeveralRates(covering.iter().map(|rate| rate.place).collect()),
        (_, Coverage::Partial | Coverage::None) => {
            Entitlement::Unknown(Code::MissingData, "a file of rates was refused".to_owned(), None)
        }
        ([rate], Coverage::Whole) => Entitlement::Amount(rate.amount, rate.place),
        ([], Coverage::Whole) => Entitlement::NoRate(country, row.days, start.day),
    }
}
