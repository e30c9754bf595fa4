//! The public vocabulary of findings: a name for each code, in the order in which codes are printed. What a code is stands in
//! the table of `code/table.rs`. Codes are never renumbered.

mod on;
mod outcome;
mod spec;
mod table;

pub use on::{On, RuleDay};
pub use outcome::Outcome;
pub use spec::{CodeSpec, Group, LeftOut, Release};
pub use table::CODES;

/// A finding code. All may stand in a verdict but the restatement after close, which is about a closed period. The order of
/// the variants is the printed order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The voucher's location is not in the partner profile.
    UnknownLocation,
    /// Rows name a voucher that the list of vouchers does not know.
    UnknownVoucher,
    /// Delivered in another country than the location's.
    CountryMismatch,
    /// Two rows of one export say different things about the voucher.
    ContradictoryVoucher,
    /// Two locations redeemed the voucher, or one of them twice.
    DoubleRedemption,
    /// Today's data would claim something else than was claimed.
    ChangedClaim,
    /// Two vouchers of one customer name the same deliverable.
    SharedDeliverable,
    /// Requested or paid twice, or requested before our invoice went out, too.
    DuplicateClaim,
    /// A further voucher of which a customer has one only.
    SecondLongEngagement,
    /// The partner was not enrolled at all.
    NoEnrollment,
    /// The enrollment was older than a year.
    LapsedEnrollment,
    /// The program agreement was not signed in time.
    UnsignedAgreement,
    /// No qualifying competency was ever attained.
    MissingCompetency,
    /// The qualifying competency is held at too low a level.
    LowCompetencyLevel,
    /// The qualifying competency had ended.
    ExpiredCompetency,
    /// The compliance training was not completed in time.
    MissingTraining,
    /// A consultant has passed no exam of a qualifying competency.
    UnqualifiedConsultant,
    /// The engagement was retired when the voucher was created.
    RetiredEngagement,
    /// The partner was enrolled, but not for the offering of the engagement.
    NoOfferingEnrollment,
    /// The offering is not registered in the payment tool.
    NoPaymentRegistration,
    /// No bank account is mapped to the location.
    NoBankAccount,
    /// A status word contradicts the dates beside it, or the state went back.
    StatusContradiction,
    /// Completed or redeemed, and never reserved.
    MissingReservation,
    /// Payment was requested before the redemption.
    PrematureRequest,
    /// Redeemed, and the delivery is not reported.
    MissingReport,
    /// Redeemed, and no deliverable was uploaded.
    MissingDeliverable,
    /// Completed, and all reservations were cancelled.
    CancelledReservation,
    /// Two locations hold a reservation.
    DoubleReservation,
    /// Reported, or the deliverable uploaded, after the redemption.
    LateReport,
    /// More days off site than the program allows.
    ExcessOffsiteDays,
    /// A milestone that a step requires is missing or out of order.
    MilestoneOutOfOrder,
    /// Not redeemed by the last day.
    ExpiredVoucher,
    /// The last day is near.
    ExpiringVoucher,
    /// Completed after the last day.
    LateCompletion,
    /// Reserved after the last day.
    LateReservation,
    /// The voucher is made out for no level of the program.
    UnknownLevel,
    /// A step lies after the as-of date. An exception where it lies after its export too.
    FutureStep,
    /// Steps run backward.
    StepOutOfOrder,
    /// Redeemed after the last day.
    LateRedemption,
    /// The engagement started before the reservation.
    PrematureStart,
    /// Payment was not requested in time.
    LateRequest,
    /// Created or redeemed after the program had ended.
    StepAfterProgramEnd,
    /// A milestone, or an answer to one, is late.
    OverdueMilestone,
    /// More is requested than the entitled amount.
    OverClaim,
    /// Less is requested than the entitled amount.
    UnderClaim,
    /// No rate covers the delivery, or more than one does.
    NoSingleRate,
    /// Less was paid than the entitled amount.
    ShortPayment,
    /// More was paid than the entitled amount.
    Overpayment,
    /// Every request was rejected or cancelled by the payer.
    RejectedRequest,
    /// Requested or paid in another currency than the rate's.
    CurrencyMismatch,
    /// Not paid within the payment target.
    OverduePayment,
    /// A payment that names no known voucher and no invoice of ours, or a voucher and an invoice that disagree.
    UnappliedPayment,
    /// An unapplied payment may be for this voucher.
    SuspectPayment,
    /// A data set or a column that a check needs is not there, or contradicts itself.
    MissingData,
    /// A row was refused: a value cannot be read.
    UnreadableCell,
    /// A row was refused: a required cell is blank.
    BlankRequiredCell,
    /// A row was refused: its dates can be read in two ways.
    AmbiguousDate,
    /// A row was refused: its amounts cannot be read, or can be read in two ways.
    UnreadableAmount,
    /// A row was refused: a word is unknown.
    UnknownWord,
    /// A row was refused: an id or an address is malformed.
    MalformedId,
    /// Exports say something else than was sealed about a voucher of a closed period.
    RestatementAfterClose,
    /// The program file has no rule for the day.
    NoRuleForDay,
    /// Waits for a reservation.
    AwaitingReservation,
    /// Waits for delivery.
    AwaitingDelivery,
    /// Waits for redemption.
    AwaitingRedemption,
    /// Waits for payment.
    AwaitingPayment,
    /// Waits for a milestone, or for an answer to one.
    AwaitingMilestone,
}
