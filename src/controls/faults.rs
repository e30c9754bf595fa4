//! Breaks, when a test asks for it by name, exactly what one control total guards: so that each of them is seen to stop a
//! run. The program itself asks for no fault.

use crate::books::{Balance, Books, Movement};
use crate::home::Faults;
use crate::ingest::Intake;
use crate::invoice::Batch;
use crate::model::{Currency, MinorUnits};
use crate::results::{Figures, RunName};
use crate::store::Document;
use crate::verdicts::{SelfTest, Verdict};

/// By how much sums are broken.
const CENT: MinorUnits = MinorUnits::new(1);

/// The currency whose sums are broken.
fn currency() -> Option<Currency> {
    Currency::from_code("EUR")
}

/// T1 loses a row, T2 a cent of a file.
pub fn intake(faults: &Faults, intake: &mut Intake) {
    let (rows, cents) = (faults.breaks("T1"), faults.breaks("T2"));
    for file in intake.files.iter_mut().filter(|_| rows || cents) {
        file.accepted -= u64::from(rows && file.accepted > 0);
        let first = file.amounts_accepted.iter().next();
        if let Some(sum) = first.filter(|_| cents) {
            file.amounts_accepted.add((-CENT).of(sum.currency));
        }
    }
}

/// T5 tells a wrong difference; T12 loses a cent of what was paid.
pub fn verdicts(faults: &Faults, verdicts: &mut [Verdict]) {
    if faults.breaks("T5") {
        let findings = verdicts.iter_mut().flat_map(|verdict| &mut verdict.findings);
        for finding in findings.filter(|finding| finding.code.as_str() == "AM-06") {
            finding.amount = finding.amount.map(|money| crate::model::Money::new(money.minor() + 1, money.currency()));
        }
    }
    let paid = verdicts.iter_mut().map(|verdict| &mut verdict.paid);
    for paid in paid.filter(|_| faults.breaks("T12")) {
        let first = paid.iter().next().map(|paid| (-CENT).of(paid.currency));
        first.into_iter().for_each(|cent| paid.add(cent));
    }
}

/// T6 loses a line of an invoice.
pub fn batches(faults: &Faults, batches: &mut [Batch]) {
    let invoice = batches.iter_mut().flat_map(|batch| &mut batch.invoices).find(|invoice| invoice.lines.len() > 1);
    if let Some(invoice) = invoice.filter(|_| faults.breaks("T6")) {
        invoice.lines.pop();
    }
}

/// T9 has another opening, T10 another movement, T11 another age.
pub fn books(faults: &Faults, books: &mut Books) {
    let Some(currency) = currency() else { return };
    if faults.breaks("T9") {
        books.opening.stated.entry(currency).or_default().held += CENT;
    }
    if faults.breaks("T10")
        && let Some(roll_forward) = books.roll_forwards.get_mut(&currency)
    {
        roll_forward.moves(Movement::Paid, Balance { awaiting_payment: CENT, ..Balance::default() });
    }
    if faults.breaks("T11") {
        books.aged.entry(currency).or_default()[0] += CENT;
    }
}

/// T15 overlooks a fault (CT-05).
pub fn self_test(faults: &Faults, self_test: &mut SelfTest) {
    if let Some(caught) = self_test.by_code.values_mut().next().filter(|_| faults.breaks("T15")) {
        *caught = false;
    }
}

/// T13 has claimed a voucher more than it has invoiced.
pub fn run(faults: &Faults, run: &mut RunName) {
    if let Some(invoiced) = run.invoiced.as_mut().filter(|_| faults.breaks("T13")) {
        invoiced.claims_now += 1;
    }
}

/// T3 and T4 count a voucher twice; T7 invoices a cent more.
pub fn figures(faults: &Faults, figures: &mut Figures) {
    for (id, counts) in [("T3", &mut figures.states), ("T4", &mut figures.outcomes)] {
        if let Some(count) = counts.values_mut().next().filter(|_| faults.breaks(id)) {
            *count += 1;
        }
    }
    if let Some(currency) = currency().filter(|_| faults.breaks("T7")) {
        figures.invoiced_now.add(CENT.of(currency));
    }
}

/// T8 writes a wrong gross, T14 a wrong entitled amount, after the totals were computed.
pub fn documents(faults: &Faults, documents: &mut [Document]) {
    let (path, from, to) = match (faults.breaks("T8"), faults.breaks("T14")) {
        (true, _) => ("invoices/batch.csv", ",,", ",0.01,"),
        (_, true) => ("verdicts.csv", "0.00", "1.00"),
        _ => return,
    };
    for document in documents.iter_mut().filter(|document| document.path == path) {
        document.bytes = String::from_utf8_lossy(&document.bytes).replacen(from, to, 1).into_bytes();
    }
}
