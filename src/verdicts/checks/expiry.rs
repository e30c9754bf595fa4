//! # DT-01, DT-02: redeemed before the voucher expires
//! **Checks** that a voucher that is neither redeemed nor cancelled by the customer has not passed its last day (DT-01),
//! and gives notice when the last day is the as-of date or one of the next 30 (DT-02, pending; only while it is
//! created to delivered).
//! **Why** reservation, delivery and redemption all happen before expiry (PC-DPS, commit b87ee36e).
//! **Example** last day 2021-05-31: on that day DT-02, the day after DT-01.

use crate::casebook::{Case, Claimed};
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{left_open, passed, taken, undated, unknown};
use crate::verdicts::current_state::{self, cancelled};
use crate::verdicts::{CheckSpec, State, Terms};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::ExpiredVoucher, Code::ExpiringVoucher], run: expiry };

fn expiry(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    match taken(case, case.steps.redeemed, Dataset::Redemptions, "") {
        Ok(_) => return Answer::NotApplicable("redeemed"),
        Err(Answer::NotApplicable(_)) => {}
        Err(unknown) => return unknown,
    }
    let last = match (cancelled(case), case.last_day(terms.program)) {
        (Fact::Is(()), _) => return Answer::NotApplicable("cancelled by the customer"),
        (Fact::Unknown, _) => return unknown(case, Dataset::Vouchers, "the status"),
        (_, Fact::Unknown) => return undated(case, &terms.program.voucher.life),
        (Fact::No, Fact::No) => return Answer::NotApplicable("the voucher has no last day yet"),
        (Fact::No, Fact::Is(last)) => last,
    };
    if terms.as_of > last.day {
        let message = format!("not redeemed by the last day {}", last.day);
        return Failure::new(Code::ExpiredVoucher, message, Some(last.day.plus_days(1)), &[last.place]).into();
    }
    let waits = [State::Created, State::Assigned, State::Reserved, State::Delivered];
    let near = last.day.days_since(terms.as_of) <= i64::from(terms.program.voucher.expiry_notice_days);
    if !near || !waits.contains(&current_state::state(case, terms)) {
        return passed(&[last.place]);
    }
    if let Claimed::Unknown(code, why, place) = &case.claimed {
        return left_open(*code, why, *place);
    }
    let message = format!("not redeemed yet; the last day is {}", last.day);
    Failure::new(Code::ExpiringVoucher, message, Some(terms.as_of), &[last.place])
        .due(Some(last.day.plus_days(1)))
        .into()
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    const OPEN: &str = "redemptions.redeemed_on=; redemptions.status=Reserved; ";

    #[test]
    fn cases() {
        let rows: Vec<(String, &str)> = [
            ("vouchers.expires_on=2021-05-30", "DT-01"),
            ("vouchers.expires_on=2021-05-31", "DT-02 PD-03"),
            ("vouchers.expires_on=2021-06-30", "DT-02 PD-03"),
            ("vouchers.expires_on=2021-07-01", "PD-03"),
            ("vouchers.status=Cancelled; vouchers.expires_on=2021-05-30", "LC-01"),
            ("-vouchers.status", "IN-01"),
            // 180 days after creation, counted.
            ("vouchers.expires_on=; as_of=2021-07-03", "DT-02 PD-03"),
            ("vouchers.expires_on=; as_of=2021-07-04", "DT-01"),
        ]
        .iter()
        .map(|(edit, codes)| (format!("{OPEN}{edit}"), *codes))
        .collect();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }
}
