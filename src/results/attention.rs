//! What a controller looks at first.

use super::Results;
use crate::invoice::BatchRelease;
use crate::model::Outcome;

impl Results<'_> {
    /// What a controller looks at first, a line each: unapplied payments, decisions that do not stand, a closed period that
    /// changes, exports that are odd, batches that wait, and how many findings are of priority 1.
    pub fn attention(&self) -> Vec<String> {
        let mut lines = self.unapplied_lines();
        let refused = self.decision_counts().get("refused").copied().unwrap_or(0);
        if refused > 0 {
            lines.push(format!("{refused} decisions do not stand, and change nothing: see Decisions"));
        }
        if !self.unknown_payees.is_empty() {
            let ids: Vec<&str> = self.unknown_payees.iter().map(String::as_str).collect();
            lines.push(format!(
                "payments name payees that partners do not know, taken for the companies of their vouchers: {}",
                ids.join(", ")
            ));
        }
        lines.extend(self.closed_period_line());
        lines.extend(self.export_lines());
        for batch in self.batches {
            if let BatchRelease::Waits(why) = &batch.release {
                lines.push(format!("Batch {} waits for approval: {why}", batch.id));
            }
        }
        let urgent = self
            .register
            .voucher_items
            .iter()
            .filter(|item| item.finding.outcome == Outcome::Exception && item.finding.code.priority() == 1);
        lines.push(format!("{} findings of priority 1: see Exceptions", urgent.count()));
        lines
    }

    fn unapplied_lines(&self) -> Vec<String> {
        let lines = self.unapplied_open().map(|payment| {
            let named = payment
                .voucher
                .value()
                .map_or("names no voucher".to_owned(), |id| format!("names the unknown voucher {id}"));
            let (amount, currency) = (payment.amount, payment.amount.currency());
            let place = self.intake.tables.describe(payment.place);
            format!("Priority 1: payment {} of {amount} {currency} {named} ({place})", payment.reference)
        });
        lines.collect()
    }

    fn closed_period_line(&self) -> Option<String> {
        let restated = self.after_close.iter().filter(|after| !after.restated.is_empty()).count();
        let late = self.after_close.iter().filter(|after| !after.late.is_empty()).count();
        let period = &self.sealed.period;
        (restated + late > 0).then(|| {
            format!("Closed period {period}: {restated} vouchers restated, {late} with late facts; see After close")
        })
    }

    fn export_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.intake.restated.is_empty() {
            let count = self.intake.restated.len();
            lines.push(format!("Rows that a later export restates: {count}; run.json lists them with both values"));
        }
        for file in &self.intake.files {
            match &file.refused {
                Some(problem) => lines.push(format!("{} was refused: {}", file.name, problem.what)),
                None if file.read == file.blank && file.form.same_as.is_none() => {
                    lines.push(format!("{} has no rows: check that this is right", file.name));
                }
                None => {}
            }
        }
        let newest = self.intake.files.iter().filter_map(|file| file.exported_on).max();
        if let Some(newest) = newest.filter(|day| *day < self.as_of) {
            lines.push(format!("the newest export is of {newest}: what happened up to {} is not in it", self.as_of));
        }
        lines
    }
}
