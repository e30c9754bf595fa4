//! Counts and sums that several documents print, computed once.

use std::collections::BTreeMap;

use super::{Results, Summaries, SummariesError, summaries};
use crate::books::{Aged, aging};
use crate::invoice::BatchRelease;
use crate::model::{Code, Currency, Outcome, Totals};
use crate::verdicts::State;

/// Counts and sums that several documents print. Each of them comes from here.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Vouchers by state.
    pub states: BTreeMap<&'static str, u64>,
    /// Vouchers by outcome.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Findings by code.
    pub codes: BTreeMap<Code, u64>,
    /// Entitled amounts of all deliveries.
    pub entitled: Totals,
    /// Invoiced before this run.
    pub invoiced_before: Totals,
    /// Invoiced by this run.
    pub invoiced_now: Totals,
    /// Drafted by this run, and waiting.
    pub waiting: Totals,
    /// Paid.
    pub paid: Totals,
    /// Unapplied payments.
    pub unapplied: Totals,
    /// Open before the period.
    pub opening: Totals,
    /// Open at its end.
    pub closing: Totals,
    /// Vouchers on issued invoices of this run.
    pub vouchers_invoiced: u64,
    /// Issued invoices of this run.
    pub invoices: u64,
    /// Vouchers and money by state and by partner, as polars sums them.
    pub summaries: Summaries,
    /// Open vouchers by partner and age.
    pub aged: Vec<Aged>,
}

impl Figures {
    /// Currencies that any figure of the run names, by code.
    pub fn currencies(&self) -> Vec<Currency> {
        let all =
            [&self.entitled, &self.invoiced_before, &self.invoiced_now, &self.waiting, &self.paid, &self.unapplied];
        let mut currencies: Vec<Currency> =
            all.iter().flat_map(|totals| totals.iter().map(|total| total.currency)).collect();
        currencies.sort();
        currencies.dedup();
        currencies
    }
}

impl Results<'_> {
    /// Counts and sums over all results.
    ///
    /// # Errors
    /// When the summary cannot be summed.
    pub fn figures(&self) -> Result<Figures, SummariesError> {
        let summaries = summaries::summaries(self.verdicts)?;
        let aged = aging(self.verdicts, self.as_of);
        let mut figures = Figures { summaries, aged, ..Figures::default() };
        figures.states.extend(State::ALL.iter().map(|state| (state.as_str(), 0)));
        figures.outcomes.extend(Outcome::ALL.iter().map(|outcome| (outcome.as_str(), 0)));
        for verdict in self.verdicts {
            *figures.states.entry(verdict.state.as_str()).or_default() += 1;
            *figures.outcomes.entry(verdict.outcome.as_str()).or_default() += 1;
            for finding in &verdict.findings {
                *figures.codes.entry(finding.code).or_default() += 1;
            }
            verdict.entitled.iter().for_each(|money| figures.entitled.add(*money));
            verdict.invoiced.iter().for_each(|money| figures.invoiced_before.add(*money));
        }
        figures.paid = self.paid();
        for (currency, roll_forward) in &self.books.roll_forwards {
            figures.opening.add(roll_forward.opening.total().of(*currency));
            figures.closing.add(roll_forward.closing.total().of(*currency));
        }
        figures.unapplied = self.unapplied.iter().map(|payment| payment.amount).collect();
        for batch in self.batches {
            let issued = batch.release == BatchRelease::Issued;
            let totals = if issued { &mut figures.invoiced_now } else { &mut figures.waiting };
            batch.lines().for_each(|line| totals.add(line.net));
            if issued {
                figures.vouchers_invoiced += batch.lines().count() as u64;
                figures.invoices += batch.invoices.len() as u64;
            }
        }
        Ok(figures)
    }

    fn paid(&self) -> Totals {
        let mut paid = Totals::default();
        for verdict in self.verdicts {
            paid.add_all(&verdict.paid);
        }
        paid
    }

    /// Notices by what became of them.
    pub fn letter_counts(&self) -> BTreeMap<&'static str, u64> {
        let told = self.letters.rows.iter().filter(|row| row.letter.is_some()).count() as u64;
        let all = self.letters.rows.len() as u64;
        let letters = self.letters.letters.len() as u64;
        BTreeMap::from([
            ("captured_letters", letters),
            ("notices_in_letters", told),
            ("notices_not_mailed", all - told),
        ])
    }
}
