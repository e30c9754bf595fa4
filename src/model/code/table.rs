//! The table of codes: all that is said of a code without looking at a voucher. Checks, program files, decisions and
//! documents read it; none of them has a list of codes of its own.

use std::fmt;

use super::Code::{self, *};
use super::Group::{self, *};
use super::Outcome;
use super::spec::{CodeSpec, blocked, exception, pending};
use crate::model::On::*;

const ENROLLMENT: &[Code] = &[NoEnrollment, NoOfferingEnrollment];
const COMPETENCY: &[Code] = &[MissingCompetency, LowCompetencyLevel, ExpiredCompetency, NoRuleForDay];
const MILESTONES: &[Code] = &[OverdueMilestone, AwaitingMilestone];

/// Every code that this version judges, in printed order: outcome, name, printed form, priority, who clears it, what its
/// check looks at; then what sets it apart.
pub const CODES: &[CodeSpec] = &[
    // References
    exception(UnknownLocation, "RF-01", 2, Operations, LiveRedemption),
    exception(UnknownVoucher, "RF-03", 2, Operations, WholeFile).alone(),
    exception(CountryMismatch, "RF-05", 2, Partner, Completion).optional(),
    // Duplicates
    exception(ContradictoryVoucher, "DU-01", 1, Operations, WholeFile).alone(),
    exception(DoubleRedemption, "DU-02", 1, Partner, LiveRedemption).alone(),
    exception(ChangedClaim, "DU-03", 1, Finance, LedgerBeforeRun),
    exception(SharedDeliverable, "DU-04", 2, Partner, CompletionByAsOf).accepted().optional(),
    exception(DuplicateClaim, "DU-05", 1, Finance, AsOf).accepted().by_two_people(),
    exception(SecondLongEngagement, "DU-06", 2, Finance, CompletionByAsOf).accepted().optional(),
    // Eligibility
    exception(NoEnrollment, "EL-01", 1, Partner, Start).optional_with(ENROLLMENT),
    exception(LapsedEnrollment, "EL-02", 1, Partner, Reservation).of_family(NoEnrollment).optional(),
    exception(UnsignedAgreement, "EL-03", 1, Partner, Start).optional(),
    exception(MissingCompetency, "EL-04", 1, Partner, Start).optional_with(COMPETENCY),
    exception(LowCompetencyLevel, "EL-05", 1, Partner, Start).of_family(MissingCompetency).optional_with(COMPETENCY),
    exception(ExpiredCompetency, "EL-06", 1, Partner, Start).of_family(MissingCompetency).optional_with(COMPETENCY),
    exception(MissingTraining, "EL-07", 1, Partner, Start).optional(),
    exception(UnqualifiedConsultant, "EL-08", 1, Partner, Start).optional(),
    exception(RetiredEngagement, "EL-09", 1, Partner, Creation).optional(),
    exception(NoOfferingEnrollment, "EL-10", 1, Partner, Start).of_family(NoEnrollment).optional_with(ENROLLMENT),
    blocked(NoPaymentRegistration, "EL-11", 2, Partner, AsOfUntilPaid).optional(),
    blocked(NoBankAccount, "EL-12", 2, Partner, AsOfUntilPaid).optional(),
    // Life cycle
    exception(StatusContradiction, "LC-01", 1, Operations, WholeFileAndLastRun),
    exception(MissingReservation, "LC-02", 1, Partner, LiveRedemption),
    exception(PrematureRequest, "LC-03", 1, Partner, FirstRequest),
    exception(MissingReport, "LC-04", 2, Partner, Redemption),
    exception(MissingDeliverable, "LC-05", 2, Partner, Redemption).optional(),
    exception(CancelledReservation, "LC-06", 1, Partner, CompletionByAsOf).optional(),
    exception(DoubleReservation, "LC-07", 1, Partner, LiveRedemptions),
    exception(LateReport, "LC-08", 1, Partner, Redemption).optional(),
    exception(ExcessOffsiteDays, "LC-09", 2, Partner, Start).accepted().optional(),
    exception(MilestoneOutOfOrder, "LC-10", 2, Partner, StepsOfMilestones).optional(),
    // Dates
    exception(ExpiredVoucher, "DT-01", 1, Customer, AsOf),
    pending(ExpiringVoucher, "DT-02", 1, Partner, AsOf).of_family(ExpiredVoucher),
    exception(LateCompletion, "DT-03", 1, Partner, Completion).optional(),
    exception(LateReservation, "DT-04", 1, Partner, Reservation).optional(),
    exception(UnknownLevel, "DT-05", 1, Partner, WholeFile),
    pending(FutureStep, "DT-06", 1, Operations, AsOf),
    exception(StepOutOfOrder, "DT-07", 1, Partner, WholeFile),
    exception(LateRedemption, "DT-08", 1, Partner, Redemption),
    exception(PrematureStart, "DT-09", 1, Partner, Start).optional(),
    exception(LateRequest, "DT-10", 1, Partner, Request).optional(),
    exception(StepAfterProgramEnd, "DT-11", 1, Customer, CreationAndRedemption).optional(),
    exception(OverdueMilestone, "DT-12", 1, Partner, AsOf).optional_with(MILESTONES),
    // Amounts
    exception(OverClaim, "AM-01", 2, Finance, AsOf).accepted(),
    exception(UnderClaim, "AM-02", 2, Finance, AsOf).of_family(OverClaim).accepted_or_booked(),
    blocked(NoSingleRate, "AM-03", 2, Operations, Start),
    exception(ShortPayment, "AM-06", 2, Payer, AsOf).of_family(OverClaim).accepted_or_booked(),
    exception(Overpayment, "AM-07", 2, Finance, AsOf).of_family(OverClaim).accepted_or_booked(),
    exception(RejectedRequest, "AM-09", 2, Payer, AsOf).accepted_or_booked(),
    // Currencies
    exception(CurrencyMismatch, "FX-02", 1, Payer, AsOf).booked_as_fx().by_two_people(),
    // Matching
    exception(OverduePayment, "MT-02", 3, Payer, AsOf).accepted(),
    exception(UnappliedPayment, "MT-03", 2, Finance, AsOf).accepted().by_two_people(),
    blocked(SuspectPayment, "MT-04", 3, Finance, AsOf).accepted().by_two_people(),
    // Knowledge: inputs
    blocked(MissingData, "IN-01", 1, Operations, WholeFile),
    blocked(UnreadableCell, "IN-11", 1, Operations, WholeFile),
    blocked(BlankRequiredCell, "IN-12", 1, Operations, WholeFile),
    blocked(AmbiguousDate, "IN-13", 1, Operations, WholeFile),
    blocked(UnreadableAmount, "IN-14", 1, Operations, WholeFile),
    blocked(UnknownWord, "IN-15", 1, Operations, WholeFile),
    blocked(MalformedId, "IN-16", 1, Operations, WholeFile),
    exception(RestatementAfterClose, "IN-21", 1, Finance, ClosedPeriod).accepted().by_two_people(),
    // Knowledge: the program file
    blocked(NoRuleForDay, "PO-02", 1, Finance, Start).optional_with(COMPETENCY),
    // Waiting
    pending(AwaitingReservation, "PD-01", 1, Partner, AsOf),
    pending(AwaitingDelivery, "PD-02", 1, Partner, AsOf),
    pending(AwaitingRedemption, "PD-03", 1, Partner, AsOf),
    pending(AwaitingPayment, "PD-04", 1, Payer, AsOf),
    pending(AwaitingMilestone, "PD-08", 1, Partner, AsOf).of_family(OverdueMilestone).optional_with(MILESTONES),
];

