//! What the sources leave open: every reading with what it would change, and the vouchers whose verdict would change.

use ColumnKind::Text;

use super::grid::{Sheet, list};
use crate::model::Total;
use crate::program::Ruling;
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, number, printed, text};
use crate::results::{Results, Weighed, totals_text, weighed};
use crate::verdicts::WhatIf;

pub(super) fn conflicts(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = "Where the sources contradict each other, one reading decides until somebody rules in the program file.";
    let sheet = Sheet::new("Conflicts", "Conflicts of the sources", note)?;
    list(sheet, &conflict_columns(), &[], &weighed(results), 1)
}

fn conflict_columns<'a>() -> [Column<Weighed<'a>>; 9] {
    [
        Column::sheet("Conflict", 16, Text(|of| text(&of.conflict.id))),
        Column::sheet("Status", 22, Text(|of| text(of.status()))),
        Column::sheet("Question", 60, Text(|of| text(&of.conflict.question))),
        Column::sheet("Decides", 40, Text(|of| text(&of.conflict.decided.name))),
        Column::sheet("Source", 50, Text(|of| text(&of.conflict.decided.citation))),
        Column::sheet(
            "Other reading",
            40,
            Text(|of| match (of.reading, &of.conflict.ruling) {
                (Some(reading), _) => text(&reading.name),
                (None, Some(Ruling { on, by, reason })) => printed(format_args!("ruled on {on} by {by}: {reason}")),
                (None, None) => None,
            }),
        ),
        Column::sheet("Its source", 40, Text(|of| of.reading.map(|reading| reading.citation.as_str().into()))),
        Column::sheet("Vouchers", 11, ColumnKind::Count(|of| number(of.what_ifs.len()))),
        Column::sheet(
            "Entitled",
            40,
            Text(|of| match of.entitled.is_empty() {
                true => None,
                false => printed(totals_text(&of.entitled)),
            }),
        ),
    ]
}

/// A voucher whose verdict would change, and under which reading.
struct WhatIfRow<'a> {
    of: &'a Weighed<'a>,
    what_if: &'a WhatIf,
}

pub(super) fn what_ifs(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let note = "Vouchers whose verdict would be another under another reading of the sources.";
    let weighed = weighed(results);
    let rows: Vec<WhatIfRow<'_>> =
        weighed.iter().flat_map(|of| of.what_ifs.iter().map(move |what_if| WhatIfRow { of, what_if })).collect();
    list(Sheet::new("What-if", "What other readings would change", note)?, &what_if_columns(), &[], &rows, 3)
}

fn what_if_columns<'a>() -> [Column<WhatIfRow<'a>>; 7] {
    [
        Column::sheet("Conflict", 16, Text(|row| text(&row.of.conflict.id))),
        Column::sheet("Reading", 22, Text(|row| row.of.reading.map(|reading| reading.name.as_str().into()))),
        Column::sheet("Voucher", 20, Text(|row| text(row.what_if.voucher.as_str()))),
        Column::sheet("Partner", 14, Text(|row| row.what_if.partner.as_ref().map(|id| id.as_str().into()))),
        Column::sheet("Decides", 40, Text(|row| printed(&row.what_if.before))),
        Column::sheet("Would be", 40, Text(|row| printed(&row.what_if.after))),
        Column::sheet("Entitled", 20, ColumnKind::Amount(|row| row.what_if.entitled.map(Total::from))),
    ]
}
