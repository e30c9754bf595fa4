//! `decisions`: what people have decided about open items, as a list or in the workbook that was sent out. A row in
//! which nobody has filled in anything is a form, not a decision.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{Schema, Strictness};
use crate::model::decision::RULINGS;
use crate::model::{Dataset, DecisionRow, ItemHash, ItemId, Opinion, Ruling, Text};

const SCHEMA: Schema = Schema {
    dataset: Dataset::Decisions,
    columns: &[
        required("finding_id", Kind::Id),
        required("decision", Kind::Word(RULINGS)),
        required("reason", Kind::Text),
        required("initials_1", Kind::Text),
        optional("initials_2", Kind::Text),
        optional("waive_until", Kind::Day),
        optional("item_hash", Kind::Id),
        optional("resolve_to", Kind::Id),
    ],
    key: &["finding_id", "item_hash"],
    fills: &["decision", "reason", "initials_1", "initials_2", "waive_until", "resolve_to"],
    keeps_contradictions: true,
    strictness: Strictness::Strict,
    ..Schema::PLAIN
};

impl Record for DecisionRow {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        let initials = |text: &str| Text::new(text.to_uppercase());
        let hash = match cells.text(6).get() {
            Some(text) => ItemHash::parse(text).map(Some).ok_or("item_hash"),
            None => Ok(None),
        };
        let target = cells.text(7).get().map(Text::new);
        let ruling = Ruling::of_word(cells.the_word(1), cells.day(5).get(), target);
        let item = ItemId::parse(cells.the_text(0)).ok_or("finding_id");
        let opinion = item.and_then(|item| {
            Ok(Opinion {
                item,
                hash: hash?,
                ruling: ruling?,
                reason: Text::new(cells.the_text(2)),
                first: initials(cells.the_text(3)),
                second: cells.text(4).get().map(initials),
            })
        });
        DecisionRow { place: cells.place(), opinion, finding_id: Text::new(cells.the_text(0)) }
    }
}
