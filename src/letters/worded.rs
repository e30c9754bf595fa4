//! Decisions become letters: one mail to one address in one language, carrying all its notices, worded and
//! rendered. Bytes and Message-ID are fixed here, once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::compose::{self, ComposeError, Envelope, Parts, Section};
use super::due::{AddressedReminder, Receiver, Reminder, ReminderDetails, STAGE, Topic};
use crate::model::{Day, Language, Notice, OutboxLetter, OutboxStatus, Text};
use crate::program::{Name, Names};
use crate::store::{Document, sha256_hex};
use crate::wording::{NoText, Wording, amount_text, date_text};

/// A finished letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// `L-<as-of>-<12 hex digits of what it tells and to whom>`.
    pub id: String,
    /// The mail, byte for byte.
    pub document: Document,
    /// Its header.
    pub message_id: String,
    /// Address.
    pub to: String,
    /// Language.
    pub language: Language,
    /// Subject line.
    pub subject: String,
    /// What became of it.
    pub status: OutboxStatus,
}

/// A row of `letters.csv`: a notice and what became of it.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// The letter that carries it.
    pub letter: Option<usize>,
    /// What is due.
    pub topic: Topic,
    /// The company.
    pub partner: String,
    /// The location.
    pub location: String,
    /// Voucher id, or offering and day.
    pub subject: String,
    /// The day that is not to be missed.
    pub due_on: Day,
    /// Why nobody is told.
    pub reason: &'static str,
}

/// All letters of a run, and what was decided about each notice.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// Letters, by address.
    pub letters: Vec<Letter>,
    /// Notices, in the order of topics and due days.
    pub rows: Vec<NoticeRow>,
}

/// Sender of letters.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// From.
    pub from: &'a str,
    /// Reply-To.
    pub reply_to: &'a str,
}

/// What all letters of a run share.
#[derive(Clone, Copy, Debug)]
pub struct Letterhead<'a> {
    /// Who sends them.
    pub sender: Sender<'a>,
    /// What the program calls its systems and papers.
    pub names: &'a Names,
    /// The as-of date.
    pub as_of: Day,
}

