//! One run, in order. Everything is computed before anything is written; one commit; then the folder appears.
//! No business decision is taken here.

mod command_result;
mod month;
mod pack;
mod publish;

use std::path::Path;

use crate::config::job::Output;
use crate::controls::{self, faults};
use crate::error::{Exit, RunError};
use crate::history::{self, History, Lock, OpeningState};
use crate::home::{Home, PassedOver, Plan, World, read};
use crate::ingest::{Content, Intake};
use crate::ledger::{Entry, Ledger, LedgerError, LogRow, OutputRow, RunRow, Waiting};
use crate::model::{Day, InvoiceNumber};
use crate::results::RunName;
use crate::store::{self, Document, Store, sha256_hex};

pub use command_result::CommandResult;
use month::{Basis, Draft};
use pack::Pack;

/// What is to be run.
#[derive(Clone, Debug)]
pub struct Order {
    /// The job.
    pub job: String,
    /// The as-of date, if one was typed.
    pub as_of: Option<Day>,
    /// Show the pack, keep nothing.
    pub dry_run: bool,
    /// A new revision although the run is known.
    pub again: bool,
}

/// Runs a job.
///
/// # Errors
/// Whatever stops a run, with its exit code; see [`Exit`].
pub fn run(home: &Home, order: &Order, world: &World) -> Result<CommandResult, RunError> {
    // Looked for before anything is done: what goes wrong here must not hide a run that is committed.
    let nearly = nearly_taken(home, &order.job)?;
    let mut result = carry_out(home, order, world)?;
    // What may be an export and was not read is as good as refused.
    if !nearly.is_empty() && result.exit == Exit::Done {
        result.exit = Exit::Refused;
    }
    result.problems.extend(nearly);
    Ok(result)
}

/// Files whose name is not quite that of an export.
fn nearly_taken(home: &Home, job: &str) -> Result<Vec<String>, RunError> {
    let found = home.passed_over(&[job.to_owned()])?;
    Ok(found.iter().filter(|file| file.nearly.is_some()).map(PassedOver::message).collect())
}

fn carry_out(home: &Home, order: &Order, world: &World) -> Result<CommandResult, RunError> {
    if order.dry_run {
        let plan = home.plan(&order.job, world.now.into())?;
        let as_of = as_of(&plan, order, world)?;
        return dry_run(home, &plan, as_of, world);
    }
    // What a crash left is finished first, whatever is wrong with today's configuration or inputs.
    let opened = if History::is_begun(home) { Some(open(home)?) } else { None };
    world.progress.step("reading configuration and inputs");
    let plan = home.plan(&order.job, world.now.into())?;
    let as_of = as_of(&plan, order, world)?;
    refuse_a_later_day(&plan, as_of, world)?;
    let (opened, intake) = match opened {
        Some(opened) => (opened, None),
        None => {
            // Before the first run nothing is written for inputs that cannot be read.
            let intake = read_all(&plan, world)?;
            (open(home)?, Some(intake))
        }
    };
    real_run(home, &plan, as_of, order, world, opened, intake)
}

/// What one run holds: the state, since nobody else has the lock.
struct Opened {
    history: History,
    _lock: Lock,
}

/// Takes the lock, opens the ledger, and finishes what a crash left.
fn open(home: &Home) -> Result<Opened, RunError> {
    let lock = Lock::take(home)?;
    let history = History::open(home, &lock)?;
    publish::finish_what_a_crash_left(home, &history)?;
    Ok(Opened { history, _lock: lock })
}

fn read_all(plan: &Plan, world: &World) -> Result<Intake, RunError> {
    let mut intake = read(plan, world)?;
    faults::intake(&world.faults, &mut intake);
    Ok(intake)
}

/// The as-of date: typed, or found by the job's rule in its own time zone.
fn as_of(plan: &Plan, order: &Order, world: &World) -> Result<Day, RunError> {
    order.as_of.or_else(|| plan.job.as_of_on(today(plan, world))).ok_or_else(|| {
        RunError::usage(format!("job \"{}\" has no rule for its date\n  hint: type --as-of 2021-05-31", plan.job.name))
    })
}

