//! Workbooks part by part, so that every part can be wrong.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A cell.
pub(crate) enum C {
    /// Text.
    T(&'static str),
    /// A number, as its digits.
    N(&'static str),
    /// A day, as its serial number.
    D(&'static str),
    /// A formula and its last result.
    F(&'static str, Option<&'static str>),
    /// An error value.
    E(&'static str),
    /// A truth value.
    B(bool),
    /// An ISO date cell.
    Iso(&'static str),
    /// Nothing.
    Blank,
}

/// A workbook in parts.
pub(crate) struct Book {
    parts: Vec<(String, Vec<u8>)>,
    stored: bool,
}

/// The XML of a sheet.
pub(crate) fn sheet(rows: &[Vec<C>]) -> String {
    let lines = (1..).zip(rows).map(|(number, cells)| {
        let cells: String =
            ('A'..='Z').zip(cells).map(|(letter, cell)| xml(&format!("{letter}{number}"), cell)).collect();
        format!("<row r=\"{number}\">{cells}</row>")
    });
    of_rows(&lines.collect::<String>())
}

/// The XML of a sheet with these rows.
pub(crate) fn of_rows(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn xml(at: &str, cell: &C) -> String {
    match cell {
        C::T(text) => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        C::N(digits) => format!("<c r=\"{at}\"><v>{digits}</v></c>"),
        C::D(serial) => format!("<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>"),
        C::F(formula, Some(value)) => format!("<c r=\"{at}\"><f>{formula}</f><v>{value}</v></c>"),
        C::F(formula, None) => format!("<c r=\"{at}\"><f>{formula}</f></c>"),
        C::E(error) => format!("<c r=\"{at}\" t=\"e\"><v>{error}</v></c>"),
        C::B(truth) => format!("<c r=\"{at}\" t=\"b\"><v>{}</v></c>", u8::from(*truth)),
        C::Iso(day) => format!("<c r=\"{at}\" s=\"1\" t=\"d\"><v>{day}</v></c>"),
        C::Blank => String::new(),
    }
}

impl Book {
    /// One visible sheet.
    pub(crate) fn of(rows: &[Vec<C>]) -> Book {
        Book::sheets(&[("Vouchers", "visible", sheet(rows))])
    }

    /// Sheets with names and states.
    pub(crate) fn sheets(sheets: &[(&str, &str, String)]) -> Book {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let numbered = || (1..).zip(sheets);
        let types: String = numbered()
            .map(|(n, _)| format!("<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))
            .collect();
        let list: String = numbered()
            .map(|(n, (name, state, _))| {
                format!("<sheet name=\"{name}\" sheetId=\"{n}\" state=\"{state}\" r:id=\"rId{n}\"/>")
            })
            .collect();
        let links: String = numbered()
            .map(|(n, _)| {
                format!(
                    "<Relationship Id=\"rId{n}\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
                )
            })
            .collect();
        let mut book = Book { parts: Vec::new(), stored: false };
        book.put("[Content_Types].xml", &format!("<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"));
        book.put("_rels/.rels", &format!("<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
        book.put(
            "xl/workbook.xml",
            &format!("<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets>{list}</sheets></workbook>"),
        );
        book.put("xl/_rels/workbook.xml.rels", &format!("<Relationships xmlns=\"{package}/relationships\">{links}<Relationship Id=\"rIdS\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"));
        book.put("xl/styles.xml", &format!("<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"));
        for (n, (_, _, xml)) in numbered() {
            book.put(&format!("xl/worksheets/sheet{n}.xml"), xml);
        }
        book
    }

    /// Adds a part, or replaces it.
    pub(crate) fn put(&mut self, name: &str, content: &str) {
        self.put_bytes(name, content.as_bytes().to_vec());
    }

    pub(crate) fn put_bytes(&mut self, name: &str, content: Vec<u8>) {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), content));
    }

    /// The same with a part added or replaced.
    pub(crate) fn with(mut self, name: &str, content: &str) -> Book {
        self.put(name, content);
        self
    }

    /// The same without a part.
    pub(crate) fn without(mut self, name: &str) -> Book {
        self.parts.retain(|(other, _)| other != name);
        self
    }

    /// The same with a text of a part replaced.
    pub(crate) fn edited(mut self, name: &str, from: &str, to: &str) -> Book {
        let (_, content) = self.parts.iter().find(|(other, _)| other == name).unwrap();
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        self.put(name, &text.replace(from, to));
        self
    }

    /// The same, not compressed.
    pub(crate) fn stored(mut self) -> Book {
        self.stored = true;
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let method = if self.stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
