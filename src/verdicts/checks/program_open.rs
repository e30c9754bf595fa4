//! # DT-11: created and redeemed while the program was open
//! **Checks** that the voucher was created, and redeemed, by the last days on which the program allowed it.
//! **Why** the last vouchers were created on 2021-06-30, the last redeemed on 2022-01-01 (PC-DPS, commit b87ee36e).
//! **Example** created 2021-07-01.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Day, Fact, Failure, Place};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::StepAfterProgramEnd], run: program_open };

fn program_open(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let voucher = &terms.program.voucher;
    let steps = [
        ("created", case.steps.created, voucher.last_creation, Dataset::Vouchers),
        ("redeemed", case.steps.redeemed, voucher.last_redemption, Dataset::Redemptions),
    ];
    let late = |(what, step, last, _): &(&'static str, Fact<Step>, Option<Day>, Dataset)| {
        let (step, last) = (step.get()?, (*last)?);
        (step.day > last).then_some((*what, step, last))
    };
    let found: Vec<(&str, Step, Day)> = steps.iter().filter_map(late).collect();
    if let Some((_, first, _)) = found.first() {
        let texts: Vec<String> =
            found.iter().map(|(what, step, last)| format!("{what} on {}, the last day was {last}", step.day)).collect();
        let places: Vec<Place> = found.iter().map(|(_, step, _)| step.place).collect();
        return Failure::new(Code::StepAfterProgramEnd, texts.join("; "), Some(first.day), &places).into();
    }
    let may_be_late = |last: Option<Day>| last.is_some_and(|last| terms.as_of > last);
    match steps.iter().find(|(_, step, last, _)| step.is_unknown() && may_be_late(*last)) {
        Some((what, _, _, dataset)) => unknown(case, *dataset, what),
        None => passed(&[]),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        const LATE: &str = "redemptions=; completions=; as_of=2022-01-03; vouchers.assigned_on=";
        check(&[
            (&format!("{LATE}; vouchers.created_on=2021-06-30; vouchers.expires_on=2022-02-28"), "PD-01"),
            (&format!("{LATE}; vouchers.created_on=2021-07-01; vouchers.expires_on=2022-02-28"), "DT-11 PD-01"),
        ]);
        let redeemed = |on: &str| {
            format!(
                "as_of=2022-01-03; vouchers.expires_on=2022-02-28; redemptions.redeemed_on={on}; \
                 rates.valid_from=2020-01-01"
            )
        };
        check(&[(&redeemed("2022-01-01"), "ok"), (&redeemed("2022-01-02"), "DT-11")]);
    }
}
