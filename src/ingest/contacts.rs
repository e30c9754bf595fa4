//! `contacts`: who receives letters, kept by the team itself.

use super::cell::{Kind, Refusal};
use super::dataset::{Cells, Rows};
use super::headers::{Column, optional, required};
use crate::model::{Contact, Language, LocationId, Place, Vocabulary};

pub(super) struct Contacts;

const LANGUAGES: &[&str] = &["en", "nl", "sv", "de", "zh-CN", "fr"];

impl Rows for Contacts {
    type Row = Contact;
    const COLUMNS: &'static [Column] = &[
        required("location_id", Kind::Id),
        optional("contact_name", Kind::Text),
        required("contact_email", Kind::Email),
        optional("language", Kind::Word(LANGUAGES)),
    ];
    const KEY: &'static [&'static str] = &["location_id", "contact_email"];

    fn row(place: Place, cells: &Cells, _: &Vocabulary) -> Result<Contact, (usize, Refusal)> {
        Ok(Contact {
            place,
            location: LocationId::new(&cells.need_id(0)?),
            name: cells.text(1),
            email: cells.need_text(2)?,
            language: cells.word(3).map(|at| Language::ALL[at]),
        })
    }

    fn place(row: &Contact) -> Place {
        row.place
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
