//! One small calculus for every last day of a program: a number of days, business days or months after a step, capped,
//! extended once, begun anew once. It knows neither vouchers nor rows: whoever asks says on which days the steps were
//! taken.
//!
//! What happens to a last day happens in the order of the calendar, and only while it has not passed: an extension or
//! a new beginning that comes too late changes nothing. So a day that goes by can end a deadline, and never revive it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{Datelike, Weekday};

use crate::model::{Day, Fact, MilestoneId, counted};

/// What a deadline runs from, or is changed by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The voucher was created.
    Created,
    /// It was assigned to a partner.
    Assigned,
    /// It was reserved.
    Reserved,
    /// Delivery began.
    Started,
    /// Delivery ended.
    Completed,
    /// It was redeemed.
    Redeemed,
    /// A milestone of the program was reached.
    Milestone(MilestoneId),
}

impl Anchor {
    /// Names of the steps, as program files write them.
    pub const STEPS: [(&'static str, Anchor); 6] = [
        ("created", Anchor::Created),
        ("assigned", Anchor::Assigned),
        ("reserved", Anchor::Reserved),
        ("started", Anchor::Started),
        ("completed", Anchor::Completed),
        ("redeemed", Anchor::Redeemed),
    ];
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Anchor::Milestone(milestone) => write!(f, "{milestone}"),
            step => f.write_str(Anchor::STEPS.iter().find(|(_, other)| other == step).map_or("", |(name, _)| *name)),
        }
    }
}

/// A length of time, counted from the day after a step: the last day still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Calendar days.
    Days(u32),
    /// Days that are neither Saturday, Sunday nor a holiday of the program.
    BusinessDays(u32),
    /// Months: the same day of the month; where that month is shorter, its last day.
    Months(u32),
}

impl Length {
    /// The last day of this length after a day.
    pub fn after(self, day: Day, calendar: &Calendar) -> Day {
        match self {
            Length::Days(days) => day.plus_days(days),
            Length::BusinessDays(days) => calendar.plus_business_days(day, days),
            Length::Months(months) => day.plus_months(months),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Length::Days(days) => f.write_str(&counted(*days, "day", "days")),
            Length::BusinessDays(days) => f.write_str(&counted(*days, "business day", "business days")),
            Length::Months(months) => f.write_str(&counted(*months, "month", "months")),
        }
    }
}

/// Days that are no business days, besides Saturdays and Sundays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Holidays.
    pub holidays: BTreeSet<Day>,
}

impl Calendar {
    fn is_business_day(&self, day: Day) -> bool {
        !matches!(day.to_chrono().weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains(&day)
    }

    /// The nth business day after a day.
    fn plus_business_days(&self, day: Day, days: u32) -> Day {
        // A year of holidays in a row is a mistake of the program file, and must not hang a run.
        let later = (1..=days.saturating_mul(7).saturating_add(366)).map(|n| day.plus_days(n));
        let mut business = later.filter(|day| self.is_business_day(*day));
        match days.checked_sub(1) {
            None => day,
            Some(before) => business.nth(before as usize).unwrap_or_else(|| day.plus_days(days)),
        }
    }
}

/// A length, the same for all vouchers or one per level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PerLevel {
    /// The same for all.
    All(Length),
    /// By level in days; a level that is not listed has none.
    Each(BTreeMap<u32, Length>),
}

impl PerLevel {
    /// The length for a level.
    pub fn of(&self, level: u32) -> Option<Length> {
        match self {
            PerLevel::All(length) => Some(*length),
            PerLevel::Each(lengths) => lengths.get(&level).copied(),
        }
    }
}

/// A last day, as a program states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// From when it runs.
    pub from: Anchor,
    /// For how long.
    pub length: PerLevel,
    /// But no longer than this after another step, whether or not the first was taken. Extensions and resets begin from
    /// what comes of both.
    pub at_most: Option<Cap>,
    /// And never beyond this day.
    pub until: Option<Day>,
    /// What makes it longer, each once.
    pub extensions: Vec<Extension>,
    /// What makes it begin anew, each once.
    pub resets: Vec<Reset>,
    /// Where it is written.
    pub citation: String,
}

/// How long a deadline runs at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// From when.
    pub from: Anchor,
    /// For how long.
    pub length: PerLevel,
}

/// What makes a deadline longer, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// When it is granted.
    pub granted: Grant,
    /// By how much.
    pub length: Length,
    /// Where it is written.
    pub citation: String,
}

/// When an extension is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grant {
    /// To all vouchers that were created before this day and whose last day had not passed on it.
    AliveOn(Day),
    /// With a milestone by the last day, if the others had been reached when it was.
    With(MilestoneId, Vec<MilestoneId>),
}

/// What makes a deadline begin anew, once: from the day of a milestone it runs for another length, whether that is
/// more or less than was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// Which milestone.
    pub on: MilestoneId,
    /// What must have been reached by then.
    pub needs: Vec<MilestoneId>,
    /// For how long it runs from there.
    pub length: Length,
    /// Where it is written.
    pub citation: String,
}

/// What happens to a last day on some day.
enum Turn {
    Longer(Length),
    Anew(Length),
}

