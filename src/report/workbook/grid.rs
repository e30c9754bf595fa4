//! One way to write a table: typed cells, column widths that fit, a frozen header, filters, print set-up.

use std::borrow::Cow;
use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use crate::model::{Currency, Day, Money, Total};

/// Something that stands in a cell.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    Blank,
    /// Left for a person to fill in with a text.
    Input,
    /// Left for a person to fill in with a day.
    InputDay,
    Text(Cow<'a, str>),
    Day(Option<Day>),
    Count(i128),
    Amount(Total),
    /// A formula with the result that it must show, and how the result looks.
    Formula(String, Box<Cell<'a>>),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Blank } else { Cell::Text(Cow::Borrowed(text)) }
    }

    pub(super) fn owned(text: String) -> Cell<'a> {
        if text.is_empty() { Cell::Blank } else { Cell::Text(Cow::Owned(text)) }
    }

    pub(super) fn money(money: Option<Money>) -> Cell<'a> {
        money.map_or(Cell::Blank, |money| Cell::Amount(Total::from(money)))
    }

    pub(super) fn count(count: u64) -> Cell<'a> {
        Cell::Count(i128::from(count))
    }

    pub(super) fn formula(formula: String, result: Cell<'a>) -> Cell<'a> {
        Cell::Formula(formula, Box::new(result))
    }

    /// What is shown, for the width of the column.
    fn width(&self) -> usize {
        match self {
            Cell::Blank | Cell::Input | Cell::InputDay => 0,
            // Wide characters take two columns.
            Cell::Text(text) => text.chars().map(|c| if c as u32 >= 0x1100 { 2 } else { 1 }).sum(),
            Cell::Day(_) => 10,
            Cell::Count(count) => count.to_string().len(),
            Cell::Amount(total) => total.to_string().len() * 4 / 3 + 4,
            Cell::Formula(_, result) => result.width(),
        }
    }

    /// The number or text that a reader without recalculation sees.
    fn cached(&self) -> String {
        match self {
            Cell::Blank | Cell::Input | Cell::InputDay => String::new(),
            Cell::Text(text) => text.to_string(),
            Cell::Day(day) => day.map_or(String::new(), |day| day.to_string()),
            Cell::Count(count) => count.to_string(),
            Cell::Amount(total) => total.to_string(),
            Cell::Formula(_, result) => result.cached(),
        }
    }
}

/// A column: its title and its greatest width; longer texts are wrapped.
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) widest: u16,
}

pub(super) const fn column(title: &'static str, widest: u16) -> Column {
    Column { title, widest }
}

/// Formats that all sheets share.
pub(super) struct Styles {
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
    pub(super) fn new() -> Styles {
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

/// A new sheet with a title in A1 and a sentence below it.
pub(super) fn sheet(name: &str, title: &str, note: &str, styles: &Styles) -> Result<Worksheet, String> {
    let mut sheet = Worksheet::new();
    let head = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
        sheet.set_name(name)?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.write_with_format(0, 0, title, &styles.title)?;
        sheet.write_with_format(1, 0, note, &styles.note)?;
        Ok(())
    };
    head(&mut sheet).map_err(|error| format!("sheet {name}: {error}"))?;
    Ok(sheet)
}

/// The row in which the table of a sheet begins.
pub(super) const TABLE_ROW: u32 = 3;

/// Writes a table from a row on: header, cells, filters. Returns the first free row below it.
pub(super) fn table(
    sheet: &mut Worksheet,
    at: u32,
    name: &str,
    columns: &[Column],
    rows: &[Vec<Cell<'_>>],
    styles: &mut Styles,
) -> Result<u32, String> {
    let last_column = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    let written = |sheet: &mut Worksheet, styles: &mut Styles| -> Result<u32, XlsxError> {
        let heads = columns.iter().map(|c| TableColumn::new().set_header(c.title).set_header_format(&styles.header));
        let headers: Vec<TableColumn> = heads.collect();
        let table =
            Table::new().set_name(name).set_columns(&headers).set_style(TableStyle::Light9).set_banded_rows(true);
        let end = at + u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1);
        sheet.add_table(at, 0, end, last_column, &table)?;
        for (row, cells) in (at + 1..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                write(sheet, row, column, cell, styles)?;
            }
        }
        Ok(end + 1)
    };
    let end = written(sheet, styles).map_err(|error| format!("table {name}: {error}"))?;
    let widths = &mut styles.widths;
    let mut sized =
        |sheet: &mut Worksheet| fit(sheet, columns, rows, widths).and_then(|()| heighten(sheet, at, columns, rows));
    sized(sheet).map_err(|error| format!("table {name}: {error}"))?;
    Ok(end)
}

