//! `vouchsafe check`: what a run would read, and how it would be understood.

use std::fmt::Write as _;

use clap::Args;

use crate::error::{Exit, RunError};
use crate::home::{Home, Plan, World, read_whatever_is_there};
use crate::ingest::{FileReport, Intake, MatchedColumn, Reject, Source};
use crate::model::{Difference, counted};
use crate::pipeline::CommandResult;

/// Check configuration and inputs; nothing is written
///
/// Reads everything that a run would read, and shows per file how it is understood: encoding, delimiter or sheet,
/// which title stands for which column, how days and amounts are written, counts, and what was refused.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe check                 all jobs
  vouchsafe check month-end       one of them

Exit code 3: rows or files are refused; 4: a run could do nothing.")]
pub(super) struct CheckInputs {
    /// The job; all jobs if none is given
    job: Option<String>,
    /// How many refused rows of each file are shown
    #[arg(long, value_name = "N", default_value_t = 3)]
    problems: usize,
}

impl CheckInputs {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let names = match &self.job {
            Some(name) => vec![name.clone()],
            None => home.job_names()?,
        };
        let plans = names
            .iter()
            .map(|name| {
                Ok((home.job(name)?.sources_of.filter(|_| self.job.is_none()), home.plan(name, world.now.into())?))
            })
            .collect::<Result<Vec<(Option<String>, Plan)>, RunError>>()?;
        let (mut shown, mut exit) = (String::new(), Exit::Done);
        for (shared, plan) in &plans {
            // The sources of another job are shown there, unless this one has sources of its own.
            if let Some(other) = shared.as_ref().filter(|_| plan.job.sources.is_empty()) {
                let _ = writeln!(shown, "{}: reads the sources of {other}\n", plan.job.name);
                continue;
            }
            let intake = read_whatever_is_there(plan, world);
            let of_job = self.job(plan, &intake, &mut shown);
            exit = if of_job.code() > exit.code() { of_job } else { exit };
        }
        let passed_over = home.passed_over(&names)?;
        passed_over.iter().for_each(|file| shown.push_str(&format!("{}\n", file.message())));
        // What may be an export and is not read is as good as refused, as in a run.
        if exit == Exit::Done && passed_over.iter().any(|file| file.nearly.is_some()) {
            exit = Exit::Refused;
        }
        Ok(CommandResult { exit, ..CommandResult::shown(shown.trim_end().to_owned()) })
    }

    fn job(&self, plan: &Plan, intake: &Intake, shown: &mut String) -> Exit {
        let _ = writeln!(shown, "{}", plan.job.name);
        for source in &plan.sources {
            let reports = intake.files.iter().filter(|report| report.dataset == source.dataset);
            if source.files.is_empty() {
                let _ = writeln!(shown, "  {}: no file matches \"{}\"{}", source.dataset, source.pattern, need(source));
            }
            for report in reports {
                let _ = writeln!(shown, "  {}: {}", source.dataset, head(report));
                lines_of(report).iter().for_each(|line| indented(shown, line));
                self.problems(report, intake, shown);
            }
        }
        self.restated(intake, shown);
        let (verdict, exit) = verdict(plan, intake);
        let _ = writeln!(shown, "  {verdict}\n");
        exit
    }

    /// What a later export restates.
    fn restated(&self, intake: &Intake, shown: &mut String) {
        for row in intake.restated.iter().take(self.problems) {
            let change = |of: &Difference| format!("{} \"{}\", now \"{}\"", of.field, of.before, of.after);
            let changes: Vec<String> = row.changes.iter().map(change).collect();
            let (place, before) = (intake.tables.describe(row.now), intake.tables.describe(row.before));
            let _ = writeln!(shown, "  {place}: {} (before: {before})", changes.join(", "));
        }
        let more = intake.restated.len().saturating_sub(self.problems);
        if more > 0 {
            let _ = writeln!(shown, "  and {} that a later export restates", counted(more, "more row", "more rows"));
        }
    }

    fn problems(&self, report: &FileReport, intake: &Intake, shown: &mut String) {
        if let Some(problem) = &report.refused {
            indented(shown, &format!("refused: {}", problem.message("the file")));
        }
        let of_file =
            |reject: &&Reject| intake.tables.name(reject.place).file == report.name && reject.dataset == report.dataset;
        let rejects: Vec<&Reject> = intake.rejects.iter().filter(of_file).collect();
        rejects.iter().take(self.problems).for_each(|reject| indented(shown, &reject.message(&intake.tables)));
        if rejects.len() > self.problems {
            let more = rejects.len() - self.problems;
            let _ = writeln!(
                shown,
                "    and {}: --problems {} shows all",
                counted(more, "more refused row", "more refused rows"),
                rejects.len()
            );
        }
    }
}

