//! What holds whatever befalls the voucher of a month: a few of many mishaps, drawn by lot.

use super::sweeps::{drawn, seeds};
use super::{Scene, months};
use crate::casebook::PartnerBook;
use crate::eligibility::{Status, standings};
use crate::model::{Code, Day, Outcome, VoucherId};
use crate::verdicts::{State, Verdict};

/// Edits of single facts, some good and some bad.
const MISHAPS: &[(&str, &[&str])] = &[
    (
        "sa-planning-services",
        &[
            "vouchers.expires_on=",
            "vouchers.expires_on=2021-05-09",
            "vouchers.days=15",
            "vouchers.status=Cancelled",
            "vouchers.engagement=exchange",
            "vouchers.created_on=2020-08-19",
            "redemptions.redeemed_on=; redemptions.status=Reserved",
            "redemptions.redeemed_on=2021-07-10",
            "redemptions.reserved_on=2021-03-02",
            "redemptions.location_id=L-9",
            "+redemptions=V-1,L-2,Reserved,2021-01-20,,",
            "completions=",
            "completions.country=DE",
            "completions.deliverable=",
            "completions.reported_on=",
            "completions.offsite_days=4",
            "completions.started_on=2020-12-08",
            "+completions=V-1,C-2,NL,2021-03-01,2021-03-05,2021-03-10,plan.docx,2021-03-10,0",
            "enrollments=",
            "enrollments.agreement_signed_on=",
            "enrollments.training_completed_on=",
            "enrollments.bank_mapped=no",
            "+enrollments=P-1,SSDPS,2021-02-01,,,,,no,L-1",
            "competencies.level=Silver",
            "competencies.expires_on=2021-02-28",
            "competencies=",
            "certifications.passed_on=2021-03-02",
            "certifications=",
            "rates=",
            "+payments=R-1,,V-1,5000.00,EUR,Submitted,2021-05-20,,,,",
            "+payments=R-1,,V-1,4000.00,EUR,Paid,2021-05-20,2021-05-25,,,",
            "+payments=R-1,,V-1,5000.00,EUR,Rejected,2021-05-20,,,,",
            "+claims=V-1,OLD-1,2021-05-20",
        ],
    ),
    (
        "deployment-vouchers",
        &[
            "vouchers.created_on=2025-05-01",
            "redemptions.redeemed_on=; redemptions.status=Processing",
            "redemptions.redeemed_on=2026-02-20",
            "milestones=",
            "milestones.status=Rejected",
            "milestones.status=Processing",
            "+milestones=V-1,Extension,2025-12-01,Granted",
            "+milestones=V-1,Extension,2026-03-01,Granted",
            "+milestones=V-1,Proof of execution,2025-11-25,Rejected",
            "enrollments=",
            "completions=",
            "rates=",
            "+payments=R-1,,V-1,15000.00,EUR,Submitted,2025-12-10,,,,",
        ],
    ),
    (
        "commerce-incentives",
        &[
            "vouchers.created_on=2023-08-01",
            "redemptions.redeemed_on=; redemptions.status=Under review",
            "redemptions.redeemed_on=2024-02-20",
            "milestones=",
            "milestones.status=Customer consent declined",
            "+milestones=V-1,Rejection,2024-01-05,",
            "+milestones=V-1,Rejection,2024-03-01,",
            "+milestones=V-1,Dispute,2024-01-20,",
            "+milestones=V-1,Dispute,2024-03-20,",
            "enrollments=",
            "completions=",
            "rates=",
        ],
    ),
];

/// What an export may lack. Columns that have substitutes, or only refine, are not among them, nor the list of older claims, without which there are none.
const EVIDENCE: &[&str] = &[
    "partners",
    "enrollments",
    "enrollments.agreement_signed_on",
    "enrollments.training_completed_on",
    "enrollments.savb_registered_on",
    "enrollments.bank_mapped",
    "competencies",
    "competencies.expires_on",
    "certifications",
    "certifications.expires_on",
    "vouchers",
    "vouchers.status",
    "redemptions",
    "redemptions.reserved_on",
    "redemptions.redeemed_on",
    "redemptions.cancelled_on",
    "completions",
    "completions.reported_on",
    "completions.deliverable",
    "completions.offsite_days",
    "milestones",
    "milestones.status",
    "payments",
    "payments.voucher_id",
    "payments.paid_on",
    "payments.requested_on",
    "rates",
];

struct LawLot(u64);

impl LawLot {
    fn draw(&mut self, from: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % from
    }

    /// A program and up to four mishaps. Rows are emptied first, so that no later edit misses its row.
    fn mishaps(&mut self) -> String {
        let (program, all) = MISHAPS[self.draw(MISHAPS.len())];
        let count = self.draw(5);
        let mut drawn: Vec<&str> = (0..count).map(|_| all[self.draw(all.len())]).collect();
        drawn.sort_unstable();
        drawn.dedup();
        let is_emptied = |set: &str| drawn.iter().any(|edit| *edit == format!("{set}="));
        let misses = |edit: &str| {
            let first = edit.split(';').next().unwrap_or_default();
            first.split_once('.').is_some_and(|(set, _)| is_emptied(set))
        };
        let kept: Vec<&str> = drawn.iter().copied().filter(|edit| !misses(edit)).collect();
        format!("program={program}; {}", kept.join("; "))
    }
}

