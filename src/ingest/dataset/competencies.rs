//! `competencies`: what partners attained. The real export names no partner, so the profile or the file name does.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::Schema;
use crate::model::{Competency, CompetencyLevel, CompetencyStatus, Dataset, PartnerId};

const LEVELS: [CompetencyLevel; 2] = [CompetencyLevel::Silver, CompetencyLevel::Gold];
const STATUSES: [CompetencyStatus; 3] =
    [CompetencyStatus::Active, CompetencyStatus::InGracePeriod, CompetencyStatus::Inactive];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Competencies,
    columns: &[
        required("partner_id", Kind::Id),
        required("competency", Kind::Competency),
        required("level", Kind::Word(&["Silver", "Gold"])),
        optional("status", Kind::Word(&["Active", "In Grace Period", "Inactive"])),
        required("attained_on", Kind::Day),
        optional("expires_on", Kind::Day),
    ],
    key: &["partner_id", "competency", "level", "attained_on"],
    ..Schema::PLAIN
};

impl Record for Competency {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Competency {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(0)),
            competency: cells.the_competency(1),
            level: LEVELS[cells.the_word(2)],
            status: cells.word(3).map(|at| STATUSES[at]),
            attained_on: cells.the_day(4),
            expires_on: cells.day(5),
        }
    }
}
