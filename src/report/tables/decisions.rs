//! `decisions.csv` and the sheet Decisions: what people have put down, and what became of it.

use crate::decisions::{DecisionStatus, ItemSnapshot, Origin};
use crate::items::Decided;
use crate::model::{
    Code, Day, DecisionEntry, DecisionRow, ItemHash, Money, Place, RejectionReason, Tables, Text, Total,
};
use crate::report::column::{Column, RowText, printed, text};
use crate::report::{ReportError, csv};
use crate::results::Results;
use crate::store::Document;

/// The machine file.
pub(crate) const PATH: &str = "decisions.csv";

/// The machine file over all rows.
pub(crate) fn document(results: &Results<'_>) -> Result<Document, ReportError> {
    csv::document(PATH, &columns(), &rows(results))
}

/// A decision, or a row that says none.
pub(crate) struct DecisionLine<'a> {
    of: LineOf<'a>,
    as_of: Day,
    tables: &'a Tables,
}

enum LineOf<'a> {
    Decided(&'a Decided<'a>),
    /// The column that is missing.
    Unusable(&'a DecisionRow, &'static str),
}

/// Every decision, and what became of it.
pub(crate) fn rows<'a>(results: &'a Results<'_>) -> Vec<DecisionLine<'a>> {
    let decided = results.decided.iter().map(LineOf::Decided);
    let unusable = results.unusable.iter().map(|(row, column)| LineOf::Unusable(row, column));
    let line = |of| DecisionLine { of, as_of: results.as_of, tables: &results.intake.tables };
    decided.chain(unusable).map(line).collect()
}

impl<'a> DecisionLine<'a> {
    fn decided(&self) -> Option<&'a Decided<'a>> {
        match self.of {
            LineOf::Decided(decided) => Some(decided),
            LineOf::Unusable(..) => None,
        }
    }

    fn entry(&self) -> Option<&'a DecisionEntry> {
        self.decided().map(|decided| decided.candidate.entry)
    }

    /// The item that it is about.
    fn item(&self) -> Option<&'a (ItemSnapshot, Text)> {
        self.decided()?.about.as_ref()
    }

    fn code(&self) -> Option<Code> {
        self.item().map(|(snapshot, _)| snapshot.code)
    }

    fn amount(&self) -> Option<Money> {
        self.item()?.0.amount
    }

    /// The item as it was when it was decided.
    fn bound(&self) -> Option<ItemHash> {
        match self.decided()?.candidate.origin {
            Origin::Taken(hash, _) => Some(hash),
            Origin::Row(_) | Origin::Refused(_) => self.entry()?.hash.or(self.item().map(|(item, _)| item.hash)),
        }
    }

    fn taken_on(&self) -> Option<Day> {
        let decided = self.decided()?;
        match decided.candidate.origin {
            Origin::Taken(_, day) => Some(day),
            Origin::Row(_) => decided.is_taken_now().then_some(self.as_of),
            Origin::Refused(_) => None,
        }
    }

    fn until(&self) -> Option<Day> {
        match self.decided()?.status {
            DecisionStatus::Stands(until) => until,
            _ => None,
        }
    }

    fn objection(&self) -> Option<RejectionReason> {
        match self.of {
            LineOf::Decided(Decided { status: DecisionStatus::Refused(reason, _), .. }) => Some(*reason),
            LineOf::Decided(_) => None,
            LineOf::Unusable(..) => Some(RejectionReason::Incomplete),
        }
    }

    fn why(&self) -> RowText<'_> {
        match self.of {
            LineOf::Decided(Decided { status: DecisionStatus::Refused(_, why), .. }) => text(why),
            LineOf::Decided(Decided { status: DecisionStatus::Elsewhere, .. }) => {
                text("another job has this item open, and takes or refuses it")
            }
            LineOf::Decided(_) => None,
            LineOf::Unusable(_, column) => {
                printed(format_args!("the cell {column} is blank, or says nothing that can be used"))
            }
        }
    }

    fn place(&self) -> Option<Place> {
        match self.of {
            LineOf::Decided(Decided { candidate, .. }) => match candidate.origin {
                Origin::Row(place) => Some(place),
                Origin::Taken(..) | Origin::Refused(_) => None,
            },
            LineOf::Unusable(row, _) => Some(row.place),
        }
    }
}

/// The amount stands beside what was decided.
pub(crate) const SHEET_ORDER: &[&str] =
    &["Finding", "Code", "Subject", "Decision", "Reason", "Initials 1", "Initials 2", "Amount", "Currency"];

type DecisionColumn<'a> = Column<DecisionLine<'a>>;

pub(crate) fn columns<'a>() -> Vec<DecisionColumn<'a>> {
    vec![
        DecisionColumn::text("finding_id", "the item", |row| match row.of {
            LineOf::Decided(decided) => printed(decided.candidate.entry.item),
            LineOf::Unusable(row, _) => text(&row.finding_id),
        })
        .titled("Finding", 20),
        DecisionColumn::text("item_hash", "the item as it was when it was decided", |row| {
            row.bound().and_then(printed)
        }),
        DecisionColumn::text("code", "its code", |row| row.code().map(|code| code.as_str().into())).titled("Code", 10),
        DecisionColumn::text("subject", "the voucher, or the reference of the payment", |row| {
            row.item().map(|(_, subject)| subject.as_str().into())
        })
        .titled("Subject", 20),
        DecisionColumn::text("decision", "what was decided", |row| {
            row.entry().map(|entry| entry.disposition.word().into())
        })
        .titled("Decision", 18),
        DecisionColumn::text("reason", "why", |row| row.entry().map(|entry| entry.reason.as_str().into()))
            .titled("Reason", 40),
        DecisionColumn::text("initials_1", "by whom", |row| row.entry().map(|entry| entry.first.as_str().into()))
            .titled("Initials 1", 12),
        DecisionColumn::text("initials_2", "and by whom, where two people sign", |row| {
            row.entry()?.second.as_deref().map(Into::into)
        })
        .titled("Initials 2", 12),
        DecisionColumn::day("taken_on", "the as-of date of the run that took it", |row| row.taken_on())
            .titled("Taken on", 13),
        DecisionColumn::day("until", "the last day on which it stands, if it ends", |row| row.until())
            .titled("Until", 13),
        DecisionColumn::text("status", "taken, stands, replaced, settled, elsewhere or refused", |row| {
            text(row.decided().map_or("refused", Decided::status))
        })
        .titled("Status", 12),
        DecisionColumn::text("objection", "the code of a refusal", |row| {
            row.objection().map(|objection| objection.as_str().into())
        })
        .titled("Objection", 12),
        DecisionColumn::text("why", "why it was refused, or who takes it", |row| row.why()).titled("Why", 60),
        DecisionColumn::amount("amount", "the amount of the item", |row| row.amount().map(Total::from))
            .titled("Amount", 20),
        DecisionColumn::text("currency", "the currency of the amount", |row| {
            row.amount().map(|amount| amount.currency().code().into())
        })
        .titled("Currency", 13),
        DecisionColumn::text("source", "the row that says it: file, sheet and row", |row| {
            row.place().map(|place| row.tables.address(place).into())
        })
        .titled("Source", 52),
    ]
}
