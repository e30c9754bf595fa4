//! Rows of one file, or of one part of it, become typed columns or refusals. The usual cell takes a short way; what
//! is unusual is read by [`CellReader::value`], and a refused row is read again for everything that can be known of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashMap;

use super::cell_results::{CellResults, RefusedCell, amount_in, misshapen_keys};
use super::reject::{Keys, Refused, Reject};
use crate::ingest::cell::conventions::Convention;
use crate::ingest::cell::days::DayForms;
use crate::ingest::cell::refusal::Refusal;
use crate::ingest::cell::{CellReader, is_id, whole_number};
use crate::ingest::columns::block::Block;
use crate::ingest::columns::column_data::{ColumnData, NO_WORD};
use crate::ingest::columns::kind::{Kind, Value};
use crate::ingest::columns::schema::{DatasetSchema, MoneyColumns};
use crate::ingest::plain::plain;
use crate::ingest::profile::notation::DecimalMark;
use crate::ingest::profile::titles::ColumnOrigin;
use crate::ingest::sheet::{FileProblem, RawCell, RawRow, RowSink};
use crate::model::{Code, Currency, Day, Money, Place, Totals};

/// How the rows of a file are loaded.
#[derive(Clone, Copy)]
pub(crate) struct LoadPlan<'a> {
    pub(crate) schema: &'static DatasetSchema,
    pub(crate) reader: CellReader<'a>,
    /// Where the cells of each column come from.
    pub(crate) origins: &'a [ColumnOrigin],
    /// The titles of the file.
    pub(crate) titles: &'a [String],
    /// The table in which the rows stand.
    pub(crate) table: u32,
    pub(crate) exported_on: Option<Day>,
    pub(crate) quota: &'a RejectQuota,
}

/// How many more refused rows of a file are kept: once more are refused than any file may have, it is refused whole, and
/// the others are only counted.
#[derive(Debug)]
pub(crate) struct RejectQuota(AtomicU64);

impl RejectQuota {
    pub(crate) fn new(rows: u64) -> RejectQuota {
        RejectQuota(AtomicU64::new(rows))
    }

    fn take(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

/// Rows that were read.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) blocks: Vec<Block>,
    pub(crate) refused: Vec<Refused>,
    /// Rows without content.
    pub(crate) blank: u64,
    /// Amounts of all rows in which one can be read.
    pub(crate) amounts: Totals,
    /// Refused rows beyond those that are kept.
    pub(crate) unkept: u64,
    /// How days are written, by column; empty where all are ISO dates.
    pub(crate) days: BTreeMap<&'static str, DayForms>,
}

/// All rows of a file.
pub(crate) struct FileRows {
    /// Rows below the titles, blank ones too, as the reader of the file has counted them.
    pub(crate) records: u64,
    /// What the loader made of them.
    pub(crate) loaded: Loaded,
}

impl Loaded {
    /// What follows below, whose row numbers start again at the row after `above`.
    pub(crate) fn append(&mut self, mut below: Loaded, above: u32) {
        below.blocks.iter_mut().for_each(|block| block.move_down(above));
        below.refused.iter_mut().for_each(|refused| refused.reject.place.row += above);
        self.blocks.append(&mut below.blocks);
        self.refused.append(&mut below.refused);
        self.blank += below.blank;
        self.amounts.add_all(&below.amounts);
        self.unkept += below.unkept;
        below.days.into_iter().for_each(|(column, forms)| self.days.entry(column).or_default().add(forms));
    }
}

/// Words of one column after which a new block begins; fewer than their positions have quota for.
const WORDS: usize = 60_000;

/// Takes rows in.
pub(crate) struct Loader<'a> {
    from: LoadPlan<'a>,
    loaded: Loaded,
    block: Block,
    /// Per column: words that this block has met, and their positions among its values.
    met: Vec<HashMap<Box<str>, u16>>,
}

