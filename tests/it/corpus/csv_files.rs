//! The form of CSV files: bytes, encodings, quotes, lines, sizes.

use super::{Case, check, payment, payments};

const HEADER: &str = "reference,invoice_number,voucher_id,amount,currency,status";
const ROW: &str = "R-1,,V-1,1250.00,EUR,Paid";

/// A small file of these rows below the header.
fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    let mark = bytes(0xfeff);
    mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
}

const ONE: &str = "rows 1: accepted 1, refused 0, duplicate 0, blank 0";
const TWO: &str = "rows 2: accepted 2, refused 0, duplicate 0, blank 0";
const SECOND: &str = "R-2,,V-2,10.00,EUR,Paid";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = forms();
    cases.extend(above_the_titles());
    cases.extend(sizes());
    cases.extend(limits());
    cases.extend(quotes());
    cases.extend(encodings());
    cases.extend(delimiters());
    cases
}

fn above_the_titles() -> Vec<Case> {
    vec![
        Case::good(
            "a report with a name and a day above its titles",
            format!("Payments of May\r\nMade on;2021-06-01\r\n\r\n{HEADER}\n{ROW}\n"),
            "note: ignored rows above the titles: 2",
        ),
        Case::rows(
            "rows are counted from the top of the file",
            format!("Payments of May\n\n{HEADER}\n{ROW}\nR-2,,V-2,x,EUR,Paid\n"),
            &["row 5, column \"amount\"", "accepted 1, refused 1, duplicate 0, blank 1"],
        ),
        Case::refused(
            "a row above the titles",
            format!("{ROW}\n{HEADER}\n{SECOND}\n"),
            &["a row stands above the titles: \"R-1\"", "was the header sorted with the rows?"],
        ),
        Case::refused(
            "a row with a blank above the titles",
            format!("{}\n{HEADER}\n{SECOND}\n", ROW.replace("EUR", "")),
            &["a row stands above the titles"],
        ),
        Case::good(
            "filters above the titles that are named like them",
            format!("Report\ncurrency,status\n{HEADER}\n{ROW}\n"),
            "note: ignored rows above the titles: 2",
        ),
        Case::good("twenty lines above", format!("{}{HEADER}\n{ROW}\n", "a line\n".repeat(20)), "above the titles: 20"),
        Case::refused(
            "more above the titles than a report has",
            format!("{}{HEADER}\n{ROW}\n", "a line\n".repeat(21)),
            &["required column \"reference\" is missing"],
        ),
    ]
}

