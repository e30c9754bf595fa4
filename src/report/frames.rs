//! Totals by polars, over finished and typed columns: the parquet file, and the pivots of the summary. Amounts are
//! i64 minor units; what polars sums is tied to our own sums of 128 bits, since its own wrap.

use polars::prelude::*;

use super::Results;
use crate::model::{Day, Money};
use crate::reconcile::Verdict;
use crate::store::Document;

/// One line of the summary: a group of vouchers in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// State or partner.
    pub group: String,
    /// Currency; blank where no amount is known.
    pub currency: String,
    /// Vouchers.
    pub vouchers: i64,
    /// Worth, in minor units.
    pub entitled: i64,
    /// Invoiced before this run, in minor units.
    pub invoiced: i64,
    /// Payable now, in minor units.
    pub payable: i64,
    /// Paid, in minor units.
    pub paid: i64,
}

/// The pivots of the summary.
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
    let minor = |name: &str, value: &dyn Fn(&Verdict) -> Option<i64>| {
        Column::new(name.into(), verdicts.iter().map(value).collect::<Vec<Option<i64>>>())
    };
    let columns = vec![
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
        minor("entitled_minor", &|v| v.entitled.map(Money::minor)),
        minor("invoiced_minor", &|v| v.invoiced.filter(|m| Some(m.currency()) == v.currency()).map(Money::minor)),
        minor("payable_minor", &|v| v.payable.map(Money::minor)),
        minor("paid_minor", &paid_minor),
        optional("currency", &|v| v.currency().map(|currency| currency.to_string())),
    ];
    DataFrame::new(verdicts.len(), columns)
}

fn paid_minor(verdict: &Verdict) -> Option<i64> {
    let currency = verdict.currency().filter(|currency| verdict.paid.iter().any(|(paid, _)| paid == *currency))?;
    i64::try_from(verdict.paid.of(currency)).ok()
}

/// `verdicts.parquet`.
pub(super) fn parquet(results: &Results<'_>) -> Result<Document, String> {
    let mut frame = frame(results.verdicts).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false)
        .finish(&mut frame)
        .map_err(|error| error.to_string())?;
    Ok(Document { path: "verdicts.parquet".to_owned(), bytes })
}

/// Vouchers and money by state, and by partner.
///
/// # Errors
/// A text when polars refuses.
pub(super) fn summaries(verdicts: &[Verdict]) -> Result<Summaries, String> {
    let frame = frame(verdicts).map_err(|error| error.to_string())?;
    let by = |group: &str| summary(&frame, group).map_err(|error| error.to_string());
    Ok(Summaries { by_state: by("state")?, by_partner: by("partner_id")? })
}

fn summary(frame: &DataFrame, group: &str) -> PolarsResult<Vec<SummaryRow>> {
    let totals = frame
        .clone()
        .lazy()
        .group_by([col(group).fill_null(lit("")).alias("group"), col("currency").fill_null(lit(""))])
        .agg([
            len().cast(DataType::Int64).alias("vouchers"),
            col("entitled_minor").sum(),
            col("invoiced_minor").sum(),
            col("payable_minor").sum(),
            col("paid_minor").sum(),
        ])
        .sort(["group", "currency"], SortMultipleOptions::default())
        .collect()?;
    let text = |name: &str| -> PolarsResult<Vec<String>> {
        Ok(totals.column(name)?.str()?.iter().map(|value| value.unwrap_or("").to_owned()).collect())
    };
    let number = |name: &str| -> PolarsResult<Vec<i64>> {
        Ok(totals.column(name)?.i64()?.iter().map(|value| value.unwrap_or(0)).collect())
    };
    let (groups, currencies) = (text("group")?, text("currency")?);
    let (vouchers, entitled, invoiced) = (number("vouchers")?, number("entitled_minor")?, number("invoiced_minor")?);
    let (payable, paid) = (number("payable_minor")?, number("paid_minor")?);
    Ok((0..groups.len())
        .map(|at| SummaryRow {
            group: groups[at].clone(),
            currency: currencies[at].clone(),
            vouchers: vouchers[at],
            entitled: entitled[at],
            invoiced: invoiced[at],
            payable: payable[at],
            paid: paid[at],
        })
        .collect())
}
