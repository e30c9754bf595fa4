//! `rates`: what the team's contract pays for a level in a country. Never invented in code.

use super::cell::{Kind, Refusal, not_an_amount};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Money, Place, Rate, Vocabulary};

pub(super) struct Rates;

impl Rows for Rates {
    type Row = Rate;
    const COLUMNS: &'static [Column] = &[
        required("country", Kind::Country),
        required("days", Kind::Whole),
        required("amount", Kind::Amount),
        required("currency", Kind::Currency),
        required("valid_from", Kind::Day),
        optional("valid_to", Kind::Day),
    ];
    const KEY: &'static [&'static str] = &["country", "days", "currency", "valid_from"];
    const KEEP_CONTRADICTIONS: bool = true;

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Rate, (usize, Refusal)> {
        let text = cells.need_amount(2)?;
        let amount = Money::parse(&text, cells.need_currency(3)?).ok().filter(|amount| amount.minor() >= 0);
        Ok(Rate {
            place,
            country: cells.need_country(0)?,
            days: cells.need_whole(1)?,
            amount: amount.ok_or_else(|| (2, not_an_amount(&text)))?,
            valid_from: cells.need_day(4)?,
            valid_to: cells.day(5),
        })
    }

    fn place(row: &Rate) -> Place {
        row.place
    }
}
