//! How a command ended.

use crate::error::Exit;

/// How a run ended.
#[derive(Clone, Debug)]
pub struct CommandResult {
    /// Exit code.
    pub exit: Exit,
    /// The lines for stdout.
    pub report: String,
    /// `run.json`, for `--json`.
    pub run_json: Vec<u8>,
    /// Messages of refused rows and files, for stderr.
    pub problems: Vec<String>,
}

impl CommandResult {
    /// A command that only shows something.
    pub fn shown(report: String) -> CommandResult {
        CommandResult { exit: Exit::Done, report, run_json: Vec::new(), problems: Vec::new() }
    }
}
