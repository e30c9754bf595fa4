//! Control totals: each compares two figures that were computed independently of each other. A difference stops the run.

use std::collections::HashSet;

use super::paid_rows::PaidRows;
use super::{claims, statement};
use crate::invoice::BatchRelease;
use crate::model::{Currency, MinorUnits, Money, Outcome, Total, Totals, VoucherId};
use crate::report::tables::invoices;
use crate::results::{Figures, Results, TieOut};

/// All control totals of a run.
pub fn tie_outs(results: &Results<'_>, figures: &Figures) -> Vec<TieOut> {
    let mut ties = Vec::new();
    for file in &results.intake.files {
        let parts = file.accepted + file.rejected + file.duplicate + file.blank;
        let what = format!("{}: rows read = accepted + rejected + duplicate + blank", file.name);
        ties.push(TieOut::count("T1", what, file.read, parts));
        for Total { units: read, currency } in file.amounts_read.iter() {
            let parts = file.amounts_accepted.of(currency)
                + file.amounts_rejected.of(currency)
                + file.amounts_duplicate.of(currency);
            let what = format!("{}: amounts read = accepted + rejected + duplicate", file.name);
            ties.push(TieOut::sum("T2", &what, currency, read, parts));
        }
    }
    let counted = figures.states.values().sum();
    let summed = figures.summaries.by_state.iter().map(|row| row.vouchers.unsigned_abs()).sum();
    ties.push(TieOut::count("T3", "states of verdicts = vouchers by state, summed by polars", counted, summed));
    let codes: u64 = results.verdicts.iter().map(|verdict| verdict.findings.len() as u64).sum();
    ties.push(TieOut::count(
        "T4",
        "codes of verdicts = rows of findings",
        codes,
        results.register.voucher_items.len() as u64,
    ));
    let not_ok = figures.outcomes.iter().filter(|(outcome, _)| **outcome != Outcome::Ok.as_str());
    let open = not_ok.map(|(_, count)| count).sum();
    let items = results.register.voucher_items.iter().filter(|item| item.finding.outcome != Outcome::Ok);
    let with_items: HashSet<&VoucherId> = items.map(|item| &item.verdict.voucher).collect();
    ties.push(TieOut::count(
        "T4",
        "verdicts that are not ok = vouchers with open items",
        open,
        with_items.len() as u64,
    ));
    let aged = figures.aged.iter().flat_map(|of| of.vouchers).sum();
    ties.push(TieOut::count("T4", "verdicts that are not ok = open vouchers by age", open, aged));
    let self_test = results.self_test;
    let missed: Vec<&str> = self_test.missed().map(|code| code.as_str()).collect();
    let named = if missed.is_empty() { String::new() } else { format!(", CT-05 missed {}", missed.join(" ")) };
    let what = format!("broken copies of a voucher in order = found by the checks{named}");
    ties.push(TieOut::count("T15", what, self_test.planted(), self_test.caught()));
    let paid = PaidRows::of(results);
    ties.extend(statement::statement(results, figures, &paid));
    for currency in figures.currencies() {
        ties.extend(amounts(results, figures, currency));
        ties.extend(claims::matches(results, currency));
        ties.push(TieOut::sum(
            "T12",
            "paid rows of payments = paid in verdicts + unapplied + listed again with what they are for",
            currency,
            paid.all.of(currency),
            figures.paid.of(currency) + paid.unapplied.of(currency) + paid.repeated.of(currency),
        ));
    }
    ties
}

fn amounts(results: &Results<'_>, figures: &Figures, currency: Currency) -> Vec<TieOut> {
    let payable: Totals = results.verdicts.iter().filter_map(|verdict| verdict.payable).collect();
    let batches = results.batches.iter().filter(|batch| batch.currency == currency);
    let (mut lines, mut invoices, mut issued) = (MinorUnits::ZERO, MinorUnits::ZERO, MinorUnits::ZERO);
    for batch in batches {
        lines += batch.lines().map(|line| line.net.units()).sum();
        invoices += batch.invoices.iter().map(crate::invoice::Invoice::net).sum();
        issued += if batch.release == BatchRelease::Issued { batch.total() } else { MinorUnits::ZERO };
    }
    let mut ties = Vec::new();
    for (pivot, rows) in [("state", &figures.summaries.by_state), ("partner", &figures.summaries.by_partner)] {
        let pivoted = rows.iter().filter(|row| row.currency == Some(currency)).map(|row| row.entitled).sum();
        let what = format!("entitled by {pivot}, summed by polars = entitled of verdicts");
        ties.push(TieOut::sum("T5", &what, currency, pivoted, figures.entitled.of(currency)));
    }
    if results.job.writes(crate::config::job::Output::Invoices) {
        ties.push(TieOut::sum(
            "T6",
            "invoice lines, issued and waiting = payable verdicts",
            currency,
            lines,
            payable.of(currency),
        ));
        ties.push(TieOut::sum("T7", "invoices = lines of batches", currency, invoices, lines));
        let rows = invoices::rows(results);
        let rows = rows.iter().filter(|row| row.batch.currency == currency);
        let (mut net, mut gross) = (MinorUnits::ZERO, MinorUnits::ZERO);
        for row in rows {
            net += row.net().units() + row.tax().map_or(MinorUnits::ZERO, Money::units);
            gross += row.gross().units();
        }
        ties.push(TieOut::sum("T8", "net + tax = gross of invoice lines", currency, net, gross));
        let (issued, stated) = (issued, figures.invoiced_now.of(currency));
        ties.push(TieOut::sum("T7", "issued = invoiced by this run", currency, issued, stated));
        if let Some(kept) = &results.run.invoiced {
            let entered = kept.net_now.of(currency);
            ties.push(TieOut::sum(
                "T7",
                "invoiced by this run = lines that the ledger holds",
                currency,
                stated,
                entered,
            ));
        }
    }
    ties
}
