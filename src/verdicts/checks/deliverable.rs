//! # LC-05: the deliverable is uploaded
//! **Checks** that each completion row of a redeemed voucher names a deliverable, uploaded by the as-of date.
//! Without any row only LC-04 is raised.
//! **Why** without report and deliverable a redeemed voucher is not payable.
//! **Example** `deliverable` blank or `no`.

use crate::casebook::Case;
use crate::model::{Answer, Code, Completion, Dataset, Day, Fact, Failure, Places};
use crate::verdicts::answers::{passed, taken, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::MissingDeliverable], run: deliverable };

fn deliverable(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let redeemed = match taken(case, case.steps.redeemed, Dataset::Redemptions, "not redeemed") {
        Ok(redeemed) => redeemed,
        Err(answer) => return answer,
    };
    if case.completions.is_empty() {
        return Answer::NotApplicable("no completion row");
    }
    if case.doubt_in(Dataset::Completions).is_some_and(|doubt| doubt.contradiction) {
        return unknown(case, Dataset::Completions, "the deliverable");
    }
    let uploaded = |row: &Completion| uploaded_by(row, terms.as_of);
    if let Some(row) = case.completions.iter().find(|row| uploaded(row) == Fact::No) {
        let message =
            format!("redeemed on {}; consultant {}'s report has no deliverable", redeemed.day, row.consultant);
        return Failure::new(Code::MissingDeliverable, message, Some(redeemed.day), &[row.place, redeemed.place])
            .into();
    }
    if case.completions.iter().any(|row| uploaded(row).is_unknown()) {
        let why = "completions has no column deliverable".to_owned();
        return Answer::Unknown { code: Some(Code::MissingData), why, places: Places::new() };
    }
    if case.doubt_in(Dataset::Completions).is_some() {
        return unknown(case, Dataset::Completions, "the deliverable");
    }
    passed(&case.completions.iter().map(|row| row.place).collect::<Vec<_>>())
}

fn uploaded_by(row: &Completion, as_of: Day) -> Fact<()> {
    match (&row.deliverable, row.deliverable_on) {
        (Fact::Is(_), Fact::Is(day)) if day > as_of => Fact::No,
        (Fact::Is(_), _) => Fact::Is(()),
        (Fact::No, _) => Fact::No,
        (Fact::Unknown, _) => Fact::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("completions.deliverable=; completions.deliverable_on=", "LC-05"),
            ("completions.deliverable=No; completions.deliverable_on=", "LC-05"),
            ("completions.deliverable=yes", "ok"),
            ("-completions.deliverable", "IN-01"),
            ("-completions.deliverable_on", "ok"),
            ("completions=", "LC-04"),
        ]);
    }
}
