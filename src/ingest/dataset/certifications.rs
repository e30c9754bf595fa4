//! `certifications`: exams and assessments. A blank competency is filled from the program file's exam list.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::DatasetSchema;
use crate::model::{Certification, ConsultantId, Dataset, Fact, PartnerId, Text, Vocabulary};

columns! {
    consultant_id: required(Kind::Id),
    partner_id: required(Kind::Id),
    exam: required(Kind::Text),
    competency: optional(Kind::Competency),
    passed_on: required(Kind::Day),
    expires_on: optional(Kind::Day),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Certifications,
    columns: COLUMNS,
    key: &[AT.consultant_id, AT.exam, AT.passed_on],
    ..DatasetSchema::PLAIN
};

impl Record for Certification {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Certification {
            place: cells.place(),
            consultant: ConsultantId::new(cells.the_text(AT.consultant_id)),
            partner: PartnerId::new(cells.the_text(AT.partner_id)),
            exam: Text::new(cells.the_text(AT.exam)),
            competency: cells.competency(AT.competency),
            passed_on: cells.the_day(AT.passed_on),
            expires_on: cells.day(AT.expires_on),
        }
    }
}

/// Fills blank competencies from the program file's exam list.
pub(crate) fn fill(rows: &mut [Certification], vocabulary: &Vocabulary) {
    for row in rows.iter_mut().filter(|row| row.competency.value().is_none()) {
        row.competency = vocabulary.exam(&row.exam).map_or(Fact::No, Fact::Is);
    }
}
