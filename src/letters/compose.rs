//! Letters become mails: text and HTML in one message, every header and boundary fixed, so that the same letter is
//! the same bytes. The only file that knows lettre. It opens no connection.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use crate::model::{Day, Language};

/// What a letter says, already in its language.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    /// The language.
    pub language: Language,
    /// Subject line.
    pub subject: String,
    /// Salutation.
    pub greeting: String,
    /// What the letter is.
    pub intro: String,
    /// Topics with their items.
    pub sections: Vec<Section>,
    /// Last sentence.
    pub closing: String,
    /// Who signs.
    pub signature: String,
    /// Reference and state of data.
    pub footer: String,
}

/// A topic of a letter.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Heading.
    pub title: String,
    /// One sentence or two each.
    pub items: Vec<String>,
}

impl Section {
    fn value(&self) -> Value {
        let items: Value = self.items.iter().map(|item| Value::from(item.as_str())).collect();
        Value::from_pairs([("title", Value::from(self.title.as_str())), ("items", items)])
    }
}

/// Headers of a letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Envelope<'a> {
    /// From.
    pub from: &'a str,
    /// Reply-To: a person or a shared mailbox.
    pub reply_to: &'a str,
    /// The one receiver.
    pub to: &'a str,
    /// Fixed, so that a repeat can be recognised.
    pub message_id: &'a str,
    /// Fixed, where the library would draw one.
    pub boundary: &'a str,
    /// The mail's date is noon UTC of this day.
    pub as_of: Day,
}

/// Why a mail cannot be composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address of the envelope is none.
    #[error("\"{address}\" is no mail address: {why}")]
    Address {
        /// As it was given.
        address: String,
        /// What the library says of it.
        why: lettre::address::AddressError,
    },
    /// The parts make no message.
    #[error(transparent)]
    Message(#[from] lettre::error::Error),
    /// A template cannot be rendered.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
}

/// Composes the mail.
///
/// # Errors
/// When an address or a template cannot be used.
pub(super) fn compose(envelope: &Envelope<'_>, parts: &Parts) -> Result<Vec<u8>, ComposeError> {
    let (text, html) = bodies(parts)?;
    let header =
        |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
    let message = Message::builder()
        .from(mailbox(envelope.from)?)
        .reply_to(mailbox(envelope.reply_to)?)
        .to(mailbox(envelope.to)?)
        .subject(one_line(&parts.subject))
        .date(noon(envelope.as_of))
        .message_id(Some(envelope.message_id.to_owned()))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "OOF, AutoReply"))
        .raw_header(header("Content-Language", parts.language.tag()))
        .multipart(
            MultiPart::alternative()
                .boundary(envelope.boundary)
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(html)),
        )?;
    Ok(message.formatted())
}

fn bodies(parts: &Parts) -> Result<(String, String), ComposeError> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    let add = |templates: &mut Environment<'static>, name, source| templates.add_template(name, source);
    add(&mut templates, "letter.txt.j2", include_str!("letter.txt.j2"))?;
    add(&mut templates, "letter.html.j2", include_str!("letter.html.j2"))?;
    let words = context! {
        lang => parts.language.tag(),
        dir => "ltr",
        subject => one_line(&parts.subject),
        greeting => parts.greeting.as_str(),
        intro => parts.intro.as_str(),
        sections => parts.sections.iter().map(Section::value).collect::<Value>(),
        closing => parts.closing.as_str(),
        signature => parts.signature.as_str(),
        footer => parts.footer.as_str(),
    };
    let render = |name| templates.get_template(name)?.render(&words);
    Ok((render("letter.txt.j2")?, render("letter.html.j2")?))
}

/// A control character in a header would end the mail library, or worse, the header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn mailbox(text: &str) -> Result<Mailbox, ComposeError> {
    one_line(text).parse().map_err(|why| ComposeError::Address { address: text.to_owned(), why })
}

fn noon(day: Day) -> SystemTime {
    let days = u64::try_from(day.days_since_epoch()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400 + 43_200)
}
