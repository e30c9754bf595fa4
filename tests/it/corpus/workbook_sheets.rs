//! Sheets of workbooks: which is read, what stands above its titles.

use super::Case;
use super::workbooks::{ONE, PROFILE, book, good, refused, sound, titles};
use super::xlsx::{Book, C, of_rows, sheet};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = sheets();
    cases.extend(above_the_titles());
    cases
}

fn above_the_titles() -> Vec<Case> {
    let report = || vec![C::T("Payments of May"), C::Blank, C::T("all partners")];
    vec![
        good(
            "rows above the titles",
            Book::of(&[report(), vec![C::Blank], titles(), sound()]).bytes(),
            "note: ignored rows above the titles: 1",
        ),
        refused(
            "a row above the titles of a workbook",
            Book::of(&[sound(), titles(), sound()]).bytes(),
            &["a row stands above the titles"],
        ),
        refused(
            "rows above titles that nobody knows",
            Book::of(&[report(), vec![C::T("Payment"), C::T("Worth")], sound()]).bytes(),
            &["required column \"reference\" is missing", "the file has \"Payments of May\""],
        ),
    ]
}

fn sheets() -> Vec<Case> {
    let data = || sheet(&[titles(), sound()]);
    let other = || sheet(&[vec![C::T("note")]]);
    let named = |case: Case, name: &str| case.profile(&format!("{PROFILE}\nsheet = \"{name}\""));
    let two = || Book::sheets(&[("Export", "visible", data()), ("Notes", "visible", other())]).bytes();
    let gaps = of_rows(
        &sheet(&[titles(), sound()])
            .split("<sheetData>")
            .nth(1)
            .unwrap()
            .replace("</sheetData></worksheet>", "")
            .replace("r=\"2\"", "r=\"5\"")
            .replace("2\"", "5\""),
    );
    let hidden = data().replace("<row r=\"2\">", "<row r=\"2\" hidden=\"1\">");
    let twice = of_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row>");
    let out_of_order =
        of_rows("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
    vec![
        good(
            "hidden sheet beside",
            Book::sheets(&[("Old", "hidden", other()), ("Export", "visible", data())]).bytes(),
            "sheet \"Export\"",
        ),
        good(
            "very hidden sheet beside",
            Book::sheets(&[("Old", "veryHidden", other()), ("Export", "visible", data())]).bytes(),
            ONE,
        ),
        refused("two visible sheets", two(), &["visible sheets are \"Export\", \"Notes\"", "name the sheet"]),
        named(good("two sheets, one named", two(), ONE), "Export"),
        named(
            refused("renamed sheet", book().bytes(), &["visible sheets are \"Vouchers\"", "a sheet \"Export\""]),
            "Export",
        ),
        refused("no visible sheet", Book::sheets(&[("Old", "hidden", data())]).bytes(), &["visible sheets are \"\""]),
        refused("empty sheet", Book::of(&[]).bytes(), &["the sheet \"Vouchers\" is empty"]),
        good("only titles", Book::of(&[titles()]).bytes(), "rows 0: accepted 0"),
        good(
            "hidden row",
            Book::sheets(&[("Export", "visible", hidden)]).bytes(),
            "note: 1 hidden rows are read like the others",
        ),
        good(
            "rows with gaps",
            Book::sheets(&[("Export", "visible", gaps)]).bytes(),
            "rows 4: accepted 1, refused 0, duplicate 0, blank 3",
        ),
        refused(
            "a row that comes twice",
            Book::sheets(&[("S", "visible", twice)]).bytes(),
            &["row 1 has two cells in column 1"],
        ),
        refused(
            "rows out of order",
            Book::sheets(&[("Export", "visible", out_of_order)]).bytes(),
            &["row 2 comes after row 3"],
        ),
        refused(
            "missing title",
            Book::of(&[titles().into_iter().skip(1).collect(), sound()]).bytes(),
            &["required column \"reference\" is missing"],
        ),
    ]
}
