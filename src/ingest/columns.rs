//! What the columns of a data set are, and how rows are kept by column: a few bytes per cell and no allocation per row.

pub(super) mod block;
pub(super) mod column;
pub(super) mod column_data;
pub(super) mod kind;
pub(super) mod record;
pub(super) mod schema;
pub(super) mod texts;
