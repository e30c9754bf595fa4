//! Who is told: the contacts of the location, for a company all its contacts, each address once. What was told in
//! an earlier run is not told again, and a reminder without a receiver says so.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::due::{AddressedReminder, Receiver, Reminder, STAGE};
use crate::casebook::PartnerBook;
use crate::ingest::{Coverage, Table};
use crate::model::{Contact, Language, LocationId, Notice, PartnerId};

/// Finds for each reminder who is notified; a reminder for several addresses gives several.
pub fn address<'a>(
    reminders: &'a [Reminder],
    contacts: &'a Table<Contact>,
    partners: &PartnerBook<'_>,
    given: &HashSet<Notice>,
    default_language: Language,
) -> Vec<AddressedReminder<'a>> {
    let mut of_location: HashMap<&LocationId, Vec<&Contact>> = HashMap::new();
    for contact in contacts.rows.iter() {
        of_location.entry(&contact.location).or_default().push(contact);
    }
    let mut of_partner: HashMap<&PartnerId, BTreeSet<&LocationId>> = HashMap::new();
    for location in partners.locations() {
        of_partner.entry(&location.partner).or_default().insert(&location.location);
    }
    let mut addressed = Vec::new();
    for reminder in reminders {
        let locations: Vec<&LocationId> = match (&reminder.location, &reminder.partner) {
            (Some(location), _) => vec![location],
            (None, Some(partner)) => {
                of_partner.get(partner).map(|all| all.iter().copied().collect()).unwrap_or_default()
            }
            (None, None) => Vec::new(),
        };
        let found = locations.iter().flat_map(|location| of_location.get(location).into_iter().flatten().copied());
        match why_not(reminder, given, contacts.coverage) {
            Some(why) => addressed.push(AddressedReminder { reminder, receiver: Err(why) }),
            None => addressed.extend(receivers(reminder, found, default_language)),
        }
    }
    addressed
}

fn why_not(reminder: &Reminder, given: &HashSet<Notice>, contacts: Coverage) -> Option<&'static str> {
    if let Some(moot) = reminder.moot {
        return Some(moot);
    }
    let Some(partner) = &reminder.partner else {
        return Some("no known location has reserved it");
    };
    let notice = Notice {
        partner: partner.to_string(),
        topic: reminder.topic.as_str().to_owned(),
        subject: reminder.subject.clone(),
        stage: STAGE,
    };
    if given.contains(&notice) {
        return Some("told in an earlier run");
    }
    (contacts == Coverage::None).then_some("held: the job has no contacts")
}

fn receivers<'a>(
    reminder: &'a Reminder,
    contacts: impl Iterator<Item = &'a Contact>,
    default_language: Language,
) -> Vec<AddressedReminder<'a>> {
    let mut by_address: BTreeMap<String, &Contact> = BTreeMap::new();
    for contact in contacts {
        by_address.entry(contact.email.as_str().to_lowercase()).or_insert(contact);
    }
    if by_address.is_empty() {
        return vec![AddressedReminder { reminder, receiver: Err("no contact for the location") }];
    }
    by_address
        .into_values()
        .map(|contact| {
            let language = contact.language.get().unwrap_or(default_language);
            AddressedReminder { reminder, receiver: Ok(Receiver { contact, language }) }
        })
        .collect()
}
