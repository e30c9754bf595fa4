//! One way to write a sheet: a title, and tables of typed cells with column widths that fit, a frozen header, filters, print
//! set-up.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use crate::model::Currency;
use crate::report::ReportError;
use crate::report::column::{Cell, Column, InSheet};

/// Formats that all sheets share.
struct Styles {
    title: Format,
    note: Format,
    /// Spelled out, since not every program draws table styles.
    header: Format,
    text: Format,
    input: Format,
    input_day: Format,
    day: Format,
    count: Format,
    amounts: HashMap<Currency, Format>,
    /// Widths of the columns so far: several tables of a sheet share them.
    widths: Vec<u16>,
}

impl Styles {
    fn new() -> Styles {
        let top = || Format::new().set_align(FormatAlign::Top);
        let input = || top().set_align(FormatAlign::Left).set_background_color(Color::RGB(0x00FF_F8E1));
        Styles {
            title: Format::new().set_bold().set_font_size(16),
            note: Format::new().set_font_color(Color::RGB(0x0059_5959)),
            header: Format::new()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x0026_4653))
                .set_align(FormatAlign::VerticalCenter),
            text: top().set_align(FormatAlign::Left).set_text_wrap().set_indent(1),
            // As text, so that an id keeps its zeros; as a day, so that one that is typed is no plain number.
            input: input().set_text_wrap().set_num_format_index(49),
            input_day: input().set_num_format("yyyy-mm-dd"),
            day: top().set_align(FormatAlign::Left).set_indent(1).set_num_format("yyyy-mm-dd"),
            count: top().set_align(FormatAlign::Right).set_indent(1).set_num_format("#,##0"),
            amounts: HashMap::new(),
            widths: Vec::new(),
        }
    }

    fn amount(&mut self, currency: Currency) -> &Format {
        self.amounts.entry(currency).or_insert_with(|| {
            let places = currency.exponent() as usize;
            let digits = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
            let code = currency.code();
            Format::new()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_num_format(format!("[${code}] {digits};[Red]-[${code}] {digits}"))
        })
    }
}

/// The row in which the first table of a sheet begins, counted from 0.
pub(crate) const TABLE_ROW: u32 = 3;

/// A sheet that is being written, from top to bottom.
pub(super) struct Sheet {
    pub(super) sheet: Worksheet,
    name: &'static str,
    styles: Styles,
    /// The next free row.
    pub(super) at: u32,
}

impl Sheet {
    /// A new sheet with a title in A1 and a sentence below it.
    pub(super) fn new(name: &'static str, title: &str, note: &str) -> Result<Sheet, ReportError> {
        let mut sheet = Sheet { sheet: Worksheet::new(), name, styles: Styles::new(), at: TABLE_ROW };
        let mut head = || -> Result<(), XlsxError> {
            sheet.sheet.set_name(name)?;
            sheet.sheet.set_landscape();
            sheet.sheet.set_paper_size(9);
            sheet.sheet.set_print_fit_to_pages(1, 0);
            sheet.sheet.write_with_format(0, 0, title, &sheet.styles.title)?;
            sheet.sheet.write_with_format(1, 0, note, &sheet.styles.note)?;
            Ok(())
        };
        head().map_err(ReportError::of(name))?;
        Ok(sheet)
    }