fn forms() -> Vec<Case> {
    vec![
        Case::refused("empty", "", &["the file has 0 bytes", "was the upload finished?"]),
        Case::good("header only", format!("{HEADER}\n"), "rows 0: accepted 0"),
        Case::good("header without a line end", HEADER, "rows 0: accepted 0"),
        Case::refused("only line ends", "\n\n\n", &["the file has no header row"]),
        Case::good("sound", file(&[ROW]), ONE),
        Case::rows("no last line end", format!("{HEADER}\n{ROW}"), &["row 2", "the last row has no line end"]),
        Case::rows(
            "cut in the last field",
            format!("{HEADER}\n{ROW}\nR-2,,V-2,10.00,EUR,Pa"),
            &["row 3", "accepted 1, refused 1"],
        ),
        Case::good("a list of contacts without a last line end", "location_id,contact_email\nL-1,a@b.example.com", ONE)
            .of("contacts"),
        Case::refused(
            "open quote in the titles",
            format!("{HEADER},\"notes\n{ROW},x\n{SECOND},\"y\"\n"),
            &["the row of titles has a quote that is not closed"],
        ),
        Case::refused(
            "a title of two lines",
            format!("{HEADER},\"my\nnotes\"\n{ROW},x\n"),
            &["a title of several lines"],
        ),
        Case::good("quoted titles", format!("\"{}\"\n{ROW}\n", HEADER.replace(',', "\",\"")), ONE),
        Case::rows(
            "the day of export in no name",
            file(&["R 1,,V-1,1.00,EUR,Paid"]),
            &["note: its name does not say on which day"],
        )
        .profile("format = \"csv\"\ndates = \"iso\"\ndecimal = \"point\"\nexported_on = \"in-%Y-%m-%d.csv\""),
        Case::rows("short row", file(&[ROW, "R-2,,V-2,10.00"]), &["row 3", "4 fields, the header has 6", "refused 1"]),
        Case::rows("long row", file(&[ROW, "R-2,,V-2,10,00,EUR,Paid"]), &["row 3", "7 fields, the header has 6"]),
        Case::rows("totals row", file(&[ROW, "Total,1250.00"]), &["row 3", "2 fields, the header has 6"]),
        Case::good(
            "blank lines",
            format!("{HEADER}\n\n{ROW}\n\n\n"),
            "rows 4: accepted 1, refused 0, duplicate 0, blank 3",
        ),
        Case::good(
            "line of spaces",
            format!("{HEADER}\n   \n{ROW}\n"),
            "rows 2: accepted 1, refused 0, duplicate 0, blank 1",
        ),
        Case::good("line of delimiters", format!("{HEADER}\n,,,,,\n{ROW}\n"), "blank 1"),
        Case::good(
            "blank line above the header",
            format!("\n\r\n{HEADER}\n{ROW}\n"),
            "rows 3: accepted 1, refused 0, duplicate 0, blank 2",
        ),
        Case::good("CRLF", file(&[ROW, SECOND]).replace('\n', "\r\n"), TWO),
        Case::good("CR alone", file(&[ROW, SECOND]).replace('\n', "\r"), TWO),
        Case::good("mixed line ends", format!("{HEADER}\r\n{ROW}\r{SECOND}\n"), TWO),
        Case::good(
            "blank CRLF lines",
            format!("{HEADER}\r\n\r\n{ROW}\r\n"),
            "rows 2: accepted 1, refused 0, duplicate 0, blank 1",
        ),
        Case::refused(
            "cut in a row",
            format!("{HEADER}\n{ROW}\nR-2,,V-2,10"),
            &["the last row ends after 4 of 6 fields"],
        ),
        Case::good("the same row twice", file(&[ROW, ROW]), "rows 2: accepted 1, refused 0, duplicate 1, blank 0"),
        Case::refused("NUL byte", file(&["R-1,,V-1,12\0.00,EUR,Paid"]), &["row 2 holds a NUL byte"]),
        Case::refused("a program", [&b"\x7fELF\x02\x01\x01\0\0\0\0"[..], &[0; 64]].concat(), &["the file"]),
    ]
}

/// Many refused rows, and more text than an export has.
fn sizes() -> Vec<Case> {
    let many = (0..60).map(|n| format!("R-{n},,V 1,1.00,EUR,Paid")).collect::<Vec<_>>();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let fifty = &many[..50];
    vec![
        Case::good("more rows than a block holds", many_rows(65_600), "rows 65600: accepted 65600, refused 0"),
        Case::good("as many rows as a block holds", many_rows(65_535), "rows 65535: accepted 65535, refused 0"),
        Case::refused(
            "more than 50 refused rows",
            file(&many),
            &["60 of 60 rows refused", "at most 50 refused rows, or 5 of a thousand"],
        ),
        Case::rows("50 refused rows", file(fifty), &["refused 50", "and 47 more refused rows"]),
        Case::refused(
            "long field",
            file(&[&format!("R-1,,V-1,1.00,EUR,{}", "x".repeat(70_000))]),
            &["row 2 has a field longer than 64 KiB"],
        ),
        Case::refused("long record", file(&[&"x,".repeat(600_000)]), &["row 2 is longer than 1 MiB"]),
        Case::good("wide", wide(), ONE),
        Case::good("text of 60 KiB that is not read", format!("{HEADER},note\n{ROW},{}\n", "x".repeat(60_000)), ONE),
    ]
}

fn many_rows(count: u32) -> String {
    let rows: Vec<String> = (0..count).map(|n| format!("R{n},,V{n},1,EUR,Paid")).collect();
    file(&rows.iter().map(String::as_str).collect::<Vec<&str>>())
}

/// A file with two hundred columns that nobody reads.
fn wide() -> String {
    let titles: Vec<String> = (0..200).map(|n| format!("extra {n}")).collect();
    format!("{HEADER},{}\n{ROW}{}\n", titles.join(","), ",x".repeat(200))
}

