//! The cover: verdict, sentence, seal, what needs a look first, who signs, and the rules in force.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::grid::Sheet;
use crate::model::{Day, Language, Totals};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, number, text};
use crate::results::{Figures, Results, RunVerdict, TieOut};
use crate::wording::amount_text;

/// The row of the verdict, counted from 0.
const VERDICT_ROW: u32 = 3;

pub(super) fn sheet(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Result<Sheet, ReportError> {
    let title = format!("{}: reconciliation as of {}", results.program.name, results.as_of);
    let mut sheet = Sheet::new("Cover", &title, &results.sentence(figures))?;
    let (verdict, facts, attention) = (results.verdict(), facts(results, figures, ties), results.attention());
    let at = VERDICT_ROW + 2 + length(facts.len());
    sheet.set(|sheet| {
        verdict_and_facts(sheet, verdict, &facts)?;
        sheet.write_with_format(at, 0, "Look at first", &Format::new().set_bold())?;
        (at..).zip(&attention).try_for_each(|(row, line)| sheet.write_string(row, 1, line).map(drop))
    })?;
    let at = at + length(attention.len()) + 1;
    sheet.set(|sheet| signatures(sheet, at))?;
    sheet.at = at + 4;
    sheet.heading("Rules in force, and what is not in this program")?;
    sheet.table("Rules", &rule_columns(), &[], &rules(results, figures))?;
    sheet.set(|sheet| {
        sheet.set_column_width(0, 24)?;
        sheet.set_tab_color(color(verdict));
        Ok(())
    })?;
    Ok(sheet)
}

fn length(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(0)
}

fn color(verdict: RunVerdict) -> Color {
    match verdict {
        RunVerdict::Reconciled => Color::RGB(0x0021_7346),
        RunVerdict::Pending => Color::RGB(0x002F_5597),
        RunVerdict::Exceptions => Color::RGB(0x00B4_5F06),
        RunVerdict::Incomplete => Color::RGB(0x00C0_0000),
    }
}

fn verdict_and_facts(sheet: &mut Worksheet, verdict: RunVerdict, facts: &[(&str, String)]) -> Result<(), XlsxError> {
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let badge = Format::new().set_bold().set_font_color(Color::White).set_background_color(color(verdict));
    sheet.write_with_format(VERDICT_ROW, 0, "Verdict", &label)?;
    sheet.write_with_format(VERDICT_ROW, 1, verdict.as_str(), &badge)?;
    for (row, (name, value)) in (VERDICT_ROW + 1..).zip(facts) {
        sheet.write_with_format(row, 0, *name, &label)?;
        sheet.write_string(row, 1, value)?;
    }
    Ok(())
}

fn facts(results: &Results<'_>, figures: &Figures, ties: &[TieOut]) -> Vec<(&'static str, String)> {
    let untied = ties.iter().filter(|tie| !tie.ties()).count();
    let tie_text = if untied == 0 {
        format!("all {} control totals tie", ties.len())
    } else {
        format!("{untied} control totals do not tie")
    };
    let run = &results.run;
    let revision = if run.changes.is_empty() {
        run.revision.to_string()
    } else {
        format!("{}: {}", run.revision, run.changes.join("; "))
    };
    vec![
        ("Run", run.number.map_or("dry run, nothing was kept".to_owned(), |number| number.to_string())),
        ("Revision", revision),
        ("Seal", run.seal.clone().unwrap_or_default()),
        ("Control totals", tie_text),
        ("Value delivered", readable(&figures.entitled)),
        ("Invoiced before", readable(&figures.invoiced_before)),
        ("Invoiced by this run", readable(&figures.invoiced_now)),
        ("Waits for approval", readable(&figures.waiting)),
        ("Paid", readable(&figures.paid)),
        ("Open before the period", readable(&figures.opening)),
        ("Open at its end", readable(&figures.closing)),
        ("Open items", items(results)),
        ("Self-test", self_test(results)),
    ]
}

/// Items by what became of them since the last run.
fn items(results: &Results<'_>) -> String {
    let counts = results.item_counts();
    let part = |name: &str| format!("{} {name}", counts.get(name).copied().unwrap_or(0));
    [part("new"), part("persisting"), part("reopened"), part("resolved")].join(", ")
}

/// What the self-test with broken copies has found.
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

fn signatures(sheet: &mut Worksheet, at: u32) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let line = Format::new().set_border_bottom(FormatBorder::Thin);
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
    Ok(())
}

/// A rule in force, or a code that the program leaves out, so that nobody takes silence for a pass.
struct RuleRow<'a> {
    code: &'a str,
    title: String,
    looked_at: &'a str,
    from: Option<Day>,
    to: Option<Day>,
    found: Option<i64>,
    citation: &'a str,
}

fn rules<'a>(results: &'a Results<'_>, figures: &Figures) -> Vec<RuleRow<'a>> {
    let in_force = results.program.rules.iter().map(|(code, rule)| RuleRow {
        code: code.as_str(),
        title: rule.title.to_string(),
        looked_at: &rule.looked_at,
        from: rule.validity.from,
        to: rule.validity.to,
        found: number(figures.codes.get(code).copied().unwrap_or(0)),
        citation: &rule.citation,
    });
    let left_out = results.program.left_out.iter().map(|(code, reason)| RuleRow {
        code,
        title: format!("not in this program: {reason}"),
        looked_at: "",
        from: None,
        to: None,
        found: None,
        citation: "",
    });
    in_force.chain(left_out).collect()
}

fn rule_columns<'a>() -> [Column<RuleRow<'a>>; 7] {
    [
        Column::sheet("Rule", 22, ColumnKind::Text(|row| text(row.code))),
        Column::sheet("Holds when", 62, ColumnKind::Text(|row| text(&row.title))),
        Column::sheet("Looked at", 22, ColumnKind::Text(|row| text(row.looked_at))),
        Column::sheet("From", 12, ColumnKind::Day(|row| row.from)),
        Column::sheet("To", 12, ColumnKind::Day(|row| row.to)),
        Column::sheet("Found", 9, ColumnKind::Count(|row| row.found)),
        Column::sheet("Source", 90, ColumnKind::Text(|row| text(row.citation))),
    ]
}