fn judged(edits: &str) -> Option<Verdict> {
    let (verdicts, _) = Scene::new(edits).judge(&[]);
    verdicts.into_iter().find(|verdict| verdict.voucher == VoucherId::new("V-1"))
}

/// Whether a data set or column is there to be taken away.
fn has(edits: &str, evidence: &str) -> bool {
    let scene = Scene::new(edits);
    let (set, column) = evidence.split_once('.').map_or((evidence, None), |(set, column)| (set, Some(column)));
    let rows = scene.tables.get(set);
    rows.is_some_and(|rows| column.is_none_or(|column| rows[0].iter().any(|title| title == column)))
}

#[test]
fn nothing_gets_better_where_evidence_is_taken_away() {
    let mut worse = 0;
    for seed in seeds(200, 600, 6_000) {
        let mut lot = LawLot(drawn(seed));
        let edits = lot.mishaps();
        let evidence = EVIDENCE[lot.draw(EVIDENCE.len())];
        let (Some(before), true) = (judged(&edits), has(&edits, evidence)) else { continue };
        let Some(after) = judged(&format!("{edits}; -{evidence}")) else { continue };
        let is_settled = |verdict: &Verdict| verdict.outcome == Outcome::Ok;
        assert!(is_settled(&before) || !is_settled(&after), "{edits} without {evidence}: {before}, then {after}");
        assert!(before.payable.is_some() || after.payable.is_none(), "{edits} without {evidence} is payable");
        worse += usize::from(is_settled(&before) && !is_settled(&after));
    }
    assert!(worse > 5, "in {worse} cases it made a difference");
}

#[test]
fn a_day_that_goes_by_brings_nothing_back_to_life() {
    let mut expired = 0;
    for seed in seeds(200, 600, 6_000) {
        let mut lot = LawLot(drawn(seed));
        let edits = lot.mishaps();
        let (_, as_of, _) = months::month(edits[8..].split(';').next().unwrap_or_default()).expect("a month");
        let first = Day::parse_iso(as_of).expect("day").plus_days(u32::try_from(lot.draw(120)).expect("small"));
        let later = first.plus_days(1 + u32::try_from(lot.draw(60)).expect("small"));
        let on = |day: Day| judged(&format!("{edits}; as_of={day}"));
        let (Some(before), Some(after)) = (on(first), on(later)) else { continue };
        assert!(before.state.may_become(after.state), "{edits}: {before} on {first}, {after} on {later}");
        if before.state == State::Expired {
            expired += 1;
            assert!(after.outcome == Outcome::Exception && after.payable.is_none(), "{edits}: {after} on {later}");
        }
    }
    assert!(expired > 20, "{expired} cases had expired");
}

/// A standing is active on a day exactly if a voucher that starts on it passes every requirement.
#[test]
fn a_standing_is_what_a_start_on_that_day_would_find() {
    const ASKED: [Code; 9] = [
        Code::NoEnrollment,
        Code::LapsedEnrollment,
        Code::UnsignedAgreement,
        Code::MissingCompetency,
        Code::LowCompetencyLevel,
        Code::ExpiredCompetency,
        Code::MissingTraining,
        Code::UnqualifiedConsultant,
        Code::NoOfferingEnrollment,
    ];
    let about_partner = |edit: &&&str| ["enroll", "compet", "certif"].iter().any(|set| edit.contains(set));
    let mishaps: Vec<&str> = MISHAPS[0].1.iter().filter(about_partner).copied().collect();
    let (mut active, mut others) = (0, 0);
    for seed in seeds(200, 600, 6_000) {
        let mut lot = LawLot(drawn(seed));
        let edit = if lot.draw(3) == 0 { "" } else { mishaps[lot.draw(mishaps.len())] };
        let day = Day::from_ymd(2020, 8, 20).expect("day").plus_days(u32::try_from(lot.draw(280)).expect("small"));
        let voucher = format!(
            "vouchers.created_on=2020-07-01; vouchers.assigned_on=2020-07-01; vouchers.expires_on=2021-12-31; \
             redemptions.reserved_on={day}; completions.started_on={day}; completions.completed_on={day}; \
             redemptions.redeemed_on=2021-05-30; as_of=2021-05-31; {edit}"
        );
        let scene = Scene::new(&voucher);
        let intake = scene.intake();
        let book = PartnerBook::new(&intake);
        let all = standings(&book, scene.program, None, day);
        let of =
            all.iter().find(|of| of.location.location.as_str() == "L-1" && of.engagement.as_str() == "data-estate");
        let status = of.expect("a standing").standing.status();
        let verdict = judged(&voucher).expect("a verdict");
        let lacks: Vec<Code> = verdict.findings.iter().map(|f| f.code).filter(|code| ASKED.contains(code)).collect();
        assert_eq!(status == Status::Active, lacks.is_empty(), "{edit} on {day}: {status:?}, {lacks:?}");
        if lacks.is_empty() { active += 1 } else { others += 1 }
    }
    assert!(active > 50 && others > 50, "{active} active, {others} not");
}
