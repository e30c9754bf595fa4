//! One voucher in order per program, as files.

use std::sync::LazyLock;

use crate::program::{self, HouseRules, Program};

/// Program, as-of date, data sets.
pub(super) type SampleMonth = (&'static Program, &'static str, &'static [(&'static str, &'static str)]);

/// A redeemed voucher in order: L-1 in NL, 5 days of Data Estate Modernization.
const PLANNING: &[(&str, &str)] = &[
    (
        "partners",
        "partner_id,location_id,partner_name,country\nP-1,L-1,Noorderlicht BV,NL\nP-1,L-2,Noorderlicht Zuid,NL",
    ),
    (
        "enrollments",
        "partner_id,offering,enrolled_on,agreement_signed_on,training_completed_on,profile_updated_on,savb_registered_on,bank_mapped,location_id\nP-1,SSDPS,2020-06-01,2020-06-01,2020-05-20,,2020-07-01,yes,",
    ),
    (
        "competencies",
        "partner_id,competency,level,status,attained_on,expires_on\nP-1,Data Platform,Gold,Active,2019-01-01,2021-12-31",
    ),
    (
        "certifications",
        "consultant_id,partner_id,exam,competency,passed_on,expires_on\nC-1,P-1,EX-1,Data Platform,2020-01-15,",
    ),
    (
        "vouchers",
        "voucher_id,customer_id,customer_name,engagement,days,created_on,assigned_on,expires_on,status\nV-1,CU-1,Contoso Foods,data-estate,5,2021-01-04,2021-01-04,2021-07-03,Redeemed",
    ),
    (
        "redemptions",
        "voucher_id,location_id,status,reserved_on,redeemed_on,cancelled_on\nV-1,L-1,Redeemed,2021-01-11,2021-05-10,",
    ),
    (
        "completions",
        "voucher_id,consultant_id,country,started_on,completed_on,reported_on,deliverable,deliverable_on,offsite_days\nV-1,C-1,NL,2021-03-01,2021-03-05,2021-03-10,plan.docx,2021-03-10,0",
    ),
    (
        "payments",
        "reference,invoice_number,voucher_id,amount,currency,status,requested_on,paid_on,reason,partner_id,location_id",
    ),
    ("rates", "country,days,amount,currency,valid_from,valid_to\nNL,5,5000.00,EUR,2020-01-01,"),
    ("claims", "voucher_id,reference,claimed_on"),
];

/// A voucher with its statement of work and proof of execution approved.
const DEPLOYMENT: &[(&str, &str)] = &[
    (
        "partners",
        "partner_id,location_id,partner_name,country\nP-1,L-1,Noorderlicht BV,NL\nP-1,L-2,Noorderlicht Zuid,NL",
    ),
    ("enrollments", "partner_id,offering,enrolled_on\nP-1,M365,2025-07-01"),
    (
        "vouchers",
        "voucher_id,customer_id,customer_name,engagement,days,created_on,assigned_on,expires_on,status\nV-1,CU-1,Contoso Foods,m365-deployment,Voucher,2025-08-04,2025-08-06,,Presented",
    ),
    (
        "redemptions",
        "voucher_id,location_id,status,reserved_on,redeemed_on,cancelled_on\nV-1,L-1,Approved,2025-09-01,2025-11-25,",
    ),
    (
        "completions",
        "voucher_id,consultant_id,country,started_on,completed_on,reported_on\nV-1,C-1,NL,2025-09-08,2025-11-14,2025-11-17",
    ),
    (
        "milestones",
        "voucher_id,milestone,on,status\nV-1,Statement of work,2025-09-04,Approved\nV-1,Proof of execution,2025-11-20,Approved",
    ),
    (
        "payments",
        "reference,invoice_number,voucher_id,amount,currency,status,requested_on,paid_on,reason,partner_id,location_id",
    ),
    ("rates", "country,days,amount,currency,valid_from,valid_to\nNL,Voucher,15000.00,EUR,2025-07-01,"),
    ("claims", "voucher_id,reference,claimed_on"),
];

/// The claim of a workshop: consent on 2023-10-05, submitted, approved.
const INCENTIVES: &[(&str, &str)] = &[
    (
        "partners",
        "partner_id,location_id,partner_name,country\nP-1,L-1,Noorderlicht BV,NL\nP-1,L-2,Noorderlicht Zuid,NL",
    ),
    ("enrollments", "partner_id,offering,enrolled_on\nP-1,MCI,2023-07-01"),
    (
        "vouchers",
        "voucher_id,customer_id,customer_name,engagement,days,created_on,assigned_on,expires_on,status\nV-1,CU-1,Contoso Foods,workshop,Workshop,2023-10-02,2023-10-02,,Customer claimed",
    ),
    (
        "redemptions",
        "voucher_id,location_id,status,reserved_on,redeemed_on,cancelled_on\nV-1,L-1,Approved,2023-10-02,2024-01-10,",
    ),
    (
        "completions",
        "voucher_id,consultant_id,country,started_on,completed_on,reported_on\nV-1,C-1,NL,2023-10-16,2023-11-30,2023-12-18",
    ),
    (
        "milestones",
        "voucher_id,milestone,on,status\nV-1,Customer consent,2023-10-05,Customer consent received\nV-1,Submission,2023-12-20,",
    ),
    (
        "payments",
        "reference,invoice_number,voucher_id,amount,currency,status,requested_on,paid_on,reason,partner_id,location_id",
    ),
    ("rates", "country,days,amount,currency,valid_from,valid_to\nNL,Workshop,6000.00,EUR,2023-07-01,"),
    ("claims", "voucher_id,reference,claimed_on"),
];

static PROGRAMS: LazyLock<[Program; 3]> = LazyLock::new(|| {
    let house = HouseRules::parse(include_str!("../../config/house-rules.toml"));
    let house = house.unwrap_or_else(|mistakes| panic!("{mistakes}"));
    [
        include_str!("../../config/programs/sa-planning-services.toml"),
        include_str!("../../config/programs/deployment-vouchers.toml"),
        include_str!("../../config/programs/commerce-incentives.toml"),
    ]
    .map(|text| program::parse(text, Some(&house)).unwrap_or_else(|mistakes| panic!("{mistakes}")))
});

/// The month of a program.
pub(super) fn month(id: &str) -> Option<SampleMonth> {
    let program = PROGRAMS.iter().find(|program| program.id == id)?;
    let (as_of, files) = match id {
        "deployment-vouchers" => ("2025-12-31", DEPLOYMENT),
        "commerce-incentives" => ("2024-01-31", INCENTIVES),
        _ => ("2021-05-31", PLANNING),
    };
    Some((program, as_of, files))
}
