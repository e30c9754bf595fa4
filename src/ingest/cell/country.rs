//! Countries as people write them: by code or name, and where none is written so, whatever the case, spaces and accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::ingest::plain::plain;
use crate::model::Country;

/// Whose code or name it is, without what drifts; `None` where two countries are called alike then.
static BY_PLAIN: LazyLock<HashMap<String, Option<Country>>> = LazyLock::new(|| {
    let mut by_plain: HashMap<String, Option<Country>> = HashMap::new();
    for (name, country) in Country::names() {
        let owner = by_plain.entry(plain(&name)).or_insert(Some(country));
        *owner = owner.filter(|owner| *owner == country);
    }
    by_plain
});

/// The country of a code or name.
pub(super) fn country(text: &str) -> Option<Country> {
    Country::parse(text).or_else(|| BY_PLAIN.get(&plain(text)).copied().flatten())
}
