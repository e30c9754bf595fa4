//! Everything known about one partner: locations, enrollments, competencies, consultants. Rates are kept here
//! too, since they are looked up the same way.

use std::collections::HashMap;

use crate::ingest::{Coverage, Doubt, Intake};
use crate::model::{
    Certification, Competency, ConsultantId, Country, Dataset, Day, Enrollment, Fact, LocationId, Money, Partner,
    PartnerId, Rate, Text,
};

/// What is known of one company.
#[derive(Debug, Default)]
pub struct PartnerFacts<'a> {
    /// Enrollments, by day.
    pub enrollments: Vec<&'a Enrollment>,
    /// Competencies, by day.
    pub competencies: Vec<&'a Competency>,
    /// Exams and assessments recorded under this partner, by consultant.
    pub certifications: HashMap<&'a ConsultantId, Vec<&'a Certification>>,
    /// Rows about this partner that were refused or contradict each other.
    pub doubts: Vec<&'a Doubt>,
    /// How much is known of the data sets.
    pub coverage: PartnerCoverage,
}

/// How much is known of the data sets about partners.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartnerCoverage {
    /// Enrollments.
    pub enrollments: Coverage,
    /// Competencies.
    pub competencies: Coverage,
    /// Exams and assessments.
    pub certifications: Coverage,
}

/// All partners of a run.
#[derive(Debug)]
pub struct PartnerBook<'a> {
    locations: HashMap<&'a LocationId, &'a Partner>,
    location_doubts: HashMap<&'a LocationId, &'a Doubt>,
    coverage: Coverage,
    facts: HashMap<PartnerId, PartnerFacts<'a>>,
    rates: HashMap<(Country, u32), Vec<&'a Rate>>,
    rate_doubts: Vec<&'a Doubt>,
    rates_coverage: Coverage,
}

impl<'a> PartnerBook<'a> {
    /// Gathers what is known of all partners.
    pub fn new(intake: &'a Intake) -> PartnerBook<'a> {
        let records = &intake.records;
        let of = |dataset| intake.doubts.iter().filter(move |doubt| doubt.dataset == dataset);
        let mut rates: HashMap<(Country, u32), Vec<&Rate>> = HashMap::new();
        for rate in &records.rates.rows {
            rates.entry((rate.country, rate.days)).or_default().push(rate);
        }
        PartnerBook {
            locations: records.partners.rows.iter().map(|row| (&row.location, row)).collect(),
            location_doubts: of(Dataset::Partners)
                .filter_map(|doubt| doubt.keys.location.as_ref().map(|location| (location, doubt)))
                .collect(),
            coverage: records.partners.coverage,
            facts: facts(intake),
            rates,
            rate_doubts: of(Dataset::Rates).collect(),
            rates_coverage: records.rates.coverage,
        }
    }

    /// The row of a location: known, not there, or unknown, and the doubt that an unknown rests on.
    pub(super) fn location(&self, location: Option<&LocationId>) -> (Fact<&'a Partner>, Option<&'a Doubt>) {
        let Some(location) = location else {
            return (Fact::Unknown, None);
        };
        if let Some(doubt) = self.location_doubts.get(location) {
            return (Fact::Unknown, Some(doubt));
        }
        match (self.locations.get(location), self.coverage) {
            (Some(row), _) => (Fact::Is(row), None),
            (None, Coverage::Whole) => (Fact::No, None),
            (None, Coverage::None | Coverage::Partial) => (Fact::Unknown, None),
        }
    }

    /// What is known of a company.
    pub fn facts(&self, partner: &PartnerId) -> Option<&PartnerFacts<'a>> {
        self.facts.get(partner)
    }

    /// Companies of the profile, in no particular order.
    pub fn companies(&self) -> impl Iterator<Item = (&PartnerId, &PartnerFacts<'a>)> {
        self.facts.iter()
    }

    /// Locations of the profile, in no particular order.
    pub fn locations(&self) -> impl Iterator<Item = &'a Partner> + '_ {
        self.locations.values().copied()
    }

    /// The name under which a company is addressed: of this location, else of its first one.
    pub fn name_of(&self, partner: Option<&PartnerId>, location: Option<&LocationId>) -> Text {
        let own = location.and_then(|location| self.locations.get(location).copied());
        let first = || self.locations().filter(|row| Some(&row.partner) == partner).min_by_key(|row| &row.location);
        own.or_else(first).map(|row| row.name.clone()).unwrap_or_default()
    }

    pub(super) fn rates_coverage(&self) -> Coverage {
        self.rates_coverage
    }

    pub(super) fn rates(&self, country: Country, days: u32) -> &[&'a Rate] {
        self.rates.get(&(country, days)).map_or(&[], Vec::as_slice)
    }

    /// The amount of the only rate of a day for a level in a country; none where there are none or several.
    pub fn rate_of(&self, country: Country, days: u32, day: Day) -> Option<Money> {
        let is_valid = |rate: &&&Rate| rate.valid_from <= day && rate.valid_to.get().is_none_or(|last| day <= last);
        let mut valid = self.rates(country, days).iter().filter(is_valid);
        valid.next().filter(|_| valid.next().is_none()).map(|rate| rate.amount)
    }

    pub(super) fn rate_doubt(&self, country: Country, days: u32, start: Day) -> Option<&'a Doubt> {
        self.rate_doubts.iter().copied().find(|doubt| {
            doubt.keys.country == Some(country)
                && doubt.keys.days.is_none_or(|d| d == days)
                && doubt.keys.day.is_none_or(|from| from <= start)
        })
    }
}

fn facts(intake: &Intake) -> HashMap<PartnerId, PartnerFacts<'_>> {
    let records = &intake.records;
    let mut facts: HashMap<PartnerId, PartnerFacts<'_>> = HashMap::new();
    for row in &records.partners.rows {
        facts.entry(row.partner.clone()).or_default();
    }
    for row in &records.enrollments.rows {
        facts.entry(row.partner.clone()).or_default().enrollments.push(row);
    }
    for row in &records.competencies.rows {
        facts.entry(row.partner.clone()).or_default().competencies.push(row);
    }
    for row in &records.certifications.rows {
        let of_partner = facts.entry(row.partner.clone()).or_default();
        of_partner.certifications.entry(&row.consultant).or_default().push(row);
    }
    let about_partners = [Dataset::Enrollments, Dataset::Competencies, Dataset::Certifications];
    for doubt in intake.doubts.iter().filter(|doubt| about_partners.contains(&doubt.dataset)) {
        if let Some(partner) = &doubt.keys.partner {
            facts.entry(partner.clone()).or_default().doubts.push(doubt);
        }
    }
    let coverage = PartnerCoverage {
        enrollments: records.enrollments.coverage,
        competencies: records.competencies.coverage,
        certifications: records.certifications.coverage,
    };
    for of_partner in facts.values_mut() {
        of_partner.coverage = coverage;
        of_partner.enrollments.sort_by_key(|row| (row.enrolled_on, row.place));
        of_partner.competencies.sort_by_key(|row| (row.attained_on, row.place));
    }
    facts
}
