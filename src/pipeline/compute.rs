//! The pure middle of a run: from records to finished documents. No clock, no file, no network. What the ledger
//! adds (numbers, the seal) comes in through one call in between.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};

use super::before::Known;
use super::{Outcome, Progress, World, sabotage, unusable};
use crate::casebook::Index;
use crate::eligibility::{self, OfLocation, Renewal, Status};
use crate::error::{Exit, RunError};
use crate::home::Plan;
use crate::ingest::{Event, Intake, Means, Opener, ingest};
use crate::invoice::{self, Approval, Batch, Release};
use crate::job::Output;
use crate::ledger::LedgerError;
use crate::letters::{self, LetterError, Letters};
use crate::model::{Claim, Day, Decision, Item, ItemId, VoucherId};
use crate::reconcile::{
    self, AfterClose, Books, Change, Decided, Desk, Drill, Earlier, Factors, Flip, Reach, Register, Rival, Stray,
    Suggestion, Terms, Verdict,
};
use crate::remind::{self, Given};
use crate::report::{self, Results, RunName};
use crate::settings::ApprovalMode;
use crate::store::Document;

/// What a run wants to enter into the ledger.
pub(super) struct Draft<'d, 'r> {
    pub(super) outside_claims: &'d BTreeMap<VoucherId, Claim>,
    pub(super) batches: &'d mut Vec<Batch>,
    pub(super) letters: &'d Letters,
    pub(super) register: &'d mut Register<'r>,
    decided: &'d [Decided<'d>],
}

impl Draft<'_, '_> {
    /// Ids and codes of findings.
    pub(super) fn finding_codes(&self) -> Vec<(String, String)> {
        let line = |entry: &reconcile::Entry<'_>| (entry.care.seen.id.to_string(), entry.finding.code.to_string());
        self.register.entries.iter().map(line).collect()
    }

    /// Open items as they are carried forward.
    pub(super) fn items(&self) -> Vec<(ItemId, Item)> {
        self.register.items()
    }

    /// Decisions that this run takes or refuses.
    pub(super) fn decided(&self, as_of: Day) -> Vec<Decision> {
        self.decided.iter().filter_map(|decided| decided.now(as_of)).collect()
    }
}

/// The finished documents of a run and what they come to.
pub(super) struct Pack {
    /// All documents, `run.json` last.
    pub(super) documents: Vec<Document>,
    pub(super) verdict: &'static str,
    pub(super) exit: Exit,
    pub(super) seal: Option<String>,
    /// What is kept for later runs and not published.
    pub(super) kept: Vec<Document>,
    /// Control totals with a difference.
    pub(super) untied: Vec<String>,
    sentence: String,
    problems: Vec<String>,
}

/// The command with which this program reads a workbook for itself.
pub const READ_WORKBOOK: &str = "read-workbook";

/// Reads all sources of a plan.
///
/// # Errors
/// A required source has delivered nothing.
pub(crate) fn read(plan: &Plan, world: &World, progress: Progress<'_>) -> Result<Intake, RunError> {
    let intake = look(plan, world, progress);
    let missing = intake.check(&plan.sources);
    missing.map_err(|missing| RunError::new(Exit::NothingDone, format!("nothing could be done:\n{missing}")))?;
    Ok(intake)
}

/// Reads all sources of a plan, whether or not a run could rest on them.
pub(crate) fn look(plan: &Plan, world: &World, progress: Progress<'_>) -> Intake {
    let opener = Opener::Process(world.program.clone(), vec![READ_WORKBOOK.to_owned()]);
    let files = plan.sources.iter().flat_map(|source| &source.files);
    let (total, done) = (files.map(|file| file.content.length()).sum::<u64>().max(1), AtomicU64::new(0));
    let watch = |event: Event| match event {
        Event::Opened { name, .. } => progress(&format!("reading {name}")),
        Event::Part { bytes } => {
            let before = done.fetch_add(bytes, Ordering::Relaxed);
            progress(&format!("reading inputs, {} %", (before + bytes) * 100 / total));
        }
        Event::Gathered => progress("gathering by voucher"),
        Event::Gated | Event::Parsed => {}
    };
    let mut intake = ingest(&plan.sources, &plan.program.vocabulary, Means { opener: &opener, watch: &watch });
    sabotage::intake(&mut intake);
    intake
}

