//! What a run has come to, and the figures that several documents print: computed once, shown by documents and compared by
//! control totals.

mod attention;
mod conflicts;
mod figures;
mod sentence;
mod summaries;
mod tie_out;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use crate::books::{Books, ExpectedReceipt, MatchGroup, Suggestion};
use crate::compare::{AfterClose, Change, ClosedPeriod};
use crate::config::job::Job;
use crate::eligibility::{LocationStanding, Renewal};
use crate::ingest::Intake;
use crate::invoice::Batch;
use crate::items::{Decided, Lifecycle, Register};
use crate::ledger::InvoicedEver;
use crate::letters::Letters;
use crate::matching::PaymentWithoutVoucher;
use crate::model::{Day, DecisionRow, Outcome, Payment, Place, Tolerance, Totals};
use crate::program::Program;
use crate::verdicts::{SelfTest, Verdict, WhatIf};

pub use conflicts::{Weighed, weighed};
pub use figures::Figures;
pub use summaries::{Summaries, SummariesError, SummaryRow};
pub use tie_out::{Figure, TieOut};

/// Renewals are shown this many days ahead.
pub const RENEWALS_WITHIN: u32 = 180;

/// All results of a run that documents show.
pub struct Results<'a> {
    /// The job.
    pub job: &'a Job,
    /// The program.
    pub program: &'a Program,
    /// The as-of date.
    pub as_of: Day,
    /// What was read.
    pub intake: &'a Intake,
    /// Verdicts, by voucher id.
    pub verdicts: &'a [Verdict],
    /// Open items, gravest first, and those that were resolved.
    pub register: &'a Register<'a>,
    /// Decisions and what became of each.
    pub decided: &'a [Decided<'a>],
    /// What the self-test with broken copies has found.
    pub self_test: &'a SelfTest,
    /// Vouchers whose money may still come.
    pub expected_receipts: &'a [ExpectedReceipt<'a>],
    /// What has changed since the last run.
    pub changes: &'a [Change],
    /// What is said differently about the closed period.
    pub after_close: &'a [AfterClose],
    /// The closed period, if there is one.
    pub sealed: &'a ClosedPeriod,
    /// How far amounts may differ.
    pub tolerance: &'a Tolerance,
    /// Claims and payments that are linked.
    pub match_groups: &'a [MatchGroup<'a>],
    /// Payments that name no voucher and no invoice of ours.
    pub without_voucher: &'a [PaymentWithoutVoucher],
    /// What unapplied payments may be for.
    pub suggestions: &'a [Suggestion],
    /// Accounts, and the statement of the period.
    pub books: &'a Books,
    /// Rows of decisions that lack what their word needs.
    pub unusable: &'a [(&'a DecisionRow, &'static str)],
    /// Vouchers whose verdict would change where the sources contradict each other.
    pub what_ifs: &'a [WhatIf],
    /// Standings on the as-of date, but for those where nothing was begun.
    pub standings: &'a [LocationStanding<'a>],
    /// What ends soon.
    pub renewals: &'a [Renewal],
    /// Unapplied payments.
    pub unapplied: &'a [Payment],
    /// Ids of payees that partners do not know.
    pub unknown_payees: &'a BTreeSet<String>,
    /// Batches, by currency.
    pub batches: &'a [Batch],
    /// Letters, and what was decided about each notice.
    pub letters: &'a Letters,
    /// Whom invoices are made out to.
    pub buyer: &'a str,
    /// Which run it is.
    pub run: RunName,
}

/// What documents print about the run itself.
#[derive(Clone, Debug, Serialize)]
pub struct RunName {
    /// The number in the ledger; none in a dry run.
    pub number: Option<i64>,
    /// First, second, … run of the job and as-of date.
    pub revision: i64,
    /// Head of the chain after the run's business events; none in a dry run.
    pub seal: Option<String>,
    /// What a later revision changed, by name.
    pub changes: Vec<String>,
    /// What the ledger has invoiced, with this run; none in a dry run.
    pub invoiced: Option<InvoicedEver>,
}

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunVerdict {
    /// Every voucher is in order.
    Reconciled,
    /// In order or waiting.
    Pending,
    /// Something has to be looked at.
    Exceptions,
    /// Rows or files are missing from the picture.
    Incomplete,
}

impl RunVerdict {
    /// The word of machine files and of the cover.
    pub fn as_str(self) -> &'static str {
        match self {
            RunVerdict::Reconciled => "RECONCILED",
            RunVerdict::Pending => "PENDING",
            RunVerdict::Exceptions => "EXCEPTIONS",
            RunVerdict::Incomplete => "INCOMPLETE",
        }
    }
}

impl Results<'_> {
    /// Unapplied payments, but for those that people have released.
    pub fn unapplied_open(&self) -> impl Iterator<Item = &Payment> {
        let others = self.register.standalone.iter().filter(|other| other.outcome() == Outcome::Ok);
        let released = others.filter_map(|other| other.place);
        let released: HashSet<Place> = released.collect();
        self.unapplied.iter().filter(move |payment| !released.contains(&payment.place))
    }

    /// Items by what became of them since the last run.
    pub fn item_counts(&self) -> BTreeMap<&'static str, u64> {
        let lifecycles = [Lifecycle::New, Lifecycle::Persisting, Lifecycle::Reopened, Lifecycle::Resolved];
        let mut counts: BTreeMap<&'static str, u64> = lifecycles.map(|of| (of.as_str(), 0)).into();
        for lifecycle in self.register.lifecycles() {
            *counts.entry(lifecycle.as_str()).or_default() += 1;
        }
        counts
    }

    /// Decisions by what became of them.
    pub fn decision_counts(&self) -> BTreeMap<&'static str, u64> {
        let mut counts = BTreeMap::new();
        for decided in self.decided {
            *counts.entry(decided.status()).or_default() += 1;
        }
        if !self.unusable.is_empty() {
            *counts.entry("refused").or_default() += self.unusable.len() as u64;
        }
        counts
    }

    /// Whether an item that no verdict has is open: an unapplied payment, or a restated voucher of a closed period.
    fn has_open_standalone(&self) -> bool {
        let others = self.register.standalone.iter().any(|other| other.outcome() != Outcome::Ok);
        others || self.unapplied_open().next().is_some()
    }

    /// What the run comes to.
    pub fn verdict(&self) -> RunVerdict {
        let refused = self.intake.files.iter().any(|file| file.refused.is_some());
        let any = |outcome| self.verdicts.iter().any(|verdict| verdict.outcome == outcome);
        if refused || self.intake.rejects.iter().any(|reject| !reject.superseded) {
            RunVerdict::Incomplete
        } else if any(Outcome::Exception) || any(Outcome::Blocked) || self.has_open_standalone() {
            RunVerdict::Exceptions
        } else if any(Outcome::Pending) {
            RunVerdict::Pending
        } else {
            RunVerdict::Reconciled
        }
    }
}

/// `118300.00 EUR and 96000.00 SEK`.
pub fn totals_text(totals: &Totals) -> String {
    let parts: Vec<String> = totals.iter().map(|total| format!("{total} {}", total.currency)).collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join(" and ") }
}
