//! How a record of the model is made of the typed cells of one row.

use super::block::Cells;
use super::schema::Schema;

/// A typed row of a data set.
pub(crate) trait Record: Sized {
    /// Its data set.
    const SCHEMA: &'static Schema;

    /// Makes the row of its cells, which were checked before they were kept.
    fn row(cells: Cells<'_>) -> Self;
}
