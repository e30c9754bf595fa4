//! Countries, as codes or as people write their names.

use std::fmt;

/// Names in everyday use that differ from the formal ones of the standard.
const EVERYDAY_NAMES: &[(&str, &str)] = &[
    ("United States", "US"),
    ("United States of America", "US"),
    ("USA", "US"),
    ("United Kingdom", "GB"),
    ("Great Britain", "GB"),
    ("UK", "GB"),
    ("The Netherlands", "NL"),
    ("Czech Republic", "CZ"),
    ("Czechia", "CZ"),
    ("Russia", "RU"),
    ("South Korea", "KR"),
    ("Korea", "KR"),
    ("North Korea", "KP"),
    ("Taiwan", "TW"),
    ("Vietnam", "VN"),
    ("Iran", "IR"),
    ("Syria", "SY"),
    ("Laos", "LA"),
    ("Brunei", "BN"),
    ("Bolivia", "BO"),
    ("Venezuela", "VE"),
    ("Tanzania", "TZ"),
    ("Moldova", "MD"),
    ("North Macedonia", "MK"),
    ("Macedonia", "MK"),
    ("Turkey", "TR"),
    ("Türkiye", "TR"),
    ("Hong Kong SAR", "HK"),
    ("Macao SAR", "MO"),
    ("Macau", "MO"),
    ("Ivory Coast", "CI"),
    ("Cape Verde", "CV"),
    ("Eswatini", "SZ"),
    ("Congo (DRC)", "CD"),
    ("Palestinian Authority", "PS"),
    ("Vatican City", "VA"),
    ("Micronesia", "FM"),
    ("Curaçao", "CW"),
];

/// An ISO 3166-1 country, printed as its two-letter code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code or an English name, in any case.
    pub fn parse(text: &str) -> Option<Country> {
        let everyday = EVERYDAY_NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, code)| *code);
        let code = everyday.unwrap_or(text).to_ascii_uppercase();
        let country = match code.parse::<iso_country::Country>() {
            Ok(country) if code.len() == 2 => country,
            Ok(_) | Err(_) => all_countries().find(|country| country.name().eq_ignore_ascii_case(text))?,
        };
        country.to_string().as_bytes().try_into().ok().map(Country)
    }

    /// The two-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

fn all_countries() -> impl Iterator<Item = iso_country::Country> {
    iso_country::data::all().into_iter().filter_map(|c| c.alpha2.parse().ok())
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
    use super::{Country, EVERYDAY_NAMES};

    #[test]
    fn codes_and_names_are_understood() {
        let code = |text: &str| Country::parse(text).map(|country| country.to_string());
        for (text, expected) in
            [("nl", "NL"), ("Netherlands", "NL"), ("united states", "US"), ("Germany", "DE"), ("China", "CN")]
        {
            assert_eq!(code(text).as_deref(), Some(expected), "{text}");
        }
        for (name, expected) in EVERYDAY_NAMES {
            assert_eq!(code(name).as_deref(), Some(*expected), "{name}");
        }
        assert_eq!(code("Atlantis"), None);
        assert_eq!(code("NLD"), None);
    }
}
