//! The groups of the summary, summed by polars over finished and typed columns. Amounts are i64 minor units; what polars
//! sums is tied to our own sums of 128 bits, since its own wrap.

use polars::prelude::*;

use crate::model::{Currency, MinorUnits, Money};
use crate::verdicts::Verdict;

/// One line of the summary: a group of vouchers in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// State or partner.
    pub group: String,
    /// Currency; none where no amount is known.
    pub currency: Option<Currency>,
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

/// Why the groups of the summary cannot be summed.
#[derive(Debug, thiserror::Error)]
#[error("summary: {0}")]
pub struct SummariesError(#[from] PolarsError);

/// The totals of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summaries {
    /// By state and currency.
    pub by_state: Vec<SummaryRow>,
    /// By partner and currency.
    pub by_partner: Vec<SummaryRow>,
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

/// Vouchers and money by state, and by partner.
///
/// # Errors
/// When polars refuses.
pub(super) fn summaries(verdicts: &[Verdict]) -> Result<Summaries, SummariesError> {
    let by = |group: &dyn Fn(&Verdict) -> String| summary(verdicts, group);
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
        currency: currencies.get(at).and_then(Currency::from_code),
        vouchers: vouchers.get(at).unwrap_or_default(),
        entitled: units(entitled, at),
        invoiced: units(invoiced, at),
        payable: units(payable, at),
        paid: units(paid, at),
    };
    let mut rows: Vec<SummaryRow> = (0..totals.height()).map(row).collect();
    rows.sort_by(|a, b| (&a.group, a.currency).cmp(&(&b.group, b.currency)));
    Ok(rows)
}