/// Why letters cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// A text is missing.
    #[error(transparent)]
    Text(#[from] NoText),
    /// An address or a template cannot be used.
    #[error("mail: {0}")]
    Mail(#[from] ComposeError),
}

/// The position of an addressed reminder, who is notified, and of what.
type Told<'a> = (usize, Receiver<'a>, &'a Reminder);

/// Words and renders all letters.
///
/// # Errors
/// A text is missing, or an address or a template cannot be used.
pub fn write(
    addressed: &[AddressedReminder<'_>],
    partner_name: impl Fn(&Reminder) -> Text,
    shared: Letterhead<'_>,
) -> Result<Letters, LetterError> {
    let mut told: BTreeMap<(String, Language), Vec<Told<'_>>> = BTreeMap::new();
    let mut rows = Vec::with_capacity(addressed.len());
    for (at, one) in addressed.iter().enumerate() {
        let reminder = one.reminder;
        if let Ok(receiver) = one.receiver {
            let key = (receiver.contact.email.as_str().to_lowercase(), receiver.language);
            told.entry(key).or_default().push((at, receiver, reminder));
        }
        rows.push(NoticeRow {
            letter: None,
            topic: reminder.topic,
            partner: reminder.partner.as_ref().map_or(String::new(), |id| id.to_string()),
            location: reminder.location.as_ref().map_or(String::new(), |id| id.to_string()),
            subject: reminder.subject.clone(),
            due_on: reminder.due_on,
            reason: one.receiver.err().unwrap_or(""),
        });
    }
    let mut letters = Vec::with_capacity(told.len());
    for ((_, language), notices) in told {
        for (at, ..) in &notices {
            rows[*at].letter = Some(letters.len());
        }
        let reminders: Vec<&Reminder> = notices.iter().map(|(.., reminder)| *reminder).collect();
        letters.push(letter(&reminders, notices[0].1, language, &partner_name(reminders[0]), shared)?);
    }
    Ok(Letters { letters, rows })
}

fn letter(
    reminders: &[&Reminder],
    receiver: Receiver<'_>,
    language: Language,
    partner_name: &str,
    shared: Letterhead<'_>,
) -> Result<Letter, LetterError> {
    let Letterhead { sender, names, as_of } = shared;
    let to = receiver.contact.email.to_string();
    let told: Vec<String> = reminders
        .iter()
        .map(|r| format!("{}|{}|{}", r.partner.as_ref().map_or("", |id| id.as_str()), r.topic.as_str(), r.subject))
        .collect();
    let digest = sha256_hex(format!("{to}\n{}\n{}", language.tag(), told.join("\n")).as_bytes());
    let id = format!("L-{as_of}-{}", &digest[..12]);
    let wording = Wording::of(language);
    let count = reminders.len();
    let date = date_text(language, as_of);
    let subject = wording.counted("letter-subject", count, &[("partner", partner_name)])?;
    let parts = Parts {
        language,
        subject: subject.clone(),
        greeting: match receiver.contact.name.value() {
            Some(name) => wording.text("letter-greeting", &[("name", name)])?,
            None => wording.text("letter-greeting-nameless", &[])?,
        },
        intro: wording.counted("letter-intro", count, &[("date", &date)])?,
        sections: sections(reminders, names, wording)?,
        closing: wording.text("letter-closing", &[])?,
        signature: wording.text("letter-signature", &[])?,
        footer: wording.text("letter-footer", &[("date", &date), ("reference", &id)])?,
    };
    let domain = sender.from.rsplit('@').next().map_or("localhost", |domain| domain.trim_end_matches('>'));
    let message_id = format!("<{id}@{domain}>");
    let envelope = Envelope {
        from: sender.from,
        reply_to: sender.reply_to,
        to: &to,
        message_id: &message_id,
        boundary: &digest[..32],
        as_of,
    };
    let bytes = compose::compose(&envelope, &parts)?;
    let document = Document { path: format!("reminders/{id}.eml"), bytes };
    Ok(Letter { id, document, message_id, to, language, subject, status: OutboxStatus::Captured })
}

fn sections(reminders: &[&Reminder], names: &Names, wording: Wording) -> Result<Vec<Section>, NoText> {
    let mut sections: BTreeMap<Topic, Section> = BTreeMap::new();
    for reminder in reminders {
        let item = item(reminder, names, wording)?;
        match sections.entry(reminder.topic) {
            Entry::Occupied(mut section) => section.get_mut().items.push(item),
            Entry::Vacant(place) => {
                let title = wording.text(&format!("topic-{}", reminder.topic.as_str()), &[])?;
                place.insert(Section { title, items: vec![item] });
            }
        }
    }
    Ok(sections.into_values().collect())
}

fn item(reminder: &Reminder, names: &Names, wording: Wording) -> Result<String, NoText> {
    let language = wording.language();
    let due = date_text(language, reminder.due_on);
    match &reminder.details {
        ReminderDetails::Enrollment { offering, enrolled_on } => {
            let enrolled = date_text(language, *enrolled_on);
            let portal = named(&names.partners, "letter-partner-portal", wording)?;
            wording.text(
                "topic-enrollment-renewal-item",
                &[("offering", offering), ("enrolled", &enrolled), ("due", &due), ("portal", &portal)],
            )
        }
        ReminderDetails::Voucher { voucher, customer, engagement, days } => {
            let report = named(&names.report, "letter-report", wording)?;
            let words = [
                ("voucher", voucher.as_str()),
                ("customer", customer),
                ("engagement", engagement),
                ("due", &due),
                ("report", &report),
            ];
            wording.numbered("topic-voucher-expiry-item", "days", *days as usize, &words)
        }
        ReminderDetails::Redeemed { voucher, customer, redeemed_on, entitled, codes } => {
            let redeemed = date_text(language, *redeemed_on);
            let amount = entitled.map(|entitled| amount_text(language, entitled));
            let separator = wording.text("letter-codes-separator", &[])?;
            let codes = if codes.is_empty() { "none".to_owned() } else { codes.replace(' ', &separator) };
            let mut words = vec![
                ("voucher", voucher.as_str()),
                ("customer", customer.as_str()),
                ("redeemed", &redeemed),
                ("due", &due),
                ("codes", &codes),
            ];
            match &amount {
                Some(amount) => {
                    words.push(("amount", amount));
                    wording.text("topic-unclaimed-item-amount", &words)
                }
                None => wording.text("topic-unclaimed-item", &words),
            }
        }
    }
}

/// What the program calls something in the language of the letter; where it has no name in that, a general one.
fn named(name: &Name, general: &str, wording: Wording) -> Result<String, NoText> {
    name.in_language(wording.language()).map_or_else(|| wording.text(general, &[]), |name| Ok(name.to_owned()))
}

impl Letters {
    /// Notices that are given, as the ledger keeps them: each once, however many addresses are told.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices: Vec<Notice> = self
            .rows
            .iter()
            .filter(|row| row.letter.is_some())
            .map(|row| Notice {
                partner: row.partner.clone(),
                topic: row.topic.as_str().to_owned(),
                subject: row.subject.clone(),
                stage: STAGE,
            })
            .collect();
        notices.sort();
        notices.dedup();
        notices
    }

    /// Letters, as the outbox keeps them.
    pub fn outbox(&self) -> Vec<OutboxLetter> {
        let row = |letter: &Letter| OutboxLetter {
            letter_id: letter.id.clone(),
            message_id: letter.message_id.clone(),
            recipient: letter.to.clone(),
            language: letter.language.tag().to_owned(),
            sha256: sha256_hex(&letter.document.bytes),
            status: letter.status,
        };
        self.letters.iter().map(row).collect()
    }
}