impl<'a> Loader<'a> {
    pub(crate) fn new(from: LoadPlan<'a>) -> Loader<'a> {
        let met = vec![HashMap::new(); from.schema.columns.len()];
        Loader { block: empty_block(from), loaded: Loaded::default(), met, from }
    }

    /// What was taken in since the last time.
    pub(crate) fn take(&mut self) -> Loaded {
        self.close_block();
        std::mem::take(&mut self.loaded)
    }

    fn close_block(&mut self) {
        if self.block.len() > 0 {
            self.loaded.blocks.push(self.block.take());
        }
        self.met.iter_mut().for_each(HashMap::clear);
    }

    /// Whether a person was to fill the row in, and has not.
    fn is_empty_form(&self, row: &impl RawRow) -> bool {
        let LoadPlan { schema, origins, .. } = self.from;
        let is_blank = |column: &usize| origins[*column].cell(row).is_none_or(|cell| cell == RawCell::Blank);
        !schema.fills.is_empty() && schema.fills.iter().all(is_blank)
    }

    fn push_row(&mut self, row: &impl RawRow) -> Result<(), NotUsable> {
        let from = self.from;
        for (at, (column, origin)) in from.schema.columns.iter().zip(from.origins).enumerate() {
            if matches!(column.kind, Kind::Amount | Kind::Price) {
                continue;
            }
            match origin.cell(row) {
                None => {}
                Some(RawCell::Blank) if column.required => return Err(NotUsable),
                Some(RawCell::Blank) => self.block.column(at).push_blank(),
                Some(cell) => self.push_cell(at, column.kind, column.name, cell)?,
            }
        }
        match from.schema.money {
            Some(columns) => self.push_amount(row, columns),
            None => Ok(()),
        }
    }

    fn push_cell(&mut self, at: usize, kind: Kind, name: &'static str, cell: RawCell<'_>) -> Result<(), NotUsable> {
        match (kind, self.block.column(at), cell) {
            (Kind::Id, ColumnData::Text(texts), RawCell::Text(text)) if is_id(text) => {
                texts.push(text);
                Ok(())
            }
            (Kind::Text, ColumnData::Text(texts), RawCell::Text(text)) if is_printable_ascii(text) => {
                texts.push(text);
                Ok(())
            }
            (Kind::Day, ColumnData::Day(days), RawCell::Text(text)) => {
                // An ISO day has one reading in every profile; other days take the long way.
                let iso = Day::parse_iso(text).filter(|day| day.is_in_range());
                let day = match iso {
                    Some(day) => day,
                    None => return self.push_other_day(at, name, cell),
                };
                days.push(Some(day));
                Ok(())
            }
            (Kind::Whole | Kind::Level, ColumnData::Whole(wholes), RawCell::Text(text)) => {
                wholes.push(match whole_number(text) {
                    Some(number) => number,
                    None => self.from.reader.whole(kind, name, cell)?,
                });
                Ok(())
            }
            (_, ColumnData::Word(..), RawCell::Text(text)) => self.push_word(at, kind, name, text, cell),
            (_, ColumnData::Word(..), cell) => self.push_word(at, kind, name, &cell.shown(), cell),
            (Kind::Day, _, cell) => self.push_other_day(at, name, cell),
            (_, column, cell) => {
                let value = self.from.reader.value(kind, name, cell)?;
                column.push(value);
                Ok(())
            }
        }
    }

    /// A day that is no text in ISO form. How it is written says something about the others of its column.
    fn push_other_day(&mut self, at: usize, name: &'static str, cell: RawCell<'_>) -> Result<(), NotUsable> {
        let CellReader { conventions, profile, .. } = self.from.reader;
        self.loaded.days.entry(name).or_default().count(cell, conventions.dates(profile, name));
        let value = self.from.reader.value(Kind::Day, name, cell)?;
        self.block.column(at).push(value);
        Ok(())
    }

    fn push_word(&mut self, at: usize, kind: Kind, name: &str, text: &str, cell: RawCell<'_>) -> Result<(), NotUsable> {
        let ColumnData::Word(words, values) = self.block.column(at) else { return Err(NotUsable) };
        if let Some(position) = self.met[at].get(text) {
            words.push(*position);
            return Ok(());
        }
        let value = self.from.reader.value(kind, name, cell)?;
        let position = u16::try_from(values.len()).ok().filter(|position| *position != NO_WORD).ok_or(NotUsable)?;
        values.push(value);
        words.push(position);
        self.met[at].insert(text.into(), position);
        Ok(())
    }

    fn push_amount(&mut self, row: &impl RawRow, columns: MoneyColumns) -> Result<(), NotUsable> {
        let column = &self.from.schema.columns[columns.amount];
        let mark = self.from.reader.conventions.decimals(self.from.reader.profile, column.name);
        let text = match self.from.origins[columns.amount].cell(row) {
            None => return Ok(()),
            // Without groups and with a decimal point it is already what an amount is read from.
            Some(RawCell::Text(text)) if mark == Convention::One(DecimalMark::Point) && is_bare_decimal(text) => {
                return self.push_money(text, columns);
            }
            Some(RawCell::Blank) => return Err(NotUsable),
            Some(cell) => self.from.reader.value(column.kind, column.name, cell)?,
        };
        match text {
            Value::Amount(text) => self.push_money(&text, columns),
            _ => Err(NotUsable),
        }
    }

    fn push_money(&mut self, text: &str, columns: MoneyColumns) -> Result<(), NotUsable> {
        let MoneyColumns { amount, currency } = columns;
        let currency = self.last_currency(currency).ok_or(NotUsable)?;
        let money: Money = amount_in(text, self.from.schema.columns[amount].kind, currency)?;
        self.block.push_amount(amount, money);
        self.loaded.amounts.add(money);
        Ok(())
    }

    fn last_currency(&mut self, column: usize) -> Option<Currency> {
        let ColumnData::Word(words, values) = self.block.column(column) else { return None };
        match values.get(usize::from(*words.last()?)) {
            Some(Value::Currency(currency)) => Some(*currency),
            _ => None,
        }
    }

    fn refuse(&mut self, number: u32, row: &impl RawRow, misshapen: Option<&FileProblem>) {
        let LoadPlan { schema, reader, origins, titles, table, exported_on, quota } = self.from;
        let results = CellResults::read(schema, origins, row, reader);
        let amount = results.amount(schema);
        amount.into_iter().for_each(|amount| self.loaded.amounts.add(amount));
        if !quota.take() {
            self.loaded.unkept += 1;
            return;
        }
        let first_column = |refusal| RefusedCell { column: 0, refusal };
        let RefusedCell { column, refusal } = match misshapen {
            Some(FileProblem { what, expected, hint }) => {
                first_column(Refusal::new(Code::UnreadableCell, what, expected, hint))
            }
            None => results.refusal(schema).unwrap_or_else(|| {
                let (what, expected) = ("the row cannot be kept", "a row like the others");
                first_column(Refusal::new(Code::UnreadableCell, what, expected, "please report this row"))
            }),
        };
        let cells: Vec<String> = (0..row.width()).map(|at| row.cell(at).shown().escape_debug().to_string()).collect();
        let keys = if misshapen.is_some() { misshapen_keys(row, reader) } else { results.keys(schema) };
        let title = match &origins[column] {
            ColumnOrigin::Cell(at) => titles.get(*at).cloned(),
            ColumnOrigin::Fixed(_) | ColumnOrigin::Absent => None,
        };
        let reject = Reject {
            place: Place { table, row: number },
            dataset: schema.dataset,
            column: schema.columns[column].name,
            title,
            code: refusal.code,
            value: origins[column].cell(row).map_or(String::new(), RawCell::shown),
            what: refusal.what,
            expected: refusal.expected,
            hint: if is_total(row, origins, &keys) { format!("{}; {TOTAL}", refusal.hint) } else { refusal.hint },
            raw: cells.join(" | "),
            keys,
            superseded: false,
        };
        let key = results.key(schema).filter(|_| misshapen.is_none());
        self.loaded.refused.push(Refused { reject, key, exported_on, amount });
    }
}

impl RowSink for Loader<'_> {
    fn row(&mut self, number: u32, row: &impl RawRow, misshapen: Option<&FileProblem>) {
        if (0..row.width()).all(|at| row.cell(at) == RawCell::Blank) || self.is_empty_form(row) {
            self.loaded.blank += 1;
            return;
        }
        if self.block.is_full() || self.met.iter().any(|met| met.len() >= WORDS) {
            self.close_block();
        }
        if misshapen.is_none() && self.push_row(row).is_ok() {
            self.block.end_row(number);
        } else {
            self.block.take_back();
            self.refuse(number, row, misshapen);
        }
    }
}

/// What may be done about a row of totals.
const TOTAL: &str = "if it is a row of totals, delete it";

/// Whether a row looks like the totals below a table, and names nobody: a real row must not be deleted on a hint.
fn is_total(row: &impl RawRow, origins: &[ColumnOrigin], keys: &Keys) -> bool {
    const WORDS: [&str; 10] =
        ["total", "totals", "grandtotal", "sum", "totaal", "summa", "summe", "gesamt", "somme", "合计"];
    let names_nobody = keys.voucher.is_none() && keys.location.is_none() && keys.partner.is_none();
    let says_so =
        |cell: Option<RawCell<'_>>| matches!(cell, Some(RawCell::Text(text)) if WORDS.contains(&plain(text).as_str()));
    names_nobody && origins.iter().any(|origin| says_so(origin.cell(row)))
}

/// A cell cannot be used; why is found out when the row is refused.
struct NotUsable;

impl From<Refusal> for NotUsable {
    fn from(_: Refusal) -> NotUsable {
        NotUsable
    }
}

fn empty_block(from: LoadPlan<'_>) -> Block {
    let absent = from.origins.iter().map(|origin| *origin == ColumnOrigin::Absent);
    Block::new(from.table, from.schema, from.exported_on, absent)
}

fn is_bare_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
