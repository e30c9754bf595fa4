//! `enrollments`: enrollment for an offering, agreement, training, and registration in the payment tool.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Enrollment, Fact, LocationId, PartnerId, Place, Vocabulary};

pub(super) struct Enrollments;

impl Rows for Enrollments {
    type Row = Enrollment;
    const COLUMNS: &'static [Column] = &[
        required("partner_id", Kind::Id),
        required("offering", Kind::Offering),
        required("enrolled_on", Kind::Day),
        optional("agreement_signed_on", Kind::Day),
        optional("training_completed_on", Kind::Day),
        optional("profile_updated_on", Kind::Day),
        optional("savb_registered_on", Kind::Day),
        optional("bank_mapped", Kind::Word(&["yes", "no"])),
        optional("location_id", Kind::Id),
    ];
    const KEY: &'static [&'static str] = &["partner_id", "offering", "enrolled_on"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Enrollment, (usize, Refusal)> {
        Ok(Enrollment {
            place,
            partner: PartnerId::new(&cells.need_id(0)?),
            offering: cells.need_offering(1)?,
            enrolled_on: cells.need_day(2)?,
            agreement_signed_on: cells.day(3),
            training_completed_on: cells.day(4),
            profile_updated_on: cells.day(5),
            savb_registered_on: cells.day(6),
            bank_mapped: match cells.word(7) {
                Fact::No => Fact::Is(false),
                known => known.map(|at| at == 0),
            },
            location: cells.id(8).map(|id| LocationId::new(&id)),
        })
    }

    fn place(row: &Enrollment) -> Place {
        row.place
    }
}
