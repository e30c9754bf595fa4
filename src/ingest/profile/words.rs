//! Words that a program file maps onto those of the data sets.

use std::collections::BTreeSet;

use crate::ingest::columns::kind::Kind;
use crate::ingest::dataset::schema_of;
use crate::ingest::plain::plain;
use crate::mistake::{Mistake, Part, hint};
use crate::model::{Dataset, Vocabulary};

/// Words of a program that stand for none of the canonical ones, or in no column: they would never be read, without a
/// word.
///
/// # Errors
/// Each of them, with its place in the program file.
pub fn check_words(vocabulary: &Vocabulary) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    for (dataset, column, words) in vocabulary.columns() {
        let path: [Part; 3] = ["words".into(), dataset.into(), column.into()];
        let schema = Dataset::from_name(dataset).map(schema_of);
        let kind = schema.and_then(|schema| schema.column(column)).map(|column| column.kind);
        let Some(Kind::Word(known)) = kind else {
            mistakes.push(Mistake::new(path, format!("{dataset} has no column \"{column}\" of words")));
            continue;
        };
        let canonical: BTreeSet<&str> = words.values().map(String::as_str).collect();
        for word in canonical.into_iter().filter(|word| !known.iter().any(|known| plain(known) == plain(word))) {
            let like = hint(word, known.iter().copied());
            let what = format!("\"{word}\" is no word of {column}\n  expected one of {}{like}", known.join(", "));
            mistakes.push(Mistake::new(path.clone().into_iter().chain([word.into()]), what));
        }
        let is_another = |(word, canonical): &(&String, &String)| {
            known.iter().any(|known| plain(known) == **word && plain(known) != plain(canonical))
        };
        for (word, canonical) in words.iter().filter(is_another) {
            let what = format!("\"{word}\" is a word of {column} itself, and cannot stand for \"{canonical}\"");
            mistakes.push(Mistake::new(path.clone().into_iter().chain([canonical.into()]), what));
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}
