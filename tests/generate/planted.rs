//! The vouchers with a planted flaw, each otherwise in order. The code that each shall get stands beside it.

use chrono::NaiveDate;

use crate::Outcome;
use crate::month::day;
use crate::voucher::{Completion, Plan, Request, Reservation, Step, Voucher, earlier, later, workday};
use crate::world::{LOCATIONS, PARTNERS};

/// A payment for a voucher that no other export knows: voucher, location, requested, paid, minor units, currency.
pub(crate) const STRAY_PAYMENT: (&str, &str, &str, &str, u64, &str) =
    ("V-210388017", "4200119", "2021-05-10", "2021-05-25", 420_000, "EUR");

/// All of them.
pub(crate) fn vouchers() -> Outcome<Vec<Voucher>> {
    let mut planted = Planted { number: 900, vouchers: Vec::new() };
    planted.rows()?;
    planted.partners()?;
    planted.lifecycle()?;
    planted.waiting()?;
    planted.dates()?;
    planted.money()?;
    planted.states()?;
    planted.setup()?;
    planted.matching()?;
    Ok(planted.vouchers)
}

struct Planted {
    number: usize,
    vouchers: Vec<Voucher>,
}

impl Planted {
    fn plan(&mut self, location: usize, days: u32, engagement: Option<usize>) -> Plan {
        self.number += 1;
        let usual = PARTNERS[LOCATIONS[location].partner].engagements[0];
        let engagement = engagement.unwrap_or(usual);
        Plan { number: self.number, location, engagement, days, customer: self.number % 100 + 60 }
    }

    /// A voucher that was redeemed on about this day and not claimed yet, with a change.
    fn redeemed(&mut self, location: usize, days: u32, on: &str, change: impl FnOnce(&mut Voucher)) -> Outcome<()> {
        let plan = self.plan(location, days, None);
        self.add(plan.reaching(Step::Redeemed, day(on)?), change);
        Ok(())
    }

    fn add(&mut self, mut voucher: Voucher, change: impl FnOnce(&mut Voucher)) {
        change(&mut voucher);
        self.vouchers.push(voucher);
    }

    /// What the rows of different exports say about one voucher does not fit.
    fn rows(&mut self) -> Outcome<()> {
        // RF-01: a location that the partner profile does not know.
        self.redeemed(0, 5, "2021-04-20", |v| reservation(v, |r| r.location = "4299001".to_owned()))?;
        // RF-03: redeemed, but the customer's portal never listed it.
        self.redeemed(3, 3, "2021-04-22", |v| {
            v.listed = false;
            v.completion = None;
        })?;
        // RF-05: a German engagement under a Dutch location.
        self.redeemed(1, 3, "2021-04-23", |v| completion(v, |c| c.country = "DE"))?;
        // DU-01: five days in one row, ten in the next.
        self.redeemed(6, 5, "2021-04-27", |v| v.other_days = Some(10))?;
        // DU-02: redeemed in Utrecht and in Rotterdam.
        self.redeemed(1, 3, "2021-04-28", |v| {
            let mut second = v.reservations.clone();
            second.iter_mut().for_each(|r| r.location = LOCATIONS[14].id.to_owned());
            v.reservations.extend(second);
        })
    }

    /// The partner was not eligible.
    fn partners(&mut self) -> Outcome<()> {
        // EL-01: Kestrel Field enrolled on 2021-04-12; this engagement was over by then.
        self.redeemed(17, 3, "2021-04-13", |_| {})?;
        // EL-02: Snöripa's enrollment of 2019-11-04 was more than a year old when it reserved.
        let plan = self.plan(16, 5, Some(0));
        let reserved = day("2020-12-10")?;
        let mut voucher = plan.reaching(Step::Redeemed, day("2021-04-09")?);
        voucher.created = day("2020-12-01")?;
        voucher.expires = later(voucher.created, 180);
        voucher.assigned = Some(day("2020-12-03")?);
        self.add(voucher, |v| reservation(v, |r| r.reserved = Some(reserved)));
        // EL-03: Cedar Ferry signed the Dynamics agreement on 2021-05-03. EL-04: Snöripa never held the project
        // competency. EL-05: Zilvermeeuw's Data Platform is Silver. EL-06: Bergahorn's Messaging ended in 2019.
        // EL-10: Cedar Ferry holds Messaging, but never enrolled for S-EDPS.
        let cases = [
            (19, 4, "2021-04-14"),
            (16, 8, "2021-04-15"),
            (14, 11, "2021-04-16"),
            (15, 9, "2021-04-19"),
            (19, 9, "2021-04-21"),
        ];
        for (location, engagement, on) in cases {
            let plan = self.plan(location, 5, Some(engagement));
            self.add(plan.reaching(Step::Redeemed, day(on)?), |_| {});
        }
        // EL-08: this consultant of Harbour Lantern passed an exam for Messaging only.
        self.redeemed(12, 3, "2021-04-22", |v| completion(v, |c| c.consultant = 24))
    }

