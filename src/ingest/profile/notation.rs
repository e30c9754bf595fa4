//! How a file writes amounts and days, as far as a profile may declare it.

use schemars::JsonSchema;
use serde::Deserialize;

/// The decimal mark of amounts in text.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DecimalMark {
    Point,
    Comma,
}

/// The order of dates in text; ISO dates are understood in any case.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateOrder {
    Iso,
    DayMonthYear,
    MonthDayYear,
}