fn today(plan: &Plan, world: &World) -> Day {
    Day::from(world.now.with_timezone(&plan.job.time_zone).date_naive())
}

fn real_run(
    home: &Home,
    plan: &Plan,
    as_of: Day,
    order: &Order,
    world: &World,
    opened: Opened,
    intake: Option<Intake>,
) -> Result<CommandResult, RunError> {
    let Opened { mut history, _lock } = opened;
    let key = plan.run_key(as_of);
    if let Some(done) = answered_already(home, &history, plan, as_of, order, &key)? {
        return Ok(done);
    }
    refuse_a_closed_period(&history.ledger, plan, as_of)?;
    let intake = match intake {
        Some(intake) => intake,
        None => read_all(plan, world)?,
    };
    keep_inputs(&history.store, plan)?;
    let opening = OpeningState::of(&history, plan, as_of, world)?;
    let earlier = history.ledger.runs_of_day(&plan.job.name, as_of)?;
    let changes = publish::changes(&history.ledger, earlier.last(), plan)?;
    let revision = i64::try_from(earlier.len()).unwrap_or(i64::MAX).saturating_add(1);

    let decisions = opening.prior.decisions(&intake, &plan.settings.authority);
    let basis = Basis { plan, as_of, intake: &intake, opening: &opening, decisions: &decisions, faults: &world.faults };
    world.progress.step("judging vouchers");
    let month = month::judge(basis);
    let mut draft = month::draft(basis, &month)?;
    world.progress.step("entering claims, numbers and notices");
    let mut entry = history.ledger.begin()?;
    let run = enter(&mut entry, basis, &mut draft, &key, revision)?;
    let pack = pack::pack(basis, &month, draft, RunName { changes, ..run }, world)?;

    world.progress.step("checking and publishing");
    let row = run_row(plan, as_of, entry.run(), revision, key, &pack);
    check_and_stage(home, &publish::staging(home, row.run), row.run, &pack, world)?;
    let outputs = keep_outputs(&history.store, &pack.documents)?;
    let records = keep_records(&history.store, &pack, &outputs)?;
    publish::refuse_a_foreign_folder(home, &row, &outputs)?;
    world.faults.fail_point("before-commit");
    entry.log(&log_row(world))?;
    entry.commit(&row, &outputs, &records)?;
    world.faults.fail_point("after-commit");
    publish::put_into_place(home, &history, &row)?;
    world.faults.fail_point("published");
    history.ledger.mark_published(row.run)?;
    Ok(pack.outcome(&format!("out/{}", row.folder)))
}

/// The answer to a run that was made before with the same inputs, unless something is left to do.
fn answered_already(
    home: &Home,
    history: &History,
    plan: &Plan,
    as_of: Day,
    order: &Order,
    key: &str,
) -> Result<Option<CommandResult>, RunError> {
    let ledger = &history.ledger;
    let goes_back = goes_back(ledger, plan, as_of)?;
    if let Some(known) = ledger.run_of_key(key)?.filter(|_| !order.again) {
        // An approval since then is a reason to go on: the approved batch is issued by a new revision. A later run
        // has already taken up what waited.
        let waiting = if goes_back.is_some() { Waiting::Nothing } else { ledger.waiting(known.run)? };
        if waiting != Waiting::Approved {
            return publish::already_done(home, history, &known, waiting).map(Some);
        }
    }
    goes_back.map_or(Ok(None), Err)
}

