//! `verdicts.parquet`: the columns of `verdicts.csv` with their types. Amounts are minor units of the currency of the row.

use polars::frame::chunk_df_for_writing;
use polars::prelude::{ArrowSchema, CompatLevel, DataFrame, DataType, PolarsResult, SchemaExt, polars_err};
use polars_parquet::write::{
    CompressionOptions, FileWriter, RowGroupIterator, StatisticsOptions, Version, WriteOptions, get_dtype_encoding,
};

use super::ReportError;
use super::column::{Column, ColumnKind};
use super::tables::verdicts;
use crate::model::{Day, Total};
use crate::results::Results;
use crate::store::Document;

/// The file.
pub(crate) const PATH: &str = "verdicts.parquet";

pub(super) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    let bytes =
        frame(&verdicts::columns(), &verdicts::rows(results)).and_then(written).map_err(ReportError::of(PATH))?;
    Ok(Document { path: PATH.to_owned(), bytes })
}

/// A table as typed columns.
fn frame<R>(columns: &[Column<R>], rows: &[R]) -> PolarsResult<DataFrame> {
    let columns = columns.iter().filter(|column| column.in_parquet);
    DataFrame::new(rows.len(), columns.map(|column| typed(column, rows)).collect::<PolarsResult<_>>()?)
}

fn typed<R>(column: &Column<R>, rows: &[R]) -> PolarsResult<polars::prelude::Column> {
    use polars::prelude::Column as Typed;
    let name = column.name;
    Ok(match column.kind {
        ColumnKind::Text(of) => Typed::new(name.into(), rows.iter().map(of).collect::<Vec<_>>()),
        ColumnKind::Count(of) => {
            let counts: Vec<Option<i64>> = rows.iter().map(of).collect();
            Typed::new(name.into(), counts).strict_cast(&DataType::UInt32)?
        }
        ColumnKind::Day(of) => {
            let days: Vec<Option<i32>> = rows.iter().map(|row| of(row).map(Day::days_since_epoch)).collect();
            Typed::new(name.into(), days).cast(&DataType::Date)?
        }
        ColumnKind::Amount(of) => {
            let amounts = rows.iter().map(|row| of(row).map(minor).transpose());
            Typed::new(format!("{name}_minor").into(), amounts.collect::<PolarsResult<Vec<Option<i64>>>>()?)
        }
        ColumnKind::Figure(_) | ColumnKind::Input(_) => Typed::new(name.into(), vec![None::<&str>; rows.len()]),
    })
}

fn minor(total: Total) -> PolarsResult<i64> {
    let amount = total.units.money(total.currency).ok_or_else(|| polars_err!(ComputeError: "{total} is too great"))?;
    Ok(amount.minor())
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