    /// Changes the sheet where no table is written.
    pub(super) fn set(&mut self, set: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Result<(), ReportError> {
        set(&mut self.sheet).map_err(ReportError::of(self.name))
    }

    /// Writes a line above the next table.
    pub(super) fn heading(&mut self, text: &str) -> Result<(), ReportError> {
        let at = self.at;
        self.at += 1;
        self.set(|sheet| sheet.write_with_format(at, 0, text, &Format::new().set_bold()).map(drop))
    }

    /// Writes a table: header, cells, filters. Columns whose titles are in `first` come first.
    pub(super) fn table<R>(
        &mut self,
        name: &str,
        columns: &[Column<R>],
        first: &[&str],
        rows: &[R],
    ) -> Result<(), ReportError> {
        let columns = in_order(columns, first);
        let cells: Vec<Vec<Cell<'_>>> =
            rows.iter().map(|row| columns.iter().map(|(column, _)| column.cell(row)).collect()).collect();
        let titles: Vec<&InSheet<R>> = columns.iter().map(|(_, sheet)| *sheet).collect();
        let at = self.at;
        let written = self.write(name, &titles, rows, &cells);
        written.and_then(|()| self.size(&titles, &cells)).map_err(ReportError::of(self.name))?;
        self.at = at + 2 + below(rows.len()).max(1);
        Ok(())
    }

    fn write<R>(
        &mut self,
        name: &str,
        columns: &[&InSheet<R>],
        rows: &[R],
        cells: &[Vec<Cell<'_>>],
    ) -> Result<(), XlsxError> {
        let heads =
            columns.iter().map(|c| TableColumn::new().set_header(c.title).set_header_format(&self.styles.header));
        let headers: Vec<TableColumn> = heads.collect();
        let table =
            Table::new().set_name(name).set_columns(&headers).set_style(TableStyle::Light9).set_banded_rows(true);
        let last_column = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
        self.sheet.add_table(self.at, 0, self.at + below(rows.len()).max(1), last_column, &table)?;
        for (place, (row, cells)) in (self.at + 1..).zip(rows.iter().zip(cells)) {
            for (column, (sheet, cell)) in (0_u16..).zip(columns.iter().zip(cells)) {
                match sheet.formula.and_then(|formula| formula(row, place + 1)) {
                    Some(formula) => self.write_formula(place, column, &formula, cell)?,
                    None => self.write_cell(place, column, cell)?,
                }
            }
        }
        Ok(())
    }

    /// Column widths from the content, no wider than the column allows. Rows that hold wrapped text are as high as their
    /// longest cell: not every program finds out by itself.
    fn size<R>(&mut self, columns: &[&InSheet<R>], cells: &[Vec<Cell<'_>>]) -> Result<(), XlsxError> {
        let widths = &mut self.styles.widths;
        widths.resize(widths.len().max(columns.len()), 0);
        for (at, column) in columns.iter().enumerate() {
            let content = cells.iter().map(|row| width(&row[at])).max().unwrap_or(0);
            // The header needs room for its filter button.
            let wanted = (content + 3).max(column.title.len() + 4).min(usize::from(column.widest));
            widths[at] = widths[at].max(u16::try_from(wanted).unwrap_or(column.widest));
            self.sheet.set_column_width(u16::try_from(at).unwrap_or(u16::MAX), widths[at])?;
        }
        for (row, cells) in (self.at + 1..).zip(cells) {
            let lines = cells.iter().zip(columns).map(|(cell, column)| {
                // Words break before the edge, so a line holds a little less than the column's width.
                let line = usize::from(column.widest).saturating_sub(3).max(1);
                width(cell).saturating_sub(3).div_ceil(line).max(1)
            });
            let lines = below(lines.max().unwrap_or(1));
            if lines > 1 {
                self.sheet.set_row_height(row, 15 * lines)?;
            }
        }
        Ok(())
    }

    /// Keeps the header of a sheet's only table in sight, on screen and on paper.
    pub(super) fn freeze(&mut self, columns: u16) -> Result<(), ReportError> {
        self.set(|sheet| {
            sheet.set_freeze_panes(TABLE_ROW + 1, columns)?;
            sheet.set_repeat_rows(TABLE_ROW, TABLE_ROW)?;
            Ok(())
        })
    }

    /// Writes one cell with its type.
    fn write_cell(&mut self, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let (sheet, styles) = (&mut self.sheet, &mut self.styles);
        match cell {
            Cell::Blank => {}
            Cell::Text(text) if text.is_empty() => {}
            Cell::Input => drop(sheet.write_blank(row, column, &styles.input)?),
            Cell::InputDay => drop(sheet.write_blank(row, column, &styles.input_day)?),
            Cell::Text(text) => drop(sheet.write_string_with_format(row, column, shown(text), &styles.text)?),
            Cell::Day(day) => {
                sheet.write_datetime_with_format(row, column, day.to_chrono(), &styles.day)?;
            }
            Cell::Count(_) => {
                sheet.write_number_with_format(row, column, double(cell), &styles.count)?;
            }
            Cell::Amount(total) => {
                sheet.write_number_with_format(row, column, double(cell), styles.amount(total.currency))?;
            }
        }
        Ok(())
    }

    /// Writes a formula with the result that it must show.
    fn write_formula(&mut self, row: u32, column: u16, formula: &str, result: &Cell<'_>) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result.written().into_owned());
        let styles = &mut self.styles;
        let format = match result {
            Cell::Amount(total) => styles.amount(total.currency),
            Cell::Count(_) => &styles.count,
            Cell::Blank | Cell::Input | Cell::InputDay | Cell::Text(_) | Cell::Day(_) => &styles.text,
        };
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }
}

/// A sheet with one table, named like the sheet: Excel allows only letters and digits there.
pub(super) fn list<R>(
    mut sheet: Sheet,
    columns: &[Column<R>],
    first: &[&str],
    rows: &[R],
    frozen: u16,
) -> Result<Sheet, ReportError> {
    let name: String = sheet.name.chars().filter(char::is_ascii_alphanumeric).collect();
    sheet.table(&name, columns, first, rows)?;
    sheet.freeze(frozen)?;
    Ok(sheet)
}

/// The columns that the workbook has, in its order.
pub(super) fn in_order<'c, R>(columns: &'c [Column<R>], first: &[&str]) -> Vec<(&'c Column<R>, &'c InSheet<R>)> {
    let mut shown: Vec<_> = columns.iter().filter_map(|column| Some((column, column.sheet.as_ref()?))).collect();
    shown.sort_by_key(|(_, sheet)| first.iter().position(|title| *title == sheet.title).unwrap_or(first.len()));
    shown
}

/// A number of rows.
fn below(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// What is shown, for the width of the column.
fn width(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Blank | Cell::Input | Cell::InputDay => 0,
        // Wide characters take two columns.
        Cell::Text(text) => text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum(),
        Cell::Day(_) => 10,
        Cell::Count(count) => count.to_string().len(),
        Cell::Amount(total) => total.to_string().len() * 4 / 3 + 4,
    }
}

/// A cell holds 32,767 characters; what is longer stands whole in the machine files.
fn shown(text: &str) -> Cow<'_, str> {
    const MOST: usize = 32_000;
    match text.char_indices().nth(MOST) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{} (cut)", &text[..end])),
    }
}

/// A number as the double that a workbook keeps: the nearest one, by parsing, not by arithmetic.
fn double(cell: &Cell<'_>) -> f64 {
    cell.written().parse().unwrap_or(f64::NAN)
}