/// Keeps the header of a sheet's only table in sight, on screen and on paper.
pub(super) fn freeze(sheet: &mut Worksheet, columns: u16) -> Result<(), String> {
    let frozen = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
        sheet.set_freeze_panes(TABLE_ROW + 1, columns)?;
        sheet.set_repeat_rows(TABLE_ROW, TABLE_ROW)?;
        Ok(())
    };
    frozen(sheet).map_err(|error| error.to_string())
}

/// Column widths from the content, no wider than the column allows.
fn fit(
    sheet: &mut Worksheet,
    columns: &[Column],
    rows: &[Vec<Cell<'_>>],
    widths: &mut Vec<u16>,
) -> Result<(), XlsxError> {
    widths.resize(widths.len().max(columns.len()), 0);
    for (at, column) in columns.iter().enumerate() {
        let content = rows.iter().filter_map(|row| row.get(at)).map(Cell::width).max().unwrap_or(0);
        // The header needs room for its filter button.
        let wanted = (content + 3).max(column.title.len() + 4).min(usize::from(column.widest));
        let number = u16::try_from(at).unwrap_or(u16::MAX);
        widths[at] = widths[at].max(u16::try_from(wanted).unwrap_or(column.widest));
        sheet.set_column_width(number, widths[at])?;
    }
    Ok(())
}

/// Rows that hold wrapped text are as high as their longest cell: not every program finds out by itself.
fn heighten(sheet: &mut Worksheet, at: u32, columns: &[Column], rows: &[Vec<Cell<'_>>]) -> Result<(), XlsxError> {
    for (row, cells) in (at + 1..).zip(rows) {
        let lines = cells.iter().zip(columns).map(|(cell, column)| {
            // Words break before the edge, so a line holds a little less than the column's width.
            let line = usize::from(column.widest).saturating_sub(3).max(1);
            cell.width().saturating_sub(3).div_ceil(line).max(1)
        });
        let lines = u32::try_from(lines.max().unwrap_or(1)).unwrap_or(1);
        if lines > 1 {
            sheet.set_row_height(row, 15 * lines)?;
        }
    }
    Ok(())
}

/// Writes one cell with its type.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank | Cell::Day(None) => {}
        Cell::Input => {
            sheet.write_blank(row, column, &styles.input)?;
        }
        Cell::InputDay => {
            sheet.write_blank(row, column, &styles.input_day)?;
        }
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, shown(text), &styles.text)?;
        }
        Cell::Day(Some(day)) => {
            sheet.write_datetime_with_format(row, column, day.to_chrono(), &styles.day)?;
        }
        Cell::Count(count) => {
            sheet.write_number_with_format(row, column, number(&count.to_string()), &styles.count)?;
        }
        Cell::Amount(total) => {
            let shown = number(&total.to_string());
            sheet.write_number_with_format(row, column, shown, styles.amount(total.currency))?;
        }
        Cell::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.cached());
            let format = match result.as_ref() {
                Cell::Amount(total) => styles.amount(total.currency).clone(),
                Cell::Count(_) => styles.count.clone(),
                Cell::Blank | Cell::Input | Cell::InputDay | Cell::Text(_) | Cell::Day(_) | Cell::Formula(..) => {
                    styles.text.clone()
                }
            };
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
    }
    Ok(())
}

/// A cell holds 32,767 characters; what is longer stands whole in the machine files.
fn shown(text: &str) -> Cow<'_, str> {
    const MOST: usize = 32_000;
    match text.char_indices().nth(MOST) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{} (cut)", &text[..end])),
    }
}

/// A decimal text as the double that a workbook keeps: the nearest one, by parsing, not by arithmetic.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
