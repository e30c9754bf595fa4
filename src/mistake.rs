//! What is wrong with a configuration file: the place, the lines with a mark below what is meant, what was expected, and
//! the word that was probably meant. One look for programs, jobs, profiles and settings.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
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

/// A mistake, the entry that has it, and what else is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    path: Vec<Part>,
    what: String,
    beside: Vec<(Vec<Part>, &'static str)>,
}

impl Mistake {
    /// A mistake in the entry at this path. What is wrong begins without a capital and may go on in further lines.
    pub fn new(path: impl IntoIterator<Item = Part>, what: impl Into<String>) -> Mistake {
        Mistake { path: path.into_iter().collect(), what: what.into(), beside: Vec::new() }
    }

    /// The mistake with another entry that it is about, and what that one is in a few words.
    pub fn beside(mut self, path: impl IntoIterator<Item = Part>, label: &'static str) -> Mistake {
        self.beside.push((path.into_iter().collect(), label));
        self
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
        Mistakes(placed(text, error.span(), &[], &what))
    }

    /// Values that do not fit, in the order of the file.
    pub fn of_content(text: &str, mistakes: &[Mistake]) -> Mistakes {
        let file = DeTable::parse(text).ok();
        let find = |path: &[Part]| file.as_ref().and_then(|file| span(file, path));
        let mut found: Vec<_> = mistakes.iter().map(|mistake| (find(&mistake.path), mistake)).collect();
        found.sort_by_key(|(span, _)| span.as_ref().map_or(usize::MAX, |span| span.start));
        let shown = found.into_iter().map(|(span, Mistake { what, beside, .. })| {
            let beside: Vec<_> = beside.iter().filter_map(|(path, label)| Some((find(path)?, *label))).collect();
            placed(text, span, &beside, what)
        });
        Mistakes(shown.collect::<Vec<_>>().join("\n"))
    }
}

/// A further line with the known word that is most like one that is not known, if one is.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let alike = |known: &&str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase());
    let likely = known.into_iter().map(|known| (alike(&known), known)).filter(|(alike, _)| *alike >= 0.5);
    let best = likely.max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(String::new(), |(_, known)| format!("\n  hint: did you mean \"{known}\"?"))
}

/// The hint for messages of the TOML reader that name a word and the expected ones in backticks.
fn meant(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    let word = words.next().filter(|_| message.starts_with("unknown "));
    word.map_or(String::new(), |word| hint(word, words))
}

/// The entry at a path, or what of it is there.
fn span(file: &Spanned<DeTable<'_>>, path: &[Part]) -> Option<Range<usize>> {
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

/// Line and column, the lines with marks below what is meant, and what is wrong with it.
fn placed(text: &str, span: Option<Range<usize>>, beside: &[(Range<usize>, &'static str)], what: &str) -> String {
    let Some(span) = span.filter(|span| span.start <= text.len()) else { return what.to_string() };
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let (line, column) = (text[..start].matches('\n').count() + 1, text[start..span.start].chars().count() + 1);
    let labelled = |(span, label): &(Range<usize>, &'static str)| {
        AnnotationKind::Context.span(of_a_line(text, span)).label(*label)
    };
    let snippet = Snippet::source(text)
        .annotation(AnnotationKind::Primary.span(of_a_line(text, &span)))
        .annotations(beside.iter().map(labelled));
    let marked = Renderer::plain().render(&[Group::with_level(Level::ERROR).element(snippet)]);
    format!("line {line}, column {column}\n{marked}\n{what}")
}

/// What of a place is on its first line: an entry of many lines is marked where it begins.
fn of_a_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let line = text[span.start..].lines().next().unwrap_or_default();
    span.start..span.end.min(span.start + line.len())
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
    fn the_mark_stands_below_wide_letters() {
        let text = "[words.country]\nNL = [\"荷兰\", \"尼德兰\"] # 中文\n";
        let path = ["words".into(), "country".into(), "NL".into(), Part::At(1)];
        // What it says below the place; letters of Chinese are two columns wide.
        let expected =
            "line 2, column 13\n  |\n2 | NL = [\"荷兰\", \"尼德兰\"] # 中文\n  |               ^^^^^^^^\nwrong";
        assert_eq!(Mistakes::of_content(text, &[Mistake::new(path, "wrong")]).to_string(), expected);
    }

    #[test]
    fn two_marks_of_one_mistake_and_two_mistakes_of_one_file() {
        let id = |at| ["engagements".into(), Part::At(at), "id".into()];
        let twice = Mistake::new(id(1), "\"b\" is defined twice").beside(id(0), "defined here first");
        let shown = Mistakes::of_content(TEXT, std::slice::from_ref(&twice)).to_string();
        let expected = "line 7, column 6\n  |\n4 | id = \"a\"\n  |      --- defined here first\n...\n7 | id = \"b\"\n  |      ^^^\n\"b\" is defined twice";
        assert_eq!(shown, expected);
        let name = Mistake::new(["name".into()], "no name");
        let both = Mistakes::of_content(TEXT, &[twice, name]).to_string();
        assert_eq!(both, format!("line 1, column 8\n  |\n1 | name = \"x\"\n  |        ^^^\nno name\n{expected}"));
    }

    #[test]
    fn a_place_at_the_end_of_a_file_and_after_a_tab_is_shown() {
        let unclosed = "id = \"a";
        let error = toml::from_str::<toml::Table>(unclosed).expect_err("not closed");
        assert!(Mistakes::of_shape(unclosed, &error).to_string().contains("1 | id = \"a\n"));
        let shown = Mistakes::of_content("id =\t\"a\"", &[Mistake::new(["id".into()], "wrong")]).to_string();
        assert_eq!(shown, "line 1, column 6\n  |\n1 | id =    \"a\"\n  |         ^^^\nwrong");
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
        assert!(shown.contains("hint: did you mean \"delimiter\"?"), "{shown}");
    }
}
