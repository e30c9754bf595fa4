//! What is wrong with a configuration file: the place, the line with a mark below it, what was expected, and the word
//! that was probably meant. One look for programs, jobs, profiles and settings.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// All mistakes of a file, as they are shown.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Mistakes(String);

/// One step on the way to an entry of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A key of a table.
    Key(String),
    /// An element of a list, from 0.
    At(usize),
}

impl<T: AsRef<str>> From<T> for Part {
    fn from(key: T) -> Part {
        Part::Key(key.as_ref().to_owned())
    }
}

/// A mistake, and the entry that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    path: Vec<Part>,
    what: String,
}

impl Mistake {
    /// A mistake in the entry at this path. What is wrong begins without a capital and may go on in further lines.
    pub fn new(path: impl IntoIterator<Item = Part>, what: impl Into<String>) -> Mistake {
        Mistake { path: path.into_iter().collect(), what: what.into() }
    }

    /// What is wrong, without its place.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl Mistakes {
    /// A file that is not TOML, or not of the expected shape.
    pub fn of_shape(text: &str, error: &toml::de::Error) -> Mistakes {
        let what = format!("{}{}", error.message(), meant(error.message()));
        Mistakes(placed(text, error.span(), &what))
    }

    /// Values that do not fit, in the order of the file.
    pub fn of_content(text: &str, mistakes: &[Mistake]) -> Mistakes {
        let file = DeTable::parse(text).ok();
        let find = |mistake: &Mistake| file.as_ref().and_then(|file| span(file, &mistake.path));
        let mut found: Vec<_> = mistakes.iter().map(|mistake| (find(mistake), mistake)).collect();
        found.sort_by_key(|(span, _)| span.as_ref().map_or(usize::MAX, |span| span.start));
        let shown: Vec<String> = found.into_iter().map(|(span, mistake)| placed(text, span, &mistake.what)).collect();
        Mistakes(shown.join("\n"))
    }
}

/// A further line with the known word that is most like one that is not known, if one is.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let alike = |known: &&str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase());
    let likely = known.into_iter().map(|known| (alike(&known), known)).filter(|(alike, _)| *alike >= 0.5);
    let best = likely.max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(String::new(), |(_, known)| format!("\n  hint: \"{known}\" is meant?"))
}

/// The hint for messages of the TOML reader that name a word and the expected ones in backticks.
fn meant(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let word = words.next().filter(|_| message.starts_with("unknown "));
    word.map_or(String::new(), |word| hint(word, words))
}

/// The entry at a path, or what of it is there.
fn span(file: &Spanned<DeTable<'_>>, path: &[Part]) -> Option<std::ops::Range<usize>> {
    let mut table = Some(file.get_ref());
    let mut list: Option<&toml::de::DeArray<'_>> = None;
    let mut found = None;
    for part in path {
        let value = match part {
            Part::Key(key) => {
                let Some((key, value)) = table.and_then(|table| table.get_key_value(key.as_str())) else { break };
                found = Some(key.span());
                value
            }
            Part::At(at) => {
                let value = list?.get(*at)?;
                found = Some(value.span());
                value
            }
        };
        match value.get_ref() {
            DeValue::Table(inner) => (table, list) = (Some(inner), None),
            DeValue::Array(inner) => (table, list) = (None, Some(inner)),
            _ => {
                (table, list) = (None, None);
                found = Some(value.span());
            }
        }
    }
    found
}

/// Line and column, the line itself, a mark below what is meant, and what is wrong with it.
fn placed(text: &str, span: Option<std::ops::Range<usize>>, what: &str) -> String {
    let Some(span) = span.filter(|span| span.start <= text.len()) else { return what.to_string() };
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let shown = line.replace('\t', " ");
    let number = text[..start].matches('\n').count() + 1;
    let before = text[start..span.start].chars().count();
    let marked = text.get(span.start..span.end.min(start + line.len())).map_or(0, |marked| marked.chars().count());
    let margin = number.to_string().len();
    format!(
        "line {number}, column {}\n{:margin$} |\n{number} | {shown}\n{:margin$} | {:before$}{}\n{what}",
        before + 1,
        "",
        "",
        "",
        "^".repeat(marked.max(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::{Mistake, Mistakes, Part};

    const TEXT: &str =
        "name = \"x\"\n\n[[engagements]]\nid = \"a\"\n\n[[engagements]]\nid = \"b\"\noffering = \"SSDP\"\n";

    #[test]
    fn a_mistake_is_shown_where_it_is() {
        let at = |path: &[Part]| Mistakes::of_content(TEXT, &[Mistake::new(path.to_vec(), "wrong")]).to_string();
        let offering = at(&["engagements".into(), Part::At(1), "offering".into()]);
        assert_eq!(offering, "line 8, column 12\n  |\n8 | offering = \"SSDP\"\n  |            ^^^^^^\nwrong");
        // What is not there is shown at what is.
        assert!(at(&["engagements".into(), "x".into()]).starts_with("line 3, "));
        assert_eq!(at(&["rules".into()]), "wrong");
    }

    #[test]
    fn a_likely_word_is_named() {
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            #[allow(dead_code, reason = "only its name is looked at")]
            delimiter: String,
        }
        let error = toml::from_str::<Shape>("delimeter = \";\"").expect_err("unknown key");
        let shown = Mistakes::of_shape("delimeter = \";\"", &error).to_string();
        assert!(shown.contains("1 | delimeter = \";\"\n  | ^^^^^^^^^\n"), "{shown}");
        assert!(shown.contains("hint: \"delimiter\" is meant?"), "{shown}");
    }
}
