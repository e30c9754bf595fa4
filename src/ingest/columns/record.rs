//! How a record of the model is made of the typed cells of one row.

use super::block::Cells;
use super::schema::DatasetSchema;

/// A typed row of a data set.
pub(crate) trait Record: Sized {
    /// Its data set.
    const SCHEMA: &'static DatasetSchema;

    /// Makes the record of cells that were checked before they were kept.
    fn of(cells: Cells<'_>) -> Self;
}
