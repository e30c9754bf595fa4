//! Reads the sources of a plan, and tells how far it is.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Plan, World};
use crate::error::{Exit, RunError};
use crate::ingest::{Event, Intake, Means, Opener, ingest};

/// The command with which this program reads a workbook for itself.
pub const READ_WORKBOOK: &str = "read-workbook";

/// Reads all sources of a plan.
///
/// # Errors
/// A required source has delivered nothing.
pub fn read(plan: &Plan, world: &World) -> Result<Intake, RunError> {
    let intake = read_whatever_is_there(plan, world);
    let missing = intake.check(&plan.sources);
    missing.map_err(|missing| RunError::new(Exit::NothingDone, format!("nothing could be done:\n{missing}")))?;
    Ok(intake)
}

/// Reads all sources of a plan, whether or not a run could rest on them.
pub fn read_whatever_is_there(plan: &Plan, world: &World) -> Intake {
    let opener = Opener::Process(world.program.clone(), vec![READ_WORKBOOK.to_owned()]);
    let files = plan.sources.iter().flat_map(|source| &source.files);
    let (total, done) = (files.map(|file| file.content.length()).sum::<u64>().max(1), AtomicU64::new(0));
    let watch = |event: Event| match event {
        Event::Opened { name, .. } => world.progress.step(&format!("reading {name}")),
        Event::Part { bytes } => {
            let before = done.fetch_add(bytes, Ordering::Relaxed);
            world.progress.step(&format!("reading inputs, {} %", (before + bytes) * 100 / total));
        }
        Event::Gathered => world.progress.step("gathering by voucher"),
        Event::Gated | Event::Parsed => {}
    };
    ingest(&plan.sources, &plan.program.vocabulary, Means { opener: &opener, watch: &watch })
}
