//! The home folder: finds configuration and input files, reads each of them once, and knows where state and
//! outputs lie. What the files mean is decided elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::error::{Exit, RunError};
use crate::ingest::{InputFile, Profile, Source};
use crate::job::{Job, SourceSpec};
use crate::ledger::InputRow;
use crate::model::{Dataset, Day};
use crate::program::{self, Program};
use crate::settings::Settings;
use crate::store::sha256_hex;

/// A folder with `config/`, `jobs/`, `state/` and `out/`.
#[derive(Clone, Debug)]
pub struct Home {
    root: PathBuf,
}

/// A configuration file that was read for a run.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    /// Path relative to the home, with `/`.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
}

/// Everything that a run rests on, read and checked.
#[derive(Debug)]
pub struct Plan {
    /// The job.
    pub job: Job,
    /// The team's decisions.
    pub settings: Settings,
    /// The program.
    pub program: Program,
    /// Sources with their files, in the order of data sets.
    pub sources: Vec<Source>,
    /// Configuration files that were read, by name.
    pub config: Vec<ConfigFile>,
}

impl Home {
    /// The home at this folder.
    pub fn new(root: PathBuf) -> Home {
        Home { root }
    }

    /// A path below the home.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Names of all jobs, sorted.
    ///
    /// # Errors
    /// When there is no folder `jobs/`.
    pub fn job_names(&self) -> Result<Vec<String>, RunError> {
        let folder = self.path("jobs");
        let entries = std::fs::read_dir(&folder).map_err(|error| {
            let hint = "hint: change to the home of vouchsafe, or name it with -C";
            RunError::usage(format!("{}: cannot be read: {error}\n  {hint}", folder.display()))
        })?;
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".toml").map(str::to_owned))
            .collect();
        names.sort();
        Ok(names)
    }

    /// Reads one job.
    ///
    /// # Errors
    /// When there is no such job, or its file has a mistake.
    pub fn job(&self, name: &str) -> Result<Job, RunError> {
        let mut config = Vec::new();
        self.job_into(name, &mut config)
    }

    fn job_into(&self, name: &str, config: &mut Vec<ConfigFile>) -> Result<Job, RunError> {
        let names = self.job_names()?;
        if !names.iter().any(|known| known == name) {
            let known = names.join(", ");
            return Err(RunError::usage(format!("there is no job \"{name}\"\n  expected one of {known}\n  hint: jobs lie in jobs/, one file each")));
        }
        let file = format!("jobs/{name}.toml");
        let text = self.config_text(&file, config)?;
        Job::parse(name, &text).map_err(|error| RunError::config(&file, &error))
    }

    fn config_text(&self, name: &str, config: &mut Vec<ConfigFile>) -> Result<String, RunError> {
        let bytes = std::fs::read(self.path(name)).map_err(|error| RunError::config(name, &format!("cannot be read: {error}")))?;
        let text = String::from_utf8(bytes.clone()).map_err(|_| RunError::config(name, &"is not UTF-8"))?;
        if !config.iter().any(|file| file.name == name) {
            config.push(ConfigFile { name: name.to_owned(), sha256: sha256_hex(&bytes), bytes });
        }
        Ok(text)
    }

    /// Reads everything that a run of this job rests on.
    ///
    /// # Errors
    /// A mistake in configuration, with file and place; or an input that cannot be opened.
    pub fn plan(&self, name: &str) -> Result<Plan, RunError> {
        let mut config = Vec::new();
        let job = self.job_into(name, &mut config)?;
        let text = self.config_text("config/settings.toml", &mut config)?;
        let settings = Settings::parse(&text).map_err(|error| RunError::config("config/settings.toml", &error))?;
        let file = format!("config/programs/{}.toml", job.program);
        let text = self.config_text(&file, &mut config)?;
        let program = program::parse(&text).map_err(|error| RunError::config(&file, &error))?;
        let mut specs: BTreeMap<Dataset, SourceSpec> = match &job.sources_of {
            Some(other) => self.job_into(other, &mut config)?.sources,
            None => BTreeMap::new(),
        };
        specs.extend(job.sources.clone());
        let sources = specs
            .into_iter()
            .map(|(dataset, spec)| self.source(dataset, spec, &mut config))
            .collect::<Result<Vec<Source>, RunError>>()?;
        config.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Plan { job, settings, program, sources, config })
    }

    fn source(&self, dataset: Dataset, spec: SourceSpec, config: &mut Vec<ConfigFile>) -> Result<Source, RunError> {
        let profile = if spec.profile == "canonical" {
            Profile::canonical()
        } else {
            let file = format!("config/exports/{}.toml", spec.profile);
            let text = self.config_text(&file, config)?;
            Profile::parse(&text).map_err(|error| RunError::config(&file, &error))?
        };
        let files = self
            .matching(dataset, &spec.files)?
            .into_par_iter()
            .map(|path| input_file(&path, &profile))
            .collect::<Result<Vec<InputFile>, RunError>>()?;
        Ok(Source { dataset, required: spec.required, pattern: spec.files, profile: Arc::new(profile), files })
    }

    /// Regular files that match a pattern, by name. Links are not followed.
    fn matching(&self, dataset: Dataset, pattern: &str) -> Result<Vec<PathBuf>, RunError> {
        let escaped = glob::Pattern::escape(&self.root.to_string_lossy());
        let full = Path::new(&escaped).join(pattern);
        let found = glob::glob(&full.to_string_lossy()).map_err(|error| {
            RunError::usage(format!("source \"{dataset}\": \"{pattern}\" is no file pattern: {error}"))
        })?;
        let mut paths: Vec<PathBuf> = found
            .filter_map(Result::ok)
            .filter(|path| std::fs::symlink_metadata(path).is_ok_and(|data| data.is_file()))
            .collect();
        paths.sort_by(|a, b| a.file_name().cmp(&b.file_name()).then_with(|| a.cmp(b)));
        Ok(paths)
    }
}

