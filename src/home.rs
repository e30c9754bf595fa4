//! The home folder: finds configuration and input files, reads each of them once, and knows where state and
//! outputs lie. What the files mean is decided elsewhere.
#![expect(clippy::disallowed_methods, reason = "the files of the home are found and read here")]

mod drop_folder;
mod intake;
mod passed_over;
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use drop_folder::Looked;
pub use intake::{READ_WORKBOOK, read, read_whatever_is_there};
pub use passed_over::PassedOver;
use rayon::prelude::*;
pub use world::{Faults, Progress, World};

use crate::config::job::{Job, SourceSpec};
use crate::config::settings::Settings;
use crate::error::{Exit, RunError};
use crate::ingest::{Content, FileProblem, InputFile, Profile, Source, check_words};
use crate::ledger::InputRow;
use crate::mistake::{Mistake, Mistakes, Part, hint};
use crate::model::{Dataset, Day};
use crate::program::{HouseRules, Program, ProgramFile};
use crate::store::{Store, sha256_hex};

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
        std::fs::read_dir(&folder).map_err(|error| {
            let hint = "hint: change to the home of vouchsafe, or name it with -C";
            RunError::usage(format!("{}: cannot be read: {error}\n  {hint}", folder.display()))
        })?;
        Ok(stems(&folder))
    }

    /// Reads one job.
    ///
    /// # Errors
    /// When there is no such job, or its file has a mistake.
    pub fn job(&self, name: &str) -> Result<Job, RunError> {
        Reader { files: Files::Home(self, SystemTime::UNIX_EPOCH), config: Vec::new() }.job(name)
    }

    /// Reads everything that a run of this job rests on. `now` tells which files may still be written to.
    ///
    /// # Errors
    /// A mistake in configuration, with file and place; or an input that cannot be opened.
    pub fn plan(&self, name: &str, now: SystemTime) -> Result<Plan, RunError> {
        Reader { files: Files::Home(self, now), config: Vec::new() }.plan(name)
    }

    /// Reads a program file, wherever it lies, with the house rules of this home.
    ///
    /// # Errors
    /// When it cannot be read, or a mistake in it or in the house rules, with file and place.
    pub fn program_file(&self, path: &Path) -> Result<Program, RunError> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(self.root.join(path))
            .map_err(|error| RunError::config(&shown, &format!("cannot be read: {error}")))?;
        Reader { files: Files::Home(self, SystemTime::UNIX_EPOCH), config: Vec::new() }.program(&shown, &text)
    }

    /// Everything that matches a pattern, by name.
    fn matching(&self, dataset: Dataset, pattern: &str) -> Result<Vec<PathBuf>, RunError> {
        let escaped = glob::Pattern::escape(&self.root.to_string_lossy());
        let full = Path::new(&escaped).join(pattern);
        let found = glob::glob(&full.to_string_lossy()).map_err(|error| {
            RunError::usage(format!("source \"{dataset}\": \"{pattern}\" is no file pattern: {error}"))
        })?;
        let mut paths = found
            .map(|entry| entry.map_err(|error| unreadable(error.path(), error.error())))
            .collect::<Result<Vec<PathBuf>, RunError>>()?;
        paths.sort_by(|a, b| a.file_name().cmp(&b.file_name()).then_with(|| a.cmp(b)));
        Ok(paths)
    }
}

/// Names of the configuration files of a folder, sorted.
fn stems(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut stems: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok()?.strip_suffix(".toml").map(str::to_owned))
        .collect();
    stems.sort();
    stems
}

fn unreadable(path: &Path, error: &std::io::Error) -> RunError {
    let what = format!("{}: cannot be read: {error}\n  hint: check permissions", path.display());
    RunError::new(Exit::NothingDone, what)
}

/// Where configuration and inputs are read from.
enum Files<'a> {
    /// The home folder, as it is now.
    Home(&'a Home, SystemTime),
    /// The store, as an earlier run has kept them.
    Stored(&'a Store, &'a [InputRow]),
}

/// Reads the files of a plan and remembers which configuration it has read.
struct Reader<'a> {
    files: Files<'a>,
    config: Vec<ConfigFile>,
}

