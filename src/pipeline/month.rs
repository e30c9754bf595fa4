//! What a run makes of its inputs, in two verbs: judge, and draft what it wants to enter into the ledger. No clock, no
//! file, no network.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::compare::{self, AfterClose};
use crate::config::job::Output;
use crate::config::settings::ApprovalMode;
use crate::controls::faults;
use crate::decisions::Decisions;
use crate::error::{Exit, RunError};
use crate::history::OpeningState;
use crate::home::{Faults, Plan};
use crate::ingest::Intake;
use crate::invoice::{self, Approval, Batch, BatchRelease};
use crate::items::{self, Decided, Ownership, Register};
use crate::letters::{self, LetterError, Letters, Reminder};
use crate::model::{Claim, Day, VoucherId};
use crate::verdicts::{self, AlternativeProgram, Judged, SelfTest, Terms};

/// What a run rests on: read once, and never changed.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub(super) plan: &'a Plan,
    pub(super) as_of: Day,
    pub(super) intake: &'a Intake,
    pub(super) opening: &'a OpeningState,
    pub(super) decisions: &'a Decisions<'a>,
    pub(super) faults: &'a Faults,
}

impl<'a> Basis<'a> {
    /// The terms on which verdicts rest.
    pub(super) fn terms(&self) -> Terms<'a> {
        self.opening.prior.terms(self.plan, self.as_of, self.decisions)
    }

    pub(super) fn writes(&self, output: Output) -> bool {
        self.plan.job.writes(output)
    }
}

/// A month as it was judged, beside what was sealed, and whether its checks can be trusted.
pub(super) struct JudgedMonth<'a> {
    pub(super) judged: Judged<'a>,
    pub(super) after_close: Vec<AfterClose>,
    pub(super) self_test: SelfTest,
}

/// First verb: from rows to verdicts.
pub(super) fn judge(basis: Basis<'_>) -> JudgedMonth<'_> {
    let (intake, terms) = (basis.intake, basis.terms());
    let mut judged = verdicts::judge(intake, terms, &AlternativeProgram::readings(terms.program));
    faults::verdicts(basis.faults, &mut judged.verdicts);
    let after_close = compare::after_close(&judged.verdicts, intake, &basis.opening.sealed, terms);
    let mut self_test = verdicts::self_test(intake, &judged, terms);
    faults::self_test(basis.faults, &mut self_test);
    JudgedMonth { judged, after_close, self_test }
}

/// What a run wants to enter into the ledger.
pub(super) struct Draft<'a> {
    pub(super) register: Register<'a>,
    pub(super) decided: Vec<Decided<'a>>,
    pub(super) outside_claims: BTreeMap<VoucherId, Claim>,
    pub(super) batches: Vec<Batch>,
    pub(super) letters: Letters,
}

/// Second verb: from verdicts to items, claims, invoices and letters, none of them entered yet.
///
/// # Errors
/// When the sender of letters cannot be used.
pub(super) fn draft<'a>(basis: Basis<'a>, month: &'a JudgedMonth<'a>) -> Result<Draft<'a>, RunError> {
    let (terms, settings) = (basis.terms(), &basis.plan.settings);
    let judged = &month.judged;
    let ownership = Ownership { routes: &settings.routes, due_days: settings.due_days };
    let register = items::register(judged, &month.after_close, terms, &ownership);
    let decided = register.decided(basis.decisions, basis.as_of);
    let outside_claims = invoice::outside_claims(&basis.intake.records, judged, terms);
    let batches = drafted_batches(basis, judged);
    let letters = drafted_letters(basis, judged, &batches)?;
    Ok(Draft { register, decided, outside_claims, batches, letters })
}

impl Draft<'_> {
    /// Vouchers on invoices of this run.
    pub(super) fn issued(&self) -> HashSet<&VoucherId> {
        let issued = self.batches.iter().filter(|batch| batch.release == BatchRelease::Issued);
        issued.flat_map(Batch::lines).map(|line| &line.voucher).collect()
    }
}

/// What may be invoiced, as drafts; nothing where the job invoices nothing.
fn drafted_batches(basis: Basis<'_>, judged: &Judged<'_>) -> Vec<Batch> {
    if !basis.writes(Output::Invoices) {
        return Vec::new();
    }
    let settings = &basis.plan.settings;
    let four_eyes = settings.approval == ApprovalMode::FourEyes;
    let approval = Approval { four_eyes, ceilings: &settings.ceilings, approved: &basis.opening.approved };
    invoice::draft(&judged.verdicts, &basis.plan.job.name, basis.as_of, approval)
}

/// What is due to whom, worded; nothing where the job sends no reminders.
fn drafted_letters(basis: Basis<'_>, judged: &Judged<'_>, batches: &[Batch]) -> Result<Letters, RunError> {
    if !basis.writes(Output::Reminders) {
        return Ok(Letters::default());
    }
    let (settings, partners) = (&basis.plan.settings, judged.index.partners());
    let batched: HashMap<&VoucherId, bool> = batches
        .iter()
        .flat_map(|batch| batch.lines().map(move |line| (&line.voucher, batch.release == BatchRelease::Issued)))
        .collect();
    let reminders = letters::due(&judged.verdicts, partners, &batched, &basis.plan.program, basis.as_of);
    let contacts = &basis.intake.records.contacts;
    let decisions = letters::address(&reminders, contacts, partners, &basis.opening.given, settings.default_language);
    let sender = letters::Sender { from: &settings.mail_from, reply_to: &settings.mail_reply_to };
    let shared = letters::Letterhead { sender, names: &basis.plan.program.names, as_of: basis.as_of };
    let partner_name = |reminder: &Reminder| partners.name_of(reminder.partner.as_ref(), reminder.location.as_ref());
    letters::write(&decisions, partner_name, shared).map_err(|error| match error {
        LetterError::Text(missing) => RunError::new(Exit::Internal, missing.to_string()),
        LetterError::Mail(_) => RunError::config("config/settings.toml", &error.to_string()),
    })
}
