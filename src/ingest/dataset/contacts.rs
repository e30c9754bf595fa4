//! `contacts`: who receives letters, kept by the team itself.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::columns;
use crate::ingest::columns::kind::{Kind, words};
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::DatasetSchema;
use crate::model::{Contact, Dataset, Language, LocationId, Text};

const LANGUAGES: [(&str, Language); 6] = [
    ("en", Language::En),
    ("nl", Language::Nl),
    ("sv", Language::Sv),
    ("de", Language::De),
    ("zh-CN", Language::ZhCn),
    ("fr", Language::Fr),
];

columns! {
    location_id: required(Kind::Id),
    contact_name: optional(Kind::Text),
    contact_email: required(Kind::Email),
    language: optional(Kind::Word(&words(&LANGUAGES))),
}

const SCHEMA: DatasetSchema = DatasetSchema {
    dataset: Dataset::Contacts,
    columns: COLUMNS,
    key: &[AT.location_id, AT.contact_email],
    ..DatasetSchema::PLAIN
};

impl Record for Contact {
    const SCHEMA: &'static DatasetSchema = &SCHEMA;

    fn of(cells: Cells<'_>) -> Self {
        Contact {
            place: cells.place(),
            location: LocationId::new(cells.the_text(AT.location_id)),
            name: cells.text(AT.contact_name).map(Text::new),
            email: Text::new(cells.the_text(AT.contact_email)),
            language: cells.meaning(AT.language, &LANGUAGES),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_language_is_named_by_its_tag() {
        let tags = crate::model::Language::ALL.map(|language| (language.tag(), language));
        assert_eq!(tags, super::LANGUAGES);
    }
}