impl Reader<'_> {
    fn plan(mut self, name: &str) -> Result<Plan, RunError> {
        let job = self.job(name)?;
        let text = self.config("config/settings.toml")?;
        let settings = Settings::parse(&text).map_err(|error| RunError::config("config/settings.toml", &error))?;
        let job_file = format!("jobs/{name}.toml");
        self.exists(&job_file, &["program".into()], "config/programs", &job.program)?;
        let program = self.program_of_job(&job.program)?;
        let mut specs: BTreeMap<Dataset, SourceSpec> = match &job.sources_of {
            Some(other) => self.job(other)?.sources,
            None => BTreeMap::new(),
        };
        for (dataset, spec) in job.sources.iter().filter(|(_, spec)| spec.profile != "canonical") {
            let entry = ["sources".into(), dataset.as_str().into(), "profile".into()];
            self.exists(&job_file, &entry, "config/exports", &spec.profile)?;
        }
        specs.extend(job.sources.clone());
        let mut found = self.look(&specs)?;
        let sources = specs
            .into_iter()
            .map(|(dataset, spec)| self.source(dataset, spec, found.remove(&dataset).unwrap_or_default()))
            .collect::<Result<Vec<Source>, RunError>>()?;
        self.config.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Plan { job, settings, program, sources, config: self.config })
    }

    /// The program that a job names.
    fn program_of_job(&mut self, id: &str) -> Result<Program, RunError> {
        let file = format!("config/programs/{id}.toml");
        let text = self.config(&file)?;
        let program = self.program(&file, &text)?;
        let content = |mistakes: &[Mistake]| RunError::config(&file, &Mistakes::of_content(&text, mistakes));
        if program.id != id {
            let what = format!("the id \"{}\" is not the name of the file\n  expected \"{id}\"", program.id);
            return Err(content(&[Mistake::new(["id".into()], what)]));
        }
        check_words(&program.vocabulary).map_err(|mistakes| content(&mistakes))?;
        Ok(program)
    }

    /// A program file of this text, with the house rules that it takes.
    fn program(&mut self, file: &str, text: &str) -> Result<Program, RunError> {
        let wrong = |error: &Mistakes| RunError::config(file, error);
        let program = ProgramFile::read(text).map_err(|error| wrong(&error))?;
        let check = match self.files {
            Files::Home(..) => ProgramFile::check,
            Files::Stored(..) => ProgramFile::check_stored,
        };
        let Some(stem) = program.house_rules() else { return check(program, None).map_err(|error| wrong(&error)) };
        let house_file = format!("config/{stem}.toml");
        if let Files::Home(home, _) = self.files
            && !home.path(&house_file).exists()
        {
            let what = format!(
                "there is no {house_file}\n  hint: house rules lie beside settings.toml, in a file of this name"
            );
            let mistake = Mistake::new(["house_rules".into()], what);
            return Err(wrong(&Mistakes::of_content(text, &[mistake])));
        }
        let house_rules = HouseRules::parse(&self.config(&house_file)?);
        let house_rules = house_rules.map_err(|error| RunError::config(&house_file, &error))?;
        check(program, Some(&house_rules)).map_err(|error| wrong(&error))
    }

    fn job(&mut self, name: &str) -> Result<Job, RunError> {
        if let Files::Home(home, _) = self.files {
            let names = home.job_names()?;
            if !names.iter().any(|known| known == name) {
                let known = names.join(", ");
                let what = format!(
                    "there is no job \"{name}\"\n  expected one of {known}\n  hint: jobs lie in jobs/, one file each"
                );
                return Err(RunError::usage(what));
            }
        }
        let file = format!("jobs/{name}.toml");
        let text = self.config(&file)?;
        Job::parse(name, &text).map_err(|error| RunError::config(&file, &error))
    }

    /// Whether a job names a file that is there; in the store everything is.
    fn exists(&mut self, job_file: &str, entry: &[Part], folder: &str, stem: &str) -> Result<(), RunError> {
        let Files::Home(home, _) = self.files else { return Ok(()) };
        let stems = stems(&home.path(folder));
        if stems.iter().any(|known| known == stem) || stems.is_empty() {
            return Ok(());
        }
        let like = hint(stem, stems.iter().map(String::as_str));
        let what = format!("there is no {folder}/{stem}.toml\n  expected one of {}{like}", stems.join(", "));
        let text = self.config(job_file)?;
        let mistake = Mistake::new(entry.iter().cloned(), what);
        Err(RunError::config(job_file, &Mistakes::of_content(&text, &[mistake])))
    }

    fn config(&mut self, name: &str) -> Result<String, RunError> {
        let bytes = match self.files {
            Files::Home(home, _) => std::fs::read(home.path(name)),
            Files::Stored(store, inputs) => {
                let known = inputs.iter().find(|row| row.dataset == "config" && row.name == name);
                known.map_or(Err(std::io::ErrorKind::NotFound.into()), |row| store.read(&row.sha256))
            }
        };
        let bytes = bytes.map_err(|error| match self.files {
            Files::Home(..) => RunError::config(name, &format!("cannot be read: {error}")),
            Files::Stored(..) => lost(name, &error),
        })?;
        let text = String::from_utf8(bytes.clone()).map_err(|_| RunError::config(name, &"is not UTF-8"))?;
        if !self.config.iter().any(|file| file.name == name) {
            self.config.push(ConfigFile { name: name.to_owned(), sha256: sha256_hex(&bytes), bytes });
        }
        Ok(text)
    }

    /// Looks at all files of a home before any of them is read.
    fn look(&self, specs: &BTreeMap<Dataset, SourceSpec>) -> Result<BTreeMap<Dataset, Vec<Looked>>, RunError> {
        let Files::Home(home, now) = self.files else { return Ok(BTreeMap::new()) };
        let look = |(dataset, spec): (&Dataset, &SourceSpec)| {
            let paths = home.matching(*dataset, &spec.files)?;
            Ok((*dataset, paths.into_iter().map(Looked::at).collect()))
        };
        let found: BTreeMap<Dataset, Vec<Looked>> = specs.iter().map(look).collect::<Result<_, RunError>>()?;
        drop_folder::let_uploads_end(found.values().flatten(), now);
        Ok(found)
    }

    fn source(&mut self, dataset: Dataset, spec: SourceSpec, found: Vec<Looked>) -> Result<Source, RunError> {
        let profile = if spec.profile == "canonical" {
            Profile::canonical()
        } else {
            let file = format!("config/exports/{}.toml", spec.profile);
            let text = self.config(&file)?;
            Profile::parse(&text).map_err(|error| RunError::config(&file, &error))?
        };
        let files = match self.files {
            Files::Home(_, now) => drop_folder::take(found, |name| profile.export_day(name), now),
            Files::Stored(store, inputs) => inputs
                .par_iter()
                .filter(|row| row.dataset == dataset.as_str())
                .map(|row| stored_file(store, row))
                .collect::<Result<Vec<InputFile>, RunError>>()?,
        };
        Ok(Source { dataset, required: spec.required, pattern: spec.files, profile: Arc::new(profile), files })
    }
}

