//! From committed to visible: a folder gets into place by rename. What a crash left is finished at the next start,
//! from the staged folder or from the store; nothing is ever rendered again to repair.
#![expect(clippy::disallowed_methods, reason = "outputs get into place here")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::command_result::CommandResult;
use crate::error::{Exit, RunError};
use crate::history::History;
use crate::home::{Home, Plan};
use crate::ledger::{InputRow, Ledger, OutputRow, RunRow, Waiting};
use crate::report::RUN_JSON;
use crate::store::{self, Document, Store, sha256_hex};

/// Where a run stages its documents: on the file system of `out/`, so that a rename can publish them.
pub(super) fn staging(home: &Home, run: i64) -> PathBuf {
    home.path(&format!("out/.staging/run-{run}"))
}

/// Puts a committed run's folder into place; whoever calls it marks the run as published.
pub(super) fn put_into_place(home: &Home, history: &History, row: &RunRow) -> Result<(), RunError> {
    let (staged, target) = (staging(home, row.run), home.path(&format!("out/{}", row.folder)));
    let outputs = history.ledger.outputs(row.run)?;
    if !target.exists() {
        if !is_whole(&staged, &outputs) {
            let documents = from_store(&history.store, &outputs).map_err(|error| unusable_copy(&target, &error))?;
            store::stage(&staged, &documents).map_err(|(path, error)| RunError::unwritable(path, &error))?;
        }
        store::publish(&staged, &target).map_err(|error| RunError::unwritable(&target, &error))?;
    }
    Ok(())
}

/// A folder that lies where this run wants to publish, and holds something else, is not overwritten: it comes
/// from another ledger, or from a person.
pub(super) fn refuse_a_foreign_folder(home: &Home, row: &RunRow, outputs: &[OutputRow]) -> Result<(), RunError> {
    let target = home.path(&format!("out/{}", row.folder));
    if !target.exists() || is_whole(&target, outputs) {
        return Ok(());
    }
    let what = format!(
        "{}: is there already, and this ledger has not written it\n  hint: move it away and run again; nothing was done",
        target.display()
    );
    Err(RunError::new(Exit::Unwritable, what))
}

/// Publishes what was committed and did not get into place, and sweeps what was staged and not committed.
pub(super) fn finish_what_a_crash_left(home: &Home, history: &History) -> Result<(), RunError> {
    for row in history.ledger.unpublished()? {
        put_into_place(home, history, &row)?;
        history.ledger.mark_published(row.run)?;
    }
    let leftovers = home.path("out/.staging");
    if leftovers.exists() {
        fs::remove_dir_all(&leftovers).map_err(|error| RunError::unwritable(&leftovers, &error))?;
    }
    Ok(())
}

fn is_whole(folder: &Path, outputs: &[OutputRow]) -> bool {
    let same =
        |output: &OutputRow| fs::read(folder.join(&output.path)).is_ok_and(|bytes| sha256_hex(&bytes) == output.sha256);
    outputs.iter().all(same)
}

/// Where the copy that is to be brought back is not there, or was altered, space and permissions are not to blame.
fn unusable_copy(path: &Path, error: &std::io::Error) -> RunError {
    let what = format!("{}: its copy in state/store cannot be used: {error}", path.display());
    RunError::new(Exit::LedgerUnusable, format!("{what}\n  hint: restore state/ from a backup"))
}

fn from_store(store: &Store, outputs: &[OutputRow]) -> std::io::Result<Vec<Document>> {
    let document = |output: &OutputRow| Ok(Document { path: output.path.clone(), bytes: store.read(&output.sha256)? });
    outputs.iter().map(document).collect()
}

/// The answer to a run that was made before: restores outputs that are missing, and names those that differ.
pub(super) fn already_done(
    home: &Home,
    history: &History,
    known: &RunRow,
    waiting: Waiting,
) -> Result<CommandResult, RunError> {
    let folder = home.path(&format!("out/{}", known.folder));
    let outputs = history.ledger.outputs(known.run)?;
    let mut lines = vec![format!("already done (run {}, exit {})", known.run, known.exit_code)];
    let mut run_json = Vec::new();
    for output in &outputs {
        let path = folder.join(&output.path);
        let bytes = match fs::read(&path) {
            Ok(bytes) if sha256_hex(&bytes) == output.sha256 => bytes,
            Ok(_) => {
                lines.push(format!("{} differs from what the run wrote, and was left as it is", path.display()));
                if output.path != RUN_JSON {
                    continue;
                }
                // Whoever asks for the page gets the one that the run wrote.
                history.store.read(&output.sha256).map_err(|error| unusable_copy(&path, &error))?
            }
            Err(_) => {
                let bytes = restore(&history.store, output, &path).map_err(|error| match error.kind() {
                    ErrorKind::InvalidData => unusable_copy(&path, &error),
                    _ => RunError::unwritable(&path, &error),
                })?;
                lines.push(format!("{} was missing, and was restored", path.display()));
                bytes
            }
        };
        if output.path == RUN_JSON {
            run_json = bytes;
        }
    }
    // A scheduler that tries again must not take for complete what was not.
    let refused = Exit::from_code(known.exit_code).filter(|exit| *exit == Exit::Refused).unwrap_or(Exit::Done);
    let exit = if waiting == Waiting::Nothing { refused } else { Exit::ApprovalWaits };
    lines.push(format!("out/{}", known.folder));
    Ok(CommandResult { exit, report: lines.join("\n"), run_json, problems: Vec::new() })
}

/// Brings one file back, whole or not at all.
fn restore(store: &Store, output: &OutputRow, path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Write;
    let bytes = store.read(&output.sha256)?;
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let mut staged = tempfile::NamedTempFile::new_in(folder)?;
    staged.write_all(&bytes)?;
    staged.as_file().sync_all()?;
    staged.persist(path).map_err(|error| error.error)?;
    Ok(bytes)
}

/// Keeps what did not tie for the person who looks into it; returns where it is.
pub(super) fn set_aside(stage: &Path, aside: &Path) -> String {
    let moved = aside.parent().map(fs::create_dir_all).is_some_and(|made| made.is_ok())
        && fs::remove_dir_all(aside).map_or_else(|error| error.kind() == ErrorKind::NotFound, |()| true)
        && fs::rename(stage, aside).is_ok();
    if moved { aside.display().to_string() } else { stage.display().to_string() }
}

/// What is different from an earlier run of the same job and day, by name.
pub(super) fn changes(ledger: &Ledger, earlier: Option<&RunRow>, plan: &Plan) -> Result<Vec<String>, RunError> {
    let Some(earlier) = earlier else {
        return Ok(Vec::new());
    };
    let (before, now) = (ledger.inputs(earlier.run)?, plan.input_rows());
    let named = |rows: &[InputRow], row: &InputRow| {
        rows.iter().find(|r| r.dataset == row.dataset && r.name == row.name).cloned()
    };
    let mut changes = Vec::new();
    for row in &now {
        match named(&before, row) {
            None => changes.push(format!("{} {} is new", row.dataset, row.name)),
            Some(old) if old.sha256 != row.sha256 => changes.push(format!("{} {} has changed", row.dataset, row.name)),
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|row| named(&now, row).is_none());
    changes.extend(gone.map(|row| format!("{} {} is gone", row.dataset, row.name)));
    for batch in ledger.batches()?.iter().filter(|batch| batch.run == earlier.run && !batch.issued) {
        changes.extend(batch.approved_by.iter().map(|by| format!("batch {} was approved by {by}", batch.batch)));
    }
    Ok(changes)
}