impl Deadline {
    /// The last day for a voucher of a level, if the step from which it runs was taken; unknown where a day on which it
    /// rests is. `day` says on which day a step was taken or a milestone reached.
    pub fn last_day(&self, level: u32, calendar: &Calendar, day: impl Fn(&Anchor) -> Fact<Day>) -> Fact<Day> {
        let run = |from: &Anchor, length: &PerLevel| match (day(from), length.of(level)) {
            (Fact::Is(began), Some(length)) => Fact::Is((began, length.after(began, calendar))),
            (Fact::Unknown, Some(_)) => Fact::Unknown,
            (Fact::No, _) | (_, None) => Fact::No,
        };
        let cap = self.at_most.as_ref().map_or(Fact::No, |cap| run(&cap.from, &cap.length));
        let (began, mut last) = match (run(&self.from, &self.length), cap) {
            (Fact::Unknown, _) | (_, Fact::Unknown) => return Fact::Unknown,
            (Fact::Is((began, last)), Fact::Is((capped, cap))) => (began.min(capped), last.min(cap)),
            (Fact::Is(only), Fact::No) | (Fact::No, Fact::Is(only)) => only,
            (Fact::No, Fact::No) => return Fact::No,
        };
        let within = |last: Day| self.until.map_or(last, |until| last.min(until));
        last = within(last);
        let Some(turns) = self.turns(began, &day) else { return Fact::Unknown };
        for (on, turn) in turns {
            if on > last {
                break;
            }
            last = within(match turn {
                Turn::Longer(length) => length.after(last, calendar),
                Turn::Anew(length) => length.after(on, calendar),
            });
        }
        Fact::Is(last)
    }

    /// What happens to the last day, in the order of the calendar; nothing is known where one of the days is not.
    fn turns(&self, began: Day, day: &impl Fn(&Anchor) -> Fact<Day>) -> Option<Vec<(Day, Turn)>> {
        let mut turns = Vec::new();
        for extension in &self.extensions {
            let is_general = matches!(extension.granted, Grant::AliveOn(_));
            match extension.granted.on(day) {
                Fact::Unknown => return None,
                Fact::Is(on) if is_general || began <= on => turns.push((on, Turn::Longer(extension.length))),
                Fact::Is(_) | Fact::No => {}
            }
        }
        for reset in &self.resets {
            match reached_after(&reset.on, &reset.needs, day) {
                Fact::Unknown => return None,
                Fact::Is(on) if began <= on => turns.push((on, Turn::Anew(reset.length))),
                Fact::Is(_) | Fact::No => {}
            }
        }
        turns.sort_by_key(|(on, _)| *on);
        Some(turns)
    }

    /// Milestones that make it longer or begin anew.
    pub fn turned_by(&self) -> impl Iterator<Item = &MilestoneId> {
        let extended = self.extensions.iter().filter_map(|extension| match &extension.granted {
            Grant::With(milestone, _) => Some(milestone),
            Grant::AliveOn(_) => None,
        });
        extended.chain(self.resets.iter().map(|reset| &reset.on))
    }

    /// Steps and milestones on whose days it rests.
    pub fn rests_on(&self) -> impl Iterator<Item = Anchor> + '_ {
        let capped = self.at_most.iter().map(|cap| cap.from.clone());
        let extended = self.extensions.iter().flat_map(|extension| extension.granted.rests_on());
        let of_reset = |reset: &Reset| std::iter::once(&reset.on).chain(&reset.needs).cloned().collect::<Vec<_>>();
        let reset = self.resets.iter().flat_map(of_reset).map(Anchor::Milestone);
        std::iter::once(self.from.clone()).chain(capped).chain(extended).chain(reset)
    }
}

/// The day of a milestone, if the others had been reached by then.
fn reached_after(milestone: &MilestoneId, needs: &[MilestoneId], day: &impl Fn(&Anchor) -> Fact<Day>) -> Fact<Day> {
    let of = |milestone: &MilestoneId| day(&Anchor::Milestone(milestone.clone()));
    let reached = match of(milestone) {
        Fact::Is(reached) => reached,
        Fact::No => return Fact::No,
        Fact::Unknown => return Fact::Unknown,
    };
    for needed in needs {
        match of(needed) {
            Fact::Is(on) if on <= reached => {}
            Fact::Is(_) | Fact::No => return Fact::No,
            Fact::Unknown => return Fact::Unknown,
        }
    }
    Fact::Is(reached)
}

impl Grant {
    /// The day on which it is granted, if it is.
    fn on(&self, day: &impl Fn(&Anchor) -> Fact<Day>) -> Fact<Day> {
        match self {
            Grant::AliveOn(alive_on) => match day(&Anchor::Created) {
                Fact::Is(created) if created < *alive_on => Fact::Is(*alive_on),
                Fact::Is(_) | Fact::No => Fact::No,
                Fact::Unknown => Fact::Unknown,
            },
            Grant::With(milestone, needs) => reached_after(milestone, needs, day),
        }
    }

    fn rests_on(&self) -> Vec<Anchor> {
        match self {
            Grant::AliveOn(_) => vec![Anchor::Created],
            Grant::With(milestone, needs) => {
                std::iter::once(milestone).chain(needs).cloned().map(Anchor::Milestone).collect()
            }
        }
    }
}
