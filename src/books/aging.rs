//! How long vouchers have been open: one that is not in order counts from the oldest of the findings that make its
//! outcome, in the bucket of its age on the as-of date.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Currency, Day, MinorUnits, Money, Outcome, PartnerId};
use crate::verdicts::Verdict;

/// Last days of the buckets; what is older is in the last one.
const LAST_DAYS: [i64; 5] = [7, 30, 60, 90, 180];

/// Names of the buckets, from the youngest.
pub const BUCKETS: [&str; 6] = ["0-7", "8-30", "31-60", "61-90", "91-180", "over 180"];

/// The bucket of an age in days, by position in [`BUCKETS`].
pub fn bucket(age_days: i64) -> usize {
    LAST_DAYS.iter().position(|last| age_days <= *last).unwrap_or(LAST_DAYS.len())
}

/// Open vouchers of one partner, outcome and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aged {
    /// The company; none where no location is known.
    pub partner: Option<PartnerId>,
    /// Exception, blocked or pending.
    pub outcome: Outcome,
    /// The currency of their entitled amounts; none where those are not known.
    pub currency: Option<Currency>,
    /// How many there are of each age.
    pub vouchers: [u64; BUCKETS.len()],
    /// Their entitled amounts together, in minor units.
    pub entitled: MinorUnits,
    /// The day from which the oldest counts.
    pub oldest: Day,
}

/// What is added up: a partner's vouchers of one outcome and currency, the gravest outcome first.
type AgingKey<'a> = (Option<&'a PartnerId>, Reverse<Outcome>, Option<Currency>);

/// All open vouchers by partner, outcome (the gravest first) and currency.
pub fn aging(verdicts: &[Verdict], as_of: Day) -> Vec<Aged> {
    let mut found: BTreeMap<AgingKey<'_>, Aged> = BTreeMap::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.outcome != Outcome::Ok) {
        let decisive = verdict.findings.iter().filter(|finding| finding.outcome == verdict.outcome);
        let since = decisive.map(|finding| finding.opened_on).min().unwrap_or(as_of).min(as_of);
        let currency = verdict.entitled.map(|entitled| entitled.currency());
        let key = (verdict.partner.as_ref(), Reverse(verdict.outcome), currency);
        let of = found.entry(key).or_insert_with(|| Aged {
            partner: verdict.partner.clone(),
            outcome: verdict.outcome,
            currency,
            vouchers: [0; BUCKETS.len()],
            entitled: MinorUnits::ZERO,
            oldest: since,
        });
        of.vouchers[bucket(as_of.days_since(since))] += 1;
        of.entitled += verdict.entitled.map_or(MinorUnits::ZERO, Money::units);
        of.oldest = of.oldest.min(since);
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::{Aged, BUCKETS, aging, bucket};
    use crate::model::Day;
    use crate::testing::verdict;

    #[test]
    fn buckets_begin_and_end_where_their_names_say() {
        let of = |age: i64| BUCKETS[bucket(age)];
        for (age, name) in [
            (0, "0-7"),
            (7, "0-7"),
            (8, "8-30"),
            (30, "8-30"),
            (31, "31-60"),
            (60, "31-60"),
            (61, "61-90"),
            (90, "61-90"),
            (91, "91-180"),
            (180, "91-180"),
            (181, "over 180"),
            (4000, "over 180"),
        ] {
            assert_eq!(of(age), name, "{age}");
        }
    }

    #[test]
    fn a_voucher_counts_once_from_its_oldest_finding() {
        let as_of = Day::parse_iso("2021-05-31").expect("day");
        // DT-10 since 2021-05-20, EL-03 since the start on 2021-03-01: 91 days.
        let late = verdict("V-1", "redemptions.redeemed_on=2021-03-20; enrollments.agreement_signed_on=");
        let waiting = verdict("V-1", "redemptions=; completions=");
        let settled = verdict("V-1", "");
        let aged = aging(&[late.clone(), late, waiting, settled], as_of);
        let entitled =
            |of: &Aged| of.currency.map_or("none".to_owned(), |currency| of.entitled.of(currency).to_string());
        let shown: Vec<String> =
            aged.iter().map(|of| format!("{} {:?} {} {}", of.outcome, of.vouchers, entitled(of), of.oldest)).collect();
        assert_eq!(
            shown,
            ["pending [0, 0, 0, 0, 1, 0] none 2021-01-04", "exception [0, 0, 0, 0, 2, 0] 10000.00 2021-03-01"]
        );
    }
}
