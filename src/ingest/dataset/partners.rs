//! `partners`: the Partner Center profile, one row per location.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Rows;
use crate::ingest::columns::schema::Shape;
use crate::model::{Dataset, LocationId, Partner, PartnerId, Text};

const SHAPE: Shape = Shape {
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
    ..Shape::PLAIN
};

impl Rows for Partner {
    const SHAPE: &'static Shape = &SHAPE;

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
