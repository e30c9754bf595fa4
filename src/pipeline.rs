//! One run, in order. Everything is computed before anything is written; one commit; then the folder appears.
//! No business decision is taken here.

mod before;
mod compute;
mod last;
mod publish;
mod sabotage;

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use crate::error::{Exit, RunError};
use crate::home::{Home, PassedOver, Plan};
use crate::ingest::{Content, Intake};
use crate::ledger::{Ledger, LedgerError, LogRow, OutputRow, RunRow, Waiting};
use crate::model::{Day, InvoiceNumber};
use crate::report::{self, InvoicedEver, RunName};
use crate::store::{Document, Store, sha256_hex};
use crate::{readback, store};

use before::{Known, known};
pub(crate) use before::{Past, undecided};
pub use compute::READ_WORKBOOK;
use compute::{Draft, Pack};
pub(crate) use compute::{look, read};
pub(crate) use last::{Last, came_to};

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

/// The world outside, read once by `main`.
#[derive(Clone, Debug)]
pub struct World {
    /// When the command was started, UTC.
    pub now: chrono::DateTime<chrono::Utc>,
    /// The clock, for the end of the run; only the run log shows it.
    pub clock: fn() -> chrono::DateTime<chrono::Utc>,
    /// This program, to be called for the reading of workbooks.
    pub program: PathBuf,
    /// Machine.
    pub host: String,
    /// User.
    pub user: String,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Exit code.
    pub exit: Exit,
    /// The lines for stdout.
    pub report: String,
    /// `run.json`, for `--json`.
    pub run_json: Vec<u8>,
    /// Messages of refused rows and files, for stderr.
    pub problems: Vec<String>,
}

impl Outcome {
    /// A command that only shows something.
    pub fn shown(report: String) -> Outcome {
        Outcome { exit: Exit::Done, report, run_json: Vec::new(), problems: Vec::new() }
    }
}

/// Told which step begins, for a person who waits.
pub type Progress<'a> = &'a (dyn Fn(&str) + Sync);

/// Runs a job.
///
/// # Errors
/// Whatever stops a run, with its exit code; see [`Exit`].
pub fn run(home: &Home, order: &Order, world: &World, progress: Progress<'_>) -> Result<Outcome, RunError> {
    let mut outcome = carry_out(home, order, world, progress)?;
    let nearly = nearly_taken(home, &order.job)?;
    // What may be an export and was not read is as good as refused.
    if !nearly.is_empty() && outcome.exit == Exit::Done {
        outcome.exit = Exit::Refused;
    }
    outcome.problems.extend(nearly);
    Ok(outcome)
}

/// Files whose name is not quite that of an export.
fn nearly_taken(home: &Home, job: &str) -> Result<Vec<String>, RunError> {
    let found = home.passed_over(&[job.to_owned()])?;
    Ok(found.iter().filter(|file| file.nearly.is_some()).map(PassedOver::message).collect())
}

fn carry_out(home: &Home, order: &Order, world: &World, progress: Progress<'_>) -> Result<Outcome, RunError> {
    if order.dry_run {
        let plan = home.plan(&order.job, world.now.into())?;
        let as_of = as_of(&plan, order, world)?;
        return dry_run(home, &plan, as_of, world, progress);
    }
    // What a crash left is finished first, whatever is wrong with today's configuration or inputs.
    let opened = if home.path(LEDGER).exists() { Some(open(home)?) } else { None };
    progress("reading configuration and inputs");
    let plan = home.plan(&order.job, world.now.into())?;
    let as_of = as_of(&plan, order, world)?;
    refuse_a_later_day(&plan, as_of, world)?;
    let opened = match opened {
        Some(opened) => opened,
        None => {
            // Before the first run nothing is written for inputs that cannot be read.
            let intake = read(&plan, world, progress)?;
            Opened { intake: Some(intake), ..open(home)? }
        }
    };
    real_run(home, &plan, as_of, order, world, opened, progress)
}

const LEDGER: &str = "state/ledger.db";
pub(crate) const STORE: &str = "state/store";

/// What one run holds: the state, since nobody else has the lock, and the inputs if they have been read already.
struct Opened {
    ledger: Ledger,
    store: Store,
    intake: Option<Intake>,
    _lock: File,
}

