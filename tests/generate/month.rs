//! The vouchers of the month: what went well, what waits, and what was planted; then all files.

use std::path::Path;

use chrono::NaiveDate;

use crate::voucher::{Plan, Step, Voucher, later};
use crate::world::{LOCATIONS, PARTNERS};
use crate::{Outcome, exports, lists, planted};

/// The last day of the month, on which the month is judged.
pub(crate) const AS_OF: &str = "2021-05-31";
/// The day on which all files but one were exported.
pub(crate) const EXPORTED_ON: &str = "2021-06-01";

/// Without Finland, which has no rate; Dublin, which enrolled in April 2021; and Gent, which has a story of its own.
const USUAL: [usize; 17] = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19];
const AND_GENT: [usize; 18] = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19];
const AND_DUBLIN: [usize; 4] = [17, 4, 12, 9];
const ESPOO: [usize; 1] = [5];

/// Writes all exports of the month and says how many vouchers they tell of.
pub(crate) fn write(dir: &Path) -> Outcome<String> {
    std::fs::create_dir_all(dir)?;
    let mut vouchers = usual()?;
    vouchers.extend(planted::vouchers()?);
    vouchers.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    exports::write(dir, &vouchers)?;
    lists::write(dir, &vouchers)?;
    Ok(format!("{} vouchers, as of {AS_OF}, in {}", vouchers.len(), dir.display()))
}

/// A day of the tables in this program.
pub(crate) fn day(text: &str) -> Outcome<NaiveDate> {
    text.parse().map_err(|error| format!("{text}: {error}").into())
}

/// Takes locations, engagements, levels and customers in turn.
struct Turns {
    number: usize,
}

impl Turns {
    fn next(&mut self, pool: &[usize]) -> Plan {
        const MIX: [u32; 9] = [3, 5, 1, 5, 10, 3, 15, 5, 3];
        let turn = self.number;
        self.number += 1;
        let location = pool[turn % pool.len()];
        let engagements = PARTNERS[LOCATIONS[location].partner].engagements;
        Plan {
            number: self.number,
            location,
            engagement: engagements[turn / pool.len() % engagements.len()],
            days: MIX[turn % MIX.len()],
            customer: turn % 60,
        }
    }
}

/// The vouchers that nothing is wrong with.
fn usual() -> Outcome<Vec<Voucher>> {
    let mut turns = Turns { number: 0 };
    let mut vouchers = Vec::new();
    let first = day("2020-08-24")?;
    for at in 0..72_u64 {
        vouchers.push(turns.next(&AND_GENT).created_on(later(first, at * 172 / 71), Step::Paid));
    }
    let mut some = |pool: &[usize], step: Step, count: u64, from: &str, every: u64| -> Outcome<()> {
        let from = day(from)?;
        vouchers.extend((0..count).map(|at| turns.next(pool).reaching(step, later(from, at * every))));
        Ok(())
    };
    some(&USUAL, Step::Redeemed, 24, "2021-04-06", 2)?;
    some(&USUAL, Step::Claimed, 8, "2021-05-05", 3)?;
    some(&AND_DUBLIN, Step::Delivered, 5, "2021-05-12", 3)?;
    some(&AND_DUBLIN, Step::Reserved, 6, "2021-04-26", 5)?;
    some(&ESPOO, Step::Reserved, 1, "2021-05-18", 1)?;
    some(&USUAL, Step::Assigned, 5, "2021-05-06", 4)?;
    some(&USUAL, Step::Created, 3, "2021-05-18", 4)?;
    for at in 0..3 {
        let mut voucher = turns.next(&AND_GENT).reaching(Step::Redeemed, later(day("2020-11-10")?, at * 9));
        let redeemed = voucher.reservations.first().and_then(|reservation| reservation.redeemed);
        voucher.claimed_before = redeemed.map(|day| later(day, 20));
        vouchers.push(voucher);
    }
    Ok(vouchers)
}
