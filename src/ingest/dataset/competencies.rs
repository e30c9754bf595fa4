//! `competencies`: what partners attained. The real export names no partner, so the profile or the file name does.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::DatasetSchema;
use crate::model::{Competency, CompetencyLevel, CompetencyStatus, Dataset, PartnerId};

const STATUSES: [(&str, CompetencyStatus); 3] = [
    ("Active", CompetencyStatus::Active),
    ("In Grace Period", CompetencyStatus::InGracePeriod),
    ("Inactive", CompetencyStatus::Inactive),
];

const LEVELS: [(&str, CompetencyLevel); 2] = [("Silver", CompetencyLevel::Silver), ("Gold", CompetencyLevel::Gold)];

columns! {
    partner_id: required(Kind::Id),
    competency: required(Kind::Competency),
    level: required(Kind::Word(&words(&LEVELS))),
    status: optional(Kind::Word(&words(&STATUSES))),
    attained_on: required(Kind::Day),
    expires_on: optional(Kind::Day),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Competencies,
    columns: COLUMNS,
    key: &[AT.partner_id, AT.competency, AT.level, AT.attained_on],
    moves_on: &[AT.status],
    ..DatasetSchema::PLAIN
};

impl Record for Competency {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Competency {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(AT.partner_id)),
            competency: cells.the_competency(AT.competency),
            level: cells.the_meaning(AT.level, &LEVELS),
            status: cells.meaning(AT.status, &STATUSES),
            attained_on: cells.the_day(AT.attained_on),
            expires_on: cells.day(AT.expires_on),
        }
    }
}
