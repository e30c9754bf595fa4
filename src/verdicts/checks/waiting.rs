//! # PD-01 to PD-04, MT-02: waiting, and for what
//! **Checks** nothing: it says what a voucher in order waits for. Reservation (PD-01), delivery (PD-02),
//! redemption (PD-03), each until the last day; payment (PD-04) of a request that is not older than the payment target.
//! The oldest open request that is older is MT-02.
//! **Why** pending is not an exception (house); payment follows within 30 days (T-SAVB).
//! **Example** requested 2021-05-01: PD-04 on 2021-05-31, MT-02 a day later.

use crate::casebook::Case;
use crate::matching::Applied;
use crate::model::{Answer, Code, Dataset, Day, Fact, Failure, Few, PaymentStatus, Place};
use crate::verdicts::answers::{is_whole, unknown};
use crate::verdicts::{CheckSpec, State, Terms, current_state};

pub(super) const CHECK: CheckSpec = CheckSpec {
    codes: &[
        Code::AwaitingReservation,
        Code::AwaitingDelivery,
        Code::AwaitingRedemption,
        Code::AwaitingPayment,
        Code::OverduePayment,
    ],
    run: waiting,
};

fn waiting(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let state = current_state::state(case, terms);
    let last = case.last_day(terms.program);
    let (code, what) = match state {
        State::Claimed => return awaiting_payment(case, terms),
        State::Created | State::Assigned => (Code::AwaitingReservation, "a reservation"),
        State::Reserved => (Code::AwaitingDelivery, "delivery"),
        State::Delivered => (Code::AwaitingRedemption, "redemption"),
        State::Paid | State::Redeemed | State::Cancelled | State::Expired => {
            return Answer::NotApplicable("nothing to wait for");
        }
    };
    if let Err(unknown) = current_state::is_certain(case) {
        return unknown;
    }
    let turns_on = last.get().map(|last| last.day.plus_days(1));
    let until = last.get().map_or(String::new(), |last| format!(", until {}", last.day));
    let steps = &case.steps;
    let since = [steps.completed, steps.reserved, steps.assigned, steps.created].into_iter().find_map(Fact::get);
    let places: Vec<Place> = since.map(|step| step.place).into_iter().collect();
    let message = format!("{state}; waits for {what}{until}");
    Failure::new(code, message, since.map(|step| step.day), &places).due(turns_on).into()
}

