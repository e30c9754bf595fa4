//! What each location may deliver on the as-of date, and what it lacks for the rest; what ends soon.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::eligibility::{Fulfilment, LocationStanding};
use crate::results::{RENEWALS_WITHIN, Results};

pub(super) fn standing(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Partner", 14),
        column("Location", 14),
        column("Name", 36),
        column("Offering", 12),
        column("Engagement", 46),
        column("Status", 16),
        column("Lacks", 16),
        column("Why", 70),
        column("Next", 60),
    ];
    let rows: Vec<Vec<Cell<'_>>> = results.standings.iter().map(|of| row(of, results)).collect();
    let note = format!(
        "On {}; locations that have begun nothing for an engagement are left out. Unknown counts as not met.",
        results.as_of
    );
    list("Standing", "Standing of the locations", &note, &columns, &rows, 2)
}

fn row<'r>(of: &'r LocationStanding<'_>, results: &'r Results<'_>) -> Vec<Cell<'r>> {
    let lacking = || {
        of.standing.requirements.iter().filter_map(|requirement| match &requirement.fulfilment {
            Fulfilment::Met(_) => None,
            Fulfilment::Unmet(why, _) => Some((requirement.code, why.as_str(), true)),
            Fulfilment::Unknown(why, _) => Some((requirement.code, why.as_str(), false)),
        })
    };
    let joined = |texts: Vec<String>, by: &str| Cell::owned(texts.join(by));
    let next = |code| results.program.rule(code).remedy.clone().unwrap_or_default();
    let status = of.standing.status();
    let engagement = results.program.engagement(of.engagement);
    vec![
        Cell::text(of.location.partner.as_str()),
        Cell::text(of.location.location.as_str()),
        Cell::text(&of.location.name),
        Cell::text(engagement.offering.as_str()),
        Cell::text(&engagement.name),
        Cell::text(status.word(&results.program.standing)),
        joined(lacking().map(|(code, ..)| code.to_string()).collect(), " "),
        joined(lacking().map(|(_, why, _)| why.to_owned()).collect(), "; "),
        joined(lacking().filter(|(.., is_known)| *is_known).map(|(code, ..)| next(code)).collect(), "; "),
    ]
}

pub(super) fn renewals(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Partner", 14),
        column("Last day", 14),
        column("What", 36),
        column("Days", 12),
        column("Which", 40),
        column("Source", 52),
    ];
    let rows: Vec<Vec<Cell<'_>>> = results
        .renewals
        .iter()
        .map(|renewal| {
            vec![
                Cell::text(renewal.partner.as_str()),
                Cell::Day(Some(renewal.last_day)),
                Cell::text(renewal.kind.as_str()),
                Cell::Count(i128::from(renewal.last_day.days_since(results.as_of))),
                Cell::text(&renewal.what),
                Cell::owned(results.intake.tables.describe(renewal.place)),
            ]
        })
        .collect();
    let note =
        format!("What ends within {RENEWALS_WITHIN} days of {} unless it is renewed, the first first.", results.as_of);
    list("Renewals", "Renewals", &note, &columns, &rows, 1)
}
