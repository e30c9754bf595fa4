//! `config/settings.toml`: what the team decides. The file's shape first, then checked values; unknown keys are
//! refused with their place. Stages receive plain values from here, never `Settings` itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Currency, Language, Money};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    #[serde(default = "english")]
    language: String,
    approval: RawApproval,
    invoices: RawInvoices,
    matching: RawMatching,
    mail: RawMail,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApproval {
    mode: ApprovalMode,
    #[serde(default)]
    ceiling: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInvoices {
    buyer: String,
    series: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatching {
    tolerance: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMail {
    mode: MailMode,
    from: String,
    reply_to: String,
    default_language: String,
}

/// Who releases a batch.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalMode {
    /// Up to the ceiling of its currency, the run itself.
    Automatic,
    /// Always a second person.
    FourEyes,
}

/// What becomes of letters. Only capturing is built; it opens no connection.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum MailMode {
    /// Files in the folder of the run, never sent later.
    Capture,
}

/// The team's decisions, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who releases a batch.
    pub approval: ApprovalMode,
    /// Greatest sum of a batch that is issued without a person, per currency; a currency without one needs one.
    pub ceilings: BTreeMap<Currency, Money>,
    /// Whom invoices are made out to.
    pub buyer: String,
    /// First part of invoice numbers.
    pub series: String,
    /// How far two amounts may differ and still be equal, as a decimal.
    pub tolerance: String,
    /// What becomes of letters.
    pub mail_mode: MailMode,
    /// Sender of letters.
    pub mail_from: String,
    /// Where answers go.
    pub mail_reply_to: String,
    /// Language of contacts that name none.
    pub default_language: Language,
}

/// What is wrong with a settings file.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not TOML, or not the expected shape; the text points at the line.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A value that does not fit.
    #[error("{0}")]
    Content(String),
}

fn english() -> String {
    "en".to_owned()
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    /// The first mistake, with the key and what was expected.
    pub fn parse(text: &str) -> Result<Settings, SettingsError> {
        let raw: RawSettings = toml::from_str(text)?;
        let tolerance_ok =
            Currency::from_code("EUR").is_some_and(|eur| Money::parse(&raw.matching.tolerance, eur).is_ok());
        if !tolerance_ok {
            let what = format!(
                "matching.tolerance: \"{}\" is not an amount\n  expected digits, as in 0.00",
                raw.matching.tolerance
            );
            return Err(SettingsError::Content(what));
        }
        let series_ok =
            !raw.invoices.series.is_empty() && raw.invoices.series.bytes().all(|b| b.is_ascii_alphanumeric());
        if !series_ok {
            let what = format!(
                "invoices.series: \"{}\" is no series\n  expected letters and digits, as in VS",
                raw.invoices.series
            );
            return Err(SettingsError::Content(what));
        }
        if raw.language != "en" {
            let what = format!(
                "language: workbook and operator texts are not written in \"{}\" yet\n  expected \"en\"",
                raw.language
            );
            return Err(SettingsError::Content(what));
        }
        Ok(Settings {
            approval: raw.approval.mode,
            ceilings: ceilings(&raw.approval.ceiling)?,
            buyer: raw.invoices.buyer,
            series: raw.invoices.series,
            tolerance: raw.matching.tolerance,
            mail_mode: raw.mail.mode,
            mail_from: raw.mail.from,
            mail_reply_to: raw.mail.reply_to,
            default_language: language("mail.default_language", &raw.mail.default_language)?,
        })
    }
}

fn language(key: &str, tag: &str) -> Result<Language, SettingsError> {
    Language::from_tag(tag).ok_or_else(|| {
        let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        SettingsError::Content(format!("{key}: \"{tag}\" is no language\n  expected one of {}", known.join(", ")))
    })
}

fn ceilings(raw: &BTreeMap<String, String>) -> Result<BTreeMap<Currency, Money>, SettingsError> {
    let mut ceilings = BTreeMap::new();
    for (code, amount) in raw {
        let money = Currency::from_code(code).and_then(|currency| Money::parse(amount, currency).ok());
        let Some(money) = money else {
            let what = format!(
                "approval.ceiling: \"{code} = {amount}\" is no amount of a currency\n  expected as in EUR = \"150000.00\""
            );
            return Err(SettingsError::Content(what));
        };
        ceilings.insert(money.currency(), money);
    }
    Ok(ceilings)
}
