//! `competencies`: what partners attained. The real export names no partner, so the profile or the file name does.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Competency, CompetencyLevel, CompetencyStatus, PartnerId, Place, Vocabulary};

pub(super) struct Competencies;

const LEVELS: [CompetencyLevel; 2] = [CompetencyLevel::Silver, CompetencyLevel::Gold];
const STATUSES: [CompetencyStatus; 3] =
    [CompetencyStatus::Active, CompetencyStatus::InGracePeriod, CompetencyStatus::Inactive];

impl Rows for Competencies {
    type Row = Competency;
    const COLUMNS: &'static [Column] = &[
        required("partner_id", Kind::Id),
        required("competency", Kind::Competency),
        required("level", Kind::Word(&["Silver", "Gold"])),
        optional("status", Kind::Word(&["Active", "In Grace Period", "Inactive"])),
        required("attained_on", Kind::Day),
        optional("expires_on", Kind::Day),
    ];
    const KEY: &'static [&'static str] = &["partner_id", "competency", "level", "attained_on"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Competency, (usize, Refusal)> {
        Ok(Competency {
            place,
            partner: PartnerId::new(&cells.need_id(0)?),
            competency: cells.need_competency(1)?,
            level: LEVELS[cells.need_word(2)?],
            status: cells.word(3).map(|at| STATUSES[at]),
            attained_on: cells.need_day(4)?,
            expires_on: cells.day(5),
        })
    }

    fn place(row: &Competency) -> Place {
        row.place
    }
}
