//! As many vouchers as a load test wants, in files with canonical columns: mostly fine, about four in a hundred
//! flawed. Rows are written as they are made, so the size of the files is the only limit.

use std::path::Path;

use chrono::NaiveDate;

use crate::Outcome;
use crate::fate::{Fate, Flaw};
use crate::files::{decimal, delimited};
use crate::month::{AS_OF, day};
use crate::random::SplitMix;
use crate::sheets::Out;
use crate::voucher::{Course, later, workday};
use crate::world::{self, ENGAGEMENTS, LEVELS, ON_SALE, RATED};

/// Locations of one partner, all in its country.
const LOCATIONS_EACH: u64 = 3;
const CONSULTANTS_EACH: u64 = 4;

/// In which order rows are written, and whether odd ones are among them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// By voucher.
    Sorted,
    /// By voucher, with planted rows and an answer key.
    Dirty,
    /// In another order in every file.
    Shuffled,
    /// By voucher; about so many are flawed or given up, and all others are old and paid.
    Settled {
        /// How many.
        open: u64,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Vouchers,
    Redemptions,
    Completions,
    Payments,
}

impl File {
    const ALL: [File; 4] = [File::Vouchers, File::Redemptions, File::Completions, File::Payments];
}

/// Each number below `count` once, in an order of the pass: steps of about a golden section of them, which have no
/// divisor in common with `count`.
fn shuffled(at: u64, count: u64, pass: u64) -> u64 {
    const SECTIONS: [u64; 4] = [618, 382, 724, 276];
    let divisor = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let section = SECTIONS[usize::try_from(pass % 4).unwrap_or(0)];
    let step = (count * section / 1000..).find(|step| divisor(*step, count) == 1).unwrap_or(1);
    (at * step + pass) % count
}

/// Writes all files and says what they hold.
pub(crate) fn write(dir: &Path, vouchers: u64, seed: u64, rows: Rows) -> Outcome<String> {
    std::fs::create_dir_all(dir)?;
    let locations = (vouchers / 60).max(1);
    let partners = locations.div_ceil(LOCATIONS_EACH);
    write_locations(dir, locations)?;
    write_partners(dir, partners)?;
    write_rates(dir)?;
    let mut out = Out::create(dir, (rows == Rows::Dirty).then_some(seed))?;
    let (first, as_of) = (day("2020-09-01")?, day(AS_OF)?);
    let passes: &[&[File]] = match rows {
        Rows::Sorted | Rows::Dirty | Rows::Settled { .. } => &[&File::ALL],
        Rows::Shuffled => &[&[File::Vouchers], &[File::Redemptions], &[File::Completions], &[File::Payments]],
    };
    for (pass, files) in (0_u64..).zip(passes) {
        for at in 0..vouchers {
            let number = if rows == Rows::Shuffled { shuffled(at, vouchers, pass) } else { at };
            let mut random = SplitMix(seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
            let fate = match rows {
                Rows::Settled { open } => Fate::settled(random.below(vouchers) < open, &mut random),
                Rows::Sorted | Rows::Dirty | Rows::Shuffled => Fate::usual(&mut random),
            };
            let draft = Draft::new(number, locations, first, &fate, &mut random);
            draft.write(&mut out, as_of, files)?;
        }
    }
    out.finish(dir)?;
    Ok(format!("{vouchers} vouchers, {locations} locations, seed {seed}, as of {AS_OF}, in {}", dir.display()))
}

/// What a partner offers, by position of the engagement.
fn engagements_of(partner: u64) -> [usize; 3] {
    [0, 4, 8].map(|step| (usize::try_from(partner % 12).unwrap_or(0) + step) % ON_SALE)
}

fn country_of(partner: u64) -> &'static str {
    RATED[usize::try_from(partner % 7).unwrap_or(0)].0
}

fn partner_id(partner: u64) -> String {
    format!("5{partner:07}")
}

fn location_id(location: u64) -> String {
    format!("6{location:07}")
}

fn write_locations(dir: &Path, locations: u64) -> Outcome<()> {
    const LANGUAGES: [&str; 6] = ["en", "nl", "sv", "de", "zh-CN", "fr"];
    let titles = ["partner_id", "location_id", "partner_name", "country", "city", "hierarchy_level"];
    let mut profile = delimited(&dir.join("partners.csv"), b',', false, &titles)?;
    let titles = ["location_id", "contact_name", "contact_email", "language"];
    let mut contacts = delimited(&dir.join("contacts.csv"), b',', false, &titles)?;
    for location in 0..locations {
        let partner = location / LOCATIONS_EACH;
        let (id, name) = (location_id(location), format!("Partner {partner}"));
        let city = format!("City {location}");
        profile.write_record([&partner_id(partner), &id, &name, country_of(partner), &city, "Location ID"])?;
        let (who, mail) = (format!("Finance {location}"), format!("finance{location}@partner{partner}.example.com"));
        let language = LANGUAGES[usize::try_from(location % 6)?];
        contacts.write_record([&id, &who, &mail, language])?;
    }
    profile.flush()?;
    contacts.flush()?;
    Ok(())
}

