//! The requirements of `eligibility`, asked on the days of a voucher: on the start of the engagement, the age of
//! the enrollment on the reservation. Without a completion row nothing is known of the start, and none is asked.

use crate::casebook::{Case, Step};
use crate::eligibility::{self, DeliveringPartner, Subject};
use crate::model::{Answer, Code, Dataset, Fact, Failure};
use crate::verdicts::answers::{partner_unknown, taken, unknown};
use crate::verdicts::{CheckSpec, State, Terms, current_state};

pub(super) const ENROLLED: CheckSpec = CheckSpec { codes: &[Code::NoEnrollment], run: enrolled };

fn enrolled(case: &Case<'_>, _: Terms<'_>) -> Answer {
    partner(case).map_or_else(|answer| answer, |(partner, start)| eligibility::enrolled(partner, start.day))
}

pub(super) const ENROLLED_FOR_OFFERING: CheckSpec =
    CheckSpec { codes: &[Code::NoOfferingEnrollment], run: enrolled_for_offering };

fn enrolled_for_offering(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    delivery(case, terms)
        .map_or_else(|answer| answer, |(subject, start)| eligibility::enrolled_for_offering(subject, start.day))
}

pub(super) const ENROLLMENT_CURRENT: CheckSpec =
    CheckSpec { codes: &[Code::LapsedEnrollment], run: enrollment_current };

fn enrollment_current(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let (subject, start) = match current_enrollment(case, terms) {
        Ok(delivery) => delivery,
        Err(answer) => return answer,
    };
    match case.steps.reserved {
        Fact::Is(reserved) => eligibility::enrollment_current(subject, reserved.day),
        Fact::No => eligibility::enrollment_current(subject, start.day),
        Fact::Unknown => unknown(case, Dataset::Redemptions, "the reservation"),
    }
}

pub(super) const AGREEMENT_SIGNED: CheckSpec = CheckSpec { codes: &[Code::UnsignedAgreement], run: agreement_signed };

fn agreement_signed(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    current_enrollment(case, terms)
        .map_or_else(|answer| answer, |(subject, start)| eligibility::agreement_signed(subject, start.day))
}

pub(super) const TRAINING_COMPLETED: CheckSpec = CheckSpec { codes: &[Code::MissingTraining], run: training_completed };

fn training_completed(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    current_enrollment(case, terms)
        .map_or_else(|answer| answer, |(subject, start)| eligibility::training_completed(subject, start.day))
}

pub(super) const REGISTERED_FOR_PAYMENT: CheckSpec =
    CheckSpec { codes: &[Code::NoPaymentRegistration], run: registered_for_payment };

fn registered_for_payment(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    awaiting_money(case, terms)
        .map_or_else(|answer| answer, |subject| eligibility::registered_for_payment(subject, terms.as_of))
}

pub(super) const BANK_ACCOUNT_MAPPED: CheckSpec = CheckSpec { codes: &[Code::NoBankAccount], run: bank_account_mapped };

fn bank_account_mapped(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    awaiting_money(case, terms)
        .map_or_else(|answer| answer, |subject| eligibility::bank_account_mapped(subject, terms.as_of))
}

pub(super) const COMPETENCY_HELD: CheckSpec = CheckSpec {
    codes: &[Code::MissingCompetency, Code::LowCompetencyLevel, Code::ExpiredCompetency, Code::NoRuleForDay],
    run: competency_held,
};

fn competency_held(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    if let (Some(row), Some(start)) = (case.row(), case.steps.started.get()) {
        // Whether the program file has a rule for the day does not depend on the partner.
        if terms.program.qualifiers(&row.engagement, start.day).is_none() {
            let message =
                format!("for a start on {}: the program file has no table of competencies for that day", start.day);
            return Failure::new(Code::NoRuleForDay, message, Some(start.day), &[start.place]).into();
        }
    }
    delivery(case, terms)
        .map_or_else(|answer| answer, |(subject, start)| eligibility::competency_held(subject, start.day))
}

pub(super) const CONSULTANTS_QUALIFIED: CheckSpec =
    CheckSpec { codes: &[Code::UnqualifiedConsultant], run: consultants_qualified };

