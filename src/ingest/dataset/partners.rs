//! `partners`: the Partner Center profile, one row per location.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::DatasetSchema;
use crate::model::{Dataset, LocationId, Partner, PartnerId, Text};

columns! {
    partner_id: required(Kind::Id),
    location_id: required(Kind::Id),
    partner_name: required(Kind::Text),
    country: required(Kind::Country),
    city: optional(Kind::Text),
    hierarchy_level: optional(Kind::Text),
    membership_expires_on: optional(Kind::Day),
}

const SCHEMA: DatasetSchema =
    DatasetSchema { dataset: Dataset::Partners, columns: COLUMNS, key: &[AT.location_id], ..DatasetSchema::PLAIN };

impl Record for Partner {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Partner {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(AT.partner_id)),
            location: LocationId::new(cells.the_text(AT.location_id)),
            name: Text::new(cells.the_text(AT.partner_name)),
            country: cells.the_country(AT.country),
        }
    }
}
