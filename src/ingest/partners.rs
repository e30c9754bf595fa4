//! `partners`: the Partner Center profile, one row per location.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{LocationId, Partner, PartnerId, Place, Vocabulary};

pub(super) struct Partners;

impl Rows for Partners {
    type Row = Partner;
    const COLUMNS: &'static [Column] = &[
        required("partner_id", Kind::Id),
        required("location_id", Kind::Id),
        required("partner_name", Kind::Text),
        required("country", Kind::Country),
        optional("city", Kind::Text),
        optional("hierarchy_level", Kind::Text),
        optional("membership_expires_on", Kind::Day),
    ];
    const KEY: &'static [&'static str] = &["location_id"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Partner, (usize, Refusal)> {
        Ok(Partner {
            place,
            partner: PartnerId::new(&cells.need_id(0)?),
            location: LocationId::new(&cells.need_id(1)?),
            name: cells.need_text(2)?,
            country: cells.need_country(3)?,
        })
    }

    fn place(row: &Partner) -> Place {
        row.place
    }
}