fn write_partners(dir: &Path, partners: u64) -> Outcome<()> {
    let titles = [
        "partner_id",
        "offering",
        "enrolled_on",
        "agreement_signed_on",
        "training_completed_on",
        "profile_updated_on",
        "savb_registered_on",
        "bank_mapped",
    ];
    let mut enrollments = delimited(&dir.join("enrollments.csv"), b',', false, &titles)?;
    let titles = ["partner_id", "competency", "level", "status", "attained_on", "expires_on"];
    let mut competencies = delimited(&dir.join("competencies.csv"), b',', false, &titles)?;
    let titles = ["consultant_id", "partner_id", "exam", "competency", "passed_on", "expires_on"];
    let mut certifications = delimited(&dir.join("certifications.csv"), b',', false, &titles)?;
    for partner in 0..partners {
        let id = partner_id(partner);
        let mut enrolled: Vec<&str> = Vec::new();
        for at in engagements_of(partner) {
            let engagement = &ENGAGEMENTS[at];
            if !enrolled.contains(&engagement.offering) {
                enrolled.push(engagement.offering);
                for on in ["2020-07-15", "2021-02-15"] {
                    let offering = engagement.offering;
                    enrollments.write_record([&id, offering, on, on, "2020-07-01", on, "2020-11-02", "yes"])?;
                }
            }
            let name = engagement.competency;
            competencies.write_record([&id, name, "Gold", "Active", "2017-10-01", "2021-09-30"])?;
            for consultant in 0..CONSULTANTS_EACH {
                let consultant = consultant_id(partner, consultant);
                let exam = format!("EX-{}", 301 + at * 7);
                certifications.write_record([&consultant, &id, &exam, name, "2019-03-04", ""])?;
            }
        }
    }
    enrollments.flush()?;
    competencies.flush()?;
    certifications.flush()?;
    Ok(())
}

fn consultant_id(partner: u64, consultant: u64) -> String {
    format!("7{:08}", partner * CONSULTANTS_EACH + consultant)
}

fn write_rates(dir: &Path) -> Outcome<()> {
    let titles = ["country", "days", "amount", "currency", "valid_from", "valid_to"];
    let mut rates = delimited(&dir.join("rates.csv"), b',', false, &titles)?;
    for (from, to, second_year) in [("2020-07-01", "2020-12-31", false), ("2021-01-01", "2021-12-31", true)] {
        for (country, ..) in RATED {
            for days in LEVELS {
                let Some((minor, currency)) = world::rate(country, days, second_year) else {
                    continue;
                };
                let (days, amount) = (days.to_string(), decimal(minor, '.'));
                rates.write_record([country, &days, &amount, currency, from, to])?;
            }
        }
    }
    rates.flush()?;
    Ok(())
}

/// One voucher before it is rows.
struct Draft {
    id: String,
    customer: u64,
    location: u64,
    partner: u64,
    engagement: usize,
    days: u32,
    consultant: u64,
    created: NaiveDate,
    course: Course,
    /// Steps that nobody takes: 0 all are taken, 1 no payment request, 2 no delivery, 3 no reservation.
    given_up: u8,
    flaw: Flaw,
}

const MIX: [u32; 8] = [3, 5, 1, 5, 10, 3, 15, 5];

impl Draft {
    fn new(number: u64, locations: u64, first: NaiveDate, fate: &Fate, random: &mut SplitMix) -> Draft {
        let mut pick = |end: usize| usize::try_from(random.below(end as u64)).unwrap_or(0);
        let level = MIX[pick(MIX.len())];
        let engagement = pick(3);
        let location = random.below(locations);
        let partner = location / LOCATIONS_EACH;
        let created = workday(later(first, random.below(fate.span)));
        Draft {
            id: format!("V-{number:010}"),
            // One voucher of 15 days per customer and engagement: these customers have no other.
            customer: if level == 15 { 1_000_000_000 + number } else { random.below(locations * 4) },
            location,
            partner,
            engagement: engagements_of(partner)[engagement],
            days: if fate.flaw == Flaw::NoLevel { 7 } else { level },
            consultant: random.below(CONSULTANTS_EACH),
            created,
            course: Course::from(created, random.below(1_000), level),
            given_up: fate.given_up,
            flaw: fate.flaw,
        }
    }

