//! Workbooks: damaged, hostile, of other kinds, and as Excel users leave them.

use super::xlsx::{Book, C, of_rows};
use super::{Case, check};
use vouchsafe::ingest::{Content, InputFile, Means, Profile, Source, ingest};
use vouchsafe::model::{Dataset, Day, Fact, Vocabulary, VoucherId};

pub(super) const PROFILE: &str = "format = \"xlsx\"\ndates = \"iso\"\ndecimal = \"point\"";
const TITLES: [&str; 6] = ["reference", "voucher_id", "amount", "currency", "status", "requested_on"];
pub(super) const ONE: &str = "rows 1: accepted 1, refused 0, duplicate 0, blank 0";

pub(super) fn titles() -> Vec<C> {
    TITLES.into_iter().map(C::T).collect()
}

/// 2021-05-01.
const MAY: C = C::D("44317");

pub(super) fn sound() -> Vec<C> {
    vec![C::T("R-1"), C::T("V-1"), C::N("1250.5"), C::T("EUR"), C::T("Paid"), MAY]
}

/// A workbook with one row of which a cell was replaced.
fn with(column: usize, cell: C) -> Vec<u8> {
    let mut row = sound();
    row[column] = cell;
    Book::of(&[titles(), row]).bytes()
}

pub(super) fn book() -> Book {
    Book::of(&[titles(), sound()])
}

pub(super) fn good(name: &str, bytes: Vec<u8>, says: &str) -> Case {
    Case::good(name, bytes, says).profile(PROFILE).named("in.xlsx")
}

pub(super) fn rows(name: &str, bytes: Vec<u8>, says: &[&str]) -> Case {
    Case::rows(name, bytes, says).profile(PROFILE).named("in.xlsx")
}

pub(super) fn refused(name: &str, bytes: Vec<u8>, says: &[&str]) -> Case {
    Case::refused(name, bytes, says).profile(PROFILE).named("in.xlsx")
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = cells();
    cases.extend(days());
    cases.extend(super::workbook_sheets::cases());
    cases.extend(damaged());
    cases.extend(hostile());
    cases.extend(other_kinds());
    cases
}

fn cells() -> Vec<Case> {
    vec![
        good("sound", book().bytes(), ONE),
        good("stored", book().stored().bytes(), ONE),
        good("amount with noise of a float", with(2, C::N("1234.5600000000002")), "amounts 1234.56 EUR"),
        rows(
            "amount with three places",
            with(2, C::N("1234.567")),
            &["row 2, column \"amount\": \"1234.567\" is not an amount"],
        ),
        good("amount as text", with(2, C::T("1250.00")), "amounts 1250.00 EUR"),
        rows("amount too large for a float", with(2, C::N("1E11")), &["is not an amount"]),
        rows("amount 1E400", with(2, C::N("1E400")), &["is not an amount"]),
        rows("amount NaN", with(2, C::N("NaN")), &["is not an amount"]),
        rows(
            "formula with a value",
            with(2, C::F("A1*2", Some("1250"))),
            &["\"a formula, last result 1250\" is no value", "column \"amount\""],
        ),
        rows("formula without a value", with(2, C::F("A1*2", None)), &["\"a formula without a value\" is no value"]),
        rows("error value", with(2, C::E("#DIV/0!")), &["\"the error #DIV/0!\" is no value"]),
        rows("error value in an id", with(1, C::E("#N/A")), &["column \"voucher_id\": \"the error #N/A\" is no value"]),
        rows("id as a number", with(1, C::N("123")), &["the id 123 is stored as a number"]),
        rows("id as a long number", with(1, C::N("123456789012345678")), &["is stored as a number", "leading zeros"]),
        good("id of digits as text", with(1, C::T("000123")), ONE),
        good("ISO date cell", with(5, C::Iso("2021-05-01")), ONE),
        good("ISO date cell at midnight", with(5, C::Iso("2021-05-01T00:00:00")), ONE),
        rows(
            "date with a time",
            with(5, C::D("44317.5")),
            &["column \"requested_on\": \"the time 2021-05-01 12:00:00\" is no value"],
        ),
        rows("a truth value for an id", with(1, C::B(true)), &["column \"voucher_id\": \"yes\" is a truth value"]),
        rows(
            "ISO date cell with a time",
            with(5, C::Iso("2021-05-01T23:30:00")),
            &["column \"requested_on\": \"the time 2021-05-01 23:30:00\" is no value"],
        ),
        rows("a truth value for a status", with(4, C::B(true)), &["\"yes\" is an unknown word"]),
        rows("a number for a status", with(4, C::N("1")), &["\"1\" is an unknown word"]),
        good("blank optional cell", with(5, C::Blank), ONE),
        rows("blank required cell", with(2, C::Blank), &["column \"amount\": the required cell is blank"]),
        good("spaces around", with(3, C::T(" EUR ")), ONE),
        good("formula in a list of contacts", contacts_with_a_formula(), "note: formulas read by their last result: 1")
            .of("contacts"),
    ]
}