/// From records to documents: casebook, verdicts, invoices, the ledger's entry, report, tie-outs.
pub(super) fn compute(
    plan: &Plan,
    as_of: Day,
    intake: &Intake,
    known: &Known,
    progress: Progress<'_>,
    enter: impl FnOnce(Draft<'_, '_>) -> Result<RunName, LedgerError>,
) -> Result<Pack, RunError> {
    let decisions = known.past.decisions(intake, &known.opening, &plan.settings.authority);
    let earlier = known.past.earlier(&decisions);
    progress("judging vouchers");
    let Judged { index, strays, verdicts, flips, after_close, drill } = judge(plan, as_of, intake, (known, earlier));
    let (program, tolerance) = (&plan.program, &plan.settings.tolerance);
    let desk = Desk { routes: &plan.settings.routes, due_days: plan.settings.due_days };
    let mut register = reconcile::register(&verdicts, (&strays, &after_close), program, (earlier, as_of), &desk);
    let decided = register.decided(&decisions, (earlier.carried, as_of));
    let resolved = strays.iter().filter_map(|stray| stray.resolved(&known.opening));
    let outside_claims = invoice::outside_claims(&intake.records, resolved, &verdicts, as_of);
    let mut batches = drafts(plan, as_of, &verdicts, known);
    let letters = letters(plan, as_of, intake, &verdicts, &index, &batches, &known.given)?;

    progress("entering claims, numbers and notices");
    let draft = Draft {
        outside_claims: &outside_claims,
        batches: &mut batches,
        letters: &letters,
        register: &mut register,
        decided: &decided,
    };
    let mut run = enter(draft).map_err(unusable)?;
    sabotage::run(&mut run);
    sabotage::batches(&mut batches);

    progress("telling what has changed, and why");
    let changes = changes(plan, as_of, (&verdicts, intake), (known, earlier));
    let ticking = reconcile::ticking(&verdicts, program, index.partners(), as_of);
    let (standings, renewals) = standings(plan, as_of, &index);
    let mut books = close_books(plan, as_of, (&verdicts, &strays, &batches), known);
    sabotage::books(&mut books);
    progress("writing documents");
    let results = Results {
        job: &plan.job,
        program,
        as_of,
        intake,
        verdicts: &verdicts,
        register: &register,
        decided: &decided,
        after_close: &after_close,
        changes: &changes,
        ticking: &ticking,
        drill: &drill,
        sealed: &known.sealed,
        tolerance,
        groups: &reconcile::groups(&verdicts, tolerance),
        strays: &strays,
        suggestions: &suggestions(plan, (&verdicts, &strays), &index, known),
        books: &books,
        unusable: &decisions.unusable,
        flips: &flips,
        standings: &standings,
        renewals: &renewals,
        unmatched: index.unmatched(),
        batches: &batches,
        letters: &letters,
        buyer: &plan.settings.buyer,
        run,
    };
    pack(&results)
}

/// What vouchers come to.
struct Judged<'a> {
    index: Index<'a>,
    strays: Vec<Stray>,
    verdicts: Vec<Verdict>,
    flips: Vec<Flip>,
    after_close: Vec<AfterClose>,
    drill: Drill,
}

fn judge<'a>(plan: &'a Plan, as_of: Day, intake: &'a Intake, (known, earlier): (&'a Known, Earlier<'_>)) -> Judged<'a> {
    let program = &plan.program;
    let terms = Terms { program, as_of, tolerance: &plan.settings.tolerance, earlier };
    let (index, strays) = reconcile::index(intake, &known.opening, program, (earlier, as_of));
    let (mut verdicts, flips) = reconcile::reconcile(&index, terms, &Rival::readings(program));
    sabotage::verdicts(&mut verdicts);
    let after_close = reconcile::after_close((&verdicts, intake), &known.sealed, program, (earlier, as_of));
    let mut drill = reconcile::drill(intake, &index, &verdicts, terms);
    sabotage::drill(&mut drill);
    Judged { index, strays, verdicts, flips, after_close, drill }
}

/// What payments that belong to nothing may be for.
fn suggestions(
    plan: &Plan,
    (verdicts, strays): (&[Verdict], &[Stray]),
    index: &Index<'_>,
    known: &Known,
) -> Vec<Suggestion> {
    let reach = Reach { tolerance: &plan.settings.tolerance, window_days: plan.settings.window_days };
    reconcile::suggestions(verdicts, strays, index.unmatched(), &known.opening, reach)
}

/// What is another than in the last run, and why; nothing where there was none.
fn changes(
    plan: &Plan,
    as_of: Day,
    (verdicts, intake): (&[Verdict], &Intake),
    (known, earlier): (&Known, Earlier<'_>),
) -> Vec<Change> {
    let (Some(last), Some(shorts), Some(now)) = (&known.last, &known.past.verdicts, earlier.decisions) else {
        return Vec::new();
    };
    let decisions = last.decisions(plan);
    let (program, tolerance) = (&plan.program, &plan.settings.tolerance);
    let factors = Factors { program, tolerance, as_of, opening: &known.opening, earlier };
    reconcile::changes(last.then(shorts, &decisions, (&known.opening, now)), verdicts, intake, factors)
}

/// What may be invoiced, as drafts; nothing where the job invoices nothing.
fn drafts(plan: &Plan, as_of: Day, verdicts: &[Verdict], known: &Known) -> Vec<Batch> {
    if !plan.job.writes(Output::Invoices) {
        return Vec::new();
    }
    invoice::draft(verdicts, &plan.job.name, as_of, approval(plan, &known.approved))
}

/// What partners may deliver and what of it ends soon, for the workbook.
fn standings<'i>(plan: &'i Plan, as_of: Day, index: &'i Index<'_>) -> (Vec<OfLocation<'i>>, Vec<Renewal>) {
    if !plan.job.writes(Output::Workbook) {
        return (Vec::new(), Vec::new());
    }
    let mut standings = eligibility::standings(index.partners(), &plan.program, None, as_of);
    standings.retain(|of| of.standing.status() != Status::NotStarted);
    let renewals = eligibility::renewals(index.partners(), &plan.program, as_of, report::RENEWALS_WITHIN);
    (standings, renewals)
}

