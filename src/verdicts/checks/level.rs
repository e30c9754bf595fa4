//! # DT-05: a level of the program
//! **Checks** that `days` is a level of the program and not above the engagement's own maximum (15 where no
//! source gives one). Days worked are not compared with it.
//! **Why** vouchers are made out for 1, 3, 5, 10 or 15 days (T-POL, X-264).
//! **Example** 7 days.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Failure, counted};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::UnknownLevel], run: level };

fn level(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(row) = case.row() else {
        return unknown(case, Dataset::Vouchers, "the level");
    };
    let (levels, max) = (&terms.program.voucher.levels, terms.program.engagement(&row.engagement).max_days);
    if levels.contains(&row.days) && row.days <= max {
        return passed(&[row.place]);
    }
    let levels: Vec<String> = levels.iter().map(u32::to_string).collect();
    let message = format!(
        "the voucher is for {}; levels are {}, for this engagement up to {max}",
        counted(row.days, "day", "days"),
        levels.join(", ")
    );
    Failure::new(Code::UnknownLevel, message, Some(row.created_on), &[row.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("vouchers.days=7", "DT-05"),
            ("vouchers.days=0", "DT-05"),
            ("vouchers.days=20", "DT-05"),
            ("vouchers.days=15; rates.days=15", "ok"),
        ]);
    }
}
