//! The invented world of the month: engagements, partners with their locations and competencies, consultants,
//! customers, rates.

use chrono::NaiveDate;

/// An engagement as the voucher export names it, its offering, and the competency that these partners hold for it.
pub(crate) struct Engagement {
    pub(crate) name: &'static str,
    pub(crate) offering: &'static str,
    pub(crate) competency: &'static str,
    /// What its deliverable is called.
    pub(crate) deliverable: &'static str,
}

const fn engagement(
    name: &'static str,
    offering: &'static str,
    competency: &'static str,
    deliverable: &'static str,
) -> Engagement {
    Engagement { name, offering, competency, deliverable }
}

pub(crate) const ENGAGEMENTS: [Engagement; 13] = [
    engagement("Windows and Office Deployment Planning", "DDPS", "Windows and Devices", "windows-rollout-plan"),
    engagement("Mobile Productivity Deployment Planning", "DDPS", "Windows and Devices", "mobile-plan"),
    engagement("Modern IT Enterprise Security PoC", "DDPS", "Enterprise Mobility Management", "security-findings"),
    engagement(
        "Upgrading to Dynamics 365 Customer Engagement",
        "DYDPS",
        "Cloud Business Applications",
        "crm-upgrade-plan",
    ),
    engagement("Migrating to Dynamics 365 Customer Engagement", "DYDPS", "Cloud CRM", "crm-migration-plan"),
    engagement(
        "Upgrading Dynamics 365 Finance and Operations",
        "DYDPS",
        "Enterprise Resource Planning",
        "erp-upgrade-plan",
    ),
    engagement("Modernizing Your Windows Server Platform", "PVDPS", "Datacenter", "server-plan"),
    engagement("SharePoint Deployment Planning", "SDPS", "Collaboration and Content", "sharepoint-plan"),
    engagement("PPM Solution Planning", "SDPS", "Project and Portfolio Management", "portfolio-vision"),
    engagement("Exchange Deployment Planning", "S-EDPS", "Messaging", "exchange-plan"),
    engagement("Skype for Business Deployment Planning", "S-EDPS", "Communications", "telephony-plan"),
    engagement("Data Estate Modernization", "SSDPS", "Data Platform", "data-estate-plan"),
    engagement("Azure Deployment Planning", "AZDPS", "Datacenter", "azure-plan"),
];

/// So many of them are still on sale.
pub(crate) const ON_SALE: usize = 12;

/// A competency of a partner: name, level, status, attained on, ends on.
pub(crate) type Competency = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// A partner company.
pub(crate) struct Partner {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// Its domain under example.com.
    pub(crate) domain: &'static str,
    /// Offerings with a usual enrollment: early 2020 and again early 2021.
    pub(crate) offerings: &'static [&'static str],
    /// Engagements that it delivers without any trouble, by position.
    pub(crate) engagements: &'static [usize],
    pub(crate) competencies: &'static [Competency],
}

