//! The sections about open items and decisions: who looks after what, who may decide how much.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::mistake::hint;
use crate::model::{Adjustment, Authority, Code, Currency, Group, Money, PartnerId, Route, Text};

/// Who looks after open items, and how long they may take.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawItems {
    /// By who can clear them: partner, customer, payer, finance, operations.
    owners: BTreeMap<String, String>,
    /// Days to answer an item after it was first shown, for priority 1, 2 and 3.
    pub(super) due_days: [u32; 3],
    /// Before the owners: the first that fits.
    route: Vec<RawRoute>,
}

impl Default for RawItems {
    fn default() -> RawItems {
        RawItems { owners: BTreeMap::new(), due_days: [7, 14, 30], route: Vec::new() }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawRoute {
    /// Who looks after them.
    owner: String,
    /// Only these codes, as in DU-05; none: all.
    #[serde(default)]
    codes: Vec<String>,
    /// Only items of this partner.
    partner: Option<String>,
}

/// Who may decide about open items, and how far.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawDecisions {
    /// Above it two people decide, per currency; a currency without one always needs two.
    four_eyes_above: BTreeMap<String, String>,
    /// Days after which an accepted item is asked again.
    accept_days: u32,
    /// The most days for which an item may be waived.
    waive_days: u32,
    /// By initials: the greatest amount that a person may decide about, per currency.
    authority: BTreeMap<String, BTreeMap<String, String>>,
    /// By kind of adjustment (rounding, fx, fee, write-off, other): the most that may be booked away, per currency.
    limits: BTreeMap<String, BTreeMap<String, String>>,
}

impl Default for RawDecisions {
    fn default() -> RawDecisions {
        RawDecisions {
            four_eyes_above: BTreeMap::new(),
            accept_days: 365,
            waive_days: 90,
            authority: BTreeMap::new(),
            limits: BTreeMap::new(),
        }
    }
}

/// Takes a mistake and its place in the file.
type Add<'a> = dyn FnMut(&[&str], String) + 'a;

impl RawItems {
    pub(super) fn routes(&self, add: &mut Add<'_>) -> Vec<Route> {
        let mut routes = Vec::new();
        for route in &self.route {
            let codes = route.codes.iter().filter_map(|text| {
                let code = Code::from_text(text);
                if code.is_none() {
                    let like = hint(text, Code::all().map(Code::as_str));
                    add(&["items", "route"], format!("\"{text}\" is no code\n  expected as in DU-05{like}"));
                }
                code
            });
            routes.push(Route {
                codes: codes.collect(),
                group: None,
                partner: route.partner.as_deref().map(PartnerId::new),
                owner: Text::new(&route.owner),
            });
        }
        for (word, owner) in &self.owners {
            match Group::ALL.into_iter().find(|group| group.as_str() == word) {
                Some(group) => routes.push(Route::of_group(group, owner)),
                None => add(&["items", "owners", word], unknown(word, "group", &Group::ALL.map(Group::as_str))),
            }
        }
        routes
    }
}

impl RawDecisions {
    pub(super) fn authority(&self, add: &mut Add<'_>) -> Authority {
        let mut people = BTreeMap::new();
        for (person, most) in &self.authority {
            people.insert(Text::new(person.to_uppercase()), amounts(most, &["decisions", "authority", person], add));
        }
        let mut limits = BTreeMap::new();
        for (word, most) in &self.limits {
            let most = amounts(most, &["decisions", "limits", word], add);
            match Adjustment::ALL.into_iter().find(|kind| kind.as_str() == word) {
                Some(kind) => {
                    limits.insert(kind, most);
                }
                None => {
                    let what = unknown(word, "kind of adjustment", &Adjustment::ALL.map(Adjustment::as_str));
                    add(&["decisions", "limits", word], what);
                }
            }
        }
        Authority {
            people,
            alone: amounts(&self.four_eyes_above, &["decisions", "four_eyes_above"], add),
            limits,
            accept_days: self.accept_days,
            waive_days: self.waive_days,
        }
    }
}

fn unknown(word: &str, what: &str, known: &[&str]) -> String {
    format!("\"{word}\" is no {what}\n  expected one of {}{}", known.join(", "), hint(word, known.iter().copied()))
}

/// Amounts by currency.
pub(super) fn amounts(raw: &BTreeMap<String, String>, path: &[&str], add: &mut Add<'_>) -> BTreeMap<Currency, Money> {
    let mut found = BTreeMap::new();
    for (code, amount) in raw {
        match Currency::from_code(code).and_then(|currency| Money::parse(amount, currency).ok()) {
            Some(money) => {
                found.insert(money.currency(), money);
            }
            None => {
                let path: Vec<&str> = path.iter().copied().chain([code.as_str()]).collect();
                add(
                    &path,
                    format!("\"{code} = {amount}\" is no amount of a currency\n  expected as in EUR = \"150000.00\""),
                );
            }
        }
    }
    found
}