fn awaiting_payment(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    if !case.prior.is_empty() {
        return Answer::NotApplicable("claimed before the tool, and settled elsewhere");
    }
    let open: Vec<&Applied<'_>> = case
        .payments
        .iter()
        .filter(|applied| matches!(applied.status, PaymentStatus::Submitted | PaymentStatus::Approved))
        .collect();
    let dated = |day: Option<Day>, place: Option<Place>| day.map(|day| (day, place));
    let mut requests: Few<(Day, Option<Place>)> = open
        .iter()
        .filter_map(|applied| dated(applied.payment.requested_on.get(), Some(applied.payment.place)))
        .collect();
    if case.payments.is_empty() {
        let own = case.claim.filter(|claim| claim.live);
        requests.extend(own.and_then(|claim| dated(claim.requested_on, None)));
    }
    let Some((requested, place)) = requests.into_iter().min() else {
        // Nobody knows until when it is to be paid.
        if !open.is_empty() {
            return unknown(case, Dataset::Payments, "the day of the request");
        }
        return Answer::NotApplicable("no open request with a day");
    };
    let target = terms.program.payment.target.after(requested, &terms.program.calendar);
    let places: Vec<Place> = place.into_iter().collect();
    if terms.as_of > target {
        // The payment may stand in a row that could not be read.
        if !is_whole(case, case.coverage.payments, Dataset::Payments) {
            return unknown(case, Dataset::Payments, "the payment");
        }
        let message = format!("requested on {requested}; was to be paid by {target}");
        return Failure::new(Code::OverduePayment, message, Some(target.plus_days(1)), &places)
            .seeing(requested.to_string())
            .into();
    }
    let message = format!("requested on {requested}; waits for payment until {target}");
    Failure::new(Code::AwaitingPayment, message, Some(requested), &places).due(Some(target.plus_days(1))).into()
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn cases() {
        const OPEN: &str = "redemptions.redeemed_on=; redemptions.status=Reserved; ";
        let rows: Vec<(String, &str)> = [
            ("redemptions=; completions=; vouchers.assigned_on=".to_owned(), "PD-01"),
            ("redemptions=; completions=".to_owned(), "PD-01"),
            (format!("{OPEN}completions="), "PD-02"),
            (OPEN.to_owned(), "PD-03"),
            ("+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-11,,,,".to_owned(), "PD-04"),
            (
                "redemptions.redeemed_on=2021-04-20; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-01,,,,"
                    .to_owned(),
                "PD-04",
            ),
            (
                "redemptions.redeemed_on=2021-04-20; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-04-30,,,,"
                    .to_owned(),
                "MT-02",
            ),
            // The oldest of several counts, those without a day do not; a row that could not be read may be the payment.
            (
                "redemptions.redeemed_on=2021-04-20; +payments=R-1,,V-1,2000.00,EUR,Submitted,2021-04-30,,,,; \
                 +payments=R-2,,V-1,3000.00,EUR,Submitted,2021-05-20,,,,"
                    .to_owned(),
                "MT-02",
            ),
            (
                "redemptions.redeemed_on=2021-04-20; +payments=R-1,,V-1,2000.00,EUR,Submitted,,,,,; \
                 +payments=R-2,,V-1,3000.00,EUR,Approved,2021-05-20,,,,"
                    .to_owned(),
                "PD-04",
            ),
            (
                "redemptions.redeemed_on=2021-04-20; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-04-30,,,,; \
                 +payments=R-2,,V-1,5000.00,EUR,Sent,2021-05-20,,,,"
                    .to_owned(),
                "IN-15",
            ),
            // Nobody knows until when a request without a day is to be paid; what was paid is not waited for.
            ("+payments=R-1,,V-1,5000.00,EUR,Submitted,,,,,".to_owned(), "IN-01"),
            ("+payments=R-1,,V-1,5000.00,EUR,Paid,,2021-05-20,,,".to_owned(), "ok"),
            ("redemptions.redeemed_on=2021-04-20; +claims=V-1,OLD-1,2021-04-22".to_owned(), "ok"),
            (format!("{OPEN}completions=; vouchers.status=Cancelled"), "ok"),
            (format!("{OPEN}-vouchers.status"), "IN-01"),
            ("-redemptions".to_owned(), "IN-01"),
        ]
        .to_vec();
        check(&rows.iter().map(|(edit, codes)| (edit.as_str(), *codes)).collect::<Vec<_>>());
    }

    #[test]
    fn a_cancelled_reservation_leaves_the_voucher_assigned() {
        let cancelled =
            "redemptions.status=Cancelled; redemptions.redeemed_on=; redemptions.cancelled_on=2021-01-20; completions=";
        let state = |edit: &str| verdict("V-1", edit).state.to_string();
        assert_eq!(state(cancelled), "assigned");
        assert_eq!(state(&format!("{cancelled}; vouchers.assigned_on=")), "assigned");
        assert_eq!(state("redemptions=; completions=; vouchers.assigned_on="), "created");
    }

    #[test]
    fn a_pending_item_says_when_it_turns() {
        let turns = |edit: &str| verdict("V-1", edit).turns_on.map(|day| day.to_string());
        assert_eq!(turns("redemptions.redeemed_on=; redemptions.status=Reserved"), Some("2021-07-04".to_owned()));
        let open = "+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-11,,,,";
        assert_eq!(turns(open), Some("2021-06-11".to_owned()));
        assert_eq!(turns("redemptions.redeemed_on=2021-06-03"), Some("2021-06-03".to_owned()));
    }
}