fn input_file(path: &Path, profile: &Profile) -> Result<InputFile, RunError> {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let bytes = std::fs::read(path).map_err(|error| {
        RunError::new(Exit::NothingDone, format!("{}: cannot be read: {error}\n  hint: check permissions", path.display()))
    })?;
    Ok(InputFile { exported_on: profile.export_day(&name), sha256: sha256_hex(&bytes), bytes: Arc::new(bytes), name })
}

impl Plan {
    /// What was read, as the ledger records it: configuration first, then inputs.
    pub fn input_rows(&self) -> Vec<InputRow> {
        let config = self.config.iter().map(|file| InputRow {
            dataset: "config".to_owned(),
            name: file.name.clone(),
            exported_on: None,
            sha256: file.sha256.clone(),
        });
        let inputs = self.sources.iter().flat_map(|source| {
            source.files.iter().map(|file| InputRow {
                dataset: source.dataset.as_str().to_owned(),
                name: file.name.clone(),
                exported_on: file.exported_on,
                sha256: file.sha256.clone(),
            })
        });
        config.chain(inputs).collect()
    }

    /// Which run this is: SHA-256 of job, as-of date, configuration, and per input data set, export day and
    /// content. File names, engine and ledger do not count.
    pub fn run_key(&self, as_of: Day) -> String {
        let mut inputs: Vec<String> = self
            .input_rows()
            .iter()
            .map(|row| {
                let name = if row.dataset == "config" { row.name.as_str() } else { "" };
                let day = row.exported_on.map_or(String::new(), |day| day.to_string());
                format!("{}\u{1f}{name}\u{1f}{day}\u{1f}{}", row.dataset, row.sha256)
            })
            .collect();
        inputs.sort();
        sha256_hex(format!("{}\n{as_of}\n{}", self.job.name, inputs.join("\n")).as_bytes())
    }
}
