//! # LC-04: the completion report is submitted
//! **Checks** that a redeemed voucher has completion rows, each with a day of the report.
//! **Why** without report and deliverable a redeemed voucher is not payable.
//! **Example** redeemed, and no completion row; or a row whose `reported_on` is blank.

use crate::casebook::Case;
use crate::model::{Answer, Code, Completion, Dataset, Fact, Failure};
use crate::verdicts::answers::{passed, taken, unknown};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::MissingReport], run: report };

fn report(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let redeemed = match taken(case, case.steps.redeemed, Dataset::Redemptions, "not redeemed") {
        Ok(redeemed) => redeemed,
        Err(answer) => return answer,
    };
    let submitted = |row: &Completion| match row.reported_on {
        Fact::Is(day) if day > terms.as_of => Fact::No,
        known => known,
    };
    let silent = case.completions.iter().find(|row| submitted(row) == Fact::No);
    let message = match case.steps.reported {
        Fact::Is(_) if let Some(row) = silent => {
            let (day, name) = (redeemed.day, &terms.program.names.report);
            format!("redeemed on {day}; the {name} of consultant {} is not submitted", row.consultant)
        }
        Fact::Is(_) if case.completions.iter().any(|row| submitted(row).is_unknown()) => {
            return unknown(case, Dataset::Completions, "the report");
        }
        Fact::Is(reported) => return passed(&[reported.place]),
        Fact::Unknown => return unknown(case, Dataset::Completions, "the report"),
        Fact::No if case.completions.is_empty() => {
            format!("redeemed on {}; there is no completion row", redeemed.day)
        }
        Fact::No => format!("redeemed on {}; the {} is not submitted", redeemed.day, terms.program.names.report),
    };
    let places: Vec<_> = case.completions.iter().map(|row| row.place).chain([redeemed.place]).collect();
    Failure::new(Code::MissingReport, message, Some(redeemed.day), &places).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            ("completions=", "LC-04"),
            ("completions.reported_on=", "LC-04"),
            ("-completions.reported_on", "IN-01"),
            ("completions=; redemptions.redeemed_on=; redemptions.status=Reserved", "PD-02"),
            // Each consultant reports (this one has passed no exam).
            ("+completions=V-1,C-2,NL,2021-03-01,2021-03-05,,b.docx,2021-03-10,0", "EL-08 LC-04"),
            ("+completions=V-1,C-2,NL,2021-03-01,2021-03-05,2021-03-10,b.docx,2021-03-10,0", "EL-08"),
            // Submitted later has not happened yet.
            ("completions.reported_on=2021-06-01", "LC-04 DT-06"),
        ]);
    }
}
