//! # DU-01: the list of vouchers says one thing about the voucher
//! **Checks** that no two rows of `vouchers` with this id, of one export day or of unknown days, differ in
//! customer, engagement, days, created or expires. Status and assignment may differ: the further one counts.
//! Stands alone: the facts themselves are in dispute.
//! **Why** a claim on disputed facts is a wrong claim (house).
//! **Example** 5 days in row 2 and 10 days in row 7 of the same export.

use crate::casebook::Case;
use crate::model::{Answer, Code, Failure, Voucher};
use crate::program::Levels;
use crate::verdicts::answers::passed;
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::ContradictoryVoucher], run: one_voice };

fn one_voice(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(shown) = case.row() else {
        return Answer::NotApplicable("no row of vouchers");
    };
    let Some((other, what)) = case.rows[1..]
        .iter()
        .find_map(|row| difference(shown, row, &terms.program.voucher.levels).map(|what| (row, what)))
    else {
        return passed(&[shown.place]);
    };
    let message = format!("two rows of vouchers contradict each other: {what}");
    Failure::new(Code::ContradictoryVoucher, message, Some(shown.created_on), &[shown.place, other.place]).into()
}

fn difference(a: &Voucher, b: &Voucher, levels: &Levels) -> Option<String> {
    let differ = |what: &str, a: String, b: String| (a != b).then(|| format!("{what} \"{a}\" and \"{b}\""));
    let level = if levels.are_days() { "days" } else { "level" };
    let last = |row: &Voucher| row.expires_on.get().map_or(String::new(), |day| day.to_string());
    differ("customer", a.customer.to_string(), b.customer.to_string())
        .or_else(|| differ("engagement", a.engagement.to_string(), b.engagement.to_string()))
        .or_else(|| differ(level, levels.short(a.days), levels.short(b.days)))
        .or_else(|| differ("created", a.created_on.to_string(), b.created_on.to_string()))
        .or_else(|| differ("expires", last(a), last(b)))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("+vouchers=V-1,CU-1,Contoso Foods,data-estate,10,2021-01-04,2021-01-04,2021-07-03,Redeemed", "DU-01"),
            ("+vouchers=V-1,CU-2,Contoso Foods,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Redeemed", "DU-01"),
            ("+vouchers=V-1,CU-1,Contoso Foods,data-estate,5,2021-01-04,2021-01-04,,Redeemed", "DU-01"),
            // The name alone is no other customer, an equal row and progress are no contradiction.
            ("+vouchers=V-1,CU-1,Contoso Food,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Redeemed", "ok"),
            ("+vouchers=V-1,CU-1,Contoso Foods,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Redeemed", "ok"),
            ("+vouchers=V-1,CU-1,Contoso Foods,data-estate,5,2021-01-04,,2021-07-03,Created", "ok"),
        ]);
    }
}
