//! Third verb of a run: from what was judged and entered to finished documents. No clock, no file, no network.

use super::command_result::CommandResult;
use super::month::{Basis, Draft, JudgedMonth};
use crate::books::{self, Books};
use crate::compare::{self, Change};
use crate::config::job::Output;
use crate::controls::{self, faults};
use crate::eligibility::{self, LocationStanding, Renewal, Status};
use crate::error::{Exit, RunError};
use crate::history;
use crate::home::{Faults, World};
use crate::ingest::Intake;
use crate::invoice::BatchRelease;
use crate::report::{self, ReportError};
use crate::results::{self, Results, RunName, SummariesError};
use crate::store::Document;

/// The finished documents of a run and its verdict.
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

/// Closes the books, tells what has changed, and writes all documents.
pub(super) fn pack(
    basis: Basis<'_>,
    month: &JudgedMonth<'_>,
    mut draft: Draft<'_>,
    mut run: RunName,
    world: &World,
) -> Result<Pack, RunError> {
    let (plan, terms, judged) = (basis.plan, basis.terms(), &month.judged);
    faults::run(basis.faults, &mut run);
    faults::batches(basis.faults, &mut draft.batches);
    world.progress.step("telling what has changed, and why");
    let changes = changes(basis, month);
    let (standings, renewals) = standings(basis, month);
    let period_start = plan.job.period.from(basis.as_of);
    let mut books = Books::close(period_start, basis.opening.books.clone(), judged, &draft.issued(), terms);
    faults::books(basis.faults, &mut books);
    world.progress.step("writing documents");
    documents(
        basis.faults,
        &Results {
            job: &plan.job,
            program: terms.program,
            as_of: basis.as_of,
            intake: basis.intake,
            verdicts: &judged.verdicts,
            register: &draft.register,
            decided: &draft.decided,
            after_close: &month.after_close,
            changes: &changes,
            expected_receipts: &books::expected_receipts(
                &judged.verdicts,
                terms.program,
                judged.index.partners(),
                basis.as_of,
            ),
            self_test: &month.self_test,
            sealed: &basis.opening.sealed,
            tolerance: terms.tolerance,
            match_groups: &books::match_groups(&judged.verdicts, terms.tolerance),
            without_voucher: &judged.without_voucher,
            suggestions: &books::suggestions(judged, terms, plan.settings.window_days),
            books: &books,
            unusable: &basis.decisions.unusable,
            what_ifs: &judged.what_ifs,
            standings: &standings,
            renewals: &renewals,
            unapplied: judged.index.unapplied(),
            unknown_payees: judged.index.matching().unknown_payees(),
            batches: &draft.batches,
            letters: &draft.letters,
            buyer: &plan.settings.buyer,
            run,
        },
    )
}

/// What has changed since the last run, and why; nothing where there was none.
fn changes(basis: Basis<'_>, month: &JudgedMonth<'_>) -> Vec<Change> {
    let prior = &basis.opening.prior;
    let (Some(last), Some(verdicts)) = (&basis.opening.last, &prior.verdicts) else { return Vec::new() };
    let decisions = last.decisions(basis.plan, prior.carried.as_ref());
    let baseline = last.baseline(verdicts, &decisions, basis.terms());
    compare::changes(baseline, &month.judged.verdicts, basis.intake, basis.terms())
}

/// What partners may deliver and what of it ends soon, for the workbook.
fn standings<'a>(basis: Basis<'a>, month: &'a JudgedMonth<'_>) -> (Vec<LocationStanding<'a>>, Vec<Renewal>) {
    if !basis.writes(Output::Workbook) {
        return (Vec::new(), Vec::new());
    }
    let (partners, program) = (month.judged.index.partners(), &basis.plan.program);
    let mut standings = eligibility::standings(partners, program, None, basis.as_of);
    standings.retain(|of| of.standing.status() != Status::NotStarted);
    let renewals = eligibility::renewals(partners, program, basis.as_of, results::RENEWALS_WITHIN);
    (standings, renewals)
}

fn documents(faults: &Faults, results: &Results<'_>) -> Result<Pack, RunError> {
    let internal = |error: ReportError| RunError::new(Exit::Internal, format!("a document could not be made: {error}"));
    let no_summary = |error: SummariesError| RunError::new(Exit::Internal, error.to_string());
    let mut figures = results.figures().map_err(no_summary)?;
    faults::figures(faults, &mut figures);
    let ties = controls::tie_outs(results, &figures);
    let mut documents = report::render(results, &figures, &ties).map_err(internal)?;
    let page = report::run_json(results, &figures, &ties, &documents).map_err(internal)?;
    documents.push(page);
    faults::documents(faults, &mut documents);
    let untied = ties.iter().filter(|tie| !tie.ties()).map(ToString::to_string).collect();
    let waits = results.batches.iter().any(|batch| batch.release != BatchRelease::Issued);
    let problems = problems(results.intake);
    let exit = match (waits, problems.is_empty()) {
        (true, _) => Exit::ApprovalWaits,
        (false, false) => Exit::Refused,
        (false, true) => Exit::Done,
    };
    let kept = history::kept(results, &documents).map_err(internal)?;
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
    pub(super) fn outcome(self, folder: &str) -> CommandResult {
        let run_json = self.documents.into_iter().next_back().map(|document| document.bytes).unwrap_or_default();
        CommandResult {
            exit: self.exit,
            report: format!("{}: {}\n{folder}", self.verdict, self.sentence),
            run_json,
            problems: self.problems,
        }
    }
}