/// A profile may allow more refused rows, or fewer.
fn limits() -> Vec<Case> {
    let rows: Vec<String> = (0..60).map(|n| format!("R-{n},,V 1,1.00,EUR,Paid")).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let limit = |text: &str| format!("format = \"csv\"\ndates = \"iso\"\ndecimal = \"point\"\n[limits]\n{text}");
    vec![
        Case::refused(
            "many bad rows among many empty ones",
            file(&[&"R-2,,V-2,x,EUR,Paid\n".repeat(100), &",,,,,\n".repeat(30_000), ROW]),
            &["100 of 101 rows refused"],
        ),
        Case::refused(
            "more bad rows than any file may have, among empty lines",
            file(&[&"R-2,,V-2,x,EUR,Paid\n".repeat(7_000), &"\n".repeat(2_000_000), ROW]),
            &["7000 of 7001 rows refused"],
        ),
        Case::good(
            "many payments under one reference",
            file(&[&(0..20_000).map(|at| format!("R-1,,,{at}.00,EUR,Paid\n")).collect::<String>(), ROW]),
            "rows 20002: accepted 20001, refused 0, duplicate 0, blank 1",
        ),
        Case::rows("60 refused rows, 100 allowed", file(&rows), &["refused 60"]).profile(&limit("refused_rows = 100")),
        Case::refused(
            "2 refused rows, 1 allowed",
            file(&rows[..2]),
            &["2 of 2 rows refused", "at most 1 refused row,"],
        )
        .profile(&limit("refused_rows = 1")),
    ]
}

fn quotes() -> Vec<Case> {
    let reason = |text: &str| payments(&[payment(&[("reason", text)])]);
    vec![
        Case::refused(
            "open quote",
            file(&[ROW, "\"R-2,,V-2,10.00,EUR,Paid", "R-3,,V-3,1.00,EUR,Paid"]),
            &["a quote that is opened in row 3 is never closed"],
        ),
        Case::refused(
            "open quote, long file",
            file(&[&format!("\"R-2,,V-2,10.00,EUR,Paid\n{}\"", "x\n".repeat(41))]),
            &["row 2 opens a quote that is not closed within 20 lines"],
        ),
        Case::rows(
            "text after a closing quote",
            file(&["\"R-1\"x,,V-1,1.00,EUR,Paid", SECOND]),
            &["row 2", "a quote stands inside a field", "accepted 1, refused 1"],
        ),
        Case::rows(
            "quote in a field",
            file(&["R-1,,V-1,1.00,EUR,Pa\"id", SECOND]),
            &["row 2", "a quote stands inside a field", "accepted 1, refused 1"],
        ),
        Case::good("quoted", file(&["\"R-1\",\"\",\"V-1\",\"1250.00\",\"EUR\",\"Paid\""]), ONE),
        Case::good("delimiter in quotes", reason("late, but paid"), ONE),
        Case::good("quote in quotes", reason("said \"paid\""), ONE),
        Case::rows("line end in a text", reason("late\nbut paid"), &["row 2", "holds control characters"]),
        Case::good(
            "quoted line end in a column that is not read",
            format!("{HEADER},note\n{ROW},\"a\nb\"\n{SECOND},c\n"),
            TWO,
        ),
        Case::rows(
            "row numbers after quoted line ends",
            format!("{HEADER},note\n{ROW},\"a\nb\"\nR 2,,V-2,1.00,EUR,Paid,c\n"),
            &["row 3, column \"reference\": \"R 2\" is not an id"],
        ),
    ]
}