pub(crate) const PARTNERS: [Partner; 12] = [
    Partner {
        id: "4100001",
        name: "Noorderlicht Advies",
        domain: "noorderlicht",
        offerings: &["DDPS", "SDPS"],
        engagements: &[0, 7, 2, 1],
        competencies: &[
            ("Windows and Devices", "Gold", "Active", "2016-09-01", "2021-08-31"),
            ("Enterprise Mobility Management", "Silver", "Active", "2017-11-06", "2021-11-05"),
            ("Collaboration and Content", "Gold", "Active", "2015-10-12", "2021-10-11"),
        ],
    },
    Partner {
        id: "4100002",
        name: "Fjällstigen Konsult",
        domain: "fjallstigen",
        offerings: &["S-EDPS", "DDPS"],
        engagements: &[9, 10, 0],
        competencies: &[
            ("Messaging", "Gold", "Active", "2016-09-19", "2021-09-18"),
            ("Communications", "Silver", "Active", "2018-08-27", "2021-08-26"),
            ("Windows and Devices", "Silver", "Active", "2017-12-04", "2021-12-03"),
        ],
    },
    Partner {
        id: "4100003",
        name: "Lindenhof Systemberatung",
        domain: "lindenhof",
        offerings: &["SSDPS", "PVDPS", "DYDPS"],
        engagements: &[11, 6, 5],
        competencies: &[
            ("Data Platform", "Gold", "Active", "2017-08-21", "2021-08-20"),
            ("Datacenter", "Gold", "Active", "2016-10-03", "2021-10-02"),
            ("Enterprise Resource Planning", "Gold", "Active", "2018-09-10", "2021-09-09"),
        ],
    },
    Partner {
        id: "4100004",
        name: "Jade Bridge Technology",
        domain: "jadebridge",
        offerings: &["DYDPS", "SSDPS"],
        engagements: &[4, 11, 3],
        competencies: &[
            ("Cloud CRM", "Silver", "Active", "2018-11-12", "2021-11-11"),
            ("Cloud Business Applications", "Gold", "Active", "2018-10-22", "2021-10-21"),
            ("Data Platform", "Silver", "Active", "2018-08-13", "2021-08-12"),
            ("Data Platform", "Gold", "Active", "2019-08-13", "2021-08-12"),
            ("Collaboration and Content", "Silver", "Active", "2019-11-25", "2021-11-24"),
        ],
    },
    Partner {
        id: "4100005",
        name: "Atelier Garance Conseil",
        domain: "garance",
        offerings: &["SDPS", "DDPS"],
        engagements: &[8, 7, 0],
        competencies: &[
            ("Collaboration and Content", "Silver", "Active", "2017-09-25", "2021-09-24"),
            ("Project and Portfolio Management", "Gold", "Active", "2016-12-12", "2021-12-11"),
            ("Windows and Devices", "Silver", "Active", "2018-10-29", "2021-10-28"),
        ],
    },
    Partner {
        id: "4100006",
        name: "Harbour Lantern Consulting",
        domain: "harbourlantern",
        offerings: &["PVDPS", "S-EDPS", "DDPS"],
        engagements: &[6, 9, 2],
        competencies: &[
            ("Datacenter", "Silver", "Active", "2017-09-04", "2021-09-03"),
            ("Messaging", "Silver", "Active", "2018-11-26", "2021-11-25"),
            ("Enterprise Mobility Management", "Gold", "Active", "2016-08-29", "2021-08-28"),
        ],
    },
    Partner {
        id: "4100007",
        name: "Zilvermeeuw Automatisering",
        domain: "zilvermeeuw",
        offerings: &["DDPS", "SSDPS"],
        engagements: &[0, 1],
        competencies: &[
            ("Windows and Devices", "Silver", "Active", "2018-09-17", "2021-09-16"),
            ("Data Platform", "Silver", "Active", "2019-10-14", "2021-10-13"),
        ],
    },
    Partner {
        id: "4100008",
        name: "Bergahorn IT",
        domain: "bergahorn",
        offerings: &["PVDPS", "S-EDPS"],
        engagements: &[6],
        competencies: &[
            ("Datacenter", "Gold", "Active", "2017-11-20", "2021-11-19"),
            ("Messaging", "Gold", "Inactive", "2016-10-15", "2019-10-14"),
        ],
    },
    Partner {
        id: "4100009",
        name: "Snöripa Data",
        domain: "snoripa",
        offerings: &["SDPS"],
        engagements: &[7],
        competencies: &[
            ("Collaboration and Content", "Silver", "Active", "2018-12-03", "2021-12-02"),
            ("Windows and Devices", "Silver", "Active", "2019-08-26", "2021-08-25"),
        ],
    },
    Partner {
        id: "4100010",
        name: "Kestrel Field Advisory",
        domain: "kestrelfield",
        offerings: &[],
        engagements: &[0],
        competencies: &[("Windows and Devices", "Silver", "Active", "2019-09-02", "2021-09-01")],
    },
    Partner {
        id: "4100011",
        name: "Vlierbeek Advies",
        domain: "vlierbeek",
        offerings: &["SDPS"],
        engagements: &[7],
        competencies: &[
            ("Collaboration and Content", "Gold", "Active", "2016-11-07", "2021-11-06"),
            ("Windows and Devices", "Silver", "Active", "2019-09-30", "2021-09-29"),
        ],
    },
    Partner {
        id: "4100012",
        name: "Cedar Ferry Software",
        domain: "cedarferry",
        offerings: &["PVDPS"],
        engagements: &[6],
        competencies: &[
            ("Datacenter", "Silver", "Active", "2018-09-24", "2021-09-23"),
            ("Messaging", "Silver", "Active", "2019-11-18", "2021-11-17"),
            ("Cloud CRM", "Silver", "Active", "2019-10-21", "2021-10-20"),
        ],
    },
];

/// A location of a partner.
pub(crate) struct Location {
    pub(crate) id: &'static str,
    /// Position of its partner.
    pub(crate) partner: usize,
    pub(crate) city: &'static str,
    pub(crate) country: &'static str,
}

const fn location(id: &'static str, partner: usize, city: &'static str, country: &'static str) -> Location {
    Location { id, partner, city, country }
}