/// Enters a run into the ledger: claims, numbers, items, decisions and notices. What the ledger adds (numbers, reopened
/// items) is noted in the draft.
fn enter(
    entry: &mut Entry<'_>,
    basis: Basis<'_>,
    draft: &mut Draft<'_>,
    key: &str,
    revision: i64,
) -> Result<RunName, LedgerError> {
    let (plan, as_of, job) = (basis.plan, basis.as_of, &basis.plan.job.name);
    let begun = serde_json::json!({ "as_of": as_of.to_string(), "job": job, "key": key, "revision": revision });
    entry.event("run", &begun)?;
    entry.inputs(&plan.input_rows())?;
    entry.outside_claims(draft.outside_claims.iter())?;
    for batch in &mut draft.batches {
        entry.batch(batch, &plan.settings.series, as_of)?;
    }
    entry.findings(&draft.register.finding_codes())?;
    let reopened = entry.known_before(job, as_of, &draft.register.new_ones())?;
    draft.register.reopen(&reopened);
    entry.items(job, as_of, basis.opening.prior.carried.as_ref(), &draft.register.items())?;
    let taken: Vec<_> = draft.decided.iter().filter_map(|decided| decided.now(as_of)).collect();
    entry.decisions(job, &taken)?;
    entry.letters(&draft.letters.notices(), &draft.letters.outbox())?;
    let invoiced = Some(entry.invoiced()?);
    let seal = Some(entry.head().to_owned());
    Ok(RunName { number: Some(entry.run()), revision, seal, changes: Vec::new(), invoiced })
}

fn run_row(plan: &Plan, as_of: Day, run: i64, revision: i64, run_key: String, pack: &Pack) -> RunRow {
    let suffix = if revision == 1 { String::new() } else { format!("-r{revision}") };
    RunRow {
        run,
        job: plan.job.name.clone(),
        as_of,
        revision,
        run_key,
        folder: format!("{}/{as_of}{suffix}", plan.job.name),
        verdict: pack.verdict.to_owned(),
        exit_code: pack.exit.code(),
        seal: pack.seal.clone().unwrap_or_default(),
    }
}

/// The pack of a run that is not made: drafts for numbers, nothing kept but the folder that is shown.
fn dry_run(home: &Home, plan: &Plan, as_of: Day, world: &World) -> Result<CommandResult, RunError> {
    let history = History::to_read(home)?;
    let opening = match &history {
        Some(history) => OpeningState::of(history, plan, as_of, world)?,
        None => OpeningState::default(),
    };
    let intake = read_all(plan, world)?;
    let decisions = opening.prior.decisions(&intake, &plan.settings.authority);
    let basis = Basis { plan, as_of, intake: &intake, opening: &opening, decisions: &decisions, faults: &world.faults };
    world.progress.step("judging vouchers");
    let month = month::judge(basis);
    let mut draft = month::draft(basis, &month)?;
    if let Some(history) = &history {
        let reopened = history.ledger.known_before(&plan.job.name, as_of, &draft.register.new_ones())?;
        draft.register.reopen(&reopened);
    }
    number_drafts(&mut draft);
    let run = RunName { number: None, revision: 1, seal: None, changes: Vec::new(), invoiced: None };
    let pack = pack::pack(basis, &month, draft, run, world)?;
    let below = format!("out/dry-run/{}/{as_of}", plan.job.name);
    check_and_stage(home, &home.path(&below), 0, &pack, world)?;
    Ok(pack.outcome(&below))
}

fn number_drafts(draft: &mut Draft<'_>) {
    let invoices = draft.batches.iter_mut().flat_map(|batch| &mut batch.invoices);
    for (at, invoice) in (1_u32..).zip(invoices) {
        invoice.number = Some(InvoiceNumber::new(&format!("DRAFT-{at}")));
    }
}

/// Whether the job draws numbers or gives notices, which follow the calendar.
fn follows_the_calendar(plan: &Plan) -> bool {
    plan.job.writes(Output::Invoices) || plan.job.writes(Output::Reminders)
}

/// A job that follows the calendar does not go back behind its last day: the refusal, if it would.
fn goes_back(ledger: &Ledger, plan: &Plan, as_of: Day) -> Result<Option<RunError>, RunError> {
    let latest = ledger.latest_as_of(&plan.job.name)?;
    let latest = latest.filter(|latest| as_of < *latest && follows_the_calendar(plan));
    Ok(latest.map(|latest| {
        RunError::usage(format!(
            "job \"{}\" was run for {latest}, and now for {as_of}, which is earlier\n  hint: use --dry-run to look at an earlier day",
            plan.job.name
        ))
    }))
}

