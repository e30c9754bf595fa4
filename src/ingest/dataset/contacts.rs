//! `contacts`: who receives letters, kept by the team itself.

use crate::ingest::columns::block::Cells;
use crate::ingest::columns::column::{optional, required};
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::record::Record;
use crate::ingest::columns::schema::Schema;
use crate::model::{Contact, Dataset, Language, LocationId, Text};

const LANGUAGES: &[&str] = &["en", "nl", "sv", "de", "zh-CN", "fr"];

const SCHEMA: Schema = Schema {
    dataset: Dataset::Contacts,
    columns: &[
        required("location_id", Kind::Id),
        optional("contact_name", Kind::Text),
        required("contact_email", Kind::Email),
        optional("language", Kind::Word(LANGUAGES)),
    ],
    key: &["location_id", "contact_email"],
    ..Schema::PLAIN
};

impl Record for Contact {
    const SCHEMA: &'static Schema = &SCHEMA;

    fn row(cells: Cells<'_>) -> Self {
        Contact {
            place: cells.place(),
            location: LocationId::new(cells.the_text(0)),
            name: cells.text(1).map(Text::new),
            email: Text::new(cells.the_text(2)),
            language: cells.word(3).map(|at| Language::ALL[at]),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_word_list_names_the_languages_in_order() {
        let tags: Vec<&str> = crate::model::Language::ALL.iter().map(|language| language.tag()).collect();
        assert_eq!(tags, super::LANGUAGES);
    }
}
