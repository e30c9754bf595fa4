//! `reminders/letters.csv` and the sheet Letters: one row per notice and receiver, told or not.

use crate::letters::{Letter, NoticeRow, STAGE};
use crate::model::NoticeStatus;
use crate::report::column::{Column, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "reminders/letters.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A notice, and the letter that carries it.
pub(crate) struct LetterRow<'a> {
    notice: &'a NoticeRow,
    letter: Option<&'a Letter>,
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<LetterRow<'a>> {
    let letters = results.letters;
    let row = |notice: &'a NoticeRow| LetterRow { notice, letter: notice.letter.map(|at| &letters.letters[at]) };
    letters.rows.iter().map(row).collect()
}

impl LetterRow<'_> {
    fn status(&self) -> NoticeStatus {
        self.letter.map_or(NoticeStatus::NotMailed, |letter| NoticeStatus::InLetter(letter.status))
    }
}

/// What it is about comes first.
pub(crate) const SHEET_ORDER: &[&str] =
    &["Topic", "Partner", "Location", "About", "Due", "Status", "Why not", "Language", "To", "Letter"];

type LetterColumn<'a> = Column<LetterRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<LetterColumn<'a>> {
    vec![
        LetterColumn::text("letter_id", "the letter that carries it", |row| {
            row.letter.map(|letter| letter.id.as_str().into())
        })
        .titled("Letter", 36),
        LetterColumn::text("topic", "what is due", |row| text(row.notice.topic.as_str())).titled("Topic", 22),
        LetterColumn::count("stage", "the first, second, … time", |_| Some(STAGE)),
        LetterColumn::text("partner_id", "the partner", |row| text(&row.notice.partner)).titled("Partner", 14),
        LetterColumn::text("location_id", "its location", |row| text(&row.notice.location)).titled("Location", 14),
        LetterColumn::text("language", "the language of the letter", |row| {
            row.letter.map(|letter| letter.language.tag().into())
        })
        .titled("Language", 13),
        LetterColumn::text("to", "to whom", |row| row.letter.map(|letter| letter.to.as_str().into())).titled("To", 44),
        LetterColumn::text("subject", "the voucher, or the offering and day of an enrollment", |row| {
            text(&row.notice.subject)
        })
        .titled("About", 24),
        LetterColumn::text("status", "captured, or not mailed", |row| text(row.status().as_str())).titled("Status", 14),
        LetterColumn::text("reason", "why nobody is told", |row| text(row.notice.reason)).titled("Why not", 40),
        LetterColumn::day("due_on", "the day that is not to be missed", |row| Some(row.notice.due_on))
            .titled("Due", 13),
        LetterColumn::text("file", "the letter, below reminders/", |row| {
            row.letter.map(|letter| letter.document.path.as_str().into())
        }),
    ]
}