/// Accounts and statement, with what this run invoices.
fn close_books(
    plan: &Plan,
    as_of: Day,
    (verdicts, strays, batches): (&[Verdict], &[Stray], &[Batch]),
    known: &Known,
) -> Books {
    let issued = batches.iter().filter(|batch| batch.release == Release::Issued);
    let issued = issued.flat_map(Batch::lines).map(|line| &line.voucher).collect();
    let accounts = reconcile::accounts(verdicts, strays, &issued, (&plan.settings.tolerance, as_of));
    Books::close(plan.job.period.from(as_of), known.opening_books.clone(), accounts, (verdicts, strays), as_of)
}

/// What is due to whom, worded; nothing where the job sends no reminders.
fn letters(
    plan: &Plan,
    as_of: Day,
    intake: &Intake,
    verdicts: &[Verdict],
    index: &Index<'_>,
    batches: &[Batch],
    given: &Given,
) -> Result<Letters, RunError> {
    if !plan.job.writes(Output::Reminders) {
        return Ok(Letters::default());
    }
    let issued = |batch: &Batch| batch.release == Release::Issued;
    let batched =
        batches.iter().flat_map(|batch| batch.lines().map(move |line| (&line.voucher, issued(batch)))).collect();
    let reminders = remind::due(verdicts, index.partners(), &batched, &plan.program, as_of);
    let contacts = &intake.records.contacts;
    let decisions = remind::address(&reminders, contacts, index.partners(), given, plan.settings.default_language);
    let desk = letters::Desk { from: &plan.settings.mail_from, reply_to: &plan.settings.mail_reply_to };
    letters::write(
        &decisions,
        |reminder| index.partners().name_of(reminder.partner.as_ref(), reminder.location.as_ref()),
        desk,
        as_of,
    )
    .map_err(|error| match error {
        LetterError::Text(missing) => RunError::new(Exit::Internal, missing.to_string()),
        LetterError::Mail(_) => RunError::config("config/settings.toml", &error.to_string()),
    })
}

fn approval<'a>(plan: &'a Plan, approved: &'a HashSet<String>) -> Approval<'a> {
    let four_eyes = plan.settings.approval == ApprovalMode::FourEyes;
    Approval { four_eyes, ceilings: &plan.settings.ceilings, approved }
}

fn pack(results: &Results<'_>) -> Result<Pack, RunError> {
    let internal = |error: String| RunError::new(Exit::Internal, format!("a document could not be made: {error}"));
    let mut figures = results.figures().map_err(internal)?;
    sabotage::figures(&mut figures);
    let ties = report::tie_outs(results, &figures);
    let mut documents = report::render(results, &figures, &ties).map_err(internal)?;
    let page = report::run_json(results, &figures, &ties, &documents).map_err(internal)?;
    documents.push(page);
    sabotage::documents(&mut documents);
    let untied = ties.iter().filter(|tie| tie.difference != 0);
    let untied = untied.map(|tie| format!("{} {}: {} and {}", tie.id, tie.what, tie.left, tie.right)).collect();
    let waits = results.batches.iter().any(|batch| batch.release != Release::Issued);
    let problems = problems(results.intake);
    let exit = match (waits, problems.is_empty()) {
        (true, _) => Exit::ApprovalWaits,
        (false, false) => Exit::Refused,
        (false, true) => Exit::Done,
    };
    let kept = report::kept(results, &documents).map_err(internal)?;
    Ok(Pack {
        documents,
        kept,
        verdict: results.verdict().as_str(),
        exit,
        seal: results.run.seal.clone(),
        untied,
        sentence: results.sentence(&figures),
        problems,
    })
}

/// Refused rows and files, each with place, reason and remedy. Rows that a later export replaced need none.
fn problems(intake: &Intake) -> Vec<String> {
    let files = intake.files.iter().filter_map(|file| file.refused.as_ref().map(|problem| problem.message(&file.name)));
    let rows = intake.rejects.iter().filter(|reject| !reject.superseded).map(|reject| reject.message(&intake.tables));
    files.chain(rows).collect()
}

impl Pack {
    /// What a person reads, and the exit code.
    pub(super) fn outcome(self, folder: &str) -> Outcome {
        let run_json = self.documents.into_iter().next_back().map(|document| document.bytes).unwrap_or_default();
        Outcome {
            exit: self.exit,
            report: format!("{}: {}\n{folder}", self.verdict, self.sentence),
            run_json,
            problems: self.problems,
        }
    }
}
