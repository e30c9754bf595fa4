//! # DT-05: a level of the program
//! **Checks** that `days` is a level of the program and not above the engagement's own maximum (15 where no
//! source gives one). Days worked are not compared with it.
//! **Why** vouchers are made out for 1, 3, 5, 10 or 15 days (T-POL, X-264).
//! **Example** 7 days.

use crate::casebook::Case;
use crate::model::{Answer, Code, Dataset, Failure};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::UnknownLevel], run: level };

fn level(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let Some(row) = case.row() else {
        return unknown(case, Dataset::Vouchers, "the level");
    };
    let (levels, max) = (&terms.program.voucher.levels, terms.program.engagement(&row.engagement).max_days);
    if levels.contain(row.days) && row.days <= max {
        return passed(&[row.place]);
    }
    let (level, all, max) = (levels.text(row.days), levels.list(), levels.short(max));
    let message = format!("the voucher is for {level}; levels are {all}, for this engagement up to {max}");
    Failure::new(Code::UnknownLevel, message, Some(row.created_on), &[row.place]).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn cases() {
        check(&[
            ("vouchers.days=7", "DT-05"),
            ("vouchers.days=0", "DT-05"),
            ("vouchers.days=20", "DT-05"),
            ("vouchers.days=15; rates.days=15", "ok"),
        ]);
    }

    #[test]
    fn levels_are_named_as_the_program_names_them() {
        let said = |edits: &str| verdict("V-1", edits).findings[0].message.clone();
        assert_eq!(
            said("vouchers.days=7"),
            "the voucher is for 7 days; levels are 1, 3, 5, 10, 15, for this engagement up to 15"
        );
        assert_eq!(
            said("program=commerce-incentives; vouchers.days=Small"),
            "the voucher is for Small; levels are Assessment, Workshop, XS, Small, Medium, Large, XL, XXL, for this engagement up to Workshop"
        );
    }
}
