//! What a line of the table of codes says: how grave a code is, who clears it, and what people and program files may do
//! with it.

use super::Code;
use crate::model::{On, Outcome};

/// What a code is.
#[derive(Debug)]
pub struct CodeSpec {
    /// The code.
    pub code: Code,
    /// As it is printed.
    pub text: &'static str,
    /// What it alone makes of a verdict.
    pub outcome: Outcome,
    /// 1: money could be paid wrongly; 2: amount or reference disagrees; 3: money not yet applied.
    pub priority: u8,
    /// Who can clear it.
    pub group: Group,
    /// What its check looks at, in the words of program files.
    pub looked_at: On,
    /// The code by which the case is known: codes that exclude each other have one.
    pub family: Code,
    /// How people may release it.
    pub release: Release,
    /// Two people sign for it, whatever the amount.
    pub two_people: bool,
    /// Whether a program may do without it.
    pub left_out: LeftOut,
    /// The facts themselves are in dispute: no other finding is worth naming beside it.
    pub stands_alone: bool,
}

/// How people may release a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Not at all: it is about evidence or a limit of the program, and goes with the evidence.
    ByEvidence,
    /// By accepting or waiving it.
    Accepted,
    /// By accepting or waiving it, or by booking the difference away.
    AcceptedOrBooked,
    /// By booking away what is open in two currencies.
    BookedAsFx,
}

/// Whether a program may do without a code. Those that guard money or say what is not known stand in every program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Every program has it.
    Never,
    /// A program may.
    Alone,
    /// A program may, if it does without all of these.
    Together(&'static [Code]),
}

/// Who can clear an open item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The partner has to do or to show something.
    Partner,
    /// The customer has to.
    Customer,
    /// The payer has to pay, or to say why not.
    Payer,
    /// Finance decides.
    Finance,
    /// Our own data: exports, lists, configuration.
    Operations,
}

impl Group {
    /// All groups.
    pub const ALL: [Group; 5] = [Group::Partner, Group::Customer, Group::Payer, Group::Finance, Group::Operations];

    /// The word of machine files and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Partner => "partner",
            Group::Customer => "customer",
            Group::Payer => "payer",
            Group::Finance => "finance",
            Group::Operations => "operations",
        }
    }
}

/// A code that fails a voucher, cleared by evidence only and known to every program, unless its line says otherwise.
pub(super) const fn exception(code: Code, text: &'static str, priority: u8, group: Group, looked_at: On) -> CodeSpec {
    CodeSpec {
        code,
        text,
        outcome: Outcome::Exception,
        priority,
        group,
        looked_at,
        family: code,
        release: Release::ByEvidence,
        two_people: false,
        left_out: LeftOut::Never,
        stands_alone: false,
    }
}

/// The same of a code that holds a voucher until somebody here has acted.
pub(super) const fn blocked(code: Code, text: &'static str, priority: u8, group: Group, looked_at: On) -> CodeSpec {
    CodeSpec { outcome: Outcome::Blocked, ..exception(code, text, priority, group, looked_at) }
}

/// The same of a code that waits for an event or a day.
pub(super) const fn pending(code: Code, text: &'static str, priority: u8, group: Group, looked_at: On) -> CodeSpec {
    CodeSpec { outcome: Outcome::Pending, ..exception(code, text, priority, group, looked_at) }
}

impl CodeSpec {
    /// It excludes the other codes of this family.
    pub(super) const fn of_family(self, family: Code) -> CodeSpec {
        CodeSpec { family, ..self }
    }

    /// People may accept or waive it.
    pub(super) const fn accepted(self) -> CodeSpec {
        CodeSpec { release: Release::Accepted, ..self }
    }

    /// People may accept or waive it, or book the difference away.
    pub(super) const fn accepted_or_booked(self) -> CodeSpec {
        CodeSpec { release: Release::AcceptedOrBooked, ..self }
    }

    /// People may book away what is open in two currencies.
    pub(super) const fn booked_as_fx(self) -> CodeSpec {
        CodeSpec { release: Release::BookedAsFx, ..self }
    }

    /// One person's word is never enough.
    pub(super) const fn by_two_people(self) -> CodeSpec {
        CodeSpec { two_people: true, ..self }
    }

    /// A program may do without it.
    pub(super) const fn optional(self) -> CodeSpec {
        CodeSpec { left_out: LeftOut::Alone, ..self }
    }

    /// A program may do without all of these.
    pub(super) const fn optional_with(self, codes: &'static [Code]) -> CodeSpec {
        CodeSpec { left_out: LeftOut::Together(codes), ..self }
    }

    /// The facts themselves are in dispute.
    pub(super) const fn alone(self) -> CodeSpec {
        CodeSpec { stands_alone: true, ..self }
    }

    /// The codes with which a program may leave it out, itself among them; none where every program has it.
    pub fn left_out_with(&self) -> &[Code] {
        match self.left_out {
            LeftOut::Never => &[],
            LeftOut::Alone => std::slice::from_ref(&self.code),
            LeftOut::Together(codes) => codes,
        }
    }

    /// Whether a program may say on which days its rule is valid: a rule that guards money is valid always, and so is one
    /// that looks at more than one day.
    pub fn may_be_dated(&self) -> bool {
        self.left_out != LeftOut::Never && self.looked_at.rule_day().is_some()
    }
}
