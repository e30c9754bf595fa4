//! The summary: vouchers and money by state and by partner, never over two currencies at once. The figures are
//! polars' sums; in the sheet they are formulas over the sheet Vouchers with these figures as cached results.

use super::grid::Sheet;
use crate::model::{MinorUnits, Total};
use crate::report::ReportError;
use crate::report::column::{Column, ColumnKind, text};
use crate::results::{Summaries, SummaryRow};

pub(super) fn sheet(summaries: &Summaries) -> Result<Sheet, ReportError> {
    let note = "By state, then by partner; one line per currency. A line without a currency holds vouchers without an entitled amount.";
    let mut sheet = Sheet::new("Summary", "Vouchers and money", note)?;
    sheet.table("ByState", &columns("State"), &[], &rows(&summaries.by_state, "State"))?;
    sheet.heading("By partner")?;
    sheet.table("ByPartner", &columns("Partner"), &[], &rows(&summaries.by_partner, "Partner"))?;
    Ok(sheet)
}

/// A line, and the column of the sheet Vouchers by which it is grouped.
struct GroupRow<'a> {
    by: &'static str,
    sums: &'a SummaryRow,
}

fn rows<'a>(summary: &'a [SummaryRow], by: &'static str) -> Vec<GroupRow<'a>> {
    summary.iter().map(|sums| GroupRow { by, sums }).collect()
}

type GroupColumn<'a> = Column<GroupRow<'a>>;

fn columns<'a>(by: &'static str) -> [GroupColumn<'a>; 7] {
    let amount = |title, of| GroupColumn::sheet(title, 24, ColumnKind::Amount(of));
    [
        GroupColumn::sheet(by, 16, ColumnKind::Text(|row| text(&row.sums.group))),
        GroupColumn::sheet(
            "Currency",
            13,
            ColumnKind::Text(|row| row.sums.currency.map(|currency| currency.code().into())),
        ),
        GroupColumn::sheet("Vouchers", 14, ColumnKind::Count(|row| Some(row.sums.vouchers)))
            .formula(|row, at| Some(row.count(at))),
        amount("Entitled", |row| row.total(row.sums.entitled)).formula(|row, at| row.sum("Entitled", at)),
        amount("Invoiced before", |row| row.total(row.sums.invoiced)).formula(|row, at| row.sum("Invoiced", at)),
        amount("Payable now", |row| row.total(row.sums.payable)).formula(|row, at| row.sum("Payable", at)),
        amount("Paid", |row| row.total(row.sums.paid)).formula(|row, at| row.sum("Paid", at)),
    ]
}

impl GroupRow<'_> {
    fn total(&self, units: MinorUnits) -> Option<Total> {
        Some(units.of(self.sums.currency?))
    }

    /// How many rows of the sheet Vouchers are of this line.
    fn count(&self, at: u32) -> String {
        let by = self.by;
        if self.sums.group.is_empty() || self.sums.currency.is_none() {
            // COUNTIFS takes a blank criterion for a zero.
            return format!("=SUMPRODUCT((Vouchers[{by}]=$A{at})*(Vouchers[Currency]=$B{at}))");
        }
        format!("=COUNTIFS(Vouchers[{by}],$A{at},Vouchers[Currency],$B{at})")
    }

    /// The sum of a column of the sheet Vouchers over them.
    fn sum(&self, column: &str, at: u32) -> Option<String> {
        let by = self.by;
        self.sums.currency?;
        Some(match self.sums.group.is_empty() {
            true => format!("=SUMPRODUCT((Vouchers[{by}]=$A{at})*(Vouchers[Currency]=$B{at}),Vouchers[{column}])"),
            false => format!("=SUMIFS(Vouchers[{column}],Vouchers[{by}],$A{at},Vouchers[Currency],$B{at})"),
        })
    }
}
