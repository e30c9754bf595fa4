//! `vouchsafe schema`.

use clap::{Args, ValueEnum};

use crate::config::{job, settings};
use crate::error::RunError;
use crate::{ingest, program};

/// Print the JSON schema of a configuration file, for editors
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe schema program > program.schema.json

An editor that knows TOML uses it after a first line in the file:
  #:schema ./program.schema.json")]
pub(super) struct Schema {
    /// The configuration file
    #[arg(value_enum)]
    file: File,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum File {
    /// config/programs/*.toml
    Program,
    /// config/house-rules.toml
    HouseRules,
    /// jobs/*.toml
    Job,
    /// config/exports/*.toml
    Profile,
    /// config/settings.toml
    Settings,
}

impl Schema {
    pub(super) fn execute(self) -> Result<String, RunError> {
        let schema = match self.file {
            File::Program => program::schema(),
            File::HouseRules => program::house_rules_schema(),
            File::Job => job::schema(),
            File::Profile => ingest::profile_schema(),
            File::Settings => settings::schema(),
        };
        serde_json::to_string_pretty(&schema).map_err(|error| RunError::usage(error.to_string()))
    }
}
