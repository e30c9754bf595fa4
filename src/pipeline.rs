//! One run, in order. Everything is computed before anything is written; one commit; then the folder appears.
//! No business decision is taken here.

mod compute;
mod publish;

use std::fs::File;

use crate::error::{Exit, RunError};
use crate::home::{Home, Plan};
use crate::ledger::{Ledger, LedgerError, LogRow, OutputRow, RunRow, Waiting};
use crate::model::{Day, InvoiceNumber};
use crate::report::RunName;
use crate::store::{Document, Store, sha256_hex};
use crate::{readback, store};

use compute::{Draft, Known, Pack};

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
pub type Progress<'a> = &'a dyn Fn(&str);

/// Runs a job.
///
/// # Errors
/// Whatever stops a run, with its exit code; see [`Exit`].
pub fn run(home: &Home, order: &Order, world: &World, progress: Progress<'_>) -> Result<Outcome, RunError> {
    progress("reading configuration and inputs");
    let plan = home.plan(&order.job)?;
    let today = Day::from(world.now.with_timezone(&plan.job.time_zone).date_naive());
    let as_of = order.as_of.or_else(|| plan.job.as_of_on(today)).ok_or_else(|| {
        RunError::usage(format!("job \"{}\" has no rule for its date\n  hint: type --as-of 2021-05-31", plan.job.name))
    })?;
    if order.dry_run {
        dry_run(home, &plan, as_of, progress)
    } else {
        real_run(home, &plan, as_of, order, world, progress)
    }
}

fn real_run(
    home: &Home,
    plan: &Plan,
    as_of: Day,
    order: &Order,
    world: &World,
    progress: Progress<'_>,
) -> Result<Outcome, RunError> {
    let _lock = lock(home)?;
    let mut ledger = Ledger::open(&home.path("state/ledger.db")).map_err(unusable)?;
    let store = Store::new(home.path("state/store"));
    publish::finish_what_a_crash_left(home, &ledger, &store)?;
    let key = plan.run_key(as_of);
    if let Some(known) = ledger.run_of_key(&key).map_err(unusable)?.filter(|_| !order.again) {
        // An approval since then is a reason to go on: the approved batch is issued by a new revision.
        match ledger.waiting(known.run).map_err(unusable)? {
            Waiting::Approved => {}
            waiting => return publish::already_done(home, &ledger, &store, &known, waiting),
        }
    }
    refuse_an_earlier_day(&ledger, plan, as_of)?;
    let intake = compute::read(plan)?;
    keep_inputs(home, &store, plan)?;
    let (known, earlier) = known(&ledger, plan, as_of)?;
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
        entry.letters(&draft.letters.notices(), &draft.letters.outbox())?;
        Ok(RunName { number: Some(run), revision, seal: Some(entry.head().to_owned()), changes })
    })?;

    progress("checking and publishing");
    let suffix = if revision == 1 { String::new() } else { format!("-r{revision}") };
    let row = RunRow {
        run,
        job: plan.job.name.clone(),
        as_of,
        revision,
        run_key: key,
        folder: format!("{}/{as_of}{suffix}", plan.job.name),
        verdict: pack.verdict.to_owned(),
        exit_code: pack.exit.code(),
        seal: pack.seal.clone().unwrap_or_default(),
    };
    check_and_stage(home, &publish::staging(home, run), run, &pack)?;
    let outputs = keep_outputs(home, &store, &pack.documents)?;
    publish::refuse_a_strange_folder(home, &row, &outputs)?;
    publish::moment("before-commit");
    entry.commit(&row, &outputs).map_err(unusable)?;
    publish::moment("after-commit");
    publish::publish(home, &ledger, &store, &row)?;
    ledger.log(run, &log_row(world)).map_err(unusable)?;
    Ok(pack.outcome(&format!("out/{}", row.folder)))
}

