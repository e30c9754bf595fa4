//! A voucher program as its file in `config/programs/` describes it: what is sold, what it asks for, which
//! rules are in force and where each of them is written. Numbers and lists live there; the code holds the
//! kinds of checks. This module must not know a voucher.

mod file;

use std::collections::BTreeMap;

use crate::model::{Code, CompetencyLevel, CompetencyName, Day, EngagementId, Offering, Vocabulary};

pub use file::{ProgramError, parse};

/// One program, checked: every name that is used is defined, every rule has a citation.
#[derive(Clone, Debug)]
pub struct Program {
    /// The id that jobs name.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Levels and lengths of a voucher.
    pub voucher: VoucherTerms,
    /// Clocks of claims and payments.
    pub payment: PaymentTerms,
    /// When partners are reminded.
    pub reminders: ReminderTerms,
    /// Engagements by id.
    pub engagements: BTreeMap<EngagementId, Engagement>,
    /// Tables of qualifying competencies, each for its days.
    pub qualifications: Vec<Qualification>,
    /// Rules in force, by code.
    pub rules: BTreeMap<Code, Rule>,
    /// Words that rows may use.
    pub vocabulary: Vocabulary,
}

/// Terms of a voucher.
#[derive(Clone, Debug)]
pub struct VoucherTerms {
    /// Days for which a voucher may be made out.
    pub levels: Vec<u32>,
    /// Days after creation that a voucher lives, where no last day is printed.
    pub life_days: u32,
    /// Days before the last day on which a notice begins.
    pub expiry_notice_days: u32,
}

/// Terms of a payment.
#[derive(Clone, Debug)]
pub struct PaymentTerms {
    /// Days after redemption within which payment has to be requested.
    pub claim_days: u32,
    /// Days for which an open request is simply waited for.
    pub target_days: u32,
}

/// When partners are reminded, in days.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderTerms {
    /// Before an enrollment completes a year.
    pub enrollment_renewal_days: u32,
    /// Before the last day of a reserved voucher.
    pub voucher_expiry_days: u32,
    /// After a redemption without a payment request.
    pub unclaimed_days: u32,
}

/// One kind of engagement.
#[derive(Clone, Debug)]
pub struct Engagement {
    /// English name.
    pub name: String,
    /// The offering that a partner enrolls for.
    pub offering: Offering,
    /// Longest level.
    pub max_days: u32,
}

/// Which competencies qualify for which engagement, on the days of one published table.
#[derive(Clone, Debug)]
pub struct Qualification {
    /// Days of the table, compared with the start of the engagement.
    pub validity: Validity,
    /// Where it is written.
    pub citation: String,
    /// Any one of the list qualifies.
    pub engagements: BTreeMap<EngagementId, Vec<Qualifier>>,
}

/// A competency that qualifies, at this level or above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qualifier {
    /// Which.
    pub competency: CompetencyName,
    /// At least.
    pub level: CompetencyLevel,
}

/// A rule in force.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What holds when the rule is met.
    pub title: String,
    /// The day or row that it looks at.
    pub looked_at: String,
    /// Days on which it applies.
    pub validity: Validity,
    /// Article, date, section.
    pub citation: String,
}

/// A range of days; open where no day is given. Both ends count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl Validity {
    /// Whether the range covers a day.
    pub fn covers(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Program {
    /// The rule behind a code. Reading the program file has made sure that each code has one.
    pub fn rule(&self, code: Code) -> &Rule {
        &self.rules[&code]
    }

    /// The engagement with this id. Rows that name another one are refused when they are read.
    pub fn engagement(&self, id: &EngagementId) -> &Engagement {
        &self.engagements[id]
    }

    /// What qualifies for an engagement that starts on this day, if a table covers the day.
    pub fn qualifiers(&self, engagement: &EngagementId, start: Day) -> Option<&[Qualifier]> {
        let table = self.qualifications.iter().find(|table| table.validity.covers(start))?;
        table.engagements.get(engagement).map(Vec::as_slice)
    }
}
