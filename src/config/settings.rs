//! `config/settings.toml`: what the team decides. The file's shape first, then checked values; unknown keys are
//! refused with their place. Stages receive plain values from here, never `Settings` itself.

mod ownership;

use std::collections::BTreeMap;

use ownership::{RawDecisions, RawItems};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::mistake::{Mistake, Mistakes};
use crate::model::{Authority, Currency, Language, Money, Route, Text, Tolerance};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Settings")]
struct RawSettings {
    /// Of workbook, page and operator texts.
    #[serde(default = "english")]
    language: String,
    /// Who releases a batch of invoices.
    approval: RawApproval,
    invoices: RawInvoices,
    matching: RawMatching,
    mail: RawMail,
    #[serde(default)]
    items: RawItems,
    #[serde(default)]
    decisions: RawDecisions,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawApproval {
    /// automatic: up to the ceiling of its currency the run itself; four-eyes: always a second person.
    mode: ApprovalMode,
    /// Greatest sum of a batch per currency; a currency without one needs a person.
    #[serde(default)]
    ceiling: BTreeMap<String, String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawInvoices {
    /// Whom invoices are made out to.
    buyer: String,
    /// First part of invoice numbers.
    series: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawMatching {
    /// How far two amounts may differ and still be equal, as in 0.00.
    tolerance: String,
    /// The same as a part of what is due, in percent, as in 0.10; the larger of the two applies.
    #[serde(default)]
    tolerance_percent: Percent,
    /// Days from redemption or request within which an unapplied payment may be for a voucher.
    #[serde(default = "two_months")]
    window_days: u32,
    /// Ids of partners or locations through which others are paid, such as a parent company: what they get is theirs.
    #[serde(default)]
    paid_through: Vec<String>,
}

fn two_months() -> u32 {
    60
}

/// A part, in hundredths of a percent; written as a decimal text.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
struct Percent(u32);

impl TryFrom<String> for Percent {
    type Error = String;

    fn try_from(text: String) -> Result<Percent, String> {
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction:0<2}");
        let is_decimal = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let parsed = digits.parse::<u32>().ok();
        let parsed = parsed.filter(|part| is_decimal && *part <= 10_000 && fraction.len() <= 2);
        parsed.map(Percent).ok_or_else(|| format!("\"{text}\" is no percentage; expected digits, as in 0.10"))
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$" })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawMail {
    /// capture: letters are files, never sent.
    mode: MailMode,
    /// Sender of letters.
    from: String,
    /// Where answers go.
    reply_to: String,
    /// Language of contacts that name none.
    default_language: String,
}

/// Who releases a batch.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalMode {
    /// Up to the ceiling of its currency, the run itself.
    Automatic,
    /// Always a second person.
    FourEyes,
}

/// What becomes of letters. Only capturing is built; it opens no connection.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
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
    /// How far two amounts may differ and still be equal.
    pub tolerance: Tolerance,
    /// Days within which an unapplied payment may be for a voucher.
    pub window_days: u32,
    /// Ids of those through which partners are paid, besides their own.
    pub paid_through: Vec<Text>,
    /// What becomes of letters.
    pub mail_mode: MailMode,
    /// Sender of letters.
    pub mail_from: String,
    /// Where answers go.
    pub mail_reply_to: String,
    /// Language of contacts that name none.
    pub default_language: Language,
    /// Who looks after open items: the first route that fits.
    pub routes: Vec<Route>,
    /// Days to answer an item, by priority.
    pub due_days: [u32; 3],
    /// How far people may decide about items.
    pub authority: Authority,
}

fn english() -> String {
    "en".to_owned()
}

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    /// A mistake of shape, or all mistakes of content together, each with its place.
    pub fn parse(text: &str) -> Result<Settings, Mistakes> {
        let raw: RawSettings = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        let mut mistakes = Vec::new();
        let mut add = |path: &[&str], what: String| mistakes.push(Mistake::new(path.iter().map(Into::into), what));
        let tolerance = &raw.matching.tolerance;
        if Currency::from_code("EUR").is_none_or(|eur| Money::parse(tolerance, eur).is_err()) {
            let what = format!("\"{tolerance}\" is not an amount\n  expected digits, as in 0.00");
            add(&["matching", "tolerance"], what);
        }
        let series = &raw.invoices.series;
        if series.is_empty() || !series.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let what = format!("\"{series}\" is no series\n  expected letters and digits, as in VS");
            add(&["invoices", "series"], what);
        }
        if raw.language != "en" {
            let what =
                format!("workbook and operator texts are not written in \"{}\" yet\n  expected \"en\"", raw.language);
            add(&["language"], what);
        }
        let ceilings = ownership::amounts(&raw.approval.ceiling, &["approval", "ceiling"], &mut add);
        let tag = &raw.mail.default_language;
        let default_language = Language::from_tag(tag);
        if default_language.is_none() {
            let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
            let what = format!("\"{tag}\" is no language\n  expected one of {}", known.join(", "));
            add(&["mail", "default_language"], what);
        }
        let routes = raw.items.routes(&mut add);
        let authority = raw.decisions.authority(&mut add);
        let (Some(default_language), true) = (default_language, mistakes.is_empty()) else {
            return Err(Mistakes::of_content(text, &mistakes));
        };
        Ok(Settings {
            approval: raw.approval.mode,
            ceilings,
            buyer: raw.invoices.buyer,
            series: raw.invoices.series,
            tolerance: Tolerance { amount: raw.matching.tolerance, basis_points: raw.matching.tolerance_percent.0 },
            window_days: raw.matching.window_days,
            paid_through: raw.matching.paid_through.into_iter().map(Text::new).collect(),
            mail_mode: raw.mail.mode,
            mail_from: raw.mail.from,
            mail_reply_to: raw.mail.reply_to,
            default_language,
            routes,
            due_days: raw.items.due_days,
            authority,
        })
    }
}

/// The JSON schema of settings files, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawSettings)
}

#[cfg(test)]
mod tests {
    use super::Percent;

    #[test]
    fn a_percentage_is_digits() {
        for (text, hundredths) in [("0.10", 10), ("1", 100), ("100", 10_000), ("0.5", 50)] {
            assert_eq!(Percent::try_from(text.to_owned()), Ok(Percent(hundredths)), "{text}");
        }
        for text in ["", ".", "+1", "-1", "1.234", "100.01", ".5", "1,5"] {
            assert!(Percent::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
