//! What the cells of a column say together about how it writes days and amounts, where the profile says nothing: counted
//! over the whole file before any of them is read.

use crate::ingest::cell::amounts::decimal_in;
use crate::ingest::cell::conventions::{Convention, Conventions};
use crate::ingest::cell::days::day_in;
use crate::ingest::columns::column::InputColumn;
use crate::ingest::columns::kind::Kind;
use crate::ingest::columns::schema::DatasetSchema;
use crate::ingest::profile::Profile;
use crate::ingest::profile::notation::{DateOrder, DecimalMark};
use crate::ingest::profile::titles::ColumnOrigin;
use crate::ingest::sheet::{FileProblem, RawCell, RawRow, RowSink};

/// Counts how the cells of undeclared columns can be read.
pub(crate) struct Ballot<'a> {
    schema: &'static DatasetSchema,
    origins: &'a [ColumnOrigin],
    /// Columns to be decided, and their votes.
    votes: Vec<(usize, Votes)>,
}

/// Cells that can only be read one way, only the other way, or in two ways that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Votes {
    first: u64,
    second: u64,
    either: u64,
}

impl Votes {
    fn count<T: PartialEq>(&mut self, first: Option<T>, second: Option<T>) {
        match (first, second) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => self.either += 1,
            (Some(_), None) => self.first += 1,
            (None, Some(_)) => self.second += 1,
            (None, None) => {}
        }
    }

    /// What all cells agree on; `None` if no cell leaves a choice.
    fn found<T>(self, first: T, second: T) -> Option<Convention<T>> {
        match (self.first, self.second, self.either) {
            (0, 0, 0) => None,
            (1.., 0, _) => Some(Convention::One(first)),
            (0, 1.., _) => Some(Convention::One(second)),
            (0, 0, _) | (1.., 1.., _) => Some(Convention::Both),
        }
    }
}

impl<'a> Ballot<'a> {
    /// A ballot over the columns of which the profile says nothing; `None` if there is none.
    pub(crate) fn new(
        schema: &'static DatasetSchema,
        origins: &'a [ColumnOrigin],
        profile: &Profile,
    ) -> Option<Ballot<'a>> {
        let is_open = |(at, column): &(usize, &InputColumn)| {
            let open = match column.kind {
                Kind::Day => profile.dates.is_none() && !profile.dates_of.contains_key(column.name),
                Kind::Amount | Kind::Price => {
                    profile.decimal.is_none() && !profile.decimal_of.contains_key(column.name)
                }
                _ => false,
            };
            open && origins[*at] != ColumnOrigin::Absent
        };
        let open = schema.columns.iter().enumerate().filter(is_open).map(|(at, _)| (at, Votes::default()));
        let votes: Vec<(usize, Votes)> = open.collect();
        (!votes.is_empty()).then_some(Ballot { schema, origins, votes })
    }

    /// The votes of two parts of one file.
    pub(crate) fn join(mut self, other: Ballot<'_>) -> Ballot<'a> {
        for ((_, votes), (_, others)) in self.votes.iter_mut().zip(&other.votes) {
            votes.first += others.first;
            votes.second += others.second;
            votes.either += others.either;
        }
        self
    }

    /// What was found out.
    pub(crate) fn conventions(&self) -> Conventions {
        let mut conventions = Conventions::default();
        for (at, votes) in &self.votes {
            let column = &self.schema.columns[*at];
            if column.kind == Kind::Day {
                let found = votes.found(DateOrder::DayMonthYear, DateOrder::MonthDayYear);
                conventions.dates.extend(found.map(|found| (column.name, found)));
            } else {
                let found = votes.found(DecimalMark::Point, DecimalMark::Comma);
                conventions.decimals.extend(found.map(|found| (column.name, found)));
            }
        }
        conventions
    }
}

impl RowSink for Ballot<'_> {
    fn row(&mut self, _: u32, row: &impl RawRow, misshapen: Option<&FileProblem>) {
        if misshapen.is_some() {
            return;
        }
        for (at, votes) in &mut self.votes {
            let Some(RawCell::Text(text)) = self.origins[*at].cell(row) else { continue };
            if self.schema.columns[*at].kind == Kind::Day {
                votes.count(day_in(text, DateOrder::DayMonthYear), day_in(text, DateOrder::MonthDayYear));
            } else {
                votes.count(decimal_in(text, DecimalMark::Point), decimal_in(text, DecimalMark::Comma));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Convention, Votes};

    #[test]
    fn a_column_is_decided_only_by_all_its_cells() {
        let found = |first, second, either| Votes { first, second, either }.found('a', 'b');
        assert_eq!(found(0, 0, 0), None);
        assert_eq!(found(1, 0, 9), Some(Convention::One('a')));
        assert_eq!(found(0, 2, 0), Some(Convention::One('b')));
        assert_eq!(found(0, 0, 1), Some(Convention::Both));
        assert_eq!(found(5, 1, 0), Some(Convention::Both));
    }
}
