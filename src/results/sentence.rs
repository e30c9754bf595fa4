//! The one sentence that says what a run has come to.

use super::{Figures, Results, totals_text};
use crate::config::job::Output;
use crate::model::{Outcome, counted};

impl Results<'_> {
    /// The one sentence of stdout, cover and `run.json`.
    pub fn sentence(&self, figures: &Figures) -> String {
        let of = |outcome: Outcome| self.verdicts.iter().filter(|verdict| verdict.outcome == outcome).count();
        let mut parts = vec![format!(
            "{}: {} in order, {} pending, {}, {} blocked",
            counted(self.verdicts.len(), "voucher", "vouchers"),
            of(Outcome::Ok),
            of(Outcome::Pending),
            counted(of(Outcome::Exception), "exception", "exceptions"),
            of(Outcome::Blocked)
        )];
        if self.job.writes(Output::Invoices) {
            parts.push(match figures.vouchers_invoiced {
                0 => "nothing invoiced".to_owned(),
                count => format!("{count} invoiced for {}", totals_text(&figures.invoiced_now)),
            });
            if figures.waiting.iter().next().is_some() {
                parts.push(format!("{} waits for approval", totals_text(&figures.waiting)));
            }
        }
        if self.job.writes(Output::Reminders) {
            parts.push(counted(self.letters.letters.len(), "letter", "letters"));
        }
        let unapplied = self.unapplied_open().count();
        if unapplied > 0 {
            parts.push(counted(unapplied, "unapplied payment", "unapplied payments"));
        }
        let restated = self.after_close.iter().filter(|after| after.is_open()).count();
        if restated > 0 {
            parts.push(counted(
                restated,
                "voucher of a closed period restated",
                "vouchers of a closed period restated",
            ));
        }
        let rejected = self.intake.rejects.iter().filter(|reject| !reject.superseded).count();
        if rejected > 0 {
            parts.push(counted(rejected, "row refused", "rows refused"));
        }
        let files = self.intake.files.iter().filter(|file| file.refused.is_some()).count();
        if files > 0 {
            parts.push(counted(files, "file refused", "files refused"));
        }
        format!("{}.", parts.join("; "))
    }
}
