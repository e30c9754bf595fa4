//! # DU-04: a deliverable of its own
//! **Checks** that no other voucher of the same customer, completed by the as-of date, names the same deliverable. Both
//! get it; *yes* is no name.
//! **Why** each voucher is a complete engagement with a deliverable of its own (T-POL).
//! **Example** V-1 and V-7 of one customer both name plan.docx.

use crate::casebook::{Case, OtherVoucher};
use crate::model::{Answer, Code, Failure, Places};
use crate::verdicts::answers::{may_concern, passed};
use crate::verdicts::{CheckSpec, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::SharedDeliverable], run: own_deliverable };

fn own_deliverable(case: &Case<'_>, _: Terms<'_>) -> Answer {
    let own: Places = case.completions.iter().map(|row| row.place).collect();
    let peer = match case.same_deliverable {
        _ if case.steps.completed.get().is_none() => return Answer::NotApplicable("not completed"),
        OtherVoucher::None => return passed(&own),
        OtherVoucher::Unknown(doubt) => return may_concern(doubt),
        OtherVoucher::Other(peer) => peer,
    };
    let message = format!("voucher {} of the same customer names the same deliverable", peer.voucher);
    let since = case.steps.completed.get().map(|step| step.day);
    Failure::new(Code::SharedDeliverable, message, since, &[&own[..], &[peer.place]].concat())
        .seeing(peer.voucher.as_str())
        .into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_voucher, verdict};

    const OTHER: &str = "+vouchers=V-2,CU-1,Contoso Foods,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Assigned; \
                         +redemptions=V-2,L-1,Reserved,2021-01-11,,";

    #[test]
    fn cases() {
        let report = |name: &str, completed: &str| {
            format!("{OTHER}; +completions=V-2,C-1,NL,2021-03-01,{completed},2021-03-10,{name},2021-03-10,0")
        };
        check(&[
            (&report("plan.docx", "2021-03-05"), "DU-04"),
            (&report("other.docx", "2021-03-05"), "ok"),
            (&report("plan.docx", "2021-06-05"), "ok"),
            (&format!("completions.deliverable=yes; {}", report("yes", "2021-03-05")), "ok"),
            (&report("plan.docx", "2021-03-05").replace("CU-1", "CU-2"), "ok"),
            // Whether the other report names it cannot be told.
            (&report("plan.docx", "2021-02-30"), "IN-11"),
            (&report("plan.docx", "2021-03-05").replace("completions=V-2", "completions=V_2"), "IN-16"),
            (&report("plan.docx", "2021-02-30").replace("CU-1", "CU-2"), "ok"),
        ]);
        // Of several others the first by id is named, in every run.
        let third = report("other.docx", "2021-03-05").replace("V-2", "V-3");
        let own = "+completions=V-1,C-2,NL,2021-03-01,2021-03-05,2021-03-10,other.docx,2021-03-10,0";
        for _ in 0..20 {
            let verdict = verdict("V-1", &format!("{}; {third}; {own}", report("plan.docx", "2021-03-05")));
            let named: Vec<&str> = verdict.findings.iter().map(|finding| finding.message.as_str()).collect();
            assert!(named.iter().any(|message| message.contains("V-2")), "{named:?}");
        }
        check_voucher("V-2", &[(&report("plan.docx", "2021-03-05"), "DU-04 PD-03")]);
    }
}