fn consultants_qualified(case: &Case<'_>, terms: Terms<'_>) -> Answer {
    let (subject, start) = match delivery(case, terms) {
        Ok(delivery) => delivery,
        Err(answer) => return answer,
    };
    let consultants: Vec<_> = case.completions.iter().map(|row| (&row.consultant, row.place)).collect();
    eligibility::consultants_qualified(subject, &consultants, start.day)
}

/// Who waits for the money of a voucher, from its redemption until it is paid.
fn awaiting_money<'c>(case: &'c Case<'_>, terms: Terms<'c>) -> Result<Subject<'c>, Answer> {
    taken(case, case.steps.redeemed, Dataset::Redemptions, "not redeemed")?;
    if current_state::state(case, terms) == State::Paid {
        return Err(Answer::NotApplicable("paid"));
    }
    let partner = reserver(case)?;
    let row = case.row().ok_or_else(|| unknown(case, Dataset::Vouchers, "the engagement"))?;
    Ok(Subject { partner, engagement: &row.engagement, program: terms.program })
}

/// The partner and the start, or the answer that ends the check: not started, or not known.
fn partner<'c>(case: &'c Case<'_>) -> Result<(DeliveringPartner<'c>, Step), Answer> {
    let start = taken(case, case.steps.started, Dataset::Completions, "nothing is known of the start")?;
    Ok((reserver(case)?, start))
}

/// The partner of the effective location, or the answer where it is not known.
fn reserver<'c>(case: &'c Case<'_>) -> Result<DeliveringPartner<'c>, Answer> {
    let Some(live) = case.live else {
        return Err(match case.steps.reserved {
            Fact::Unknown => unknown(case, Dataset::Redemptions, "the location"),
            Fact::Is(_) | Fact::No => Answer::NotApplicable("no location has a live reservation"),
        });
    };
    match (case.partner, case.facts) {
        (Fact::Is(_), Some(facts)) => Ok(DeliveringPartner { facts, location: &live.location }),
        _ => Err(partner_unknown(case)),
    }
}

/// The partner, the engagement and the start.
fn delivery<'c>(case: &'c Case<'_>, terms: Terms<'c>) -> Result<(Subject<'c>, Step), Answer> {
    let (partner, start) = partner(case)?;
    let Some(row) = case.row() else {
        return Err(unknown(case, Dataset::Vouchers, "the engagement"));
    };
    Ok((Subject { partner, engagement: &row.engagement, program: terms.program }, start))
}

/// EL-01 before EL-10 before the others: a partner that is not enrolled is not asked about its enrollment.
fn current_enrollment<'c>(case: &'c Case<'_>, terms: Terms<'c>) -> Result<(Subject<'c>, Step), Answer> {
    let (subject, start) = delivery(case, terms)?;
    match eligibility::enrolled_for_offering(subject, start.day) {
        Answer::Failed(_) | Answer::NotApplicable(_) => Err(Answer::NotApplicable("not enrolled for the offering")),
        unknown @ Answer::Unknown { .. } => Err(unknown),
        Answer::Passed(_) => Ok((subject, start)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn cases() {
        check(&[
            // Nothing is known of the start: no eligibility code, only LC-04 is raised.
            ("completions=; competencies=; enrollments=", "LC-04"),
            // The start has not happened yet.
            (
                "redemptions.redeemed_on=; redemptions.status=Reserved; completions.started_on=2021-06-01; completions.completed_on=2021-06-02; completions.reported_on=; completions.deliverable_on=; competencies=",
                "DT-06 PD-02",
            ),
            ("-completions", "IN-01"),
            // No table of competencies before 2020-08-20.
            (
                "vouchers.created_on=2020-08-01; vouchers.assigned_on=2020-08-01; redemptions.reserved_on=2020-08-02; completions.started_on=2020-08-19; competencies=; certifications=",
                "PO-02",
            ),
            (
                "vouchers.created_on=2020-08-01; vouchers.assigned_on=2020-08-01; redemptions.reserved_on=2020-08-02; completions.started_on=2020-08-20",
                "ok",
            ),
        ]);
    }
}