pub(crate) const LOCATIONS: [Location; 20] = [
    location("4200101", 0, "Groningen", "NL"),
    location("4200102", 0, "Utrecht", "NL"),
    location("4200103", 0, "Antwerp", "BE"),
    location("4200104", 1, "Stockholm", "SE"),
    location("4200105", 1, "Göteborg", "SE"),
    location("4200106", 1, "Espoo", "FI"),
    location("4200107", 2, "München", "DE"),
    location("4200108", 2, "Leipzig", "DE"),
    location("4200109", 3, "Shanghai", "CN"),
    location("4200110", 3, "Chengdu", "CN"),
    location("4200111", 4, "Lyon", "FR"),
    location("4200112", 4, "Nantes", "FR"),
    location("4200113", 5, "Cork", "IE"),
    location("4200114", 5, "Galway", "IE"),
    location("4200115", 6, "Rotterdam", "NL"),
    location("4200116", 7, "Dresden", "DE"),
    location("4200117", 8, "Umeå", "SE"),
    location("4200118", 9, "Dublin", "IE"),
    location("4200119", 10, "Gent", "BE"),
    location("4200120", 11, "Suzhou", "CN"),
];

/// The English name of a country of the month.
pub(crate) fn country_name(code: &str) -> &'static str {
    match code {
        "NL" => "Netherlands",
        "BE" => "Belgium",
        "SE" => "Sweden",
        "FI" => "Finland",
        "DE" => "Germany",
        "CN" => "China",
        "FR" => "France",
        _ => "Ireland",
    }
}

/// Given and family names of consultants: two per partner in the order of [`PARTNERS`], then one more of the sixth.
pub(crate) const CONSULTANTS: [(&str, &str); 25] = [
    ("Robin", "Voorbeeld"),
    ("Sam", "Proefstuk"),
    ("Kim", "Exempel"),
    ("Alex", "Provsten"),
    ("Sascha", "Mustermann"),
    ("Toni", "Beispiel"),
    ("Lin", "Yangben"),
    ("Xiao", "Shili"),
    ("Camille", "Lexemple"),
    ("Dominique", "Specimen"),
    ("Quinn", "Sample"),
    ("Rowan", "Template"),
    ("Jip", "Testman"),
    ("Noor", "Modelstra"),
    ("Kai", "Musterfeld"),
    ("Jona", "Probst-Muster"),
    ("Lo", "Testberg"),
    ("Mika", "Exempelsson"),
    ("Casey", "Placeholder"),
    ("Shea", "Stencil"),
    ("Senne", "Voorbeeldt"),
    ("Lou", "Proefmans"),
    ("An", "Fanli"),
    ("Ming", "Moban"),
    ("Jamie", "Draftwood"),
];

/// The id of a consultant.
pub(crate) fn consultant_id(at: usize) -> String {
    format!("{}", 7_300_101 + at * 17)
}

/// The position of the partner that a consultant works for.
pub(crate) fn partner_of_consultant(at: usize) -> usize {
    if at == 24 { 5 } else { at / 2 }
}

/// A customer's id and name.
pub(crate) fn customer(at: usize) -> (String, String) {
    const FIRST: [&str; 14] = [
        "Alder Creek",
        "Birchfield",
        "Copper Hill",
        "Duneside",
        "Elmbrook",
        "Foxglove",
        "Granite Bay",
        "Heather Lane",
        "Ironwood",
        "Juniper Row",
        "Kingfisher Quay",
        "Larkspur",
        "Mossbank",
        "Nettlecombe",
    ];
    const LAST: [&str; 8] =
        ["Foods", "Logistics", "Insurance", "Hospital", "Town Council", "Shipyard", "Paper Works", "University"];
    let id = format!("ORG-{:05}", 20_017 + at * 31);
    (id, format!("{} {}", FIRST[at % FIRST.len()], LAST[(at / FIRST.len() + at) % LAST.len()]))
}

/// Levels that vouchers come in.
pub(crate) const LEVELS: [u32; 5] = [1, 3, 5, 10, 15];

/// Countries with a rate, their currency, and how their amounts compare to the base amounts, in percent.
pub(crate) const RATED: [(&str, &str, u64); 7] = [
    ("NL", "EUR", 100),
    ("DE", "EUR", 104),
    ("FR", "EUR", 102),
    ("IE", "EUR", 106),
    ("BE", "EUR", 98),
    ("SE", "SEK", 1_020),
    ("CN", "CNY", 760),
];

/// The rate of a country for a level in one of the two years of the contract, in minor units.
pub(crate) fn rate(country: &str, days: u32, second_year: bool) -> Option<(u64, &'static str)> {
    let base = match days {
        1 => 150_000,
        3 => 430_000,
        5 => 690_000,
        10 => 1_320_000,
        15 => 1_890_000,
        _ => return None,
    };
    let (_, currency, percent) = RATED.iter().find(|(code, ..)| *code == country)?;
    let amount = base * percent * if second_year { 102 } else { 100 } / 10_000;
    Some((amount / 500 * 500, currency))
}

/// Whether a day falls into the second year of the contract.
pub(crate) fn is_second_year(day: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(2021, 1, 1).is_some_and(|turn| day >= turn)
}