fn lost(name: &str, error: &std::io::Error) -> RunError {
    let what = format!("{name}: the copy in state/store cannot be used: {error}\n  hint: restore state/ from a backup");
    RunError::new(Exit::LedgerUnusable, what)
}

fn stored_file(store: &Store, row: &InputRow) -> Result<InputFile, RunError> {
    if row.sha256 == drop_folder::UNTAKEN {
        let problem = FileProblem::new("it was not taken in that run", "a file that was read", "see the run's report");
        let (name, sha256) = (row.name.clone(), row.sha256.clone());
        return Ok(InputFile { name, content: Content::Untaken(problem), sha256, exported_on: row.exported_on });
    }
    let path = store.checked_path(&row.sha256).map_err(|error| lost(&row.name, &error))?;
    let content = Content::of_file(&path).map_err(|error| lost(&row.name, &error))?;
    Ok(InputFile { name: row.name.clone(), content, sha256: row.sha256.clone(), exported_on: row.exported_on })
}

impl Plan {
    /// The plan of an earlier run, from what it has kept.
    ///
    /// # Errors
    /// When a stored file is gone or was altered.
    pub fn of_stored(job: &str, store: &Store, inputs: &[InputRow]) -> Result<Plan, RunError> {
        Reader { files: Files::Stored(store, inputs), config: Vec::new() }.plan(job)
    }

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

    /// What the file name of an input says about its rows.
    fn named_values(&self, row: &InputRow) -> String {
        let source = self.sources.iter().find(|source| source.dataset.as_str() == row.dataset);
        source.map_or(String::new(), |source| format!("{:?}", source.profile.named_values(&row.name)))
    }

    /// Which run this is: SHA-256 of job, as-of date, configuration, and per input data set, export day, content, and
    /// what its name says about its rows. Otherwise file names do not count, nor do engine and ledger.
    pub fn run_key(&self, as_of: Day) -> String {
        let mut inputs: Vec<String> = self
            .input_rows()
            .iter()
            .map(|row| {
                let name = if row.dataset == "config" { row.name.clone() } else { self.named_values(row) };
                let day = row.exported_on.map_or(String::new(), |day| day.to_string());
                format!("{}\u{1f}{name}\u{1f}{day}\u{1f}{}", row.dataset, row.sha256)
            })
            .collect();
        inputs.sort();
        sha256_hex(format!("{}\n{as_of}\n{}", self.job.name, inputs.join("\n")).as_bytes())
    }
}