    fn write(&self, out: &mut Out, as_of: NaiveDate, files: &[File]) -> Outcome<()> {
        let into = |file: File| files.contains(&file);
        if let Some(code) = self.flaw.code().filter(|_| into(File::Vouchers)) {
            out.answers.write_record([self.id.as_str(), code])?;
        }
        let happened = |day: NaiveDate, lost_from: u8| self.given_up < lost_from && day <= as_of;
        let course = &self.course;
        let reserved = happened(course.reserved, 3);
        let delivered = happened(course.completed, 2);
        let redeemed = happened(course.redeemed, 2);
        if self.flaw != Flaw::Unlisted && into(File::Vouchers) {
            self.voucher(out, self.days, as_of)?;
        }
        if self.flaw == Flaw::Contradiction && into(File::Vouchers) {
            self.voucher(out, if self.days == 1 { 3 } else { 1 }, as_of)?;
        }
        if reserved && into(File::Redemptions) {
            self.redemption(out, redeemed)?;
        }
        if delivered && self.flaw != Flaw::NoReport && into(File::Completions) {
            self.completion(out, as_of)?;
        }
        let requested = happened(course.requested, 1) && matches!(self.flaw, Flaw::None | Flaw::ShortPaid);
        if requested && into(File::Payments) {
            self.payment(out, as_of)?;
        }
        Ok(())
    }

    fn voucher(&self, out: &mut Out, days: u32, as_of: NaiveDate) -> Outcome<()> {
        let assigned = self.course.assigned <= as_of;
        out.vouchers.write_record([
            self.id.as_str(),
            &format!("C-{}", self.customer),
            &format!("Customer {}", self.customer),
            ENGAGEMENTS[self.engagement].name,
            &days.to_string(),
            &self.created.to_string(),
            &if assigned { self.course.assigned.to_string() } else { String::new() },
            &later(self.created, 180).to_string(),
            if assigned { "Assigned" } else { "Created" },
        ])?;
        Ok(())
    }

    fn redemption(&self, out: &mut Out, redeemed: bool) -> Outcome<()> {
        let late = self.flaw == Flaw::LateReservation;
        let reserved =
            if late { later(self.course.started, 1).min(self.course.redeemed) } else { self.course.reserved };
        let unknown = self.flaw == Flaw::UnknownLocation;
        out.redemptions.write_record([
            self.id.as_str(),
            &if unknown { "69999999".to_owned() } else { location_id(self.location) },
            if redeemed { "Redeemed" } else { "Reserved" },
            &reserved.to_string(),
            &if redeemed { self.course.redeemed.to_string() } else { String::new() },
            "",
        ])?;
        Ok(())
    }

    fn completion(&self, out: &mut Out, as_of: NaiveDate) -> Outcome<()> {
        let course = &self.course;
        let until = |day: NaiveDate| {
            if day <= as_of { day.to_string() } else { String::new() }
        };
        let partner = if self.flaw == Flaw::UnknownConsultant { self.partner + 1_000_000 } else { self.partner };
        let country =
            if self.flaw == Flaw::OtherCountry { country_of(self.partner + 1) } else { country_of(self.partner) };
        let uploaded = course.uploaded <= as_of && self.flaw != Flaw::NoDeliverable;
        out.completions.write_record([
            self.id.as_str(),
            &consultant_id(partner, self.consultant),
            country,
            &course.started.to_string(),
            &course.completed.to_string(),
            &until(course.reported),
            &if uploaded { format!("plan-{}.docx", self.id) } else { String::new() },
            &if uploaded { course.uploaded.to_string() } else { String::new() },
            "0",
        ])?;
        Ok(())
    }

    fn payment(&self, out: &mut Out, as_of: NaiveDate) -> Outcome<()> {
        let course = &self.course;
        let second_year = world::is_second_year(course.started);
        let Some((minor, currency)) = world::rate(country_of(self.partner), self.days, second_year) else {
            return Ok(());
        };
        let paid = course.paid <= as_of;
        let short = if self.flaw == Flaw::ShortPaid && paid { 25_000 } else { 0 };
        out.payments.write_record([
            format!("R{}", &self.id[2..]).as_str(),
            "",
            &self.id,
            &decimal(minor - short, '.'),
            currency,
            if paid { "Paid" } else { "Submitted" },
            &course.requested.to_string(),
            &if paid { course.paid.to_string() } else { String::new() },
            "",
            &partner_id(self.partner),
            &location_id(self.location),
        ])?;
        Ok(())
    }
}