/// Takes the lock, opens the ledger, and finishes what a crash left.
fn open(home: &Home) -> Result<Opened, RunError> {
    let lock = lock(home)?;
    let store = Store::new(home.path(STORE));
    let ledger = Ledger::open(&home.path(LEDGER), may_be_new(home)).map_err(unusable)?;
    publish::finish_what_a_crash_left(home, &ledger, &store)?;
    Ok(Opened { ledger, store, intake: None, _lock: lock })
}

/// Opens the ledger to look at it; none where nothing was run yet.
pub(crate) fn ledger_to_read(home: &Home) -> Result<Option<Ledger>, RunError> {
    Ledger::open_to_read(&home.path(LEDGER), may_be_new(home)).map_err(unusable)
}

/// Whether no run has left anything: only then may there be no ledger.
fn may_be_new(home: &Home) -> bool {
    let folders = |path: PathBuf| std::fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path());
    let jobs = folders(home.path("out"))
        .filter(|path| path.file_name().is_some_and(|name| name != "dry-run" && name != ".staging"));
    let published = jobs.flat_map(folders).any(|folder| folder.join("run.json").exists());
    Store::new(home.path(STORE)).is_empty() && !published
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
    progress: Progress<'_>,
) -> Result<Outcome, RunError> {
    let Opened { mut ledger, store, intake, _lock } = opened;
    let key = plan.run_key(as_of);
    let goes_back = goes_back(&ledger, plan, as_of)?;
    if let Some(known) = ledger.run_of_key(&key).map_err(unusable)?.filter(|_| !order.again) {
        // An approval since then is a reason to go on: the approved batch is issued by a new revision. A later run
        // has already taken up what waited.
        let waiting = ledger.waiting(known.run).map_err(unusable)?;
        let waiting = if goes_back.is_some() { Waiting::Nothing } else { waiting };
        if waiting != Waiting::Approved {
            return publish::already_done(home, &ledger, &store, &known, waiting);
        }
    }
    if let Some(refusal) = goes_back {
        return Err(refusal);
    }
    refuse_a_closed_period(&ledger, plan, as_of)?;
    let intake = match intake {
        Some(intake) => intake,
        None => read(plan, world, progress)?,
    };
    keep_inputs(home, &store, plan)?;
    let (known, earlier) = known((&ledger, &store), plan, as_of, (world, progress))?;
    let changes = publish::changes(&ledger, earlier.last(), plan)?;
    let revision = i64::try_from(earlier.len()).unwrap_or(i64::MAX).saturating_add(1);

    let mut entry = ledger.begin().map_err(unusable)?;
    let run = entry.run();
    let pack = compute::compute(plan, as_of, &intake, &known, progress, |draft| {
        let begun =
            serde_json::json!({ "as_of": as_of.to_string(), "job": plan.job.name, "key": key, "revision": revision });
        entry.event("run", &begun)?;
        entry.inputs(&plan.input_rows())?;
        entry.outside_claims(draft.outside_claims.iter())?;
        for batch in &mut *draft.batches {
            entry.batch(batch, &plan.settings.series, as_of)?;
        }
        entry.findings(&draft.finding_codes())?;
        let reopened = entry.known_before(&plan.job.name, as_of, &draft.register.new_ones())?;
        draft.register.reopen(&reopened);
        entry.items((&plan.job.name, as_of), known.past.carried.as_ref(), &draft.items())?;
        entry.decisions(&plan.job.name, &draft.decided(as_of))?;
        entry.letters(&draft.letters.notices(), &draft.letters.outbox())?;
        let [claims_now, lines_ever, vouchers_ever] = entry.invoiced()?;
        let invoiced = Some(InvoicedEver { claims_now, lines_ever, vouchers_ever });
        Ok(RunName { number: Some(run), revision, seal: Some(entry.head().to_owned()), changes, invoiced })
    })?;

    progress("checking and publishing");
    let row = run_row(plan, as_of, run, revision, key, &pack);
    check_and_stage(home, &publish::staging(home, run), run, &pack)?;
    let outputs = keep_outputs(home, &store, &pack.documents)?;
    let records = keep_records(home, &store, &pack, &outputs)?;
    publish::refuse_a_strange_folder(home, &row, &outputs)?;
    publish::moment("before-commit");
    entry.log(&log_row(world)).map_err(unusable)?;
    entry.commit(&row, &outputs, &records).map_err(unusable)?;
    publish::moment("after-commit");
    publish::publish(home, &ledger, &store, &row)?;
    Ok(pack.outcome(&format!("out/{}", row.folder)))
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
fn dry_run(home: &Home, plan: &Plan, as_of: Day, world: &World, progress: Progress<'_>) -> Result<Outcome, RunError> {
    let ledger = ledger_to_read(home)?;
    let known = match &ledger {
        Some(ledger) => known((ledger, &Store::new(home.path(STORE))), plan, as_of, (world, progress))?.0,
        None => Known::default(),
    };
    let intake = read(plan, world, progress)?;
    let pack = compute::compute(plan, as_of, &intake, &known, progress, |draft| {
        if let Some(ledger) = &ledger {
            let reopened = ledger.known_before(&plan.job.name, as_of, &draft.register.new_ones())?;
            draft.register.reopen(&reopened);
        }
        number_drafts(draft);
        Ok(RunName { number: None, revision: 1, seal: None, changes: Vec::new(), invoiced: None })
    })?;
    let below = format!("out/dry-run/{}/{as_of}", plan.job.name);
    check_and_stage(home, &home.path(&below), 0, &pack)?;
    Ok(pack.outcome(&below))
}

fn number_drafts(draft: Draft<'_, '_>) {
    let invoices = draft.batches.iter_mut().flat_map(|batch| &mut batch.invoices);
    for (at, invoice) in (1_u32..).zip(invoices) {
        invoice.number = Some(InvoiceNumber::new(&format!("DRAFT-{at}")));
    }
}

pub(crate) fn lock(home: &Home) -> Result<File, RunError> {
    let folder = home.path("state");
    std::fs::create_dir_all(&folder).map_err(|error| RunError::unwritable(&folder, &error))?;
    let path = folder.join("run.lock");
    let file = File::options().create(true).write(true).truncate(false).open(&path);
    let file = file.map_err(|error| RunError::unwritable(&path, &error))?;
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => {
            let hint = "hint: wait for it to end; nothing was done";
            RunError::new(Exit::Locked, format!("{}: another run holds the lock\n  {hint}", path.display()))
        }
        TryLockError::Error(error) => RunError::unwritable(&path, &error),
    })?;
    Ok(file)
}

