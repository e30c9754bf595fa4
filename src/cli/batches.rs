//! `vouchsafe batches` and `vouchsafe approve`.

use clap::Args;

use crate::error::RunError;
use crate::history::{History, Lock};
use crate::home::{Home, World};
use crate::ledger::BatchRow;
use crate::model::{Money, counted};

/// List invoice batches: issued, and waiting for approval
#[derive(Debug, Args)]
pub(super) struct Batches {}

/// Approve a waiting batch, as a second person; the next run of its job issues it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe approve B-month-end-2021-05-31-EUR-306b8dc5 --by \"A. Reviewer\"
  vouchsafe run month-end --as-of 2021-05-31        issues it, in a new revision")]
pub(super) struct Approve {
    /// The batch, as `vouchsafe batches` names it
    batch: String,
    /// Who approves; not the one who ran the job
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Batches {
    pub(super) fn execute(self, home: &Home) -> Result<String, RunError> {
        let history = History::to_read(home)?;
        let batches = history.map_or(Ok(Vec::new()), |history| history.ledger.batches())?;
        if batches.is_empty() {
            return Ok("no batches yet".to_owned());
        }
        Ok(batches.iter().map(line).collect::<Vec<_>>().join("\n"))
    }
}

fn line(batch: &BatchRow) -> String {
    let state = match (batch.issued, &batch.approved_by) {
        (true, None) => "issued".to_owned(),
        (true, Some(by)) => format!("issued, approved by {by}"),
        (false, Some(by)) => format!("approved by {by}, not issued yet"),
        (false, None) => "waits for approval".to_owned(),
    };
    let total = Money::new(batch.total, batch.currency);
    format!(
        "{}  {}, {total} {}, run {}: {state}",
        batch.batch,
        counted(batch.vouchers, "voucher", "vouchers"),
        batch.currency,
        batch.run
    )
}

impl Approve {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<String, RunError> {
        let unknown =
            || RunError::usage(format!("there is no batch \"{}\"\n  hint: vouchsafe batches lists them", self.batch));
        if !History::is_begun(home) {
            return Err(unknown());
        }
        let lock = Lock::take(home)?;
        let History { mut ledger, .. } = History::open_existing(home, &lock)?;
        let batch = ledger.batch(&self.batch)?.ok_or_else(unknown)?;
        let by = self.by.trim();
        let runs = ledger.runs()?;
        let drafted = runs.iter().find(|run| run.run == batch.run);
        let later = drafted.and_then(|run| runs.iter().find(|other| other.job == run.job && other.as_of > run.as_of));
        let refused = match (&batch.approved_by, &batch.prepared_by) {
            _ if by.is_empty() => Some("--by needs the name of the person who approves".to_owned()),
            _ if later.is_some() => Some(format!(
                "a later run has replaced {}\n  hint: vouchsafe batches lists the batch that waits now",
                batch.batch
            )),
            _ if batch.issued => Some(format!("batch {} was issued already", batch.batch)),
            (Some(other), _) => Some(format!("batch {} was approved by {other} already", batch.batch)),
            (_, Some(prepared)) if prepared.eq_ignore_ascii_case(by) => {
                Some(format!("{by} ran run {}, which drafted the batch\n  expected a second person", batch.run))
            }
            _ => None,
        };
        if let Some(why) = refused {
            return Err(RunError::usage(why));
        }
        ledger.approve(&batch, by, &world.now.to_rfc3339())?;
        Ok(format!(
            "{}\nhint: run the job again; it issues the batch in a new revision",
            line(&BatchRow { approved_by: Some(by.to_owned()), ..batch })
        ))
    }
}
