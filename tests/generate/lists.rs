//! The exports that tell of partners (profile, enrollments, competencies, trainings) and the team's own lists
//! (rates, contacts, old claims).

use std::path::Path;

use chrono::{Datelike, NaiveDate};

use crate::Outcome;
use crate::files::{Dates, decimal, write_delimited};
use crate::month::{EXPORTED_ON, day};
use crate::voucher::{Voucher, earlier, later};
use crate::world::{self, CONSULTANTS, LEVELS, LOCATIONS, PARTNERS, RATED};

/// Writes all of them.
pub(crate) fn write(dir: &Path, vouchers: &[Voucher]) -> Outcome<()> {
    profile(&dir.join(format!("partner-profile-{EXPORTED_ON}.csv")))?;
    enrollments(&dir.join(format!("enrollments-{EXPORTED_ON}.csv")))?;
    for partner in &PARTNERS {
        competencies(&dir.join(format!("competencies-{}-{EXPORTED_ON}.tsv", partner.id)), partner)?;
    }
    trainings(&dir.join(format!("trainings-{EXPORTED_ON}.csv")))?;
    rates(&dir.join("rates-2021.csv"))?;
    contacts(&dir.join("contacts.csv"))?;
    claims(&dir.join("claims-before-vouchsafe.csv"), vouchers)
}

fn owned(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn profile(path: &Path) -> Outcome<()> {
    let titles = ["MPNId", "PartnerName", "PGA_MPNId", "PGA_PartnerName", "City", "Country", "HierarchyLevel"];
    let row = |location: &world::Location| {
        let partner = &PARTNERS[location.partner];
        let country = world::country_name(location.country);
        owned(&[location.id, partner.name, partner.id, partner.name, location.city, country, "Location ID"])
    };
    let rows: Vec<Vec<String>> = LOCATIONS.iter().map(row).collect();
    write_delimited(path, b',', true, &titles, &rows)
}

/// What an enrollment lacks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lacks {
    Nothing,
    /// The compliance training, and the registration in the payment tool.
    TrainingAndRegistration,
    BankAccount,
}

/// An enrollment that is not the usual pair: partner, offering, enrolled, agreement signed, what it lacks.
const OTHER_ENROLLMENTS: [(&str, &str, &str, &str, Lacks); 7] = [
    ("4100001", "SSDPS", "2020-06-22", "2020-06-22", Lacks::Nothing),
    ("4100004", "SDPS", "2020-07-13", "2020-07-13", Lacks::TrainingAndRegistration),
    ("4100009", "DDPS", "2019-11-04", "2019-11-04", Lacks::Nothing),
    ("4100009", "DDPS", "2021-04-19", "2021-04-19", Lacks::Nothing),
    ("4100010", "DDPS", "2021-04-12", "2021-04-12", Lacks::Nothing),
    ("4100011", "DDPS", "2020-09-07", "2020-09-07", Lacks::BankAccount),
    ("4100012", "DYDPS", "2021-02-01", "2021-05-03", Lacks::Nothing),
];

fn enrollments(path: &Path) -> Outcome<()> {
    let titles = [
        "Global MPN ID",
        "Program",
        "Enrolled On",
        "Agreement Signed On",
        "Compliance Training Completed On",
        "Business Profile Updated On",
        "SAVB Registered On",
        "Bank Account Mapped",
        "Location MPN ID",
    ];
    let mut rows: Vec<(String, &str, NaiveDate, NaiveDate, Lacks)> = Vec::new();
    let (first, again) = (day("2020-02-03")?, day("2021-01-18")?);
    for (at, partner) in PARTNERS.iter().enumerate() {
        for (turn, offering) in partner.offerings.iter().enumerate() {
            let shift = (at + turn) as u64;
            for enrolled in [later(first, shift), later(again, shift)] {
                rows.push((partner.id.to_owned(), offering, enrolled, enrolled, Lacks::Nothing));
            }
        }
    }
    for (partner, offering, enrolled, signed, lacks) in OTHER_ENROLLMENTS {
        rows.push((partner.to_owned(), offering, day(enrolled)?, day(signed)?, lacks));
    }
    rows.sort();
    let registered = day("2020-10-05")?;
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|(partner, offering, enrolled, signed, lacks)| {
            let iso = |day: NaiveDate| Dates::Iso.text(Some(day));
            let updated = later(enrolled, 1);
            let registered = registered.max(later(enrolled, 7));
            let (trained, offering) = (iso(earlier(enrolled, 12)), offering.to_owned());
            let (enrolled, signed, updated, registered) = (iso(enrolled), iso(signed), iso(updated), iso(registered));
            let has = |cell: String, lacking: Lacks| if lacks == lacking { String::new() } else { cell };
            let (trained, registered) =
                (has(trained, Lacks::TrainingAndRegistration), has(registered, Lacks::TrainingAndRegistration));
            let mapped = if lacks == Lacks::BankAccount { "No" } else { "Yes" }.to_owned();
            vec![partner, offering, enrolled, signed, trained, updated, registered, mapped, String::new()]
        })
        .collect();
    write_delimited(path, b',', false, &titles, &rows)
}

