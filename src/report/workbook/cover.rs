//! The cover: verdict, sentence, seal, what needs a look first, who signs, and the rules in force.

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::grid::{self, Cell, Styles, column};
use crate::invoice::BatchRelease;
use crate::model::{Language, Outcome, Totals};
use crate::results::{Figures, Results, RunVerdict, TieOut};
use crate::wording::amount_text;

pub(super) fn sheet(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Worksheet, String> {
    let mut styles = Styles::new();
    let title = format!("{}: reconciliation as of {}", results.program.name, results.as_of);
    let mut sheet = grid::sheet("Cover", &title, &results.sentence(figures), &styles)?;
    let row = facts(&mut sheet, results, figures, ties).map_err(|error| format!("cover: {error}"))?;
    let row = attention(&mut sheet, row + 1, results).map_err(|error| format!("cover: {error}"))?;
    let row = signatures(&mut sheet, row + 1).map_err(|error| format!("cover: {error}"))?;
    rules(&mut sheet, row + 1, results, figures, &mut styles)?;
    sheet.set_column_width(0, 24).map_err(|error| error.to_string())?;
    sheet.set_tab_color(verdict_color(results.verdict()));
    Ok(sheet)
}

fn verdict_color(verdict: RunVerdict) -> Color {
    match verdict {
        RunVerdict::Reconciled => Color::RGB(0x0021_7346),
        RunVerdict::Pending => Color::RGB(0x002F_5597),
        RunVerdict::Exceptions => Color::RGB(0x00B4_5F06),
        RunVerdict::Incomplete => Color::RGB(0x00C0_0000),
    }
}

fn facts(sheet: &mut Worksheet, results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<u32, XlsxError> {
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let badge =
        Format::new().set_bold().set_font_color(Color::White).set_background_color(verdict_color(results.verdict()));
    let untied = ties.iter().filter(|tie| tie.difference != 0).count();
    let tie_text = if untied == 0 {
        format!("all {} control totals tie", ties.len())
    } else {
        format!("{untied} control totals do not tie")
    };
    let (mut opening, mut closing) = (Totals::default(), Totals::default());
    for (currency, roll_forward) in &results.books.roll_forwards {
        opening.add(roll_forward.opening.total().of(*currency));
        closing.add(roll_forward.closing.total().of(*currency));
    }
    let lines = [
        ("Run", results.run.number.map_or("dry run, nothing was kept".to_owned(), |number| number.to_string())),
        (
            "Revision",
            if results.run.changes.is_empty() {
                results.run.revision.to_string()
            } else {
                format!("{}: {}", results.run.revision, results.run.changes.join("; "))
            },
        ),
        ("Seal", results.run.seal.clone().unwrap_or_default()),
        ("Control totals", tie_text),
        ("Worth of deliveries", readable(&figures.entitled)),
        ("Invoiced before", readable(&figures.invoiced_before)),
        ("Invoiced by this run", readable(&figures.invoiced_now)),
        ("Waits for approval", readable(&figures.waiting)),
        ("Paid", readable(&figures.paid)),
        ("Open before the period", readable(&opening)),
        ("Open at its end", readable(&closing)),
        ("Open items", items(results)),
        ("Self-test", self_test(results)),
    ];
    sheet.write_with_format(3, 0, "Verdict", &label)?;
    sheet.write_with_format(3, 1, results.verdict().as_str(), &badge)?;
    let mut row = 4;
    for (name, value) in lines {
        sheet.write_with_format(row, 0, name, &label)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    Ok(row)
}

/// Items by what became of them since the last run.
fn items(results: &Results<'_>) -> String {
    let counts = results.item_counts();
    let part = |name: &str| format!("{} {name}", counts.get(name).copied().unwrap_or(0));
    [part("new"), part("persisting"), part("reopened"), part("resolved")].join(", ")
}

/// What the self-test with broken copies came to.
fn self_test(results: &Results<'_>) -> String {
    let self_test = results.self_test;
    match self_test.planted() {
        0 => "no voucher in order that could be copied and broken".to_owned(),
        planted => format!("{} of {planted} faults in copies of a voucher were found", self_test.caught()),
    }
}

/// Sums as a person reads them, one beside the other; never one over two currencies.
fn readable(totals: &Totals) -> String {
    let sums = totals.iter().filter_map(|sum| sum.units.money(sum.currency));
    let texts: Vec<String> = sums.map(|sum| amount_text(Language::En, sum)).collect();
    if texts.is_empty() { "none".to_owned() } else { texts.join("   ") }
}

/// What a controller looks at first: payments that belong to nothing, and batches that wait.
fn attention(sheet: &mut Worksheet, at: u32, results: &Results<'_>) -> Result<u32, XlsxError> {
    let mut lines: Vec<String> = Vec::new();
    for payment in results.unmatched_open() {
        let named = payment
            .voucher
            .value()
            .map_or("names no voucher".to_owned(), |id| format!("names voucher {id}, which nobody knows"));
        let (amount, currency) = (payment.amount, payment.amount.currency());
        let place = results.intake.tables.describe(payment.place);
        lines.push(format!("Priority 1: payment {} of {amount} {currency} {named} ({place})", payment.reference));
    }
    let refused = results.decision_counts().get("refused").copied().unwrap_or(0);
    if refused > 0 {
        lines.push(format!("{refused} decisions do not stand, and change nothing: see Decisions"));
    }
    let restated = results.after_close.iter().filter(|after| !after.restated.is_empty()).count();
    let late = results.after_close.iter().filter(|after| !after.late.is_empty()).count();
    if restated + late > 0 {
        let period = &results.sealed.period;
        lines.push(format!(
            "Closed period {period}: {restated} vouchers restated, {late} with late facts; see AfterClose"
        ));
    }
    if !results.intake.restated.is_empty() {
        let count = results.intake.restated.len();
        lines.push(format!("Rows that a later export says differently: {count}; run.json lists them with both values"));
    }
    for file in &results.intake.files {
        match &file.refused {
            Some(problem) => lines.push(format!("{} was refused: {}", file.name, problem.what)),
            None if file.read == file.blank && file.form.same_as.is_none() => {
                lines.push(format!("{} has no rows: is that right?", file.name))
            }
            None => {}
        }
    }
    let newest = results.intake.files.iter().filter_map(|file| file.exported_on).max();
    if let Some(newest) = newest.filter(|day| *day < results.as_of) {
        lines.push(format!("the newest export is of {newest}: what happened up to {} is not in it", results.as_of));
    }
    for batch in results.batches {
        if let BatchRelease::Waits(why) = &batch.release {
            lines.push(format!("Batch {} waits for approval: {why}", batch.id));
        }
    }
    let urgent = results
        .register
        .entries
        .iter()
        .filter(|entry| entry.finding.outcome == Outcome::Exception && entry.finding.code.priority() == 1);
    lines.push(format!("{} findings of priority 1: see Exceptions", urgent.count()));
    let bold = Format::new().set_bold();
    sheet.write_with_format(at, 0, "Look at first", &bold)?;
    for (row, line) in (at..).zip(&lines) {
        sheet.write_string(row, 1, line)?;
    }
    Ok(at + u32::try_from(lines.len()).unwrap_or(0))
}

fn signatures(sheet: &mut Worksheet, at: u32) -> Result<u32, XlsxError> {
    let bold = Format::new().set_bold();
    let line = Format::new().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin);
    sheet.write_with_format(at, 0, "Signed off", &bold)?;
    for (column, title) in (1_u16..).zip(["Name", "Date", "Initials"]) {
        sheet.write_with_format(at, column, title, &bold)?;
    }
    for (row, who) in (at + 1..).zip(["Prepared by", "Reviewed by"]) {
        sheet.write(row, 0, who)?;
        for column in 1..=3 {
            sheet.write_blank(row, column, &line)?;
        }
    }
    Ok(at + 3)
}

/// Every rule that is judged, so that nobody takes silence for a pass.
fn rules(
    sheet: &mut Worksheet,
    at: u32,
    results: &Results<'_>,
    figures: &Figures,
    styles: &mut Styles,
) -> Result<(), String> {
    let columns = [
        column("Rule", 22),
        column("Holds when", 62),
        column("Looked at", 22),
        column("From", 12),
        column("To", 12),
        column("Found", 9),
        column("Source", 90),
    ];
    let in_force = results.program.rules.iter().map(|(code, rule)| {
        vec![
            Cell::text(code.as_str()),
            Cell::text(&rule.title),
            Cell::text(&rule.looked_at),
            Cell::Day(rule.validity.from),
            Cell::Day(rule.validity.to),
            Cell::count(figures.codes.get(code).copied().unwrap_or(0)),
            Cell::text(&rule.citation),
        ]
    });
    let left_out = results.program.left_out.iter().map(|(code, reason)| {
        let reason = Cell::owned(format!("not in this program: {reason}"));
        vec![Cell::text(code), reason, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]
    });
    let rows: Vec<Vec<Cell<'_>>> = in_force.chain(left_out).collect();
    sheet
        .write_with_format(at, 0, "Rules in force, and what is not in this program", &Format::new().set_bold())
        .map_err(|error| error.to_string())?;
    grid::table(sheet, at + 1, "Rules", &columns, &rows, styles).map(|_| ())
}