/// Whether the job draws numbers or gives notices, which follow the calendar.
fn follows_the_calendar(plan: &Plan) -> bool {
    use crate::job::Output::{Invoices, Reminders};
    plan.job.writes(Invoices) || plan.job.writes(Reminders)
}

/// A job that follows the calendar does not go back behind its last day: the refusal, if it would.
fn goes_back(ledger: &Ledger, plan: &Plan, as_of: Day) -> Result<Option<RunError>, RunError> {
    let latest = ledger.latest_as_of(&plan.job.name).map_err(unusable)?;
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
    let (_, Some(act)) = ledger.closed(&plan.job.name, as_of).map_err(unusable)? else { return Ok(()) };
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

fn keep_inputs(home: &Home, store: &Store, plan: &Plan) -> Result<(), RunError> {
    let unwritable = |error: std::io::Error| RunError::unwritable(home.path(STORE), &error);
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

fn keep_outputs(home: &Home, store: &Store, documents: &[Document]) -> Result<Vec<OutputRow>, RunError> {
    let mut outputs = Vec::with_capacity(documents.len());
    for document in documents {
        let sha256 = sha256_hex(&document.bytes);
        store.keep(&sha256, &document.bytes).map_err(|error| RunError::unwritable(home.path(STORE), &error))?;
        outputs.push(OutputRow { path: document.path.clone(), sha256 });
    }
    Ok(outputs)
}

/// What later runs start from: a document of the run, or one that is kept only for them.
fn keep_records(home: &Home, store: &Store, pack: &Pack, outputs: &[OutputRow]) -> Result<Vec<OutputRow>, RunError> {
    let mut records = keep_outputs(home, store, &pack.kept)?;
    records.extend(outputs.iter().filter(|output| report::is_record(&output.path)).cloned());
    Ok(records)
}

/// Stages the documents and reads them back. What does not tie is kept aside and never published.
fn check_and_stage(home: &Home, stage: &std::path::Path, run: i64, pack: &Pack) -> Result<(), RunError> {
    store::stage(stage, &pack.documents).map_err(|(path, error)| RunError::unwritable(path, &error))?;
    publish::moment("staged");
    let mut differences = pack.untied.clone();
    differences.extend(readback::differences(stage));
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

pub(crate) fn unusable(error: LedgerError) -> RunError {
    RunError::new(Exit::LedgerUnusable, error.to_string())
}
