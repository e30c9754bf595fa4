//! # DU-06: one engagement of the longest level per customer
//! **Checks** that of several vouchers of that level for the same customer and engagement, completed by the as-of date,
//! this is the one that was started first, then the one with the lower id.
//! **Why** a customer has one 15-day engagement of a type, unless another division or other products have deliverables of
//! their own (X-PROC); a decision releases those.
//! **Example** two vouchers of 15 days for Data Estate Modernization: the later one.

use crate::casebook::{Case, OtherVoucher};
use crate::model::{Answer, Code, Failure, Places};
use crate::program::Scope;
use crate::verdicts::answers::{may_concern, passed};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::SecondLongEngagement], run: one_long_engagement };

fn one_long_engagement(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let (Some(row), Some(once)) = (case.row(), terms.program.voucher.once_per_customer) else {
        return Answer::NotApplicable("a customer may have several");
    };
    if once.days.is_some_and(|days| days != row.days) || case.steps.completed.get().is_none() {
        return Answer::NotApplicable("not of the level of which a customer has one, or not completed");
    }
    let own: Places = case.completions.iter().map(|row| row.place).collect();
    let first = match case.started_first {
        OtherVoucher::None => return passed(&own),
        OtherVoucher::Unknown(doubt) => return may_concern(doubt),
        OtherVoucher::Other(first) => first,
    };
    let level = once.days.map_or(String::new(), |days| format!(" of {}", terms.program.voucher.levels.text(days)));
    let kind = match once.per {
        Scope::Engagement => "engagement",
        Scope::Offering => "offering",
    };
    let why = if first.is_invoiced { "has been invoiced" } else { "was started first" };
    let message = format!("a further voucher{level} for the same customer and {kind}; {} {why}", first.voucher);
    let since = case.steps.started.get().map(|step| step.day);
    Failure::new(Code::SecondLongEngagement, message, since, &[&own[..], &[first.place]].concat())
        .seeing(first.voucher.as_str())
        .into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_voucher};

    #[test]
    fn cases() {
        let second = |days: u32, engagement: &str, started: &str| {
            format!(
                "vouchers.days=15; rates.days=15; \
                 +vouchers=V-2,CU-1,Contoso Foods,{engagement},{days},2021-01-04,2021-01-04,2021-07-03,Assigned; \
                 +redemptions=V-2,L-1,Reserved,2021-01-11,,; \
                 +completions=V-2,C-1,NL,{started},2021-03-05,2021-03-10,other.docx,2021-03-10,0"
            )
        };
        check(&[
            (&second(15, "data-estate", "2021-02-28"), "DU-06"),
            (&second(15, "data-estate", "2021-03-01"), "ok"),
            (&second(10, "data-estate", "2021-02-28"), "ok"),
            (&second(15, "exchange", "2021-02-28"), "ok"),
        ]);
        check_voucher("V-2", &[(&second(15, "data-estate", "2021-03-01"), "DU-06 PD-03")]);
        // What we have invoiced is the one, although the other was started first.
        let invoiced = format!("{}; ledger=L-1,data-estate,15,5000.00", second(15, "data-estate", "2021-02-28"));
        check(&[(&invoiced, "PD-04")]);
        check_voucher("V-2", &[(&invoiced, "DU-06 PD-03")]);
    }
}
