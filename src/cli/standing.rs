//! `vouchsafe standing`: what a partner may deliver on a day, and which requirements it does not meet.

use clap::Args;
use serde::Serialize;

use crate::casebook::PartnerBook;
use crate::eligibility::{Fulfilment, LocationStanding, Requirement, Status, standings};
use crate::error::RunError;
use crate::history::Stored;
use crate::home::{Home, World};
use crate::ingest::Intake;
use crate::model::{Day, PartnerId, Place};
use crate::pipeline::CommandResult;
use crate::program::Program;

/// Show what a partner may deliver on a day, and which requirements it does not meet
///
/// Every location and engagement, from the stored inputs of a run: active if all requirements of that day are met. A
/// requirement that cannot be decided counts as not met.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  vouchsafe standing 4100003                      on the as-of date of the last run
  vouchsafe standing 4100003 --on 2020-12-08      while the compliance training was required

Marks: + met   ! not met   ? unknown")]
pub(super) struct ShowStanding {
    /// The partner company's global id
    partner: String,
    /// The day; the as-of date of the run if none is given
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<Day>,
    /// The run whose stored inputs are read; the last one if none is given
    #[arg(long, value_name = "N")]
    run: Option<i64>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

impl ShowStanding {
    pub(super) fn execute(self, home: &Home, world: &World) -> Result<CommandResult, RunError> {
        let partner = PartnerId::new(&self.partner);
        let nobody = |asked: &[String]| {
            let asked = asked.join(", ");
            format!("no partner \"{partner}\" in {asked}\n  hint: the id is the global one; its case and zeros count")
        };
        let answer = |stored: &Stored<'_>| self.answer(stored, &partner);
        Stored::ask(home, self.run, world, |_| true, answer, nobody)
    }

    /// What a run knows of the partner, if it knows it.
    fn answer(&self, stored: &Stored<'_>, partner: &PartnerId) -> Result<Option<CommandResult>, RunError> {
        let (intake, program) = (&stored.intake, &stored.plan.program);
        let book = PartnerBook::new(intake);
        if book.facts(partner).is_none() {
            return Ok(None);
        }
        let day = self.on.unwrap_or(stored.run.as_of);
        let standings = standings(&book, program, Some(partner), day);
        let shown: Vec<ShownStanding<'_>> = standings.iter().map(|of| ShownStanding::of(of, program, intake)).collect();
        let run_json = serde_json::to_vec_pretty(&shown).map_err(|error| RunError::usage(error.to_string()))?;
        let name = book.name_of(Some(partner), None);
        let head = format!("{partner} {name}, on {day} (inputs of run {})", stored.run.run);
        Ok(Some(CommandResult { run_json, ..CommandResult::shown(text(&head, &shown)) }))
    }
}

/// A standing as it is printed.
#[derive(Serialize)]
struct ShownStanding<'a> {
    partner_id: &'a str,
    location_id: &'a str,
    offering: &'a str,
    engagement: &'a str,
    status: &'static str,
    /// The program's own word.
    word: &'a str,
    requirements: Vec<RequirementLine<'a>>,
}

#[derive(Serialize)]
struct RequirementLine<'a> {
    code: &'static str,
    requirement: &'a str,
    fulfilment: &'static str,
    why: &'a str,
    next: Option<&'a str>,
    citation: &'a str,
    rows: Vec<String>,
}

impl<'a> ShownStanding<'a> {
    fn of(of: &'a LocationStanding<'_>, program: &'a Program, intake: &Intake) -> ShownStanding<'a> {
        let status = of.standing.status();
        let line = |requirement: &'a Requirement| {
            let rule = program.rule(requirement.code);
            let (fulfilment, why, places): (&str, &str, &[Place]) = match &requirement.fulfilment {
                Fulfilment::Met(places) => ("met", "", places),
                Fulfilment::Unmet(why, places) => ("unmet", why, places),
                Fulfilment::Unknown(why, places) => ("unknown", why, places),
            };
            RequirementLine {
                code: requirement.code.as_str(),
                requirement: rule.title.english(),
                fulfilment,
                why,
                next: rule.remedy.as_deref().filter(|_| fulfilment == "unmet"),
                citation: &rule.citation,
                rows: places.iter().map(|place| intake.tables.describe(*place)).collect(),
            }
        };
        ShownStanding {
            partner_id: of.location.partner.as_str(),
            location_id: of.location.location.as_str(),
            offering: program.engagement(of.engagement).offering.as_str(),
            engagement: of.engagement.as_str(),
            status: status.as_str(),
            word: status.word(&program.standing),
            requirements: of.standing.requirements.iter().map(line).collect(),
        }
    }
}

fn text(head: &str, shown: &[ShownStanding<'_>]) -> String {
    let mut lines = vec![head.to_owned()];
    for of_location in shown.chunk_by(|a, b| a.location_id == b.location_id) {
        lines.push(format!("\nlocation {}", of_location[0].location_id));
        let (none, some): (Vec<&ShownStanding<'_>>, Vec<&ShownStanding<'_>>) =
            of_location.iter().partition(|of| of.status == Status::NotStarted.as_str());
        for of in some {
            lines.push(format!("  {}: {} ({})", of.engagement, of.word, of.offering));
            lines.extend(of.requirements.iter().flat_map(requirement));
        }
        if let [first, ..] = none.as_slice() {
            let engagements: Vec<&str> = none.iter().map(|of| of.engagement).collect();
            lines.push(format!("  {}: {}", first.word, engagements.join(", ")));
        }
    }
    lines.join("\n")
}

fn requirement(line: &RequirementLine<'_>) -> Vec<String> {
    let mark = match line.fulfilment {
        "met" => '+',
        "unmet" => '!',
        _ => '?',
    };
    let mut lines = vec![format!("    {mark} {} {}", line.code, line.requirement)];
    if !line.why.is_empty() {
        lines.push(format!("        {}", line.why));
    }
    lines.extend(line.next.map(|next| format!("        next: {next}")));
    lines.extend(line.rows.iter().map(|row| format!("        {row}")));
    lines
}
