//! `enrollments`: enrollment for an offering, agreement, training, and registration in the payment tool.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::Schema;
use crate::model::{Dataset, Enrollment, Fact, LocationId, PartnerId};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Enrollments,
    columns: &[
        required("partner_id", Kind::Id),
        required("offering", Kind::Offering),
        required("enrolled_on", Kind::Day),
        optional("agreement_signed_on", Kind::Day),
        optional("training_completed_on", Kind::Day),
        optional("profile_updated_on", Kind::Day),
        optional("savb_registered_on", Kind::Day),
        optional("bank_mapped", Kind::Word(&["yes", "no"])),
        optional("location_id", Kind::Id),
    ],
    key: &["partner_id", "offering", "enrolled_on"],
    ..Schema::PLAIN
};

impl Record for Enrollment {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Enrollment {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(0)),
            offering: cells.the_offering(1),
            enrolled_on: cells.the_day(2),
            agreement_signed_on: cells.day(3),
            training_completed_on: cells.day(4),
            profile_updated_on: cells.day(5),
            savb_registered_on: cells.day(6),
            bank_mapped: match cells.word(7) {
                Fact::No => Fact::Is(false),
                known => known.map(|at| at == 0),
            },
            location: cells.text(8).map(LocationId::new),
        }
    }
}
