//! What a check looks at: one day of a voucher, rows, or the run itself. Program files say it in the same words.

use std::fmt;

/// What a check looks at. Where it is one day, a rule may be valid on some days only, and that day is compared with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// All rows of the voucher.
    WholeFile,
    /// All rows, and what the last run made of them.
    WholeFileAndLastRun,
    /// The effective redemption row.
    LiveRedemption,
    /// All redemption rows that were not cancelled.
    LiveRedemptions,
    /// What the ledger held before the run.
    LedgerBeforeRun,
    /// What was sealed when a period was closed.
    ClosedPeriod,
    /// Whatever steps the program's milestones are tied to.
    StepsOfMilestones,
    /// The first payment request.
    FirstRequest,
    /// Two days: creation and redemption.
    CreationAndRedemption,
    /// Everything as it is on the as-of date.
    AsOf,
    /// The day on which the voucher was created.
    Creation,
    /// The day on which it was reserved; where it was not, delivery began.
    Reservation,
    /// The day on which delivery began.
    Start,
    /// The day on which delivery ended.
    Completion,
    /// The same, where delivery ended by the as-of date.
    CompletionByAsOf,
    /// The day on which it was redeemed.
    Redemption,
    /// The day on which payment was first requested; where it was not, the as-of date.
    Request,
    /// The as-of date, while money is waited for.
    AsOfUntilPaid,
}

/// The day of a voucher that a rule's days are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleDay {
    /// The day on which the voucher was created.
    Creation,
    /// The day on which it was reserved; where it was not, delivery began.
    Reservation,
    /// The day on which delivery began.
    Start,
    /// The day on which delivery ended.
    Completion,
    /// The day on which it was redeemed.
    Redemption,
    /// The day on which payment was first requested; where it was not, the as-of date.
    Request,
    /// The as-of date.
    AsOf,
}

impl On {
    /// The words of program files.
    pub fn as_str(self) -> &'static str {
        match self {
            On::WholeFile => "whole file",
            On::WholeFileAndLastRun => "whole file, and the last run",
            On::LiveRedemption => "live redemption",
            On::LiveRedemptions => "live redemptions",
            On::LedgerBeforeRun => "ledger before the run",
            On::ClosedPeriod => "closed period",
            On::StepsOfMilestones => "the steps that ask for a milestone",
            On::FirstRequest => "first request",
            On::CreationAndRedemption => "created, redeemed",
            On::AsOf => "as-of",
            On::Creation => "created",
            On::Reservation => "reservation",
            On::Start => "start",
            On::Completion => "completion",
            On::CompletionByAsOf => "completed by the as-of date",
            On::Redemption => "redemption",
            On::Request => "request, else as-of",
            On::AsOfUntilPaid => "as-of, from redemption until paid",
        }
    }

    /// The one day with which the days of a rule can be compared, where it is one.
    pub fn rule_day(self) -> Option<RuleDay> {
        match self {
            On::Creation => Some(RuleDay::Creation),
            On::Reservation => Some(RuleDay::Reservation),
            On::Start => Some(RuleDay::Start),
            On::Completion | On::CompletionByAsOf => Some(RuleDay::Completion),
            On::Redemption => Some(RuleDay::Redemption),
            On::Request => Some(RuleDay::Request),
            On::AsOfUntilPaid => Some(RuleDay::AsOf),
            On::WholeFile
            | On::WholeFileAndLastRun
            | On::LiveRedemption
            | On::LiveRedemptions
            | On::LedgerBeforeRun
            | On::ClosedPeriod
            | On::StepsOfMilestones
            | On::FirstRequest
            | On::CreationAndRedemption
            | On::AsOf => None,
        }
    }
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
