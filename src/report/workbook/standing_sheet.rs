//! What each location may deliver on the as-of date, and what it lacks for the rest; what ends soon.

use ColumnKind::{Count, Text};

use super::grid::{Sheet, list};
use crate::eligibility::{Fulfilment, LocationStanding, Renewal};
use crate::model::{Code, Day, Tables};
use crate::program::{Engagement, Program};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, printed, text};
use crate::results::{RENEWALS_WITHIN, Results};

pub(super) fn standing(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = format!(
        "On {}; locations that have begun nothing for an engagement are left out. Unknown counts as not met.",
        results.as_of
    );
    let program = results.program;
    let rows: Vec<StandingRow<'_>> = results.standings.iter().map(|of| StandingRow { of, program }).collect();
    list(Sheet::new("Standing", "Standing of the locations", &note)?, &standing_columns(), &[], &rows, 2)
}

/// Where a location stands for an engagement, and the program that asks it.
struct StandingRow<'a> {
    of: &'a LocationStanding<'a>,
    program: &'a Program,
}

/// What a location lacks.
struct Lacking<'a> {
    code: Code,
    why: &'a str,
    is_known: bool,
}

impl StandingRow<'_> {
    fn engagement(&self) -> &Engagement {
        self.program.engagement(self.of.engagement)
    }

    fn lacking(&self) -> impl Iterator<Item = Lacking<'_>> {
        self.of.standing.requirements.iter().filter_map(|requirement| {
            let code = requirement.code;
            match &requirement.fulfilment {
                Fulfilment::Met(_) => None,
                Fulfilment::Unmet(why, _) => Some(Lacking { code, why, is_known: true }),
                Fulfilment::Unknown(why, _) => Some(Lacking { code, why, is_known: false }),
            }
        })
    }

    /// What to do about what is known to be lacking.
    fn next(&self) -> Vec<&str> {
        let known = self.lacking().filter(|lacking| lacking.is_known);
        known.map(|lacking| self.program.rule(lacking.code).remedy.as_deref().unwrap_or_default()).collect()
    }
}

fn standing_columns<'a>() -> [Column<StandingRow<'a>>; 9] {
    [
        Column::sheet("Partner", 14, Text(|row| text(row.of.location.partner.as_str()))),
        Column::sheet("Location", 14, Text(|row| text(row.of.location.location.as_str()))),
        Column::sheet("Name", 36, Text(|row| text(&row.of.location.name))),
        Column::sheet("Offering", 12, Text(|row| text(row.engagement().offering.as_str()))),
        Column::sheet("Engagement", 46, Text(|row| text(&row.engagement().name))),
        Column::sheet("Status", 16, Text(|row| text(row.of.standing.status().word(&row.program.standing)))),
        Column::sheet(
            "Lacks",
            16,
            Text(|row| printed(row.lacking().map(|lacking| lacking.code.as_str()).collect::<Vec<_>>().join(" "))),
        ),
        Column::sheet(
            "Why",
            70,
            Text(|row| printed(row.lacking().map(|lacking| lacking.why).collect::<Vec<_>>().join("; "))),
        ),
        Column::sheet("Next", 60, Text(|row| printed(row.next().join("; ")))),
    ]
}

/// What ends soon, seen from a day.
struct RenewalRow<'a> {
    of: &'a Renewal,
    as_of: Day,
    tables: &'a Tables,
}

pub(super) fn renewals(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note =
        format!("What ends within {RENEWALS_WITHIN} days of {} unless it is renewed, the first first.", results.as_of);
    let (as_of, tables) = (results.as_of, &results.intake.tables);
    let rows: Vec<RenewalRow<'_>> = results.renewals.iter().map(|of| RenewalRow { of, as_of, tables }).collect();
    list(Sheet::new("Renewals", "Renewals", &note)?, &renewal_columns(), &[], &rows, 1)
}

fn renewal_columns<'a>() -> [Column<RenewalRow<'a>>; 6] {
    [
        Column::sheet("Partner", 14, Text(|row| text(row.of.partner.as_str()))),
        Column::sheet("Last day", 14, ColumnKind::Day(|row| Some(row.of.last_day))),
        Column::sheet("What", 36, Text(|row| text(row.of.kind.as_str()))),
        Column::sheet("Days", 12, Count(|row| Some(row.of.last_day.days_since(row.as_of)))),
        Column::sheet("Which", 40, Text(|row| text(&row.of.what))),
        Column::sheet("Source", 52, Text(|row| printed(row.tables.describe(row.of.place)))),
    ]
}
