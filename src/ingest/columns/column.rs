//! One column of a data set: its name, what its cells hold, and whether every row must fill it.

use super::kind::Kind;

/// A column of a data set, as its exports deliver it.
#[derive(Debug)]
pub(crate) struct InputColumn {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

impl InputColumn {
    /// A column whose cells may be blank, or that may be absent.
    pub(crate) const fn optional(name: &'static str, kind: Kind) -> InputColumn {
        InputColumn { name, kind, required: false }
    }

    /// A column that every row must fill.
    pub(crate) const fn required(name: &'static str, kind: Kind) -> InputColumn {
        InputColumn { name, kind, required: true }
    }
}

/// Whether at most one column holds amounts: blocks keep the amount of a row, not one for each column.
pub(crate) const fn has_one_amount(columns: &[InputColumn]) -> bool {
    let (mut at, mut amounts) = (0, 0);
    while at < columns.len() {
        if matches!(columns[at].kind, Kind::Amount | Kind::Price) {
            amounts += 1;
        }
        at += 1;
    }
    amounts <= 1
}

/// The columns of a data set, each in one line and named nowhere else: `paid_on: optional(Kind::Day)`.
///
/// `COLUMNS` lists them, and `AT.paid_on` is where `paid_on` stands in that list. The compiler counts, so that a column may
/// be inserted anywhere, and a row that asks for one that is not there does not compile.
macro_rules! columns {
    ($($name:ident: $need:ident($kind:expr),)+) => {
        const COLUMNS: &[$crate::ingest::columns::column::InputColumn] =
            &[$($crate::ingest::columns::column::InputColumn::$need(stringify!($name), $kind),)+];
        const _: () = assert!($crate::ingest::columns::column::has_one_amount(COLUMNS), "a row has one amount at most");

        /// Where each column stands among [`COLUMNS`].
        #[allow(dead_code, reason = "some columns are there to be compared from one export to the next")]
        struct Positions {
            $($name: usize,)+
        }

        const AT: Positions = {
            #[allow(non_camel_case_types, reason = "named like the columns, to be counted")]
            enum Listed {
                $($name,)+
            }
            Positions { $($name: Listed::$name as usize,)+ }
        };
    };
}
pub(crate) use columns;