fn indented(shown: &mut String, text: &str) {
    for line in text.lines() {
        let _ = writeln!(shown, "    {line}");
    }
}

fn need(source: &Source) -> &'static str {
    if source.required { ": it is required" } else { ": it is not required" }
}

fn head(report: &FileReport) -> String {
    let day = report.exported_on.map_or(String::new(), |day| format!(" (exported {day})"));
    format!("{}{day}", report.name)
}

/// How a file was understood.
fn lines_of(report: &FileReport) -> Vec<String> {
    let form = &report.form;
    let mut lines = Vec::new();
    let delimiter = form.delimiter.map(|mark| match mark {
        '\t' => "fields separated by tabs".to_owned(),
        mark => format!("fields separated by {mark}"),
    });
    let sheet = form.sheet.as_ref().map(|sheet| format!("sheet \"{sheet}\""));
    let parts: Vec<String> = [form.encoding.map(str::to_owned), delimiter, sheet].into_iter().flatten().collect();
    lines.push(parts.join(", "));
    if report.refused.is_none() {
        let replaced = match report.superseded {
            0 => String::new(),
            count => format!(" ({count} replaced by a later export)"),
        };
        lines.push(format!(
            "rows {}: accepted {}, refused {}, duplicate {}{replaced}, blank {}",
            report.read, report.accepted, report.rejected, report.duplicate, report.blank
        ));
    }
    if report.amounts_read.iter().next().is_some() {
        lines.push(format!("amounts {}", crate::results::totals_text(&report.amounts_read)));
    }
    let translated =
        form.columns.iter().map(
            |MatchedColumn { name, title }| {
                if title == name { title.clone() } else { format!("{name} = \"{title}\"") }
            },
        );
    let columns: Vec<String> = translated.collect();
    if !columns.is_empty() {
        lines.push(format!("columns {}", columns.join(", ")));
    }
    if !form.absent.is_empty() {
        lines.push(format!("missing columns, which are unknown: {}", form.absent.join(", ")));
    }
    if !form.ignored.is_empty() {
        lines.push(format!("ignored columns \"{}\"", form.ignored.join("\", \"")));
    }
    lines.extend(form.notes.iter().map(|note| format!("note: {note}")));
    lines.retain(|line| !line.is_empty());
    lines
}

fn verdict(plan: &Plan, intake: &Intake) -> (String, Exit) {
    if intake.check(&plan.sources).is_err() {
        return ("a run could do nothing: a required source has no usable file".to_owned(), Exit::NothingDone);
    }
    let files = intake.files.iter().filter(|report| report.refused.is_some()).count();
    let rows = intake.rejects.iter().filter(|reject| !reject.superseded).count();
    let read: u64 = intake.files.iter().map(|report| report.read).sum();
    let read = format!("{} in {}", counted(read, "row", "rows"), counted(intake.files.len(), "file", "files"));
    if files + rows > 0 {
        return (format!("{read}; refused: rows {rows}, files {files}"), Exit::Refused);
    }
    (format!("{read}; nothing is refused"), Exit::Done)
}
