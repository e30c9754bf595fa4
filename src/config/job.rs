//! `jobs/*.toml`: what is run, on which files, and when. A job declares; it never computes.

mod cron;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::mistake::{Mistake, Mistakes, hint};
use crate::model::{Dataset, Day};

pub use cron::Cron;

/// A job: what is run, on which files, and when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Job")]
struct RawJob {
    /// The id of a program: the stem of a file in config/programs/.
    program: String,
    /// The interval whose movements the statement shows; it selects nothing.
    period: Period,
    /// How the as-of date is found when none is typed.
    as_of: Option<AsOfRule>,
    /// What is written besides run.json.
    outputs: Vec<Output>,
    schedule: RawSchedule,
    /// Another job whose sources are shared; own ones override them.
    sources_of: Option<String>,
    /// By data set.
    #[serde(default)]
    sources: BTreeMap<String, RawSource>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawSchedule {
    /// Five fields as crontab reads them, as in 0 6 1 * *.
    cron: String,
    /// As in Europe/Amsterdam.
    time_zone: String,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawSource {
    /// File pattern, relative to the home.
    files: String,
    /// The stem of a file in config/exports/.
    #[serde(default = "canonical")]
    profile: String,
    /// Without an accepted file nothing can be done.
    #[serde(default = "yes")]
    required: bool,
}

fn canonical() -> String {
    "canonical".to_owned()
}

fn yes() -> bool {
    true
}

/// The JSON schema of job files, for editors.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawJob)
}

/// The interval whose movements the statement shows. It selects no vouchers.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// The month of the as-of date.
    Month,
    /// The month before.
    PreviousMonth,
    /// From the first row on.
    All,
}

impl Period {
    /// The first day of the interval that ends with an as-of date; none: there is no first.
    pub fn from(self, as_of: Day) -> Option<Day> {
        match self {
            Period::Month => Some(as_of.start_of_month()),
            Period::PreviousMonth => Some(as_of.end_of_previous_month().start_of_month()),
            Period::All => None,
        }
    }
}

/// How a job finds its as-of date when none is typed.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AsOfRule {
    /// The last day of the month before today.
    PreviousMonthEnd,
    /// The day before today.
    Yesterday,
    /// Today.
    Today,
}

/// What a job writes besides `run.json`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// All lists as CSV, and the verdicts as parquet.
    Tables,
    /// The workbook.
    Workbook,
    /// Invoice batches: draws numbers and claims.
    Invoices,
    /// Letters to partners: fills the outbox.
    Reminders,
}

/// A source as a job declares it.
#[derive(Clone, Debug)]
pub struct SourceSpec {
    /// File pattern, relative to the home.
    pub files: String,
    /// Export profile.
    pub profile: String,
    /// Without an accepted file the run cannot go on.
    pub required: bool,
}

/// One job.
#[derive(Clone, Debug)]
pub struct Job {
    /// The stem of its file.
    pub name: String,
    /// The program that it judges by.
    pub program: String,
    /// The interval of the statement.
    pub period: Period,
    /// How it finds its as-of date.
    pub as_of: Option<AsOfRule>,
    /// What it writes.
    pub outputs: Vec<Output>,
    /// When it runs.
    pub cron: Cron,
    /// The zone in which its days begin.
    pub time_zone: chrono_tz::Tz,
    /// Another job whose sources it shares.
    pub sources_of: Option<String>,
    /// Its own sources.
    pub sources: BTreeMap<Dataset, SourceSpec>,
}

impl Job {
    /// Reads a job file.
    ///
    /// # Errors
    /// A mistake of shape, or all mistakes of content together.
    pub fn parse(name: &str, text: &str) -> Result<Job, Mistakes> {
        let raw: RawJob = toml::from_str(text).map_err(|error| Mistakes::of_shape(text, &error))?;
        let mut mistakes = Vec::new();
        let mut add = |path: &[&str], what: String| mistakes.push(Mistake::new(path.iter().map(Into::into), what));
        let mut sources = BTreeMap::new();
        for (key, source) in raw.sources {
            let RawSource { files, profile, required } = source;
            let Some(dataset) = Dataset::from_name(&key) else {
                let known: Vec<&str> = Dataset::ALL.iter().map(|dataset| dataset.as_str()).collect();
                let like = hint(&key, known.iter().copied());
                let what = format!("\"{key}\" is no data set\n  expected one of {}{like}", known.join(", "));
                add(&["sources", &key], what);
                continue;
            };
            if files.starts_with(['/', '\\']) || files.contains(':') {
                let what = format!("\"{files}\" is not relative to the home\n  expected as in exports/{key}-*.csv");
                add(&["sources", &key, "files"], what);
            }
            sources.insert(dataset, SourceSpec { files, profile, required });
        }
        let RawSchedule { cron, time_zone } = raw.schedule;
        let parsed = Cron::parse(&cron);
        if let Err(error) = &parsed {
            let what = format!("\"{cron}\" is no schedule: {error}\n  expected five fields, as in 0 6 1 * *");
            add(&["schedule", "cron"], what);
        }
        let zone = time_zone.parse::<chrono_tz::Tz>();
        if zone.is_err() {
            let like = hint(&time_zone, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
            let what = format!("\"{time_zone}\" is no time zone\n  expected as in Europe/Amsterdam{like}");
            add(&["schedule", "time_zone"], what);
        }
        match (parsed, zone) {
            (Ok(cron), Ok(time_zone)) if mistakes.is_empty() => Ok(Job {
                name: name.to_owned(),
                program: raw.program,
                period: raw.period,
                as_of: raw.as_of,
                outputs: raw.outputs,
                cron,
                time_zone,
                sources_of: raw.sources_of,
                sources,
            }),
            _ => Err(Mistakes::of_content(text, &mistakes)),
        }
    }

    /// Whether the job writes this kind of output.
    pub fn writes(&self, output: Output) -> bool {
        self.outputs.contains(&output)
    }

    /// The as-of date of a run that starts today, in the job's own zone; none if it must be typed.
    pub fn as_of_on(&self, today: Day) -> Option<Day> {
        self.as_of.map(|rule| match rule {
            AsOfRule::PreviousMonthEnd => today.end_of_previous_month(),
            AsOfRule::Yesterday => today.previous(),
            AsOfRule::Today => today,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Job;
    use crate::model::Day;

    const HEAD: &str = "program = \"p\"\nperiod = \"month\"\noutputs = [\"tables\"]\n";

    #[test]
    fn a_job_finds_its_date() {
        let text = format!(
            "{HEAD}as_of = \"previous-month-end\"\n[schedule]\ncron = \"0 6 1 * *\"\ntime_zone = \"Europe/Amsterdam\""
        );
        let job = Job::parse("month-end", &text).expect("job");
        assert_eq!(job.as_of_on(Day::from_ymd(2021, 6, 1).expect("day")), Day::from_ymd(2021, 5, 31));
    }

    #[test]
    fn mistakes_are_named_together() {
        let text = format!(
            "{HEAD}[schedule]\ncron = \"61 * * * *\"\ntime_zone = \"Mars/Base\"\n[sources.voucher]\nfiles = \"x\"\n[sources.rates]\nfiles = \"/x\""
        );
        let mistakes = Job::parse("x", &text).expect_err("four mistakes").to_string();
        assert_eq!(mistakes.matches("line ").count(), 4, "{mistakes}");
        for part in ["did you mean \"vouchers\"?", "10 | files = \"/x\"", "\"61 * * * *\" is no schedule", "Mars/Base"]
        {
            assert!(mistakes.contains(part), "{part} in {mistakes}");
        }
    }
}
