//! `jobs/*.toml`: what is run, on which files, and when. A job declares; it never computes.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Dataset, Day};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJob {
    program: String,
    period: Period,
    as_of: Option<AsOf>,
    outputs: Vec<Output>,
    schedule: RawSchedule,
    sources_of: Option<String>,
    #[serde(default)]
    sources: BTreeMap<String, RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSchedule {
    cron: String,
    time_zone: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    files: String,
    #[serde(default = "canonical")]
    profile: String,
    #[serde(default = "yes")]
    required: bool,
}

fn canonical() -> String {
    "canonical".to_owned()
}

fn yes() -> bool {
    true
}

/// The interval whose movements the statement shows. It selects no vouchers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// The month of the as-of date.
    Month,
    /// The month before.
    PreviousMonth,
    /// From the first row on.
    All,
}

/// How a job finds its as-of date when none is typed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AsOf {
    /// The last day of the month before today.
    PreviousMonthEnd,
    /// The day before today.
    Yesterday,
    /// Today.
    Today,
}

/// What a job writes besides `run.json`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// Verdicts, findings and rejects as CSV and parquet.
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
    pub as_of: Option<AsOf>,
    /// What it writes.
    pub outputs: Vec<Output>,
    /// When it runs: five fields.
    pub cron: String,
    /// The zone in which its days begin.
    pub time_zone: chrono_tz::Tz,
    /// Another job whose sources it shares.
    pub sources_of: Option<String>,
    /// Its own sources.
    pub sources: BTreeMap<Dataset, SourceSpec>,
}

/// What is wrong with a job file.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Not TOML, or not the expected shape; the text points at the line.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// Values that do not fit, all of them.
    #[error("{}", .0.join("\n"))]
    Content(Vec<String>),
}

impl Job {
    /// Reads a job file.
    ///
    /// # Errors
    /// A mistake of shape, or all mistakes of content together.
    pub fn parse(name: &str, text: &str) -> Result<Job, JobError> {
        let raw: RawJob = toml::from_str(text)?;
        let mut problems = Vec::new();
        let mut sources = BTreeMap::new();
        for (key, source) in raw.sources {
            match Dataset::from_name(&key) {
                Some(dataset) => {
                    let RawSource { files, profile, required } = source;
                    if files.starts_with(['/', '\\']) || files.contains(':') {
                        problems.push(format!(
                            "sources.{key}.files: \"{files}\" is not relative to the home\n  expected as in exports/{key}-*.csv"
                        ));
                    }
                    sources.insert(dataset, SourceSpec { files, profile, required });
                }
                None => {
                    let known: Vec<&str> = Dataset::ALL.iter().map(|dataset| dataset.as_str()).collect();
                    problems.push(format!("sources.{key} is no data set\n  expected one of {}", known.join(", ")));
                }
            }
        }
        if let Err(error) = raw.schedule.cron.parse::<croner::Cron>() {
            problems.push(format!(
                "schedule.cron: \"{}\" is no schedule: {error}\n  expected five fields, as in 0 6 1 * *",
                raw.schedule.cron
            ));
        }
        let time_zone = raw.schedule.time_zone.parse::<chrono_tz::Tz>();
        match time_zone {
            Ok(time_zone) if problems.is_empty() => Ok(Job {
                name: name.to_owned(),
                program: raw.program,
                period: raw.period,
                as_of: raw.as_of,
                outputs: raw.outputs,
                cron: raw.schedule.cron,
                time_zone,
                sources_of: raw.sources_of,
                sources,
            }),
            Ok(_) => Err(JobError::Content(problems)),
            Err(_) => {
                problems.push(format!(
                    "schedule.time_zone: \"{}\" is no time zone\n  expected as in Europe/Amsterdam",
                    raw.schedule.time_zone
                ));
                Err(JobError::Content(problems))
            }
        }
    }

    /// Whether the job writes this kind of output.
    pub fn writes(&self, output: Output) -> bool {
        self.outputs.contains(&output)
    }

    /// The as-of date of a run that starts today, in the job's own zone; none if it must be typed.
    pub fn as_of_on(&self, today: Day) -> Option<Day> {
        self.as_of.map(|rule| match rule {
            AsOf::PreviousMonthEnd => today.end_of_previous_month(),
            AsOf::Yesterday => today.previous(),
            AsOf::Today => today,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Job, JobError};
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
        let Err(JobError::Content(problems)) = Job::parse("x", &text) else { panic!("four mistakes") };
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
