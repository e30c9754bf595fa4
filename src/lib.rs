//! vouchsafe
pub mod ingest;
pub mod model;
pub mod program;