    /// Steps are missing.
    fn lifecycle(&mut self) -> Outcome<()> {
        // LC-02: redeemed, never reserved.
        self.redeemed(4, 3, "2021-04-26", |v| reservation(v, |r| r.reserved = None))?;
        // LC-04: no completion report.
        self.redeemed(10, 3, "2021-04-29", |v| v.completion = None)?;
        // LC-05: no deliverable.
        self.redeemed(11, 5, "2021-04-30", |v| {
            completion(v, |c| {
                c.deliverable = None;
                c.deliverable_on = None;
            });
        })?;
        // LC-08: report and upload after the redemption; then the upload alone.
        for (location, report_too) in [(7, true), (8, false)] {
            self.redeemed(location, 3, "2021-05-03", |v| {
                let redeemed = v.reservations.iter().find_map(|r| r.redeemed);
                completion(v, |c| {
                    c.deliverable_on = redeemed.map(|day| workday(later(day, 3)));
                    c.reported = redeemed.filter(|_| report_too).map_or(c.reported, |day| workday(later(day, 2)));
                });
            })?;
        }
        // IN-01: filed with the old form, which does not say whether there is a deliverable.
        for location in [3, 13] {
            self.redeemed(location, 5, "2021-05-05", |v| completion(v, |c| c.legacy = true))?;
        }
        Ok(())
    }

    /// Not redeemed: waiting, about to expire, expired.
    fn waiting(&mut self) -> Outcome<()> {
        // DT-01: expired, assigned but never reserved; then delivered but never redeemed.
        let plan = self.plan(0, 5, None);
        self.vouchers.push(plan.created_on(day("2020-11-16")?, Step::Assigned));
        let plan = self.plan(2, 3, None);
        self.vouchers.push(plan.created_on(day("2020-11-20")?, Step::Delivered));
        // DT-02: the last day is in June; one is reserved, one is not.
        let plan = self.plan(9, 3, None);
        let reserved = day("2021-05-10")?;
        let voucher = plan.created_on(day("2020-12-15")?, Step::Reserved);
        self.add(voucher, |v| reservation(v, |r| r.reserved = Some(reserved)));
        let plan = self.plan(14, 5, None);
        self.vouchers.push(plan.created_on(day("2020-12-21")?, Step::Assigned));
        // PD-01, nothing wrong: Lyon cancelled its reservation, and the voucher is free again.
        let plan = self.plan(10, 3, None);
        let voucher = plan.reaching(Step::Reserved, day("2021-05-04")?);
        self.add(voucher, |v| reservation(v, |r| r.cancelled = r.reserved.map(|day| workday(later(day, 9)))));
        Ok(())
    }

