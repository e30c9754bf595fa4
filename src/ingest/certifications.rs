//! `certifications`: exams and assessments. A blank competency is filled from the program file's exam list.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Certification, ConsultantId, Fact, PartnerId, Place, Vocabulary};

pub(super) struct Certifications;

impl Rows for Certifications {
    type Row = Certification;
    const COLUMNS: &'static [Column] = &[
        required("consultant_id", Kind::Id),
        required("partner_id", Kind::Id),
        required("exam", Kind::Text),
        optional("competency", Kind::Competency),
        required("passed_on", Kind::Day),
        optional("expires_on", Kind::Day),
    ];
    const KEY: &'static [&'static str] = &["consultant_id", "exam", "passed_on"];

    fn row(place: Place, cells: &Cells, vocabulary: &Vocabulary) -> Result<Certification, (usize, Refusal)> {
        let exam = cells.need_text(2)?;
        let competency = match cells.competency(3) {
            Fact::Is(named) => Fact::Is(named),
            Fact::No | Fact::Unknown => vocabulary.exam(&exam).map_or(Fact::No, Fact::Is),
        };
        Ok(Certification {
            place,
            consultant: ConsultantId::new(&cells.need_id(0)?),
            partner: PartnerId::new(&cells.need_id(1)?),
            exam,
            competency,
            passed_on: cells.need_day(4)?,
            expires_on: cells.day(5),
        })
    }

    fn place(row: &Certification) -> Place {
        row.place
    }
}
