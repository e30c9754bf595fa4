//! What people write beside program files: settings, jobs, and the schedule that jobs ask for. Each is read into a raw
//! shape first and checked then; mistakes are told with their place.

pub mod job;
pub mod schedule;
pub mod settings;
