//! Cells: ids, amounts, currencies, words, days, texts, addresses; one file for each.

use super::{Case, check, payment, payments};

/// `column | cell | what is said of it`, nothing if it is accepted.
const CELLS: &[(&str, &str, &str)] = &[
    ("amount", "1250", ""),
    ("amount", "1250.5", ""),
    ("amount", "-1250.00", ""),
    ("amount", "0.00", ""),
    ("amount", "1,250.00", ""),
    ("amount", "1'250.00", ""),
    ("amount", "1\u{a0}250.00", ""),
    ("amount", "1\u{202f}250.00", ""),
    ("amount", "1\u{2009}250.00", ""),
    ("amount", "\u{2212}1250.00", ""),
    ("amount", " 1250.00 ", ""),
    ("amount", "1.234,56", "\"1.234,56\" is not an amount"),
    ("amount", "12,34", "is not an amount"),
    ("amount", "1234.567", "no more places than the currency has"),
    ("amount", "1234.500", "is not an amount"),
    ("amount", "(100.00)", "is not an amount"),
    ("amount", "100-", "is not an amount"),
    ("amount", "€100", "is not an amount"),
    ("amount", "1e3", "is not an amount"),
    ("amount", "+5", "is not an amount"),
    ("amount", "٣", "is not an amount"),
    ("amount", "NaN", "is not an amount"),
    ("amount", "inf", "is not an amount"),
    ("amount", "0x10", "is not an amount"),
    ("amount", "1_000", "is not an amount"),
    ("amount", "10000000000000.00", "is not an amount"),
    ("amount", "999999999999999999999999.00", "is not an amount"),
    ("amount", "", "the required cell is blank"),
    ("amount", "N/A", "is not an amount"),
    ("amount", "-", "is not an amount"),
    ("currency", "eur", ""),
    ("currency", " EUR ", ""),
    ("currency", "EURO", "\"EURO\" is no known currency"),
    ("currency", "€", "is no known currency"),
    ("currency", "XAU", "is no known currency"),
    ("currency", "", "the required cell is blank"),
    ("status", "paid", ""),
    ("status", " PAID", ""),
    ("status", "Bezahlt", "\"Bezahlt\" is an unknown word"),
    ("status", "NULL", "is an unknown word"),
    ("requested_on", "01/02/2021", "is no date of the calendar"),
    ("requested_on", "2021-02-29", "\"2021-02-29\" is no date of the calendar"),
    ("requested_on", "2020-02-29", ""),
    ("requested_on", "1900-02-29", "is no date of the calendar"),
    ("requested_on", "9999-12-31", "years go from 1990 to 2099"),
    ("requested_on", "0021-05-01", "years go from 1990 to 2099"),
    ("requested_on", "2021-05-01T00:00:00Z", ""),
    ("requested_on", "2021-05-01 00:00:00", ""),
    ("requested_on", "2021-05-01T21:20:46Z", "its day depends on the time zone"),
    ("requested_on", "44347", "the number of a day in a spreadsheet"),
    ("requested_on", "2021-5-1", "is no date of the calendar"),
    ("requested_on", "null", "is no date of the calendar"),
    ("requested_on", "", ""),
    ("voucher_id", "V-1", ""),
    ("voucher_id", "000123", ""),
    ("voucher_id", "v-1", ""),
    ("voucher_id", "V 1", "\"V 1\" is not an id"),
    ("voucher_id", "V_1", "is not an id"),
    ("voucher_id", "V-О1", "is not an id"),
    ("voucher_id", "V\u{200b}1", "is not an id"),
    ("voucher_id", "../../etc/x", "is not an id"),
    ("voucher_id", "12345678901234567890123456789012345678901", "1 to 40 letters"),
    ("voucher_id", "=1+1", "is not an id"),
    ("voucher_id", "1.23E+17", "is not an id"),
    ("reference", "", "the required cell is blank"),
    ("reference", "   ", "the required cell is blank"),
    ("reason", "=cmd|'/c calc'!A0", ""),
    ("reason", "\u{202e}detrevni", ""),
    ("reason", "{{7*7}} <script> %s ${x}", ""),
    ("reason", "\u{1b}[31mred", "holds control characters"),
    ("reason", "a\tb", "holds control characters"),
    ("reason", "a\r\nBcc: x@example.com", "holds control characters"),
];

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = CELLS.iter().map(|(column, cell, says)| of_cell(column, cell, says)).collect();
    cases.extend(exponents());
    cases.extend(addresses());
    cases.extend(votes());
    cases
}

