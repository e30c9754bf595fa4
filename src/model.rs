//! The nouns: what every stage talks about. Nothing here reads a file, knows a column title or knows "today".

pub mod answer;
pub mod claim;
pub mod code;
pub mod country;
pub mod currency;
pub mod dataset;
pub mod day;
pub mod decision;
pub mod difference;
pub mod fact;
pub mod ids;
pub mod item;
pub mod language;
pub mod money;
pub mod notice;
pub mod partner;
pub mod payment;
pub mod place;
pub mod vocabulary;
pub mod voucher;

use std::fmt;

pub use answer::{Answer, Failure, Few, Places};
pub use claim::{Claim, ClaimOrigin, IssuedLine, OpeningClaims};
pub use code::{CODES, Code, CodeSpec, Group, LeftOut, On, Outcome, Release, RuleDay};
pub use country::Country;
pub use currency::Currency;
pub use dataset::Dataset;
pub use day::Day;
pub use decision::{Adjustment, Authority, Decision, DecisionEntry, DecisionRow, Disposition, RejectionReason};
pub use difference::Difference;
pub use fact::Fact;
pub use ids::{
    CompetencyName, ConsultantId, CustomerId, EngagementId, InvoiceNumber, LocationId, MilestoneId, Offering,
    PartnerId, Reference, VoucherId,
};
pub use item::{Carried, Item, ItemHash, ItemId, Route};
pub use language::Language;
pub use money::{MinorUnits, Money, Tolerance, Total, Totals};
pub use notice::{Notice, NoticeStatus, OutboxLetter, OutboxStatus};
pub use partner::{Certification, Competency, CompetencyLevel, CompetencyStatus, Contact, Enrollment, Partner};
pub use payment::{Payment, PaymentStatus, PriorClaim, Rate};
pub use place::{Place, Tables};
pub use vocabulary::Vocabulary;
pub use voucher::{Completion, MilestoneRow, MilestoneStatus, Redemption, RedemptionStatus, Voucher, VoucherStatus};

/// A number of things, in words: `1 voucher`, `2 vouchers`.
pub fn counted<N: From<u8> + PartialEq + fmt::Display>(count: N, one: &str, many: &str) -> String {
    let things = if count == N::from(1) { one } else { many };
    format!("{count} {things}")
}

/// Names of people, companies, cities and files: kept as they were read, trimmed.
pub type Text = compact_str::CompactString;
