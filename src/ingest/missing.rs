//! Sources that a run cannot do without.

use super::file_report::FileReport;
use super::input::Source;
use super::intake::Intake;
use super::rows::reject::Reject;

/// A source without which nothing can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct MissingSources(
    /// Messages: a source and what is wrong with it, or one of its files or rows.
    pub Vec<String>,
);

impl Intake {
    /// Whether every required source has delivered something.
    ///
    /// # Errors
    /// Names every required source that has no file, or of which no file was accepted.
    pub fn check(&self, sources: &[Source]) -> Result<(), MissingSources> {
        match missing(sources, self) {
            problems if problems.is_empty() => Ok(()),
            problems => Err(MissingSources(problems)),
        }
    }
}

/// Refused rows that are shown of a file that was refused for their number.
const SHOWN: usize = 3;

fn missing(sources: &[Source], intake: &Intake) -> Vec<String> {
    let files = &intake.files;
    let mut problems = Vec::new();
    for source in sources.iter().filter(|source| source.required) {
        let reports: Vec<&FileReport> = files.iter().filter(|file| file.dataset == source.dataset).collect();
        if source.files.is_empty() {
            problems.push(format!(
                "source \"{}\": no file matches \"{}\"\n  expected at least one file\n  hint: put the export there, or set required = false in the job file",
                source.dataset, source.pattern
            ));
        } else if reports.iter().all(|file| file.refused.is_some()) {
            for file in reports {
                let Some(problem) = &file.refused else { continue };
                problems.push(problem.message(&file.name));
                let of_file = |reject: &&Reject| {
                    reject.dataset == file.dataset && intake.tables.name(reject.place).file == file.name
                };
                let shown = intake.rejects.iter().filter(of_file).take(SHOWN);
                problems.extend(shown.map(|reject| reject.message(&intake.tables)));
            }
        }
    }
    problems
}
