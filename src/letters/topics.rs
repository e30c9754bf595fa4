//! The three topics: what each of them takes for due on the as-of date.

use std::collections::{BTreeMap, HashMap};

use super::due::{Reminder, ReminderDetails, Topic};
use crate::casebook::PartnerBook;
use crate::model::{Code, Day, Enrollment, Offering, PartnerId, VoucherId};
use crate::program::Program;
use crate::verdicts::{State, Verdict};

/// Everything that is due, by topic, due day and subject. `batched` are the vouchers of this run's batches, and
/// whether the batch is issued.
pub fn due(
    verdicts: &[Verdict],
    partners: &PartnerBook<'_>,
    batched: &HashMap<&VoucherId, bool>,
    program: &Program,
    as_of: Day,
) -> Vec<Reminder> {
    let mut reminders = enrollments(partners, program, as_of);
    reminders.extend(verdicts.iter().filter_map(|verdict| expiring(verdict, program, as_of)));
    reminders.extend(verdicts.iter().filter_map(|verdict| unclaimed(verdict, batched, program, as_of)));
    reminders
        .sort_by(|a, b| (a.topic, a.due_on, &a.partner, &a.subject).cmp(&(b.topic, b.due_on, &b.partner, &b.subject)));
    reminders
}

/// The latest enrollment of each offering, once its anniversary is near. A renewed one is no longer the latest.
fn enrollments(partners: &PartnerBook<'_>, program: &Program, as_of: Day) -> Vec<Reminder> {
    let mut reminders = Vec::new();
    let Some(ahead) = program.reminders.enrollment_renewal_days else { return reminders };
    for (partner, facts) in partners.companies() {
        let mut latest: BTreeMap<&Offering, &Enrollment> = BTreeMap::new();
        for row in facts.enrollments.iter().filter(|row| row.enrolled_on <= as_of) {
            latest.insert(&row.offering, row);
        }
        for row in latest.into_values() {
            let due_on = row.enrolled_on.plus_one_year();
            if due_on.days_since(as_of) <= i64::from(ahead) {
                reminders.push(renewal(partner, row, due_on, as_of));
            }
        }
    }
    reminders
}

fn renewal(partner: &PartnerId, row: &Enrollment, due_on: Day, as_of: Day) -> Reminder {
    Reminder {
        topic: Topic::EnrollmentRenewal,
        partner: Some(partner.clone()),
        location: None,
        subject: format!("{} {}", row.offering, row.enrolled_on),
        due_on,
        details: ReminderDetails::Enrollment { offering: row.offering.to_string(), enrolled_on: row.enrolled_on },
        moot: (as_of > due_on).then_some("the year has passed"),
    }
}

/// A voucher that is not redeemed and whose last day is near.
fn expiring(verdict: &Verdict, program: &Program, as_of: Day) -> Option<Reminder> {
    let open = matches!(verdict.state, State::Created | State::Assigned | State::Reserved | State::Delivered);
    let due_on = verdict.dates.expires.filter(|last| as_of <= *last)?;
    let near = due_on.days_since(as_of) <= i64::from(program.reminders.voucher_expiry_days);
    let engagement = verdict.engagement.as_ref()?;
    (open && near).then(|| Reminder {
        topic: Topic::VoucherExpiry,
        partner: verdict.partner.clone(),
        location: verdict.location.clone(),
        subject: verdict.voucher.to_string(),
        due_on,
        details: ReminderDetails::Voucher {
            voucher: verdict.voucher.clone(),
            customer: verdict.customer_name.clone().unwrap_or_default(),
            engagement: program.engagement(engagement).name.clone(),
            days: verdict.days.filter(|_| program.voucher.levels.are_days()).unwrap_or_default(),
        },
        moot: None,
    })
}

/// A redeemed voucher without a request, some time after its redemption.
fn unclaimed(
    verdict: &Verdict,
    batched: &HashMap<&VoucherId, bool>,
    program: &Program,
    as_of: Day,
) -> Option<Reminder> {
    let redeemed_on = verdict.dates.redeemed.filter(|_| verdict.state == State::Redeemed)?;
    let due_on = verdict.claim_by?;
    if as_of.days_since(redeemed_on) < i64::from(program.reminders.unclaimed_days?) {
        return None;
    }
    let raised = |code: Code| verdict.findings.iter().any(|finding| finding.code == code);
    let is_disputed =
        raised(Code::ChangedClaim) || verdict.findings.iter().any(|finding| finding.code.spec().stands_alone);
    let moot = match batched.get(&verdict.voucher) {
        Some(true) => Some("this run's batch claims it"),
        Some(false) => Some("a batch that waits for approval would claim it"),
        None if as_of > due_on => Some("the last day for the request has passed"),
        // Nobody is asked to claim what may be claimed already, or by somebody else.
        None if raised(Code::SuspectPayment) => Some("a payment of an unknown voucher may be for it"),
        None if is_disputed => Some("its facts are in dispute"),
        None => None,
    };
    Some(Reminder {
        topic: Topic::Unclaimed,
        partner: verdict.partner.clone(),
        location: verdict.location.clone(),
        subject: verdict.voucher.to_string(),
        due_on,
        details: ReminderDetails::Redeemed {
            voucher: verdict.voucher.clone(),
            customer: verdict.customer_name.clone().unwrap_or_default(),
            redeemed_on,
            entitled: verdict.entitled,
            codes: verdict.codes(),
        },
        moot,
    })
}
