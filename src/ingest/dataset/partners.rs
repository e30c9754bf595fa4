//! `partners`: the Partner Center profile, one row per location.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::Schema;
use crate::model::{Dataset, LocationId, Partner, PartnerId, Text};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Partners,
    columns: &[
        required("partner_id", Kind::Id),
        required("location_id", Kind::Id),
        required("partner_name", Kind::Text),
        required("country", Kind::Country),
        optional("city", Kind::Text),
        optional("hierarchy_level", Kind::Text),
        optional("membership_expires_on", Kind::Day),
    ],
    key: &["location_id"],
    ..Schema::PLAIN
};

impl Record for Partner {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Partner {
            place: cells.place(),
            partner: PartnerId::new(cells.the_text(0)),
            location: LocationId::new(cells.the_text(1)),
            name: Text::new(cells.the_text(2)),
            country: cells.the_country(3),
        }
    }
}
