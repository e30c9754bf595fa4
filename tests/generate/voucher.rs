//! One voucher as the exports will tell it, and the usual course of a voucher that nothing went wrong with.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::world::{self, ENGAGEMENTS, LOCATIONS};

/// How far a voucher got.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Created,
    Assigned,
    Reserved,
    Delivered,
    Redeemed,
    Claimed,
    Paid,
}

/// A row of the voucher validation tool.
#[derive(Clone)]
pub(crate) struct Reservation {
    pub(crate) location: String,
    pub(crate) reserved: Option<NaiveDate>,
    pub(crate) redeemed: Option<NaiveDate>,
    pub(crate) cancelled: Option<NaiveDate>,
    /// A status word that its days do not say.
    pub(crate) word: Option<&'static str>,
}

/// A completion report.
#[derive(Clone)]
pub(crate) struct Completion {
    pub(crate) consultant: usize,
    pub(crate) country: &'static str,
    pub(crate) started: NaiveDate,
    pub(crate) completed: NaiveDate,
    pub(crate) reported: NaiveDate,
    pub(crate) deliverable: Option<String>,
    pub(crate) deliverable_on: Option<NaiveDate>,
    /// Filed with the old form, which has no column for the deliverable.
    pub(crate) legacy: bool,
    /// Days worked off site, if not the usual few.
    pub(crate) offsite: Option<u32>,
}

/// A payment request.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) requested: NaiveDate,
    pub(crate) paid: Option<NaiveDate>,
    pub(crate) minor: u64,
    pub(crate) currency: &'static str,
    /// Why the payer refused it, if he did.
    pub(crate) refused: Option<&'static str>,
}

/// A voucher.
#[derive(Clone)]
pub(crate) struct Voucher {
    pub(crate) id: String,
    /// Whether the customer's portal lists it.
    pub(crate) listed: bool,
    pub(crate) customer: usize,
    pub(crate) engagement: usize,
    pub(crate) days: u32,
    /// The days of a second row that contradicts the first.
    pub(crate) other_days: Option<u32>,
    pub(crate) created: NaiveDate,
    pub(crate) assigned: Option<NaiveDate>,
    pub(crate) expires: NaiveDate,
    pub(crate) reservations: Vec<Reservation>,
    pub(crate) completion: Option<Completion>,
    pub(crate) requests: Vec<Request>,
    /// Claimed on this day, before the tool was there.
    pub(crate) claimed_before: Option<NaiveDate>,
}

/// What a usual voucher is about.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    /// Running number; also sets the pace.
    pub(crate) number: usize,
    pub(crate) location: usize,
    pub(crate) engagement: usize,
    pub(crate) days: u32,
    pub(crate) customer: usize,
}

/// The days of a usual course.
pub(crate) struct Course {
    pub(crate) assigned: NaiveDate,
    pub(crate) reserved: NaiveDate,
    pub(crate) started: NaiveDate,
    pub(crate) completed: NaiveDate,
    pub(crate) reported: NaiveDate,
    pub(crate) uploaded: NaiveDate,
    pub(crate) redeemed: NaiveDate,
    pub(crate) requested: NaiveDate,
    pub(crate) paid: NaiveDate,
}

/// A day, so many days later.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// A day, so many days earlier.
pub(crate) fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// The day itself, or the Monday after a weekend.
pub(crate) fn workday(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => later(day, 2),
        Weekday::Sun => later(day, 1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => day,
    }
}

impl Course {
    /// The course of a voucher of so many days that was created on this day; the pace spreads the days.
    pub(crate) fn from(created: NaiveDate, pace: u64, days: u32) -> Course {
        let assigned = workday(later(created, 2 + pace % 3));
        let reserved = workday(later(assigned, 3 + pace % 4));
        let started = workday(later(reserved, 6 + pace % 7));
        let completed = (1..days).fold(started, |day, _| workday(later(day, 1)));
        let reported = workday(later(completed, 1 + pace % 3));
        let uploaded = workday(later(reported, pace % 2));
        let redeemed = workday(later(uploaded, 1 + pace % 4));
        let requested = workday(later(redeemed, 2 + pace % 9));
        let paid = workday(later(requested, 14 + pace % 12));
        Course { assigned, reserved, started, completed, reported, uploaded, redeemed, requested, paid }
    }

    fn reaches(&self, step: Step, created: NaiveDate) -> NaiveDate {
        match step {
            Step::Created => created,
            Step::Assigned => self.assigned,
            Step::Reserved => self.reserved,
            Step::Delivered => self.uploaded,
            Step::Redeemed => self.redeemed,
            Step::Claimed => self.requested,
            Step::Paid => self.paid,
        }
    }
}

impl Plan {
    fn course(self, created: NaiveDate) -> Course {
        Course::from(created, self.number as u64, self.days)
    }

    /// The voucher that was created on this day and got as far as this step.
    pub(crate) fn created_on(self, created: NaiveDate, until: Step) -> Voucher {
        let created = workday(created);
        let course = self.course(created);
        let location = &LOCATIONS[self.location];
        let id = self.id(created);
        let name = ENGAGEMENTS[self.engagement].deliverable;
        let suffix = ["docx", "pdf", "pptx"][self.number % 3];
        let deliverable = format!("{name}-{id}.{suffix}");
        let reached = |step: Step, day: NaiveDate| (until >= step).then_some(day);
        let reservation = Reservation {
            location: location.id.to_owned(),
            reserved: Some(course.reserved),
            redeemed: reached(Step::Redeemed, course.redeemed),
            cancelled: None,
            word: None,
        };
        let completion = Completion {
            consultant: LOCATIONS[self.location].partner * 2 + self.number % 2,
            country: location.country,
            started: course.started,
            completed: course.completed,
            reported: course.reported,
            deliverable: Some(deliverable),
            deliverable_on: Some(course.uploaded),
            legacy: false,
            offsite: None,
        };
        let rate = world::rate(location.country, self.days, world::is_second_year(course.started));
        let request = rate.map(|(minor, currency)| Request {
            requested: course.requested,
            paid: reached(Step::Paid, course.paid),
            minor,
            currency,
            refused: None,
        });
        Voucher {
            id,
            listed: true,
            customer: self.customer,
            engagement: self.engagement,
            days: self.days,
            other_days: None,
            created,
            assigned: reached(Step::Assigned, course.assigned),
            expires: later(created, 180),
            reservations: if until >= Step::Reserved { vec![reservation] } else { Vec::new() },
            completion: (until >= Step::Delivered).then_some(completion),
            requests: request.filter(|_| until >= Step::Claimed).into_iter().collect(),
            claimed_before: None,
        }
    }

    /// The voucher that reached this step on about this day.
    pub(crate) fn reaching(self, step: Step, day: NaiveDate) -> Voucher {
        let trial = earlier(day, 60);
        let lead = (self.course(trial).reaches(step, trial) - trial).num_days();
        self.created_on(earlier(day, lead.unsigned_abs()), step)
    }

    /// Two kinds of numbers are around; one has leading zeros.
    fn id(self, created: NaiveDate) -> String {
        if self.number % 11 == 5 {
            return format!("{:04}-{:04}-{:03}", 31 + self.number % 7, 7_042 + self.number * 13 % 2_000, self.number);
        }
        format!("V-{:02}{:02}{:05}", created.year() % 100, created.month(), self.number)
    }
}