// A code finds its line by its position.
const _: () = {
    let mut at = 0;
    while at < CODES.len() {
        assert!(CODES[at].code as usize == at, "the lines are in the order of the variants of Code");
        at += 1;
    }
};

impl Code {
    /// The code with this printed form.
    pub fn from_text(text: &str) -> Option<Code> {
        CODES.iter().find(|spec| spec.text == text).map(|spec| spec.code)
    }

    /// Every code that this version judges, in printed order.
    pub fn all() -> impl Iterator<Item = Code> {
        CODES.iter().map(|spec| spec.code)
    }

    /// What the code is: its line of the table.
    pub fn spec(self) -> &'static CodeSpec {
        &CODES[self as usize]
    }

    /// The printed code.
    pub fn as_str(self) -> &'static str {
        self.spec().text
    }

    /// What the code alone makes of a verdict. A step in the future is graver when it lies after its export.
    pub fn outcome(self) -> Outcome {
        self.spec().outcome
    }

    /// 1: money could be paid wrongly; 2: amount or reference disagrees; 3: money not yet applied.
    pub fn priority(self) -> u8 {
        self.spec().priority
    }

    /// Codes that exclude each other share a family, so that a changed code stays one case.
    pub fn family(self) -> Code {
        self.spec().family
    }

    /// Who can clear it.
    pub fn group(self) -> Group {
        self.spec().group
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::CODES;
    use crate::model::code::LeftOut;

    #[test]
    fn printed_codes_are_in_order_and_stand_once() {
        let prefixes = ["RF", "DU", "EL", "LC", "DT", "AM", "FX", "MT", "IN", "PO", "PD"];
        let key = |text: &str| (prefixes.iter().position(|prefix| text.starts_with(prefix)), text[3..].to_owned());
        assert!(CODES.is_sorted_by(|a, b| key(a.text) < key(b.text)));
    }

    #[test]
    fn families_and_groups_that_leave_together_are_whole() {
        for spec in CODES {
            assert_eq!(spec.family.family(), spec.family, "{}", spec.text);
            if let LeftOut::Together(codes) = spec.left_out {
                assert!(codes.contains(&spec.code), "{}", spec.text);
                assert!(codes.iter().all(|code| code.spec().left_out == spec.left_out), "{}", spec.text);
            }
        }
    }
}