fn days() -> Vec<Case> {
    let in_1904 = |serial: &'static str| {
        let mut row = sound();
        row[5] = C::D(serial);
        let date1904 = ("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
        Book::of(&[titles(), row]).edited("xl/workbook.xml", date1904.0, date1904.1).bytes()
    };
    vec![
        rows("a number that is no date", with(5, C::N("44317")), &["\"44317\" is no date of the calendar"]),
        rows("29 February 1900", with(5, C::D("60")), &["column \"requested_on\""]),
        rows("negative day", with(5, C::D("-1")), &["column \"requested_on\""]),
        rows("day of the year 9999", with(5, C::D("2958465")), &["column \"requested_on\""]),
        good("day as ISO text", with(5, C::T("2021-05-01")), ONE),
        rows("day as other text", with(5, C::T("5/1/2021")), &["is no date of the calendar"]),
        refused(
            "days that were swapped with months",
            Book::of(&[
                titles(),
                dated(MAY),
                dated(C::D("44318")),
                dated(C::D("44203")),
                dated(C::T("31/05/2021")),
                dated(C::T("30/05/2021")),
            ])
            .bytes(),
            &["days and months of the dates are swapped", "column \"requested_on\""],
        )
        .profile(&PROFILE.replace("iso", "day-month-year")),
        good("days since 1904", in_1904("42855"), ONE),
        rows("days since 1904 read as 1900", in_1904("100000"), &["column \"requested_on\""]),
    ]
}

/// A sound row with another day.
fn dated(day: C) -> Vec<C> {
    let mut row = sound();
    row[5] = day;
    row
}

fn contacts_with_a_formula() -> Vec<u8> {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>location_id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>contact_email</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>L-1</t></is></c><c r=\"B2\" t=\"str\"><f>LOWER(A9)</f><v>a@b.example.com</v></c></row>";
    Book::sheets(&[("Blad1", "visible", of_rows(rows))]).bytes()
}

fn damaged() -> Vec<Case> {
    let bytes = book().bytes();
    let half = bytes[..bytes.len() / 2].to_vec();
    let stored = book().stored().bytes();
    let at = memchr::memmem::find(&stored, b"1250.5").unwrap();
    let mut flipped = stored.clone();
    flipped[at] = b'9';
    let trailing = [bytes.clone(), b"trailing".to_vec()].concat();
    let mut renamed = bytes.clone();
    let name = memchr::memmem::find(&renamed, b"xl/styles.xml").unwrap();
    renamed[name] = b'y';
    vec![
        refused("empty", Vec::new(), &["the file has 0 bytes"]),
        refused("cut off", half, &["damaged or not complete", "was the upload finished?"]),
        refused("only the first bytes", bytes[..4].to_vec(), &["damaged or not complete"]),
        refused("an altered value", flipped, &["damaged or not complete", "xl/worksheets/sheet1.xml"]),
        good("bytes after the end", trailing, ONE),
        refused("an entry called otherwise in its place", renamed, &["stands in its directory and not in its place"]),
        refused(
            "no sheet where the workbook says",
            book().without("xl/worksheets/sheet1.xml").bytes(),
            &["not a readable workbook"],
        ),
        refused(
            "a sheet that is no XML",
            book().with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>").bytes(),
            &["not a readable workbook"],
        ),
        refused("a workbook part that is no XML", book().with("xl/workbook.xml", "<workbook").bytes(), &["refused"]),
    ]
}

