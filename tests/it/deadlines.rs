//! The calculus of last days, against a second one that knows no formulas: it lives through every day, one after the
//! other, and writes down when the time is up. The two share the description of a deadline and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use vouchsafe::model::{Day, Fact, MilestoneId};
use vouchsafe::program::{Anchor, Calendar, Cap, Deadline, Extension, Grant, Length, PerLevel, Reset};

use crate::sweeps::seeds;

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }

    fn small(&mut self, sides: u64) -> u32 {
        u32::try_from(self.roll(sides)).unwrap()
    }

    fn day(&mut self) -> Day {
        Day::from_ymd(2019, 12, 1).unwrap().plus_days(self.small(200))
    }

    fn length(&mut self) -> Length {
        match self.roll(3) {
            0 => Length::Days(self.small(120)),
            1 => Length::BusinessDays(self.small(40)),
            _ => Length::Months(self.small(8)),
        }
    }

    fn per_level(&mut self) -> PerLevel {
        if self.one_in(2) {
            return PerLevel::All(self.length());
        }
        PerLevel::Each([(1, self.length()), (2, self.length())].into_iter().take(1 + self.small(2) as usize).collect())
    }

    fn milestone(&mut self) -> MilestoneId {
        MilestoneId::new(["m1", "m2", "m3"][self.small(3) as usize])
    }

    fn anchor(&mut self) -> Anchor {
        match self.roll(4) {
            0 => Anchor::Created,
            1 => Anchor::Assigned,
            2 => Anchor::Reserved,
            _ => Anchor::Milestone(self.milestone()),
        }
    }

    fn deadline(&mut self) -> Deadline {
        let citation = String::new;
        let extension = |dice: &mut Dice| Extension {
            granted: match dice.one_in(2) {
                true => Grant::AliveOn(dice.day()),
                false => {
                    let count = dice.small(3);
                    Grant::With(dice.milestone(), (0..count).map(|_| dice.milestone()).collect())
                }
            },
            length: dice.length(),
            citation: citation(),
        };
        let reset = |dice: &mut Dice| {
            let count = dice.small(2);
            let needs = (0..count).map(|_| dice.milestone()).collect();
            Reset { on: dice.milestone(), needs, length: dice.length(), citation: citation() }
        };
        let (extensions, resets) = (self.small(3), self.small(3));
        Deadline {
            from: self.anchor(),
            length: self.per_level(),
            at_most: self.one_in(3).then(|| Cap { from: self.anchor(), length: self.per_level() }),
            until: self.one_in(3).then(|| self.day().plus_days(60)),
            extensions: (0..extensions).map(|_| extension(self)).collect(),
            resets: (0..resets).map(|_| reset(self)).collect(),
            citation: citation(),
        }
    }

    fn facts(&mut self) -> BTreeMap<Anchor, Fact<Day>> {
        let milestones = ["m1", "m2", "m3"].map(|name| Anchor::Milestone(MilestoneId::new(name)));
        let steps = [Anchor::Created, Anchor::Assigned, Anchor::Reserved];
        let fact = |dice: &mut Dice| match dice.roll(12) {
            0 => Fact::Unknown,
            1 | 2 => Fact::No,
            _ => Fact::Is(dice.day()),
        };
        steps.into_iter().chain(milestones).map(|anchor| (anchor, fact(self))).collect()
    }
}

/// Counts a length day by day.
fn walk(from: Day, length: Length, holidays: &BTreeSet<Day>) -> Day {
    let mut day = from;
    match length {
        Length::Days(days) => {
            for _ in 0..days {
                day = day.plus_days(1);
            }
        }
        Length::BusinessDays(days) => {
            let mut left = days;
            while left > 0 {
                day = day.plus_days(1);
                // 1970-01-01 was a Thursday.
                let weekday = (day.days_since_epoch() + 3).rem_euclid(7);
                if weekday < 5 && !holidays.contains(&day) {
                    left -= 1;
                }
            }
        }
        Length::Months(months) => {
            let wanted = from.day_of_month();
            for _ in 0..months {
                // To the first of the next month.
                day = day.plus_days(1);
                while day.day_of_month() != 1 {
                    day = day.plus_days(1);
                }
            }
            // And on to the same day of that month, or its last.
            while months > 0 && day.day_of_month() < wanted && day.plus_days(1).day_of_month() != 1 {
                day = day.plus_days(1);
            }
        }
    }
    day
}