    /// Steps on the wrong day.
    fn dates(&mut self) -> Outcome<()> {
        // DT-03 and DT-08: completed and redeemed after the last day.
        let late = ["2021-03-15", "2021-04-06", "2021-04-13", "2021-04-14", "2021-04-16"];
        self.explicit(15, 5, "2020-10-12", late)?;
        // DT-08: redeemed three days after it.
        self.explicit(6, 3, "2020-10-20", ["2021-03-22", "2021-04-12", "2021-04-14", "2021-04-15", "2021-04-21"])?;
        // DT-05: there are no vouchers of seven days.
        self.redeemed(1, 7, "2021-05-06", |_| {})?;
        // DT-06: redeemed on the first day of the next month.
        let plan = self.plan(12, 3, None);
        let june = day("2021-06-01")?;
        let voucher = plan.reaching(Step::Redeemed, day("2021-05-28")?);
        self.add(voucher, |v| reservation(v, |r| r.redeemed = Some(june)));
        // DT-07: reported two days before it was completed.
        self.redeemed(4, 5, "2021-05-07", |v| completion(v, |c| c.reported = earlier(c.completed, 2)))?;
        // DT-09: reserved on the day after the start.
        self.redeemed(7, 5, "2021-05-10", |v| {
            let started = v.completion.as_ref().map(|c| c.started);
            reservation(v, |r| r.reserved = started.map(|day| later(day, 1)));
        })?;
        // DT-10: sixty days have passed, and nobody asked for the payment.
        self.redeemed(0, 10, "2021-03-10", |_| {})?;
        self.redeemed(11, 3, "2021-03-24", |_| {})
    }

    /// The money is missing or nobody's.
    fn money(&mut self) -> Outcome<()> {
        // AM-03: the contract has no rate for Finland.
        self.redeemed(5, 5, "2021-05-11", |_| {})?;
        // AM-06: paid 250.00 short.
        let plan = self.plan(8, 5, None);
        let voucher = plan.created_on(day("2020-12-07")?, Step::Paid);
        self.add(voucher, |v| {
            let short = |request: &mut Request| request.minor = request.minor.saturating_sub(25_000);
            v.requests.iter_mut().for_each(short);
        });
        // MT-04: the payment that fits nothing may have been for this voucher of Gent.
        self.redeemed(18, 5, "2021-04-26", |_| {})
    }

    /// States and words that do not fit, and vouchers that concern each other.
    fn states(&mut self) -> Outcome<()> {
        // LC-01: redeemed, says its date; reserved, says its word.
        self.redeemed(2, 3, "2021-05-11", |v| reservation(v, |r| r.word = Some("Reserved")))?;
        // LC-03: payment requested three days before the redemption.
        let plan = self.plan(6, 5, None);
        let voucher = plan.reaching(Step::Claimed, day("2021-05-18")?);
        let redeemed = voucher.reservations.iter().find_map(|r| r.redeemed);
        self.add(voucher, |v| {
            let early =
                |request: &mut Request| request.requested = redeemed.map_or(request.requested, |on| earlier(on, 3));
            v.requests.iter_mut().for_each(early);
        });
        // LC-06: delivered in Galway, whose reservation was cancelled.
        let plan = self.plan(13, 3, None);
        let voucher = plan.reaching(Step::Delivered, day("2021-05-12")?);
        self.add(voucher, |v| reservation(v, |r| r.cancelled = r.reserved.map(|on| later(on, 2))));
        // LC-07: reserved by Lyon and by Nantes at once.
        let plan = self.plan(10, 3, None);
        self.add(plan.reaching(Step::Reserved, day("2021-05-11")?), |v| {
            let mut second = v.reservations.clone();
            second.iter_mut().for_each(|r| r.location = LOCATIONS[11].id.to_owned());
            v.reservations.extend(second);
        });
        // LC-09: five of ten days off site.
        self.redeemed(4, 10, "2021-05-12", |v| completion(v, |c| c.offsite = Some(5)))?;
        // DT-04: reserved on the day after the last day.
        let plan = self.plan(9, 3, None);
        let voucher = plan.created_on(day("2020-11-03")?, Step::Reserved);
        let reserved = later(voucher.expires, 1);
        self.add(voucher, |v| reservation(v, |r| r.reserved = Some(reserved)));
        // DU-04: two vouchers of one customer, one deliverable.
        let mut names = Vec::new();
        for on in ["2021-05-04", "2021-05-13"] {
            let mut plan = self.plan(16, 3, None);
            plan.customer = 98;
            self.add(plan.reaching(Step::Redeemed, day(on)?), |v| {
                completion(v, |c| {
                    names.extend(c.deliverable.clone());
                    c.deliverable = names.first().cloned();
                })
            });
        }
        // DU-06: two vouchers of 15 days for the same customer and engagement; the first is fine.
        for on in ["2021-04-30", "2021-05-14"] {
            let mut plan = self.plan(0, 15, None);
            plan.customer = 99;
            self.add(plan.reaching(Step::Redeemed, day(on)?), |_| {});
        }
        Ok(())
    }

