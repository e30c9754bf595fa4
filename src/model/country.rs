//! Countries, as codes or as people write their names.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::LazyLock;

use super::Language;

/// Codes, names in six languages, and further names.
const LIST: &str = include_str!("countries.tsv");

/// An ISO 3166-1 country, printed as its two-letter code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

/// The list, to be looked up.
struct Countries {
    /// Names in the order of [`Language::ALL`].
    names: BTreeMap<Country, Vec<&'static str>>,
    /// Whose name it is, by the name without case; `None` where it is the name of two.
    by_name: HashMap<String, Option<Country>>,
}

static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| Countries::read(LIST));

impl Countries {
    fn read(list: &'static str) -> Countries {
        let mut countries = Countries { names: BTreeMap::new(), by_name: HashMap::new() };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let code = columns.next().and_then(|code| code.as_bytes().try_into().ok());
            let Some(country) = code.map(Country) else { continue };
            let names: Vec<&str> = columns.by_ref().take(Language::ALL.len()).collect();
            let further = columns.flat_map(|more| more.split(" | ")).filter(|name| !name.is_empty());
            for name in names.iter().copied().chain(further) {
                let owner = countries.by_name.entry(without_case(name)).or_insert(Some(country));
                *owner = owner.filter(|owner| *owner == country);
            }
            countries.names.insert(country, names);
        }
        countries
    }

    /// The one country with this code or name.
    fn find(&self, text: &str) -> Option<Country> {
        let code = <[u8; 2]>::try_from(text.as_bytes()).map(|code| Country(code.map(|b| b.to_ascii_uppercase())));
        let named = || self.by_name.get(&without_case(text)).copied().flatten();
        code.ok().filter(|code| self.names.contains_key(code)).or_else(named)
    }
}

/// A name as names are compared: without case, with one kind of apostrophe.
fn without_case(name: &str) -> String {
    name.to_lowercase().replace('\u{2019}', "'")
}

impl Country {
    /// Reads a two-letter code, or a name in one of the six languages, in any case. A name of two countries is none.
    pub fn parse(text: &str) -> Option<Country> {
        COUNTRIES.find(text)
    }

    /// All codes and names, each with its country, without case; a name of two countries is left out.
    pub fn names() -> impl Iterator<Item = (String, Country)> {
        let names = COUNTRIES.by_name.iter().filter_map(|(name, country)| Some((name.clone(), (*country)?)));
        names.chain(COUNTRIES.names.keys().map(|country| (country.code().to_owned(), *country)))
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// What the country is called in a language.
    pub fn name(self, language: Language) -> &'static str {
        let of_language = Language::ALL.iter().position(|known| *known == language);
        let names = COUNTRIES.names.get(&self);
        names.and_then(|names| names.get(of_language?)).copied().unwrap_or_default()
    }
}

impl PartialOrd for Country {
    fn partial_cmp(&self, other: &Country) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Country {
    fn cmp(&self, other: &Country) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, Countries, Country, LIST};
    use crate::model::Language;

    #[test]
    fn codes_and_names_are_understood() {
        let code = |text: &str| Country::parse(text).map(|country| country.to_string());
        for (text, expected) in [
            ("nl", "NL"),
            ("Netherlands", "NL"),
            ("The Netherlands", "NL"),
            ("united states", "US"),
            ("UK", "GB"),
            ("Germany", "DE"),
            ("DEUTSCHLAND", "DE"),
            ("Österreich", "AT"),
            ("ÅLAND", "AX"),
            ("Tjeckien", "CZ"),
            ("Czech Republic", "CZ"),
            ("Swaziland", "SZ"),
            ("États-Unis", "US"),
            ("Côte d'Ivoire", "CI"),
            ("côte d’ivoire", "CI"),
            ("China", "CN"),
            ("中国", "CN"),
            ("荷兰", "NL"),
        ] {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
        for unknown in ["Atlantis", "NLD", "XX", "", "N"] {
            assert_eq!(code(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_name_leads_to_one_country_and_every_country_has_a_name_in_every_language() {
        let lines: Vec<&str> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!((lines.len(), COUNTRIES.names.len()), (249, 249));
        for line in lines {
            let (code, names) = line.split_once('\t').expect("a code");
            let country = Country::parse(code).expect("a country");
            assert_eq!((country.code(), line.matches('\t').count()), (code, 7), "{line}");
            for name in names.split('\t').flat_map(|names| names.split(" | ")).filter(|name| !name.is_empty()) {
                assert_eq!(Country::parse(name), Some(country), "{name}");
                assert_eq!(Country::parse(&name.to_uppercase()), Some(country), "{name}");
            }
            for language in Language::ALL {
                assert_ne!(country.name(language), "", "{code} in {}", language.tag());
            }
        }
        assert_eq!(
            Language::ALL.map(|l| Country::parse("DE").expect("a country").name(l)).join(" "),
            "Germany Duitsland Tyskland Deutschland 德国 Allemagne"
        );
    }

    #[test]
    fn a_name_of_two_countries_is_refused() {
        let countries = Countries::read("CD\tCongo\t\t\t\t\t\tKinshasa\nCG\tCongo\t\t\t\t\t\tBrazzaville");
        let found = ["congo", "kinshasa", "cg"].map(|text| countries.find(text).map(|country| country.to_string()));
        assert_eq!(found, [None, Some("CD".to_owned()), Some("CG".to_owned())]);
    }
}