fn competencies(path: &Path, partner: &world::Partner) -> Outcome<()> {
    let titles = ["CompetencyName", "CompetencyLevel", "CompetencyStatus", "CompetencyStartDate", "CompetencyEndDate"];
    let mut rows = Vec::new();
    for (name, level, status, from, to) in partner.competencies {
        let (from, to) = (Dates::MonthDayYear.text(Some(day(from)?)), Dates::MonthDayYear.text(Some(day(to)?)));
        rows.push(owned(&[name, level, status, &from, &to]));
    }
    write_delimited(path, b'\t', false, &titles, &rows)
}

/// Competencies that somebody passed an exam for without the company holding them.
const FURTHER_EXAMS: [(usize, &str); 1] = [(8, "Project and Portfolio Management")];

const TRAINING_TITLES: [&str; 17] = [
    "TrainingActivityId",
    "TrainingTitle",
    "TrainingType",
    "IndividualFirstName",
    "IndividualLastName",
    "Email",
    "CorpEmail",
    "TrainingCompletionDate",
    "Month",
    "IcMCP",
    "MCPID",
    "MPNId",
    "PartnerName",
    "PartnerCityLocation",
    "PartnerCountryLocation",
    "ExpirationDate",
    "Relevant for Competencies (Option) or Programs",
];

fn trainings(path: &Path) -> Outcome<()> {
    let mut rows = Vec::new();
    for at in 0..CONSULTANTS.len() {
        let partner = world::partner_of_consultant(at);
        let mut names: Vec<&str> = PARTNERS[partner].competencies.iter().map(|competency| competency.0).collect();
        names.extend(FURTHER_EXAMS.iter().filter(|(of, _)| *of == partner).map(|(_, name)| *name));
        names.dedup();
        if at == 24 {
            names.retain(|name| *name == "Messaging");
        }
        for name in names {
            rows.push(training(at, name)?);
        }
    }
    write_delimited(path, b',', false, &TRAINING_TITLES, &rows)
}

fn training(consultant: usize, competency: &str) -> Outcome<Vec<String>> {
    const EXAMS: [&str; 11] = [
        "Windows and Devices",
        "Enterprise Mobility Management",
        "Cloud Business Applications",
        "Cloud CRM",
        "Enterprise Resource Planning",
        "Datacenter",
        "Collaboration and Content",
        "Project and Portfolio Management",
        "Messaging",
        "Communications",
        "Data Platform",
    ];
    let exam = EXAMS.iter().position(|name| *name == competency).ok_or("a competency without an exam")?;
    let partner = world::partner_of_consultant(consultant);
    let location =
        LOCATIONS.iter().find(|location| location.partner == partner).ok_or("a partner without a location")?;
    let (given, family) = CONSULTANTS[consultant];
    let partner = &PARTNERS[partner];
    let passed = later(day("2019-02-04")?, (consultant * 9 + exam * 13) as u64);
    let expires = if exam % 2 == 0 { Some(later(passed, 365 * 4)) } else { None };
    let mail = format!("{}.{}", given.to_lowercase(), family.to_lowercase());
    Ok(vec![
        format!("EX-{}", 301 + exam * 7),
        format!("Planning and Designing: {competency}"),
        "Exam".to_owned(),
        given.to_owned(),
        family.to_owned(),
        format!("{mail}@people.example.org"),
        format!("{mail}@{}.example.com", partner.domain),
        Dates::MonthDayYear.text(Some(passed)),
        format!("{}/1/{}", passed.month(), passed.year()),
        "Yes".to_owned(),
        world::consultant_id(consultant),
        partner.id.to_owned(),
        partner.name.to_owned(),
        location.city.to_owned(),
        world::country_name(location.country).to_owned(),
        Dates::MonthDayYear.text(expires),
        competency.to_owned(),
    ])
}