/// The last day, by living through all of them.
fn lived(deadline: &Deadline, level: u32, holidays: &BTreeSet<Day>, facts: &BTreeMap<Anchor, Fact<Day>>) -> Fact<Day> {
    let length = |of: &PerLevel| match of {
        PerLevel::All(length) => Some(*length),
        PerLevel::Each(each) => each.get(&level).copied(),
    };
    let milestone = |id: &MilestoneId| facts[&Anchor::Milestone(id.clone())];
    // The step itself, or else the cap alone.
    let own = length(&deadline.length).map_or(Fact::No, |own| facts[&deadline.from].map(|from| (from, own)));
    let cap = deadline
        .at_most
        .as_ref()
        .map_or(Fact::No, |cap| length(&cap.length).map_or(Fact::No, |most| facts[&cap.from].map(|from| (from, most))));
    if own == Fact::Unknown || cap == Fact::Unknown {
        return Fact::Unknown;
    }
    let Some(began) = [own, cap].into_iter().filter_map(Fact::get).map(|(from, _)| from).min() else { return Fact::No };
    let ends = [own, cap].into_iter().filter_map(Fact::get).map(|(from, length)| walk(from, length, holidays));
    let mut last = ends.min().unwrap();
    let stop = |last: Day| deadline.until.map_or(last, |until| last.min(until));
    last = stop(last);
    if !is_known(deadline, facts) {
        return Fact::Unknown;
    }
    // Long before anything can have happened, to the day on which the time is up.
    let mut today = Day::from_ymd(2019, 1, 1).unwrap();
    while today <= last {
        for extension in &deadline.extensions {
            let is_granted = match &extension.granted {
                Grant::AliveOn(on) => {
                    today == *on && matches!(facts[&Anchor::Created], Fact::Is(created) if created < today)
                }
                Grant::With(asked, needs) => {
                    let by_now = |id: &MilestoneId| matches!(milestone(id), Fact::Is(on) if on <= today);
                    today >= began && milestone(asked) == Fact::Is(today) && needs.iter().all(by_now)
                }
            };
            if is_granted {
                last = stop(walk(last, extension.length, holidays));
            }
        }
        for reset in &deadline.resets {
            let by_now = |id: &MilestoneId| matches!(milestone(id), Fact::Is(on) if on <= today);
            let is_due = milestone(&reset.on) == Fact::Is(today) && reset.needs.iter().all(by_now);
            if today >= began && is_due && today <= last {
                last = stop(walk(today, reset.length, holidays));
            }
        }
        today = today.plus_days(1);
    }
    Fact::Is(last)
}

/// Whether everything is known that could matter.
fn is_known(deadline: &Deadline, facts: &BTreeMap<Anchor, Fact<Day>>) -> bool {
    let milestone = |id: &MilestoneId| facts[&Anchor::Milestone(id.clone())];
    for extension in &deadline.extensions {
        match &extension.granted {
            Grant::AliveOn(_) if facts[&Anchor::Created] == Fact::Unknown => return false,
            Grant::AliveOn(_) => {}
            Grant::With(asked, needs) => match milestone(asked) {
                Fact::Unknown => return false,
                Fact::No => {}
                Fact::Is(asked) => {
                    for needed in needs {
                        match milestone(needed) {
                            Fact::Unknown => return false,
                            Fact::Is(on) if on <= asked => {}
                            Fact::Is(_) | Fact::No => break,
                        }
                    }
                }
            },
        }
    }
    // Whether a milestone that never came had what it needs is of no interest.
    deadline.resets.iter().all(|reset| match milestone(&reset.on) {
        Fact::Unknown => false,
        Fact::No => true,
        Fact::Is(on) => {
            let mut needs = reset.needs.iter().map(milestone);
            let first = needs.find(|needed| !matches!(needed, Fact::Is(day) if *day <= on));
            first != Some(Fact::Unknown)
        }
    })
}

#[test]
fn a_second_calculus_agrees() {
    let cases = seeds(100_000, 200_000, 4_000_000);
    let mut dice = Dice(1 + cases.start);
    let (mut known, count) = (0, cases.end - cases.start);
    for case in cases {
        let (deadline, facts) = (dice.deadline(), dice.facts());
        let holidays: BTreeSet<Day> = (0..dice.small(6)).map(|_| dice.day()).collect();
        let level = 1 + dice.small(2);
        let calendar = Calendar { holidays: holidays.clone() };
        let calculated = deadline.last_day(level, &calendar, |anchor| facts[anchor]);
        let lived = lived(&deadline, level, &holidays, &facts);
        assert_eq!(calculated, lived, "case {case}, level {level}: {deadline:?}\n{facts:?}\n{holidays:?}");
        known += u64::from(matches!(calculated, Fact::Is(_)));
    }
    assert!(known > count / 2, "only {known} cases came to a day");
}

/// What was over stays over: hiding everything that happens after a day changes nothing of a last day that had passed on it.
#[test]
fn a_day_that_goes_by_revives_nothing() {
    let cases = seeds(100_000, 200_000, 4_000_000);
    let mut dice = Dice(2 + cases.start);
    let (mut passed, count) = (0, cases.end - cases.start);
    for case in cases {
        let (deadline, facts) = (dice.deadline(), dice.facts());
        let calendar = Calendar::default();
        let on = |as_of: Day| {
            let seen = |anchor: &Anchor| match facts[anchor] {
                Fact::Is(day) if day > as_of => Fact::No,
                fact => fact,
            };
            deadline.last_day(1, &calendar, seen)
        };
        let early = dice.day();
        if let Fact::Is(last) = on(early)
            && last < early
        {
            passed += 1;
            let late = early.plus_days(dice.small(200));
            match on(late) {
                // A cap from a step that came later can only bring it forward.
                Fact::Is(later) => assert!(
                    later <= last,
                    "case {case}: {last} as of {early}, {later} as of {late}: {deadline:?}\n{facts:?}"
                ),
                Fact::No => panic!("case {case}: a last day went away: {deadline:?}"),
                Fact::Unknown => {}
            }
        }
    }
    assert!(passed > count / 50, "only {passed} cases had passed");
}
