//! # LC-01: status words and dates agree
//! **Checks** that no status word contradicts the dates of its own row, as printed, dates after the as-of date too; that
//! the customer has not cancelled a voucher on which work or a claim exists; and that the state has not gone back since
//! the last run, but for a reservation that was given up.
//! **Why** two columns that tell different stories cannot both be right (house).
//! **Example** status Reserved in a row with a date of redemption.

use crate::casebook::{Case, Claimed};
use crate::model::{
    Answer, Code, Dataset, Fact, Failure, Place, Places, Redemption, RedemptionStatus, Voucher, VoucherStatus,
};
use crate::verdicts::answers::{passed, unknown};
use crate::verdicts::{CheckSpec, State, Terms, current_state};

pub(super) const CHECK: CheckSpec = CheckSpec { codes: &[Code::StatusContradiction], run: status_word };

fn status_word(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let of_vouchers = case.rows.iter().filter_map(|row| Some((voucher_word(row, terms)?, row.place)));
    let of_redemptions = case.redemptions.iter().filter_map(|row| Some((redemption_word(row, terms)?, row.place)));
    let words: Vec<(String, Place)> = of_vouchers.chain(of_redemptions).collect();
    let messages: Vec<String> = words
        .iter()
        .map(|(message, _)| message.clone())
        .chain(cancelled_but_used(case, terms))
        .chain(went_back(case, terms))
        .collect();
    let mut places: Places = words.iter().map(|(_, place)| *place).collect();
    if messages.is_empty() {
        let may_be_cancelled = use_of(case).is_some() && current_state::cancelled(case).is_unknown();
        return match case.row().filter(|_| may_be_cancelled) {
            Some(_) => unknown(case, Dataset::Vouchers, "whether the customer has cancelled it"),
            None => passed(&places),
        };
    }
    places.extend(case.row().filter(|_| places.is_empty()).map(|row| row.place));
    Failure::new(Code::StatusContradiction, messages.join("; "), None, &places).into()
}

/// Nothing is said of Expired: the export may be younger than the as-of date.
fn voucher_word(row: &Voucher, terms: Terms<'_>) -> Option<String> {
    let assigned = row.assigned_on.get().filter(|day| *day != row.created_on)?;
    let says = row.status == Fact::Is(VoucherStatus::Created);
    says.then(|| format!("{} says created, and assigned on {assigned}", terms.program.names.vouchers))
}

/// The word that the dates of a row say, where they are known.
fn redemption_word(row: &Redemption, terms: Terms<'_>) -> Option<String> {
    let contradicts = match row.status {
        RedemptionStatus::Assigned => [row.reserved_on, row.redeemed_on, row.cancelled_on].iter().any(is_dated),
        RedemptionStatus::Reserved => {
            row.reserved_on == Fact::No || is_dated(&row.redeemed_on) || is_dated(&row.cancelled_on)
        }
        RedemptionStatus::Redeemed => row.redeemed_on == Fact::No || is_dated(&row.cancelled_on),
        RedemptionStatus::Cancelled => row.cancelled_on == Fact::No || is_dated(&row.redeemed_on),
    };
    let day = |name: &str, fact: Fact<crate::model::Day>| fact.get().map(|day| format!("{name} {day}"));
    let dates: Vec<String> =
        [day("reserved", row.reserved_on), day("redeemed", row.redeemed_on), day("cancelled", row.cancelled_on)]
            .into_iter()
            .flatten()
            .collect();
    let said = if dates.is_empty() { "none".to_owned() } else { dates.join(", ") };
    contradicts.then(|| {
        format!(
            "{} says {} of location {}, and its dates are: {said}",
            terms.program.names.redemptions,
            word(row.status),
            row.location
        )
    })
}

fn is_dated(fact: &Fact<crate::model::Day>) -> bool {
    fact.get().is_some()
}

fn word(status: RedemptionStatus) -> &'static str {
    match status {
        RedemptionStatus::Assigned => "assigned",
        RedemptionStatus::Reserved => "reserved",
        RedemptionStatus::Redeemed => "redeemed",
        RedemptionStatus::Cancelled => "cancelled",
    }
}

