//! `rejects.csv` and the sheet Rejects: one row per refused row.

use crate::ingest::Reject;
use crate::model::Tables;
use crate::model::place::TableName;
use crate::report::column::{Column, ColumnKind, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "rejects.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A refused row, and the tables of the run.
pub(crate) struct RejectRow<'a> {
    reject: &'a Reject,
    tables: &'a Tables,
}

impl RejectRow<'_> {
    fn table(&self) -> &TableName {
        self.tables.name(self.reject.place)
    }
}

pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<RejectRow<'a>> {
    let tables = &results.intake.tables;
    results.intake.rejects.iter().map(|reject| RejectRow { reject, tables }).collect()
}

type RejectColumn<'a> = Column<RejectRow<'a>>;

pub(crate) fn columns<'a>() -> Vec<RejectColumn<'a>> {
    vec![
        RejectColumn::text("dataset", "the data set", |row| text(row.reject.dataset.as_str())).titled("Data set", 18),
        RejectColumn::text("file", "the file", |row| text(&row.table().file)),
        RejectColumn::text("sheet", "its sheet", |row| row.table().sheet.as_deref().map(Into::into)),
        RejectColumn::count("row", "the row, as a spreadsheet shows it", |row| Some(i64::from(row.reject.place.row))),
        RejectColumn::sheet("Where", 50, ColumnKind::Text(|row| printed(row.tables.describe(row.reject.place)))),
        RejectColumn::text("column", "the column that could not be used", |row| text(row.reject.column))
            .titled("Column", 18),
        RejectColumn::text("code", "why", |row| text(row.reject.code.as_str())).titled("Code", 10),
        RejectColumn::text("value", "the cell as it came", |row| text(&row.reject.value)).titled("Value", 30),
        RejectColumn::text("message", "what is wrong, what was expected, what to do, and the row", |row| {
            let Reject { what, expected, hint, raw, .. } = row.reject;
            printed(format_args!("{what}; expected {expected}; hint: {hint}; row: {raw}"))
        }),
        RejectColumn::sheet("What", 50, ColumnKind::Text(|row| text(&row.reject.what))),
        RejectColumn::sheet("Expected", 50, ColumnKind::Text(|row| text(&row.reject.expected))),
        RejectColumn::sheet(
            "What to do",
            50,
            ColumnKind::Text(|row| match row.reject.superseded {
                true => text("nothing: a later export has replaced the row"),
                false => text(&row.reject.hint),
            }),
        ),
        RejectColumn::sheet("Row as it came", 80, ColumnKind::Text(|row| text(&row.reject.raw))),
    ]
}
