//! What the sources leave open: every reading with what it would change, and the vouchers that would flip.

use rust_xlsxwriter::Worksheet;

use super::grid::{Cell, column};
use super::lists::list;
use crate::results::{Results, totals_text};
use crate::results::{Weighed, weighed};

pub(super) fn conflicts(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Conflict", 16),
        column("Status", 22),
        column("Question", 60),
        column("Decides", 40),
        column("Source", 50),
        column("StandaloneItem reading", 40),
        column("Its source", 40),
        column("Vouchers", 11),
        column("Worth", 40),
    ];
    let row = |of: &Weighed<'_>| -> Vec<Cell<'static>> {
        let conflict = of.conflict;
        let ruling =
            |ruling: &crate::program::Ruling| format!("ruled on {} by {}: {}", ruling.on, ruling.by, ruling.reason);
        let other = of.reading.map(|reading| reading.name.clone()).or(conflict.ruling.as_ref().map(ruling));
        vec![
            Cell::owned(conflict.id.clone()),
            Cell::owned(of.status().to_owned()),
            Cell::owned(conflict.question.clone()),
            Cell::owned(conflict.decided.name.clone()),
            Cell::owned(conflict.decided.citation.clone()),
            Cell::owned(other.unwrap_or_default()),
            Cell::owned(of.reading.map_or(String::new(), |reading| reading.citation.clone())),
            Cell::count(of.flips.len() as u64),
            Cell::owned(if of.worth.iter().next().is_some() { totals_text(&of.worth) } else { String::new() }),
        ]
    };
    let rows: Vec<Vec<Cell<'_>>> = weighed(results).iter().map(row).collect();
    let note = "Where the sources contradict each other, one reading decides until somebody rules in the program file.";
    list("Conflicts", "Conflicts of the sources", note, &columns, &rows, 1)
}

pub(super) fn flips(results: &Results<'_>) -> Result<Worksheet, String> {
    let columns = [
        column("Conflict", 16),
        column("Reading", 22),
        column("Voucher", 20),
        column("Partner", 14),
        column("Decides", 40),
        column("Would be", 40),
        column("Worth", 20),
    ];
    let weighed = weighed(results);
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    for of in &weighed {
        for flip in &of.flips {
            rows.push(vec![
                Cell::text(&of.conflict.id),
                Cell::text(of.reading.map_or("", |reading| reading.name.as_str())),
                Cell::text(flip.voucher.as_str()),
                Cell::text(flip.partner.as_ref().map_or("", |partner| partner.as_str())),
                Cell::owned(flip.before.to_string()),
                Cell::owned(flip.after.to_string()),
                Cell::money(flip.worth),
            ]);
        }
    }
    let note = "Vouchers whose verdict would be another under another reading of the sources.";
    list("Flips", "What other readings would flip", note, &columns, &rows, 3)
}
