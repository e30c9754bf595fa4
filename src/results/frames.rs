//! Totals by polars, over finished and typed columns: the parquet file, and the groups of the summary. Amounts are
//! i64 minor units; what polars sums is tied to our own sums of 128 bits, since its own wrap.

use polars::frame::chunk_df_for_writing;
use polars::prelude::*;
use polars_parquet::write::{
    CompressionOptions, FileWriter, RowGroupIterator, StatisticsOptions, Version, WriteOptions, get_dtype_encoding,
};

use super::Results;
use crate::model::{Day, MinorUnits, Money};
use crate::store::Document;
use crate::verdicts::Verdict;

/// One line of the summary: a group of vouchers in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// State or partner.
    pub group: String,
    /// Currency; blank where no amount is known.
    pub currency: String,
    /// Vouchers.
    pub vouchers: i64,
    /// Entitled.
    pub entitled: MinorUnits,
    /// Invoiced before this run.
    pub invoiced: MinorUnits,
    /// Payable now.
    pub payable: MinorUnits,
    /// Paid.
    pub paid: MinorUnits,
}

/// The totals of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summaries {
    /// By state and currency.
    pub by_state: Vec<SummaryRow>,
    /// By partner and currency.
    pub by_partner: Vec<SummaryRow>,
}

/// All verdicts as columns.
fn frame(verdicts: &[Verdict]) -> PolarsResult<DataFrame> {
    let text = |name: &str, value: &dyn Fn(&Verdict) -> String| {
        Column::new(name.into(), verdicts.iter().map(value).collect::<Vec<String>>())
    };
    let optional = |name: &str, value: &dyn Fn(&Verdict) -> Option<String>| {
        Column::new(name.into(), verdicts.iter().map(value).collect::<Vec<Option<String>>>())
    };
    let day = |name: &str, value: &dyn Fn(&Verdict) -> Option<Day>| {
        let days: Vec<Option<i32>> = verdicts.iter().map(|v| value(v).map(Day::days_since_epoch)).collect();
        Column::new(name.into(), days).cast(&DataType::Date)
    };
    let mut columns = vec![
        text("voucher_id", &|v| v.voucher.to_string()),
        text("state", &|v| v.state.to_string()),
        text("outcome", &|v| v.outcome.to_string()),
        optional("primary_code", &|v| v.primary().map(|code| code.to_string())),
        text("codes", &|v| v.codes()),
        optional("partner_id", &|v| v.partner.as_ref().map(|id| id.to_string())),
        optional("location_id", &|v| v.location.as_ref().map(|id| id.to_string())),
        optional("country", &|v| v.country.map(|country| country.to_string())),
        optional("customer_name", &|v| v.customer_name.as_ref().map(|name| name.to_string())),
        optional("engagement", &|v| v.engagement.as_ref().map(|id| id.to_string())),
        Column::new("days".into(), verdicts.iter().map(|v| v.days).collect::<Vec<Option<u32>>>()),
        day("created_on", &|v| v.dates.created)?,
        day("assigned_on", &|v| v.dates.assigned)?,
        day("reserved_on", &|v| v.dates.reserved)?,
        day("started_on", &|v| v.dates.started)?,
        day("completed_on", &|v| v.dates.completed)?,
        day("reported_on", &|v| v.dates.reported)?,
        day("redeemed_on", &|v| v.dates.redeemed)?,
        day("expires_on", &|v| v.dates.expires)?,
        day("claim_by", &|v| v.claim_by)?,
        day("turns_on", &|v| v.turns_on)?,
    ];
    columns.extend(amounts(verdicts));
    columns.push(optional("currency", &|v| v.currency().map(|currency| currency.to_string())));
    DataFrame::new(verdicts.len(), columns)
}

/// The amounts of verdicts in minor units of the verdict's currency.
fn amounts(verdicts: &[Verdict]) -> [Column; 4] {
    let minor = |name: &str, value: &dyn Fn(&Verdict) -> Option<i64>| {
        Column::new(name.into(), verdicts.iter().map(value).collect::<Vec<Option<i64>>>())
    };
    [
        minor("entitled_minor", &|v| v.entitled.map(Money::minor)),
        minor("invoiced_minor", &|v| v.invoiced.filter(|m| Some(m.currency()) == v.currency()).map(Money::minor)),
        minor("payable_minor", &|v| v.payable.map(Money::minor)),
        minor("paid_minor", &paid_minor),
    ]
}

