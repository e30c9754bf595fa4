//! `run.json`, read again: by later runs that start from it, and before it is published. Runs of the version before stay
//! readable, in which amounts were whole numbers of minor units.

use std::collections::BTreeMap;

use serde_json::Value;

use super::run_json::SCHEMA_VERSION;
use crate::books::Balance;
use crate::model::{Currency, MinorUnits, Totals};

/// Why a `run.json` cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error("it is of version {0} of its schema\n  expected {AMOUNTS_IN_MINOR_UNITS} or {SCHEMA_VERSION}")]
    Version(Value),
    #[error("\"{0}\" is no currency")]
    NoCurrency(String),
    #[error("{0} is no amount of {1}")]
    NoAmount(Value, Currency),
    #[error("{0} is no count")]
    NoCount(Value),
}

/// The version in which amounts were whole numbers of minor units.
const AMOUNTS_IN_MINOR_UNITS: u32 = 1;

/// A `run.json`.
pub(crate) struct RunPage {
    version: u32,
    page: Value,
}

impl RunPage {
    /// Reads a page of this version, or of the one before.
    pub(crate) fn read(bytes: &[u8]) -> Result<RunPage, PageError> {
        let page: Value = serde_json::from_slice(bytes)?;
        let known = [AMOUNTS_IN_MINOR_UNITS, SCHEMA_VERSION];
        let version = known.into_iter().find(|known| page["schema_version"] == *known);
        let version = version.ok_or_else(|| PageError::Version(page["schema_version"].clone()))?;
        Ok(RunPage { version, page })
    }

    /// What a key of the page states.
    pub(crate) fn stated(&self, key: &str) -> &Value {
        &self.page[key]
    }

    /// A count that the page states.
    pub(crate) fn count(stated: &Value) -> Result<u64, PageError> {
        stated.as_u64().ok_or_else(|| PageError::NoCount(stated.clone()))
    }

    /// An amount that the page states.
    pub(crate) fn amount(&self, stated: &Value, currency: Currency) -> Result<MinorUnits, PageError> {
        let amount = match stated {
            Value::String(decimal) if self.version != AMOUNTS_IN_MINOR_UNITS => MinorUnits::parse(decimal, currency),
            Value::Number(minor) if self.version == AMOUNTS_IN_MINOR_UNITS => minor.as_i64().map(MinorUnits::from),
            _ => None,
        };
        amount.ok_or_else(|| PageError::NoAmount(stated.clone(), currency))
    }

    /// Sums by currency that the page states.
    pub(crate) fn sums(&self, stated: &Value) -> Result<Totals, PageError> {
        let sum = |(code, sum): (&String, &Value)| {
            let currency = currency(code)?;
            Ok(self.amount(sum, currency)?.of(currency))
        };
        stated.as_object().into_iter().flatten().map(sum).collect()
    }

    /// The lines of the statement, by currency.
    fn statement(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.page["statement"]["currencies"].as_object().into_iter().flatten()
    }

    /// How many lines the statement has.
    pub(crate) fn statement_lines(&self) -> usize {
        self.statement().filter_map(|(_, lines)| lines.as_object()).map(serde_json::Map::len).sum()
    }

    /// An amount of the statement: of a currency, a line, and a place.
    pub(crate) fn statement_amount(
        &self,
        currency: Currency,
        line: &str,
        place: &str,
    ) -> Result<MinorUnits, PageError> {
        self.amount(&self.page["statement"]["currencies"][currency.code()][line][place], currency)
    }

    /// The closings, by currency.
    pub(crate) fn closings(&self) -> Result<BTreeMap<Currency, Balance>, PageError> {
        let closing = |(code, _): (&String, &Value)| {
            let currency = currency(code)?;
            let place = |name| self.statement_amount(currency, "closing", name);
            let closing = Balance {
                held: place("held")?,
                to_invoice: place("to_invoice")?,
                awaiting_payment: place("awaiting_payment")?,
                unapplied: place("unapplied")?,
            };
            Ok((currency, closing))
        };
        self.statement().map(closing).collect()
    }

    /// Vouchers of a closed period that are restated, and about which nobody has decided.
    pub(crate) fn undecided_restatements(&self) -> Result<u64, PageError> {
        match &self.page["after_close"] {
            // Of a time before months were closed.
            Value::Null => Ok(0),
            stated => RunPage::count(&stated["undecided"]),
        }
    }
}

/// A currency by its code.
fn currency(code: &str) -> Result<Currency, PageError> {
    Currency::from_code(code).ok_or_else(|| PageError::NoCurrency(code.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::RunPage;
    use crate::model::{Currency, MinorUnits};

    /// A page with one closing and one sum, whose amounts are written so.
    fn page(version: &str, [held, unapplied, entitled]: [&str; 3]) -> String {
        format!(
            r#"{{"schema_version": {version},
            "vouchers": {{"entitled": {{"JPY": 7, "EUR": {entitled}}}}},
            "statement": {{"currencies": {{"EUR": {{"closing":
                {{"held": {held}, "to_invoice": {held}, "awaiting_payment": {held}, "unapplied": {unapplied}}}}}}}}},
            "after_close": {{"undecided": 2}}}}"#
        )
    }

    #[test]
    fn a_page_of_the_version_before_says_the_same() {
        let eur = Currency::from_code("EUR").expect("EUR");
        let before = page("1", ["120050", "-7", "5"]);
        let now = page("2", ["\"1200.50\"", "\"-0.07\"", "\"0.05\""]).replace("\"JPY\": 7", "\"JPY\": \"7\"");
        for page in [before, now] {
            let page = RunPage::read(page.as_bytes()).expect("page");
            let closing = page.closings().expect("closings")[&eur];
            assert_eq!((closing.held, closing.unapplied), (MinorUnits::new(120_050), MinorUnits::new(-7)));
            let entitled = page.sums(&page.stated("vouchers")["entitled"]).expect("sums");
            assert_eq!(entitled.iter().map(|sum| sum.to_string()).collect::<Vec<_>>(), ["0.05", "7"]);
            assert_eq!(page.undecided_restatements().ok(), Some(2));
        }
    }

    #[test]
    fn what_does_not_hold_what_it_should_is_an_error() {
        let error = |page: &str| match RunPage::read(page.as_bytes()) {
            Ok(page) => page.closings().expect_err("closings").to_string(),
            Err(error) => error.to_string(),
        };
        let decimal = ["\"1200.50\"", "\"-0.07\"", "\"0.05\""];
        assert_eq!(error(&page("2", ["\"1200.5\"", "\"0.00\"", "0"])), "\"1200.5\" is no amount of EUR");
        assert_eq!(error(&page("2", ["120050", "\"0.00\"", "0"])), "120050 is no amount of EUR");
        assert_eq!(error(&page("1", decimal)), "\"1200.50\" is no amount of EUR");
        assert_eq!(error(&page("3", decimal)), "it is of version 3 of its schema\n  expected 1 or 2");
        assert_eq!(error(&page("1", ["120050", "null", "0"])), "null is no amount of EUR");
    }
}