fn rates(path: &Path) -> Outcome<()> {
    let titles = ["Country", "Service level (days)", "Amount", "Currency", "Valid from", "Valid to"];
    let years = [("01-07-2020", "31-12-2020", false), ("01-01-2021", "31-12-2021", true)];
    let mut rows = Vec::new();
    for (from, to, second_year) in years {
        for (country, ..) in RATED {
            for days in LEVELS {
                let Some((minor, currency)) = world::rate(country, days, second_year) else {
                    continue;
                };
                let (days, amount) = (days.to_string(), decimal(minor, ','));
                rows.push(owned(&[country, &days, &amount, currency, from, to]));
            }
        }
    }
    write_delimited(path, b';', false, &titles, &rows)
}

/// A contact: location, name, mailbox, language. Nobody is known in Galway.
const CONTACTS: [(usize, &str, &str, &str); 22] = [
    (0, "Debiteurenbeheer Groningen", "finance", "nl"),
    (0, "Puck Voorbeeldsma", "puck.voorbeeldsma", "nl"),
    (1, "Debiteurenbeheer Utrecht", "utrecht.finance", "nl"),
    (2, "Debiteurenbeheer Antwerpen", "antwerpen.finance", "nl"),
    (3, "Ekonomi Stockholm", "ekonomi", "sv"),
    (3, "Love Provsten", "love.provsten", "sv"),
    (4, "Ekonomi Göteborg", "ekonomi.goteborg", "sv"),
    (5, "Ekonomi Esbo", "ekonomi.esbo", "sv"),
    (6, "Buchhaltung München", "buchhaltung", "de"),
    (7, "Buchhaltung Leipzig", "buchhaltung.leipzig", "de"),
    (8, "上海财务部", "finance.shanghai", "zh-CN"),
    (9, "成都财务部", "finance.chengdu", "zh-CN"),
    (10, "Comptabilité Lyon", "comptabilite", "fr"),
    (11, "Comptabilité Nantes", "comptabilite.nantes", "fr"),
    (12, "Accounts Cork", "accounts", "en"),
    (14, "Administratie Rotterdam", "administratie", "nl"),
    (15, "Buchhaltung Dresden", "rechnung", "de"),
    (16, "Ekonomi Umeå", "ekonomi", "sv"),
    (17, "Accounts Dublin", "accounts", "en"),
    (18, "Boekhouding Gent", "boekhouding", "nl"),
    (19, "苏州财务部", "finance", "zh-CN"),
    (19, "Harper Placeholder", "harper.placeholder", "en"),
];

fn contacts(path: &Path) -> Outcome<()> {
    let row = |(location, name, mailbox, language): (usize, &str, &str, &str)| {
        let location = &LOCATIONS[location];
        let mail = format!("{mailbox}@{}.example.com", PARTNERS[location.partner].domain);
        owned(&[location.id, name, &mail, language])
    };
    let rows: Vec<Vec<String>> = CONTACTS.into_iter().map(row).collect();
    write_delimited(path, b',', false, &["location_id", "contact_name", "contact_email", "language"], &rows)
}

fn claims(path: &Path, vouchers: &[Voucher]) -> Outcome<()> {
    let claimed = vouchers.iter().filter_map(|voucher| voucher.claimed_before.map(|on| (on, &voucher.id)));
    let mut claimed: Vec<(NaiveDate, &String)> = claimed.collect();
    claimed.sort();
    let row = |(at, (on, id)): (usize, &(NaiveDate, &String))| {
        owned(&[id, &format!("MS-{:07}", 20_417 + at * 113), &Dates::Iso.text(Some(*on))])
    };
    let rows: Vec<Vec<String>> = claimed.iter().enumerate().map(row).collect();
    write_delimited(path, b',', false, &["voucher_id", "reference", "claimed_on"], &rows)
}