/// The pack of a run that is not made: drafts for numbers, nothing kept but the folder that is shown.
fn dry_run(home: &Home, plan: &Plan, as_of: Day, progress: Progress<'_>) -> Result<Outcome, RunError> {
    let ledger = Ledger::open_to_read(&home.path("state/ledger.db")).map_err(unusable)?;
    let known = match &ledger {
        Some(ledger) => known(ledger, plan, as_of)?.0,
        None => Known::default(),
    };
    let intake = compute::read(plan)?;
    let pack = compute::compute(plan, as_of, &intake, &known, progress, |draft| {
        number_drafts(draft);
        Ok(RunName { number: None, revision: 1, seal: None, changes: Vec::new() })
    })?;
    let below = format!("out/dry-run/{}/{as_of}", plan.job.name);
    check_and_stage(home, &home.path(&below), 0, &pack)?;
    Ok(pack.outcome(&below))
}

fn number_drafts(draft: Draft<'_>) {
    let invoices = draft.batches.iter_mut().flat_map(|batch| &mut batch.invoices);
    for (at, invoice) in (1_u32..).zip(invoices) {
        invoice.number = Some(InvoiceNumber::new(&format!("DRAFT-{at}")));
    }
}

/// What the ledger knows before the run, and the earlier runs of the same day.
fn known(ledger: &Ledger, plan: &Plan, as_of: Day) -> Result<(Known, Vec<RunRow>), RunError> {
    let known = Known {
        opening: ledger.opening_claims(None).map_err(unusable)?,
        previous: ledger.previous_findings(&plan.job.name, as_of).map_err(unusable)?,
        given: ledger.given_notices().map_err(unusable)?,
        approved: ledger.approved_contents().map_err(unusable)?,
    };
    Ok((known, ledger.runs_of_day(&plan.job.name, as_of).map_err(unusable)?))
}

pub(crate) fn lock(home: &Home) -> Result<File, RunError> {
    let folder = home.path("state");
    std::fs::create_dir_all(&folder).map_err(|error| RunError::unwritable(&folder, &error))?;
    let path = folder.join("run.lock");
    let file = File::options().create(true).write(true).truncate(false).open(&path);
    let file = file.map_err(|error| RunError::unwritable(&path, &error))?;
    file.try_lock().map_err(|_| {
        let what =
            format!("{}: another run holds the lock\n  hint: wait for it to end; nothing was done", path.display());
        RunError::new(Exit::Locked, what)
    })?;
    Ok(file)
}

/// Numbers and notices follow the calendar: a job that gives them does not go back behind its last day.
fn refuse_an_earlier_day(ledger: &Ledger, plan: &Plan, as_of: Day) -> Result<(), RunError> {
    use crate::job::Output::{Invoices, Reminders};
    let latest = ledger.latest_as_of(&plan.job.name).map_err(unusable)?;
    match latest.filter(|latest| as_of < *latest) {
        Some(latest) if plan.job.writes(Invoices) || plan.job.writes(Reminders) => Err(RunError::usage(format!(
            "job \"{}\" was run for {latest}, and now for {as_of}, which is earlier\n  hint: use --dry-run to look at an earlier day",
            plan.job.name
        ))),
        _ => Ok(()),
    }
}

fn keep_inputs(home: &Home, store: &Store, plan: &Plan) -> Result<(), RunError> {
    let files = plan.sources.iter().flat_map(|source| &source.files).map(|file| (&file.sha256, file.bytes.as_slice()));
    let config = plan.config.iter().map(|file| (&file.sha256, file.bytes.as_slice()));
    for (sha256, bytes) in config.chain(files) {
        store.keep(sha256, bytes).map_err(|error| RunError::unwritable(home.path("state/store"), &error))?;
    }
    Ok(())
}

fn keep_outputs(home: &Home, store: &Store, documents: &[Document]) -> Result<Vec<OutputRow>, RunError> {
    let mut outputs = Vec::with_capacity(documents.len());
    for document in documents {
        let sha256 = sha256_hex(&document.bytes);
        store.keep(&sha256, &document.bytes).map_err(|error| RunError::unwritable(home.path("state/store"), &error))?;
        outputs.push(OutputRow { path: document.path.clone(), sha256 });
    }
    Ok(outputs)
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
