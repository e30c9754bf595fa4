//! `enrollments`: enrollment for an offering, agreement, training, and registration in the payment tool.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::DatasetSchema;
use crate::model::{Dataset, Enrollment, Fact, LocationId, PartnerId};

const YES_OR_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];

columns! {
    partner_id: required(Kind::Id),
    offering: required(Kind::Offering),
    enrolled_on: required(Kind::Day),
    agreement_signed_on: optional(Kind::Day),
    training_completed_on: optional(Kind::Day),
    profile_updated_on: optional(Kind::Day),
    savb_registered_on: optional(Kind::Day),
    bank_mapped: optional(Kind::Word(&words(&YES_OR_NO))),
    location_id: optional(Kind::Id),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Enrollments,
    columns: COLUMNS,
    key: &[AT.partner_id, AT.offering, AT.enrolled_on],
    ..DatasetSchema::PLAIN
};

impl Record for Enrollment {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Enrollment {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(AT.partner_id)),
            offering: cells.the_offering(AT.offering),
            enrolled_on: cells.the_day(AT.enrolled_on),
            agreement_signed_on: cells.day(AT.agreement_signed_on),
            training_completed_on: cells.day(AT.training_completed_on),
            profile_updated_on: cells.day(AT.profile_updated_on),
            savb_registered_on: cells.day(AT.savb_registered_on),
            bank_mapped: match cells.meaning(AT.bank_mapped, &YES_OR_NO) {
                Fact::No => Fact::Is(false),
                known => known,
            },
            location: cells.text(AT.location_id).map(LocationId::new),
        }
    }
}