fn of_cell(column: &str, cell: &str, says: &str) -> Case {
    let bytes = payments(&[payment(&[(column, cell)])]);
    let name = format!("{column} {cell:?}");
    match says {
        "" => Case::good(&name, bytes, "rows 1: accepted 1, refused 0, duplicate 0, blank 0"),
        says => Case::rows(&name, bytes, &[&format!("in.csv, row 2, column \"{column}\": "), says, "refused 1"]),
    }
}

/// Decimal places by the table of ISO 4217.
fn exponents() -> Vec<Case> {
    let of = |amount: &str, currency: &str| payments(&[payment(&[("amount", amount), ("currency", currency)])]);
    vec![
        Case::good("JPY whole", of("1250", "JPY"), "amounts 1250 JPY"),
        Case::rows("JPY with places", of("1250.00", "JPY"), &["is not an amount"]),
        Case::good("KWD with three places", of("1.234", "KWD"), "amounts 1.234 KWD"),
        Case::rows("KWD with four places", of("1.2345", "KWD"), &["is not an amount"]),
    ]
}

fn addresses() -> Vec<Case> {
    let file = |address: &str| format!("location_id,contact_email\nL-1,\"{}\"\n", address.replace('"', "\"\""));
    let refused = [
        "a@b.com\r\nRCPT TO:<x>",
        "a@b.com, c@d.com",
        "a@b.com;c@d.com",
        "A <a@b.com>",
        "a@localhost",
        "a@1.2.3.4",
        "a@[::1]",
        "\"a b\"@x.com",
        "a@b.com\u{200b}",
        "a@пример.com",
        "@example.com",
        "a@",
        "a",
    ];
    let mut cases: Vec<Case> = refused
        .iter()
        .map(|address| {
            let says = ["row 2, column \"contact_email\"", "is not one bare mail address"];
            Case::rows(&format!("address {address:?}"), file(address), &says).of("contacts")
        })
        .collect();
    cases.push(Case::good("address", file("finance+eu@partner.example.com"), "accepted 1").of("contacts"));
    cases
}

/// Columns of which the profile says nothing are decided by all their cells together.
fn votes() -> Vec<Case> {
    let open = "format = \"csv\"";
    let days = |days: &[&str]| {
        let row = |(at, day): (usize, &&str)| payment(&[("reference", &format!("R-{at}")), ("requested_on", day)]);
        payments(&days.iter().enumerate().map(row).collect::<Vec<_>>())
    };
    let amounts = |amounts: &[&str]| {
        let row = |(at, amount): (usize, &&str)| payment(&[("reference", &format!("R-{at}")), ("amount", amount)]);
        payments(&amounts.iter().enumerate().map(row).collect::<Vec<_>>())
    };
    vec![
        Case::good("days voted M/D/Y", days(&["5/4/2021", "5/31/2021"]), "requested_on: all dates are month-day-year")
            .profile(open),
        Case::good("days voted D/M/Y", days(&["5/4/2021", "31/5/2021"]), "requested_on: all dates are day-month-year")
            .profile(open),
        Case::rows("days that can be both", days(&["5/4/2021", "5/6/2021"]), &["may be 2021-04-05 or 2021-05-04"])
            .profile(open),
        Case::rows("days of both kinds", days(&["31/5/2021", "5/31/2021"]), &["may be 2021-05-31", "refused 2"])
            .profile(open),
        Case::good("the same day either way", days(&["5/5/2021"]), "accepted 1").profile(open),
        Case::good("ISO days need no vote", days(&["2021-05-04", "5/31/2021"]), "accepted 2").profile(open),
        Case::rows(
            "days in the order that was not declared",
            days(&["5/4/2021", "5/31/2021"]),
            &["note: requested_on: 1 refused cells are days only as month-day-year"],
        )
        .profile("format = \"csv\"\ndecimal = \"point\"\ndates = \"day-month-year\""),
        Case::good("one column declared", days(&["5/4/2021"]), "accepted 1")
            .profile("format = \"csv\"\ndates_of = { requested_on = \"month-day-year\" }"),
        Case::good("amounts voted comma", amounts(&["1.250", "1.250,50"]), "amount: all amounts have a decimal comma")
            .profile(open),
        Case::good("amounts voted point", amounts(&["1,250", "1250.50"]), "amount: all amounts have a decimal point")
            .profile(open),
        Case::rows(
            "amounts that can be both",
            amounts(&["1.250", "7"]),
            &["\"1.250\" may be 1.250 or 1250", "refused 1"],
        )
        .profile(open),
        Case::rows("amounts of both kinds", amounts(&["1250.50", "1250,50"]), &["refused 2"]).profile(open),
        Case::good("groups of thin spaces with a comma", amounts(&["1\u{202f}250,50"]), "amounts 1250.50 EUR")
            .profile(open),
    ]
}

#[test]
fn cells_come_to_their_outcomes() {
    check(&cases());
}
