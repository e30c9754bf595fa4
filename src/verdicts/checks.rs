//! All checks, one per file. A check looks at one case and answers; checks do not look at each other. Which finding
//! suppresses another is decided in `verdict.rs`.

mod amounts;
mod claim_unchanged;
mod claimed_in_time;
mod completed_in_time;
mod deliverable;
mod delivery_country;
mod expiry;
mod later_steps;
mod level;
mod location_known;
mod milestone_due;
mod milestone_order;
mod offsite;
mod one_long_engagement;
mod one_redeemer;
mod one_reservation;
mod one_voice;
mod order;
mod own_deliverable;
mod payment_known;
mod program_open;
mod rate;
mod readable;
mod redeemed_in_time;
mod report;
mod report_in_time;
mod request_after_redemption;
mod request_stands;
mod requirements;
mod reservation_stands;
mod reserved;
mod reserved_first;
mod reserved_in_time;
mod retired;
mod status_word;
mod suspect_payment;
mod voucher_known;
mod waiting;

use super::CheckSpec;

/// All checks, in the order in which a person would ask. Where two raise the same code, the first is
/// kept; else the order decides nothing.
pub const CHECKS: &[CheckSpec] = &[
    voucher_known::CHECK,
    one_voice::CHECK,
    level::CHECK,
    location_known::CHECK,
    one_redeemer::CHECK,
    status_word::CHECK,
    reserved::CHECK,
    reservation_stands::CHECK,
    one_reservation::CHECK,
    reserved_in_time::CHECK,
    requirements::ENROLLED,
    requirements::ENROLLED_FOR_OFFERING,
    requirements::ENROLLMENT_CURRENT,
    requirements::AGREEMENT_SIGNED,
    requirements::COMPETENCY_HELD,
    requirements::TRAINING_COMPLETED,
    requirements::CONSULTANTS_QUALIFIED,
    retired::CHECK,
    requirements::REGISTERED_FOR_PAYMENT,
    requirements::BANK_ACCOUNT_MAPPED,
    delivery_country::CHECK,
    reserved_first::CHECK,
    completed_in_time::CHECK,
    report::CHECK,
    deliverable::CHECK,
    report_in_time::CHECK,
    offsite::CHECK,
    milestone_order::CHECK,
    milestone_due::CHECK,
    own_deliverable::CHECK,
    one_long_engagement::CHECK,
    redeemed_in_time::CHECK,
    expiry::CHECK,
    order::CHECK,
    later_steps::CHECK,
    program_open::CHECK,
    request_after_redemption::CHECK,
    claimed_in_time::CHECK,
    rate::CHECK,
    amounts::CHECK,
    request_stands::CHECK,
    payment_known::CHECK,
    suspect_payment::CHECK,
    claim_unchanged::CHECK,
    readable::CHECK,
    waiting::CHECK,
];

#[cfg(test)]
mod tests {
    use super::CHECKS;
    use crate::model::Code;

    /// Codes that no check has for its own, and who raises them.
    const ELSEWHERE: &[(Code, &str)] = &[
        (Code::MissingData, "any check, where a data set or a column that it needs is not there"),
        (Code::RestatementAfterClose, "compare/after_close.rs, about a closed period"),
    ];

    #[test]
    fn every_code_is_raised_by_one_check_or_elsewhere() {
        for code in Code::all() {
            let checks = CHECKS.iter().filter(|check| check.codes.contains(&code)).count();
            let elsewhere = ELSEWHERE.iter().filter(|(other, _)| *other == code).count();
            assert_eq!(checks + elsewhere, 1, "{code}");
        }
    }

    #[test]
    fn codes_of_a_check_look_at_the_same() {
        for check in CHECKS {
            let first = check.codes[0].spec().looked_at;
            assert!(check.codes.iter().all(|code| code.spec().looked_at == first), "{:?}", check.codes);
        }
    }
}