fn paid_minor(verdict: &Verdict) -> Option<i64> {
    let paid = verdict.paid.get(verdict.currency()?)?;
    paid.units.money(paid.currency).map(Money::minor)
}

/// `verdicts.parquet`.
pub fn parquet(results: &Results<'_>) -> Result<Document, String> {
    let bytes = frame(results.verdicts).and_then(written).map_err(|error| error.to_string())?;
    Ok(Document { path: "verdicts.parquet".to_owned(), bytes })
}

/// Rows that a reader of the file takes up at a time.
const ROWS_OF_A_GROUP: usize = 512 * 512;

/// A frame as a parquet file. polars' own writer brings every compression there is; this one brings only the one it uses.
fn written(mut frame: DataFrame) -> PolarsResult<Vec<u8>> {
    let frame = chunk_df_for_writing(&mut frame, ROWS_OF_A_GROUP)?;
    let fields = frame.schema().iter_fields().map(|field| field.to_arrow(CompatLevel::newest()));
    let schema: ArrowSchema = fields.map(|field| (field.name.clone(), field)).collect();
    let encodings = schema.iter_values().map(|field| get_dtype_encoding(&field.dtype)).collect();
    let options = WriteOptions {
        statistics: StatisticsOptions::default(),
        version: Version::V1,
        compression: CompressionOptions::Snappy,
        data_page_size: None,
    };
    let mut file = FileWriter::try_new(Vec::new(), schema.clone(), options)?;
    let rows: Vec<u64> = frame.iter_chunks(CompatLevel::newest(), false).map(|chunk| chunk.len() as u64).collect();
    let chunks = frame.iter_chunks(CompatLevel::newest(), false).map(Ok);
    for (rows, group) in rows.into_iter().zip(RowGroupIterator::try_new(chunks, &schema, options, encodings)?) {
        file.write(rows, group?)?;
    }
    file.end(None)?;
    Ok(file.into_inner())
}

/// Vouchers and money by state, and by partner.
///
/// # Errors
/// A text when polars refuses.
pub(super) fn summaries(verdicts: &[Verdict]) -> Result<Summaries, String> {
    let by = |group: &dyn Fn(&Verdict) -> String| summary(verdicts, group).map_err(|error| error.to_string());
    Ok(Summaries {
        by_state: by(&|v| v.state.to_string())?,
        by_partner: by(&|v| v.partner.as_ref().map_or(String::new(), |id| id.to_string()))?,
    })
}

#[expect(deprecated, reason = "the planner that polars offers instead sums alike, and brings a reader and a runtime")]
fn summary(verdicts: &[Verdict], group: &dyn Fn(&Verdict) -> String) -> PolarsResult<Vec<SummaryRow>> {
    let currency = |v: &Verdict| v.currency().map_or(String::new(), |currency| currency.to_string());
    let keys = vec![
        Column::new("group".into(), verdicts.iter().map(group).collect::<Vec<String>>()),
        Column::new("currency".into(), verdicts.iter().map(currency).collect::<Vec<String>>()),
    ];
    let vouchers = Column::new("vouchers".into(), vec![1_i64; verdicts.len()]);
    let columns = keys.into_iter().chain([vouchers]).chain(amounts(verdicts)).collect();
    let frame = DataFrame::new(verdicts.len(), columns)?;
    let totals = frame.group_by(["group", "currency"])?.sum()?;
    let text = |name: &str| totals.column(name)?.str();
    let number = |name: &str| totals.column(&format!("{name}_sum"))?.i64();
    let (groups, currencies, vouchers) = (text("group")?, text("currency")?, number("vouchers")?);
    let (entitled, invoiced) = (number("entitled_minor")?, number("invoiced_minor")?);
    let (payable, paid) = (number("payable_minor")?, number("paid_minor")?);
    let units = |sums: &Int64Chunked, at: usize| MinorUnits::from(sums.get(at).unwrap_or_default());
    let row = |at: usize| SummaryRow {
        group: groups.get(at).unwrap_or_default().to_owned(),
        currency: currencies.get(at).unwrap_or_default().to_owned(),
        vouchers: vouchers.get(at).unwrap_or_default(),
        entitled: units(entitled, at),
        invoiced: units(invoiced, at),
        payable: units(payable, at),
        paid: units(paid, at),
    };
    let mut rows: Vec<SummaryRow> = (0..totals.height()).map(row).collect();
    rows.sort_by(|a, b| (&a.group, &a.currency).cmp(&(&b.group, &b.currency)));
    Ok(rows)
}
