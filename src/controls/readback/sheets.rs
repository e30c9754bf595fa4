//! Sheets of the workbook, read by another library than the one that has written them.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{DataType, Xlsx, open_workbook};

use super::stated::{ReadbackError, currency, differing_count, differing_sums};
use super::tables::closing_totals;
use crate::model::{MinorUnits, Total, Totals};
use crate::report::RunPage;
use crate::report::column::title;
use crate::report::tables::{statement, verdicts};
use crate::report::workbook::{PATH, TABLE_ROW};

/// A cell of a sheet.
enum SheetValue {
    Text(String),
    Number(f64),
}

/// A row of a sheet, by the titles of its table.
type SheetRow = BTreeMap<String, SheetValue>;

/// Rows of a sheet below its first table's header, by the titles of that table; tables of one kind stand below each other.
fn rows(staged: &Path, sheet: &str) -> Result<Vec<SheetRow>, ReadbackError> {
    let mut book: Xlsx<_> = open_workbook::<Xlsx<_>, _>(staged.join(PATH))?;
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut titles: BTreeMap<u32, String> = BTreeMap::new();
    let mut rows: BTreeMap<u32, SheetRow> = BTreeMap::new();
    while let Some(cell) = cells.next_cell()? {
        let ((row, column), value) = (cell.get_position(), cell.get_value());
        let text = value.get_string().map(str::to_owned);
        if row == TABLE_ROW {
            titles.insert(column, text.unwrap_or_default());
            continue;
        }
        let value = text.map(SheetValue::Text).or(value.as_f64().map(SheetValue::Number));
        if let (Some(title), Some(value), true) = (titles.get(&column), value, row > TABLE_ROW) {
            rows.entry(row).or_default().insert(title.clone(), value);
        }
    }
    Ok(rows.into_values().collect())
}

fn text<'r>(row: &'r SheetRow, title: &str) -> &'r str {
    match row.get(title) {
        Some(SheetValue::Text(text)) => text,
        Some(SheetValue::Number(_)) | None => "",
    }
}

/// An amount of a row, if it has one.
fn amount(row: &SheetRow, title: &str) -> Result<Option<Total>, ReadbackError> {
    let Some(SheetValue::Number(number)) = row.get(title) else { return Ok(None) };
    let currency = currency(text(row, CURRENCY))?;
    // What a workbook keeps is the double that is nearest to the amount.
    let decimal = format!("{number:.places$}", places = currency.exponent() as usize);
    let units = MinorUnits::parse(&decimal, currency).ok_or(ReadbackError::NoAmount(decimal))?;
    Ok(Some(units.of(currency)))
}

/// The title of the column that holds the currency of a row.
const CURRENCY: &str = "Currency";

/// The sheet Vouchers: as many rows, and the same entitled amounts.
pub(super) fn read_vouchers(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let rows = rows(staged, "Vouchers")?;
    let mut entitled = Totals::default();
    for row in &rows {
        amount(row, title(&verdicts::columns(), "entitled"))?.into_iter().for_each(|sum| entitled.add(sum));
    }
    let stated = page.stated("vouchers");
    let rows = differing_count("rows in Vouchers", rows.len(), RunPage::count(&stated["count"])?);
    let sums = differing_sums("Vouchers, entitled", &entitled, &page.sums(&stated["entitled"])?);
    Ok(rows.into_iter().chain(sums).collect())
}

/// The closings of the sheet Statement.
pub(super) fn read_statement(staged: &Path, page: &RunPage) -> Result<Vec<String>, ReadbackError> {
    let columns = statement::columns();
    let (line, total) = (title(&columns, "line"), title(&columns, "total"));
    let mut closing = Totals::default();
    for row in rows(staged, "Statement")?.iter().filter(|row| text(row, line) == "closing") {
        amount(row, total)?.into_iter().for_each(|sum| closing.add(sum));
    }
    Ok(differing_sums("Statement, closing", &closing, &closing_totals(page)?).into_iter().collect())
}
