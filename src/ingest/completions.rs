//! `completions`: completion reports, one row per consultant, with what was uploaded.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Completion, ConsultantId, Fact, Place, Vocabulary, VoucherId};

pub(super) struct Completions;

impl Rows for Completions {
    type Row = Completion;
    const COLUMNS: &'static [Column] = &[
        required("voucher_id", Kind::Id),
        required("consultant_id", Kind::Id),
        required("country", Kind::Country),
        required("started_on", Kind::Day),
        required("completed_on", Kind::Day),
        optional("reported_on", Kind::Day),
        optional("deliverable", Kind::Text),
        optional("deliverable_on", Kind::Day),
        optional("offsite_days", Kind::Whole),
    ];
    const KEY: &'static [&'static str] = &["voucher_id", "consultant_id"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Completion, (usize, Refusal)> {
        let deliverable = match cells.text(6) {
            Fact::Is(word) if word.eq_ignore_ascii_case("no") => Fact::No,
            other => other,
        };
        Ok(Completion {
            place,
            voucher: VoucherId::new(&cells.need_id(0)?),
            consultant: ConsultantId::new(&cells.need_id(1)?),
            country: cells.need_country(2)?,
            started_on: cells.need_day(3)?,
            completed_on: cells.need_day(4)?,
            reported_on: cells.day(5),
            deliverable,
            deliverable_on: cells.day(7),
            offsite_days: cells.whole(8),
        })
    }

    fn place(row: &Completion) -> Place {
        row.place
    }
}
