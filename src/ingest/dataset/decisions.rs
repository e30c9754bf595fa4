//! `decisions`: what people have decided about open items, as a list or in the workbook that was sent out. A row in
//! which nobody has filled in anything is a form, not a decision.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::{DatasetSchema, Strictness};
use crate::model::decision::DecisionWord;
use crate::model::{Dataset, DecisionEntry, DecisionRow, Disposition, ItemHash, ItemId, Text};

columns! {
    finding_id: required(Kind::Id),
    decision: required(Kind::Word(&words(&DecisionWord::LIST))),
    reason: required(Kind::Text),
    initials_1: required(Kind::Text),
    initials_2: optional(Kind::Text),
    waive_until: optional(Kind::Day),
    item_hash: optional(Kind::Id),
    resolve_to: optional(Kind::Id),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Decisions,
    columns: COLUMNS,
    key: &[AT.finding_id, AT.item_hash],
    fills: &[AT.decision, AT.reason, AT.initials_1, AT.initials_2, AT.waive_until, AT.resolve_to],
    keeps_contradictions: true,
    strictness: Strictness::Strict,
    ..DatasetSchema::PLAIN
};

impl Record for DecisionRow {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        let initials = |text: &str| Text::new(text.to_uppercase());
        let hash = match cells.text(AT.item_hash).get() {
            Some(text) => ItemHash::parse(text).map(Some).ok_or("item_hash"),
            None => Ok(None),
        };
        let target = cells.text(AT.resolve_to).get().map(Text::new);
        let word = cells.the_meaning(AT.decision, &DecisionWord::LIST);
        let disposition = Disposition::new(word, cells.day(AT.waive_until).get(), target);
        let item = ItemId::parse(cells.the_text(AT.finding_id)).ok_or("finding_id");
        let entry = item.and_then(|item| {
            Ok(DecisionEntry {
                item,
                hash: hash?,
                disposition: disposition?,
                reason: Text::new(cells.the_text(AT.reason)),
                first: initials(cells.the_text(AT.initials_1)),
                second: cells.text(AT.initials_2).get().map(initials),
            })
        });
        DecisionRow { place: cells.place(), entry, finding_id: Text::new(cells.the_text(AT.finding_id)) }
    }
}