/// What a voucher was used for that a customer does not cancel.
fn use_of(case: &Case<'_>) -> Option<&'static str> {
    if case.claimed == Claimed::Yes {
        Some("a claim exists")
    } else if case.steps.redeemed.get().is_some() {
        Some("it was redeemed")
    } else if case.steps.started.get().is_some() {
        Some("work was done")
    } else {
        None
    }
}

fn cancelled_but_used(case: &Case<'_>, terms: Terms<'_>) -> Option<String> {
    let used = use_of(case)?;
    (current_state::cancelled(case) == Fact::Is(()))
        .then(|| format!("{} says cancelled, and {used}", terms.program.names.vouchers))
}

/// What the last run knew is further than what today's exports say.
fn went_back(case: &Case<'_>, terms: Terms<'_>) -> Option<String> {
    let before = terms.earlier.verdicts?.get(&case.voucher)?.state;
    let now = current_state::state(case, terms);
    if now == before {
        return None;
    }
    // The payment tool lists payments for a time only; the claim stands in the ledger.
    let no_longer_listed = before == State::Paid && now == State::Claimed && case.payments.is_empty();
    // An extension that an export brought late: the last day had not passed after all.
    let mut turned_by = terms.program.voucher.life.turned_by();
    let is_longer = before == State::Expired && turned_by.any(|by| case.milestones.reached(by).get().is_some());
    (!before.may_become(now) && !no_longer_listed && !is_longer).then(|| format!("{now}, and {before} in the last run"))
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, verdict};

    #[test]
    fn without_the_column_nobody_knows_whether_it_was_cancelled() {
        check(&[
            ("-vouchers.status", "IN-01"),
            ("vouchers.status=", "ok"),
            ("-vouchers.status; +payments=R-1,,V-1,5000.00,EUR,Paid,2021-05-11,2021-05-20,,,", "IN-01"),
            ("-vouchers.status; vouchers.voucher_id=V-2", "RF-03"),
        ]);
    }

    #[test]
    fn words_and_dates_of_one_row() {
        check(&[
            ("redemptions.status=Reserved", "LC-01"),
            ("redemptions.status=Assigned", "LC-01"),
            ("redemptions.redeemed_on=", "LC-01 PD-03"),
            ("redemptions.redeemed_on=; redemptions.status=Reserved; redemptions.reserved_on=", "LC-01 LC-02 PD-03"),
            ("redemptions.cancelled_on=2021-05-12", "LC-01"),
            ("+redemptions=V-1,L-2,Cancelled,2021-01-05,,", "LC-01"),
            ("-redemptions.cancelled_on; +redemptions=V-1,L-2,Cancelled,2021-01-05,", "IN-01"),
            // A date after the as-of date is printed all the same.
            ("redemptions.redeemed_on=2021-06-01; redemptions.status=Reserved", "LC-01 DT-06 PD-03"),
            ("vouchers.status=Created; vouchers.assigned_on=2021-01-05", "LC-01"),
            // Expired by the day of the export, not by the as-of date.
            ("vouchers.status=Expired; vouchers.expires_on=2021-06-01", "ok"),
            ("vouchers.status=Assigned", "ok"),
            ("vouchers.status=", "ok"),
        ]);
    }

    #[test]
    fn systems_have_the_names_of_the_program() {
        let said = |edits: &str| verdict("V-1", edits).findings[0].message.clone();
        assert_eq!(said("vouchers.status=Cancelled"), "VLSC says cancelled, and it was redeemed");
        let other = "program=commerce-incentives; vouchers.status=Canceled";
        assert_eq!(said(other), "the list of vouchers says cancelled, and it was redeemed");
    }

    #[test]
    fn cancelled_although_used() {
        const OPEN: &str = "redemptions.redeemed_on=; redemptions.status=Reserved; vouchers.status=Cancelled";
        check(&[
            ("vouchers.status=Cancelled", "LC-01"),
            (OPEN, "LC-01"),
            (&format!("{OPEN}; completions="), "ok"),
            (&format!("{OPEN}; completions=; +claims=V-1,OLD-1,2021-04-20"), "LC-01 LC-03"),
        ]);
    }

    #[test]
    fn back_since_the_last_run() {
        const OPEN: &str = "redemptions.redeemed_on=; redemptions.status=Reserved; completions=";
        const FREED: &str =
            "redemptions.status=Cancelled; redemptions.redeemed_on=; redemptions.cancelled_on=2021-01-20; completions=";
        check(&[
            ("before=redeemed", "ok"),
            ("before=delivered", "ok"),
            ("before=claimed", "LC-01"),
            ("before=paid; ledger=L-1,data-estate,5,5000.00", "PD-04"),
            ("before=paid; +payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-20,,,,", "LC-01 PD-04"),
            (&format!("{OPEN}; before=delivered"), "LC-01 PD-02"),
            (&format!("{OPEN}; before=reserved"), "PD-02"),
            (&format!("{FREED}; before=reserved"), "PD-01"),
            (&format!("{FREED}; before=delivered"), "LC-01 PD-01"),
            (&format!("{OPEN}; before=expired"), "LC-01 PD-02"),
            (&format!("{OPEN}; before=reserved; vouchers.expires_on=2021-05-30"), "DT-01"),
        ]);
    }
}
