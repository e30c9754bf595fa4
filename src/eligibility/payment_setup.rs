//! # EL-11 and EL-12: ready to be paid
//! **Checks** that the offering's latest enrollment by a day is registered in the payment tool (EL-11), and that a bank
//! account is mapped (EL-12). Without an enrollment for the offering neither is raised.
//! **Why** each program is registered once, and bank accounts are mapped to locations, before anything is paid (X-PAID,
//! T-SAVB). Registration needs a redeemed voucher, so it is never required at the start.
//! **Example** redeemed 2021-05-10, `savb_registered_on` blank: blocked until it is there.

use super::{Subject, done_by, missing, passed};
use crate::model::{Answer, Code, Day, Enrollment, Fact, Failure};

/// Answers for a voucher that waits for its money on this day: registered.
pub fn registered_for_payment(subject: Subject<'_>, day: Day) -> Answer {
    with_enrollment(subject, day, |row| match done_by(row.savb_registered_on, day) {
        Fact::Is(_) => passed(row.place),
        Fact::Unknown => missing("the column savb_registered_on"),
        Fact::No => {
            let message = format!("{} is not registered in the payment tool", row.offering);
            Failure::new(Code::NoPaymentRegistration, message, None, &[row.place]).into()
        }
    })
}

/// Answers for a voucher that waits for its money on this day: a bank account is mapped.
pub fn bank_account_mapped(subject: Subject<'_>, day: Day) -> Answer {
    with_enrollment(subject, day, |row| match row.bank_mapped {
        Fact::Is(true) => passed(row.place),
        Fact::Unknown => missing("the column bank_mapped"),
        Fact::Is(false) | Fact::No => {
            let message = format!("no bank account is mapped for {}", row.offering);
            Failure::new(Code::NoBankAccount, message, None, &[row.place]).into()
        }
    })
}

fn with_enrollment(subject: Subject<'_>, day: Day, look: impl FnOnce(&Enrollment) -> Answer) -> Answer {
    match subject.latest_enrollment(day) {
        Ok(Some(latest)) => look(latest),
        Ok(None) => Answer::NotApplicable("no enrollment for the offering"),
        Err(unknown) => unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        const PAID: &str = "+payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-12,2021-05-28,,,";
        const OPEN: &str = "+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-12,,,,";
        let rows: Vec<(String, &str)> = [
            ("enrollments.savb_registered_on=2021-05-31".to_owned(), "ok"),
            ("enrollments.savb_registered_on=2021-06-01".to_owned(), "EL-11"),
            ("enrollments.savb_registered_on=".to_owned(), "EL-11"),
            ("enrollments.bank_mapped=no".to_owned(), "EL-12"),
            ("enrollments.bank_mapped=; enrollments.savb_registered_on=".to_owned(), "EL-11 EL-12"),
            ("-enrollments.bank_mapped".to_owned(), "IN-01"),
            ("-enrollments.savb_registered_on".to_owned(), "IN-01"),
            // Only from redemption until paid.
            ("enrollments.bank_mapped=; redemptions.redeemed_on=; redemptions.status=Reserved".to_owned(), "PD-03"),
            (format!("enrollments.bank_mapped=; {OPEN}"), "EL-12 PD-04"),
            (format!("enrollments.bank_mapped=; enrollments.savb_registered_on=; {PAID}"), "ok"),
            // Another offering, another location, and the latest enrollment by the as-of date.
            ("enrollments.bank_mapped=; enrollments.offering=DDPS".to_owned(), "EL-10"),
            ("+enrollments=P-1,SSDPS,2021-05-31,2021-05-31,,,,,".to_owned(), "EL-11 EL-12"),
            ("+enrollments=P-1,SSDPS,2021-06-01,2021-06-01,,,,,".to_owned(), "ok"),
            ("+enrollments=P-1,SSDPS,2021-05-31,2021-05-31,,,,,L-2".to_owned(), "ok"),
        ]
        .to_vec();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }
}
