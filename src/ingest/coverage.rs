//! How much of each data set a run knows: a file that was refused, or never came, may say what is absent elsewhere.

/// Rows of a data set.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// How much of the data set is known.
    pub coverage: Coverage,
    /// Effective rows, in the order of files and rows.
    pub rows: Vec<T>,
}

/// How much of a data set a run knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coverage {
    /// The job does not name it, or no file came: nothing is known, not even that there is nothing.
    #[default]
    None,
    /// Some or all of its files were refused: what is absent may be there.
    Partial,
    /// All its files were read.
    Whole,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { coverage: Coverage::None, rows: Vec::new() }
    }
}

/// How much is known of the data sets that are about vouchers.
#[derive(Clone, Copy, Debug, Default)]
pub struct VoucherCoverage {
    /// VLSC.
    pub vouchers: Coverage,
    /// VVR.
    pub redemptions: Coverage,
    /// Completion reports.
    pub completions: Coverage,
    /// Milestones.
    pub milestones: Coverage,
    /// Payments.
    pub payments: Coverage,
    /// Claims older than the tool; none named means that there are none.
    pub claims: Coverage,
}
