//! `certifications`: exams and assessments. A blank competency is filled from the program file's exam list.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::Schema;
use crate::model::{Certification, ConsultantId, Dataset, Fact, PartnerId, Text, Vocabulary};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Certifications,
    columns: &[
        required("consultant_id", Kind::Id),
        required("partner_id", Kind::Id),
        required("exam", Kind::Text),
        optional("competency", Kind::Competency),
        required("passed_on", Kind::Day),
        optional("expires_on", Kind::Day),
    ],
    key: &["consultant_id", "exam", "passed_on"],
    ..Schema::PLAIN
};

impl Record for Certification {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Certification {
            place: cells.place(),
            consultant: ConsultantId::new(cells.the_text(0)),
            partner: PartnerId::new(cells.the_text(1)),
            exam: Text::new(cells.the_text(2)),
            competency: cells.competency(3),
            passed_on: cells.the_day(4),
            expires_on: cells.day(5),
        }
    }
}

/// Fills blank competencies from the program file's exam list.
pub(crate) fn fill(rows: &mut [Certification], vocabulary: &Vocabulary) {
    for row in rows.iter_mut().filter(|row| row.competency.value().is_none()) {
        row.competency = vocabulary.exam(&row.exam).map_or(Fact::No, Fact::Is);
    }
}