/// A period that was closed stays as it was signed. Books are a job's: two may be about different companies.
fn refuse_a_closed_period(ledger: &Ledger, plan: &Plan, as_of: Day) -> Result<(), RunError> {
    let Some(act) = ledger.closed_since(&plan.job.name, as_of)? else { return Ok(()) };
    let within = if as_of < act.ends_on.start_of_month() { "before" } else { "in" };
    let what = format!("{as_of} is {within} {}, which {} has closed with run {}", act.period, act.by, act.run);
    let reopen = format!("vouchsafe reopen {} --job {} --by NAME --reason TEXT", act.period, act.job);
    let hint = format!("hint: what came late goes to the next period; use --dry-run to look, or {reopen}");
    Err(RunError::usage(format!("{what}\n  {hint}")))
}

/// A mistyped year would close the way back for all the days before it.
fn refuse_a_later_day(plan: &Plan, as_of: Day, world: &World) -> Result<(), RunError> {
    let today = today(plan, world);
    if as_of <= today || !follows_the_calendar(plan) {
        return Ok(());
    }
    let what = format!("as-of {as_of} is after today, {today}\n  hint: use --dry-run to look ahead");
    Err(RunError::usage(what))
}

fn keep_inputs(store: &Store, plan: &Plan) -> Result<(), RunError> {
    let unwritable = |error: std::io::Error| match error.kind() {
        // An input has changed since it was read.
        std::io::ErrorKind::InvalidData => RunError::new(Exit::NothingDone, error.to_string()),
        _ => RunError::unwritable(store.root(), &error),
    };
    for file in &plan.config {
        store.keep(&file.sha256, &file.bytes).map_err(unwritable)?;
    }
    for file in plan.sources.iter().flat_map(|source| &source.files) {
        match &file.content {
            Content::File { path, .. } => store.keep_file(&file.sha256, path).map_err(unwritable)?,
            Content::Untaken(_) => {}
            Content::Memory(bytes) => store.keep(&file.sha256, bytes).map_err(unwritable)?,
        }
    }
    Ok(())
}

fn keep_outputs(store: &Store, documents: &[Document]) -> Result<Vec<OutputRow>, RunError> {
    let mut outputs = Vec::with_capacity(documents.len());
    for document in documents {
        let sha256 = sha256_hex(&document.bytes);
        store.keep(&sha256, &document.bytes).map_err(|error| RunError::unwritable(store.root(), &error))?;
        outputs.push(OutputRow { path: document.path.clone(), sha256 });
    }
    Ok(outputs)
}

/// What later runs start from: a document of the run, or one that is kept only for them.
fn keep_records(store: &Store, pack: &Pack, outputs: &[OutputRow]) -> Result<Vec<OutputRow>, RunError> {
    let mut records = keep_outputs(store, &pack.kept)?;
    records.extend(outputs.iter().filter(|output| history::is_record(&output.path)).cloned());
    Ok(records)
}

/// Stages the documents and reads them back. What does not tie is kept aside and never published.
fn check_and_stage(home: &Home, stage: &Path, run: i64, pack: &Pack, world: &World) -> Result<(), RunError> {
    store::stage(stage, &pack.documents).map_err(|(path, error)| RunError::unwritable(path, &error))?;
    world.faults.fail_point("staged");
    let mut differences = pack.untied.clone();
    differences.extend(controls::differences(stage));
    if differences.is_empty() {
        return Ok(());
    }
    let aside = home.path(&format!("state/failed/run-{run}"));
    let kept = publish::set_aside(stage, &aside);
    Err(RunError::new(
        Exit::DoesNotTie,
        format!(
            "control totals do not tie, nothing was published:\n  {}\n  hint: the staged files are in {kept}; please report this",
            differences.join("\n  ")
        ),
    ))
}

fn log_row(world: &World) -> LogRow {
    LogRow {
        started_at: world.now.to_rfc3339(),
        ended_at: (world.clock)().to_rfc3339(),
        host: world.host.clone(),
        user: world.user.clone(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
    }
}