fn encodings() -> Vec<Case> {
    let text = payments(&[payment(&[("reason", "Überfällig – bezahlt")])]);
    let (german, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let chinese_text = payments(&[payment(&[("reason", "付款已经完成，谢谢您的合作")])]);
    let (chinese, _, _) = encoding_rs::GB18030.encode(&chinese_text);
    let open = "format = \"csv\"\ndates = \"iso\"\ndecimal = \"point\"";
    let declared = |name: &str| format!("{open}\nencoding = \"{name}\"");
    let mut mixed = payments(&[payment(&[("reason", "Überfällig")]), payment(&[("reference", "R-2")])]).into_bytes();
    mixed.extend(payment(&[("reference", "R-3"), ("reason", "x")]).replace(",x,", ",").into_bytes());
    mixed.truncate(mixed.len() - 8);
    mixed.extend(b",\xfcber,P-1,L-1\n");
    let mark = "\u{feff}";
    vec![
        Case::good("UTF-8", text.clone(), ONE),
        Case::good("byte order mark", format!("{mark}{text}"), ONE),
        Case::good("two byte order marks", format!("{mark}{mark}{text}"), ONE),
        Case::good("byte order mark again before the first row", text.replacen('\n', &format!("\n{mark}"), 1), ONE),
        Case::good(
            "byte order marks in both places",
            format!("{mark}{}", text.replacen('\n', &format!("\n{mark}"), 1)),
            ONE,
        ),
        Case::good("UTF-16 little endian", utf16(&text, true), "UTF-16LE"),
        Case::good("UTF-16 big endian", utf16(&text, false), "UTF-16BE"),
        Case::refused(
            "UTF-16 cut in a letter",
            [utf16(&text, true), vec![0x41]].concat(),
            &["the bytes are not UTF-16LE"],
        ),
        Case::refused(
            "UTF-16 without a mark",
            utf16(&text, true)[2..].to_vec(),
            &["it holds NUL bytes", "UTF-16 without a byte order mark"],
        ),
        Case::good("UTF-16 without a mark, declared", utf16(&text, true)[2..].to_vec(), "UTF-16LE")
            .profile(&declared("utf-16le")),
        Case::refused(
            "Windows-1252 declared as UTF-8",
            german.to_vec(),
            &["in line 2 is not UTF-8", "encoding = \"windows-1252\""],
        ),
        Case::good("Windows-1252 declared", german.to_vec(), "windows-1252").profile(&declared("windows-1252")),
        Case::good("Windows-1252 found out", german.to_vec(), "windows-1252, fields separated by ,").profile(open),
        Case::good("GB18030 declared", chinese.to_vec(), "gb18030").profile(&declared("gb18030")),
        Case::good("GBK found out", chinese.to_vec(), "GBK").profile(open),
        Case::good("a UTF-8 mark outweighs a declaration", format!("{mark}{text}"), "UTF-8, fields")
            .profile(&declared("windows-1252")),
        Case::refused("UTF-8 declared as UTF-16", text.clone(), &["UTF-16LE"]).profile(&declared("utf-16le")),
        Case::rows(
            "one row in another encoding",
            mixed,
            &["row 4", "bytes that are not UTF-8 in field 9", "accepted 2, refused 1"],
        ),
        Case::rows(
            "replacement is no letter of an id",
            payments(&[payment(&[("voucher_id", "V-\u{fffd}1")])]),
            &["is not an id"],
        ),
    ]
}

fn delimiters() -> Vec<Case> {
    let text = file(&[ROW]);
    let semicolons = text.replace(',', ";");
    let open = "format = \"csv\"\ndates = \"iso\"\ndecimal = \"point\"";
    vec![
        Case::good("semicolons under comma", semicolons.clone(), "fields separated by ;"),
        Case::good("tabs under comma", text.replace(',', "\t"), "fields separated by tabs"),
        Case::good("bars", text.replace(',', "|"), "fields separated by |").profile(open),
        Case::good("sep line", format!("sep=;\n{semicolons}"), ONE),
        Case::good("sep line in quotes", format!("\"sep=;\"\r\n{semicolons}"), ONE),
        Case::good("sep line behind a mark", format!("\u{feff}sep=;\n{semicolons}"), ONE),
        Case::good("sep line with a tab", format!("sep=\t\n{}", text.replace(',', "\t")), ONE),
        Case::refused(
            "sep line that is wrong",
            format!("sep=;\n{text}"),
            &["required column \"reference\" is missing"],
        ),
        Case::refused("no delimiter that fits", text.replace(',', "~"), &["required column \"reference\" is missing"]),
        Case::rows(
            "row numbers behind a sep line",
            format!("sep=,\n{HEADER}\nR 1,,V-1,1.00,EUR,Paid\n"),
            &["row 3, column \"reference\""],
        ),
    ]
}

#[test]
fn csv_files_come_to_their_outcomes() {
    check(&cases());
}
