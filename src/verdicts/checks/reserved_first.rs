//! # DT-09: reserved before the engagement started
//! **Checks** that the engagement did not start before the effective reservation; the same day is in order.
//! Never reserved is LC-02, not this.
//! **Why** a partner reserves the voucher before the engagement begins (X-PROC).
//! **Example** reserved 2021-03-02, started 2021-03-01.

use crate::casebook::{Case, Step};
use crate::model::{Answer, Code, Dataset, Failure};
use crate::verdicts::answers::{passed, taken};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::PrematureStart], run: reserved_first };

fn reserved_first(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let pair = || -> Result<(Step, Step), Answer> {
        let started = taken(case, case.steps.started, Dataset::Completions, "not started")?;
        Ok((taken(case, case.steps.reserved, Dataset::Redemptions, "not reserved")?, started))
    };
    match pair() {
        Err(answer) => answer,
        Ok((reserved, started)) if reserved.day <= started.day => passed(&[reserved.place, started.place]),
        Ok((reserved, started)) => {
            let message = format!("started on {}, reserved only on {}", started.day, reserved.day);
            Failure::new(Code::PrematureStart, message, Some(started.day), &[started.place, reserved.place]).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[("redemptions.reserved_on=2021-03-01", "ok"), ("redemptions.reserved_on=2021-03-02", "DT-09")]);
    }
}
