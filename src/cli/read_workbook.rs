//! `vouchsafe read-workbook`: the program calls itself, so that a workbook that asks for too much ends a process that
//! nobody misses.

use clap::Args;

use crate::error::{Exit, RunError};
use crate::ingest::{Formulas, serve_workbook};

/// Reads the workbook on standard input and writes its rows to standard output
#[derive(Debug, Args)]
pub(super) struct ReadWorkbook {
    /// The sheet; without it the only visible one
    #[arg(long)]
    sheet: Option<String>,
    /// Formulas are read by their last result
    #[arg(long)]
    formulas: bool,
}

impl ReadWorkbook {
    pub(super) fn execute(self) -> Result<String, RunError> {
        let out = std::io::stdout().lock();
        let failed = |error: std::io::Error| RunError::new(Exit::Internal, format!("read-workbook: {error}"));
        let formulas = if self.formulas { Formulas::LastResult } else { Formulas::Refused };
        serve_workbook(self.sheet, formulas, out).map(|()| String::new()).map_err(failed)
    }
}
