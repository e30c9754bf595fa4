//! T9 to T11 and T13: opening, movements, closing, ages; and what the ledger has claimed.

use std::collections::BTreeMap;

use super::paid_rows::PaidRows;
use crate::books::{Balance, balances};
use crate::items::Decided;
use crate::model::{Adjustment, Code, Currency, Disposition, MinorUnits, Money};
use crate::results::{Figures, Results, TieOut};
use crate::verdicts::State;

/// T9 to T11 and T13: the statement of the period against what earlier runs have stated, what verdicts and payments come
/// to without it, and the ledger.
pub(super) fn statement(results: &Results<'_>, figures: &Figures, paid: &PaidRows) -> Vec<TieOut> {
    let books = results.books;
    let carried = balances(&books.opening.accounts);
    let mut ties = Vec::new();
    for currency in opened(results) {
        let of = |all: &BTreeMap<Currency, Balance>| all.get(&currency).map_or(MinorUnits::ZERO, |open| open.total());
        let what = "opening = closing that the last run before the period has stated";
        ties.push(TieOut::sum("T9", what, currency, of(&carried), of(&books.opening.stated)));
    }
    for (currency, roll_forward) in &books.roll_forwards {
        let closing = roll_forward.closing.total();
        let what = "opening + movements = closing of the statement";
        ties.push(TieOut::sum("T10", what, *currency, roll_forward.moved().total(), closing));
        let what = "closing = entitled amounts redeemed, claimed or paid for, less payments and what was tolerated or booked away";
        ties.push(TieOut::sum(
            "T10",
            what,
            *currency,
            closing,
            closing_by_rows(results, figures, *currency, paid.all.of(*currency) - paid.repeated.of(*currency)),
        ));
        let aged = books.aged.get(currency).map_or(MinorUnits::ZERO, |aged| aged.iter().sum());
        ties.push(TieOut::sum("T11", "open money by age = closing of the statement", *currency, aged, closing));
    }
    if let (Some(_), Some(kept)) = (results.run.number, &results.run.invoiced) {
        let vouchers = figures.vouchers_invoiced;
        ties.push(TieOut::count("T13", "vouchers invoiced by this run = claims entered", vouchers, kept.claims_now));
        let what = "invoice lines ever = vouchers ever invoiced";
        ties.push(TieOut::count("T13", what, kept.lines_ever, kept.vouchers_ever));
    }
    ties
}

/// Currencies in which something was open before the period.
fn opened(results: &Results<'_>) -> Vec<Currency> {
    let opening = &results.books.opening;
    let kept = opening.accounts.keys().map(|(_, currency)| currency);
    let mut found: Vec<Currency> = kept.chain(opening.stated.keys()).copied().collect();
    found.sort();
    found.dedup();
    found
}

/// What must be open, from verdicts as polars sums them, rows of payments and decisions: not from accounts, but for
/// exchange differences.
fn closing_by_rows(results: &Results<'_>, figures: &Figures, currency: Currency, paid: MinorUnits) -> MinorUnits {
    let counted = [State::Redeemed, State::Claimed, State::Paid].map(State::as_str);
    let of_state = figures.summaries.by_state.iter().filter(|row| row.currency == Some(currency));
    let entitled: MinorUnits =
        of_state.filter(|row| counted.contains(&row.group.as_str())).map(|row| row.entitled).sum();
    let in_currency = |money: Option<Money>| {
        money.filter(|money| money.currency() == currency).map_or(MinorUnits::ZERO, Money::units)
    };
    let (mut elsewhere, mut only_invoiced) = (MinorUnits::ZERO, MinorUnits::ZERO);
    for verdict in results.verdicts {
        if verdict.is_settled_elsewhere() {
            let is_counted = counted.contains(&verdict.state.as_str());
            elsewhere += in_currency(verdict.entitled.filter(|_| is_counted));
            elsewhere -= verdict.paid.of(currency);
        } else if verdict.entitled.is_none() && matches!(verdict.state, State::Claimed | State::Paid) {
            only_invoiced += in_currency(verdict.invoiced);
        }
    }
    let fx: MinorUnits = results.books.accounts.iter().filter(|((_, of), _)| *of == currency).map(|(_, a)| a.fx).sum();
    let tolerated: MinorUnits = results.match_groups.iter().map(|group| group.tolerated.of(currency)).sum();
    entitled - elsewhere + only_invoiced - paid - booked_away(results, currency) - tolerated - fx
}

/// What decisions have booked away, but for exchange differences; what was paid too much counts negative.
fn booked_away(results: &Results<'_>, currency: Currency) -> MinorUnits {
    let booked = |decided: &&Decided<'_>| {
        let is_adjustment =
            matches!(decided.candidate.entry.disposition, Disposition::Adjust(kind) if kind != Adjustment::Fx);
        is_adjustment && decided.releases()
    };
    let items = results.decided.iter().filter(booked).filter_map(|decided| decided.about.as_ref());
    items
        .filter_map(|(item, _)| Some((item.code, item.amount.filter(|amount| amount.currency() == currency)?)))
        .map(|(code, amount)| if code == Code::Overpayment { -amount.units() } else { amount.units() })
        .sum()
}