fn hostile() -> Vec<Case> {
    let corners = of_rows(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>reference</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    let strings = |count: &str| {
        let text = format!(
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"1\" uniqueCount=\"{count}\"><si><t>x</t></si></sst>"
        );
        book().with("xl/sharedStrings.xml", &text).bytes()
    };
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData/></worksheet>";
    let attributes: String = (0..800_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let attributes = of_rows(&format!("<row r=\"1\"{attributes}><c r=\"A1\"><v>1</v></c></row>"));
    let bomb = of_rows(&format!(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
        "x".repeat(40 << 20)
    ));
    let long =
        of_rows(&format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(600_000)));
    let mut many = book();
    (0..600).for_each(|n| many.put(&format!("xl/media/{n}.txt"), "x"));
    let mut wide = String::from("<row r=\"1\">");
    (0..300).for_each(|n| wide.push_str(&format!("<c r=\"{}1\"><v>1</v></c>", column_name(n))));
    wide.push_str("</row>");
    vec![
        refused(
            "A1 and the last cell of all",
            Book::sheets(&[("S", "visible", corners)]).bytes(),
            &["row 1048576 has a cell in column 16384"],
        ),
        refused("four billion shared strings", strings("4000000000"), &["it declares 4000000000 texts"]),
        refused(
            "more shared strings than a number holds",
            strings("99999999999999999999999"),
            &["it declares", "texts"],
        ),
        refused("entities", book().with("xl/worksheets/sheet1.xml", laughs).bytes(), &["declares a document type"]),
        refused("a bomb", Book::sheets(&[("S", "visible", bomb)]).bytes(), &["unpacks from"]),
        refused("six hundred entries", many.bytes(), &["it holds 60", "at most 500 entries"]),
        refused("two entries of one name", duplicate_entry(), &["two entries are called"]),
        refused(
            "two entries that differ in case",
            book().with("xl/Workbook.xml", "<workbook/>").bytes(),
            &["two entries are called"],
        ),
        refused("XML in UTF-16", utf16_part(), &["is not UTF-8"]),
        refused("800,000 attributes", Book::sheets(&[("S", "visible", attributes)]).stored().bytes(), &["refused"]),
        refused(
            "a text that no cell can hold",
            Book::sheets(&[("S", "visible", long)]).bytes(),
            &["row 1 has a cell of more than 32,767 characters"],
        ),
        refused(
            "300 columns",
            Book::sheets(&[("S", "visible", of_rows(&wide))]).bytes(),
            &["row 1 has a cell in column 257"],
        ),
    ]
}

fn column_name(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}

/// The ZIP writer refuses two entries of one name, so another is renamed afterwards, in both places.
fn duplicate_entry() -> Vec<u8> {
    let mut bytes = book().with("xl/workbooc.xml", "<workbook/>").bytes();
    while let Some(at) = memchr::memmem::find(&bytes, b"xl/workbooc.xml") {
        bytes[at + 10] = b'k';
    }
    bytes
}

fn utf16_part() -> Vec<u8> {
    let mut book = book();
    let wide: Vec<u8> = "\u{feff}<worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    book.put_bytes("xl/worksheets/sheet1.xml", wide);
    book.bytes()
}

fn other_kinds() -> Vec<Case> {
    let ole = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        refused("old format", ole.clone(), &["old format .xls"]),
        refused("password", [ole, locked].concat(), &["protected by a password"]),
        refused("binary workbook", book().with("xl/workbook.bin", "x").bytes(), &["binary workbook (.xlsb)"]),
        refused("macros", book().with("xl/vbaProject.bin", "x").bytes(), &["macros (.xlsm)"]),
        refused(
            "OpenDocument",
            book().with("mimetype", "application/vnd.oasis.opendocument.spreadsheet").bytes(),
            &["OpenDocument"],
        ),
        refused("another ZIP file", Book::of(&[]).without("xl/workbook.xml").bytes(), &["a ZIP file, and no workbook"]),
        refused(
            "a CSV file called .xlsx",
            b"reference,amount\nR-1,1.00\n".to_vec(),
            &["it is a text file, not a workbook"],
        ),
        refused("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), &["it is no workbook"]),
        Case::refused("a workbook called .csv", book().bytes(), &["it is a workbook or a ZIP file"]),
    ]
}

#[test]
fn workbooks_come_to_their_outcomes() {
    check(&cases());
}

/// A damaged upload must never become another amount: of a thousand files with one bit or byte changed, none may be
/// accepted with another value.
#[test]
fn no_flipped_byte_changes_a_value() {
    let profile = std::sync::Arc::new(Profile::parse(PROFILE).unwrap());
    let (deflated, stored) = (book().bytes(), book().stored().bytes());
    let mut accepted = 0;
    for n in 0..1_000_u64 {
        let mut bytes = if n % 2 == 0 { deflated.clone() } else { stored.clone() };
        let random = (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let at = usize::try_from(random >> 33).unwrap() % bytes.len();
        bytes[at] ^= 1 << (random % 8);
        let content = Content::Memory(bytes.into());
        let file = InputFile { name: "in.xlsx".to_owned(), content, sha256: String::new(), exported_on: None };
        let (pattern, dataset) = ("in.xlsx".to_owned(), Dataset::Payments);
        let source = Source { dataset, required: true, pattern, profile: profile.clone(), files: vec![file] };
        let intake = ingest(&[source], &Vocabulary::default(), Means::PLAIN);
        let report = &intake.files[0];
        if report.refused.is_some() {
            continue;
        }
        let amounts: Vec<String> = report.amounts_read.iter().map(|sum| format!("{sum} {}", sum.currency)).collect();
        assert_eq!((report.accepted, amounts.join(" ").as_str()), (1, "1250.50 EUR"), "byte {at} of {n}");
        let payment = intake.records.vouchers.find(&VoucherId::new("V-1")).unwrap().payments.remove(0);
        assert_eq!((payment.reference.as_str(), payment.requested_on), ("R-1", Fact::Is(day("2021-05-01"))));
        accepted += 1;
    }
    // Most bytes matter; a few, such as time stamps, do not.
    assert!((1..500).contains(&accepted), "{accepted}");
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}