    /// The partner is not set up for this offering.
    fn setup(&mut self) -> Outcome<()> {
        // EL-07: Jade Bridge has no compliance training for SDPS, and started while it was asked for.
        let plan = self.plan(8, 5, Some(7));
        self.vouchers.push(plan.created_on(day("2020-10-05")?, Step::Paid));
        // EL-09: Azure planning was retired long before this voucher was created.
        let plan = self.plan(1, 3, Some(12));
        self.vouchers.push(plan.reaching(Step::Assigned, day("2021-05-12")?));
        // EL-11: SDPS of Jade Bridge is not registered in the payment tool. EL-12: no bank account for DDPS of Vlierbeek.
        let plan = self.plan(9, 3, Some(7));
        self.vouchers.push(plan.reaching(Step::Redeemed, day("2021-04-28")?));
        let plan = self.plan(18, 3, Some(0));
        self.vouchers.push(plan.reaching(Step::Redeemed, day("2021-05-17")?));
        Ok(())
    }

    /// What was asked for and paid is not what the delivery is worth.
    fn matching(&mut self) -> Outcome<()> {
        let mut asked = |location, step, on: &str, change: fn(&mut Vec<Request>)| -> Outcome<()> {
            let plan = self.plan(location, 5, None);
            let voucher =
                if step == Step::Paid { plan.created_on(day(on)?, step) } else { plan.reaching(step, day(on)?) };
            self.add(voucher, |v| change(&mut v.requests));
            Ok(())
        };
        // DU-05: paid in spring, and asked for again in May.
        asked(7, Step::Paid, "2020-12-09", |requests| {
            let again = requests.iter().map(|paid| Request {
                requested: NaiveDate::from_ymd_opt(2021, 5, 17).unwrap_or(paid.requested),
                paid: None,
                ..paid.clone()
            });
            let again: Vec<Request> = again.collect();
            requests.extend(again);
        })?;
        // AM-01: 100.00 more is asked for; AM-02: 100.00 less.
        asked(12, Step::Claimed, "2021-05-19", |requests| requests.iter_mut().for_each(|r| r.minor += 10_000))?;
        asked(15, Step::Claimed, "2021-05-20", |requests| requests.iter_mut().for_each(|r| r.minor -= 10_000))?;
        // AM-07: paid 50.00 too much.
        asked(14, Step::Paid, "2020-12-10", |requests| requests.iter_mut().for_each(|r| r.minor += 5_000))?;
        // AM-09: the payer refused the request.
        asked(18, Step::Claimed, "2021-05-12", |requests| {
            requests.iter_mut().for_each(|r| r.refused = Some("Completion report does not match the service level"));
        })?;
        // FX-02: a rate in euro, a payment in kronor.
        asked(6, Step::Paid, "2020-12-14", |requests| requests.iter_mut().for_each(|r| r.currency = "SEK"))?;
        // MT-02: an open request, and no payment for more than thirty days.
        asked(10, Step::Claimed, "2021-04-21", |_| {})
    }

    /// A voucher with its own days: reserved, started, completed, reported and uploaded, redeemed.
    fn explicit(&mut self, location: usize, days: u32, created: &str, steps: [&str; 5]) -> Outcome<()> {
        let plan = self.plan(location, days, None);
        let steps: Vec<NaiveDate> = steps.into_iter().map(day).collect::<Outcome<_>>()?;
        let [reserved, started, completed, reported, redeemed] = steps.as_slice() else {
            return Ok(());
        };
        self.add(plan.created_on(day(created)?, Step::Redeemed), |v| {
            reservation(v, |r| (r.reserved, r.redeemed) = (Some(*reserved), Some(*redeemed)));
            completion(v, |c| {
                (c.started, c.completed, c.reported) = (*started, *completed, *reported);
                c.deliverable_on = Some(*reported);
            });
        });
        Ok(())
    }
}

fn reservation(voucher: &mut Voucher, change: impl FnMut(&mut Reservation)) {
    voucher.reservations.iter_mut().for_each(change);
}

fn completion(voucher: &mut Voucher, change: impl FnMut(&mut Completion)) {
    voucher.completion.iter_mut().for_each(change);
}
