//! Exceptions and open items, with the cells in which people decide: the sheet comes back as the data set `decisions`.

use rust_xlsxwriter::{DataValidation, DataValidationRule};

use super::grid::{Sheet, TABLE_ROW, in_order, list};
use crate::items::Lifecycle;
use crate::model::decision::DecisionWord;
use crate::report::ReportError;
use crate::report::tables::items::{self, DECISION, ItemRow, SHEET_ORDER, WAIVE_UNTIL};
use crate::results::Results;

pub(super) fn sheet(results: &Results<'_>) -> Result<Sheet, ReportError> {
    let mut rows = items::rows(results);
    rows.retain(|row| row.lifecycle != Lifecycle::Resolved);
    let note = format!(
        "Items: {}, all of them shown: unapplied payments and restated vouchers of closed periods, exceptions, blocked, pending, released. Fill in the light cells and hand the workbook back.",
        rows.len()
    );
    let columns = items::columns();
    let sheet = Sheet::new("Exceptions", "Exceptions and open items", &note)?;
    let mut sheet = list(sheet, &columns, SHEET_ORDER, &rows, 1)?;
    let titles = in_order::<ItemRow<'_>>(&columns, SHEET_ORDER);
    let place = |title: &str| (0_u16..).zip(&titles).find(|(_, (_, of))| of.title == title).map_or(0, |(at, _)| at);
    let (decision, waive_until) = (place(DECISION), place(WAIVE_UNTIL));
    let last = sheet.at - 2;
    sheet.set(|sheet| {
        // On paper, what is signed; on the screen also what is filled in, and where it comes from.
        sheet.set_print_area(0, 0, last, decision - 1)?;
        let words = DataValidation::new().allow_list_strings(&DecisionWord::LIST.map(|(word, _)| word))?;
        let days = DataValidation::new().allow_date(DataValidationRule::GreaterThan(results.as_of.to_chrono()));
        for (column, allowed) in [(decision, words), (waive_until, days)] {
            sheet.add_data_validation(TABLE_ROW + 1, column, last, column, &allowed.ignore_blank(true))?;
        }
        Ok(())
    })?;
    Ok(sheet)
}
