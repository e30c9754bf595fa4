//! The gate before calamine: a workbook is a ZIP file of XML, and neither may be trusted. Nobody behind it compares
//! checksums, and two entries of one name are read differently by different programs.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;
use zip::ZipArchive;

use crate::ingest::sheet::FileProblem;
use crate::model::counted;

/// Entries of a workbook at most.
const ENTRIES: usize = 500;
/// Bytes of all entries together, unpacked.
const UNPACKED: u64 = 512 << 20;
/// Bytes of the shared strings, unpacked: they are held in memory.
const SHARED_STRINGS: u64 = 192 << 20;
/// Shared strings that a workbook may declare: as many as a full sheet of twenty columns has cells.
const STRING_COUNT: u64 = 20 << 20;
/// How much smaller an entry beyond a megabyte may be packed: real sheets shrink to about a twentieth.
const RATIO: u64 = 200;

/// What the gate has seen besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Checked {
    /// Rows that are hidden in a sheet; they are read like all others.
    pub(crate) hidden_rows: usize,
}

/// Checks a workbook before it is opened. Every entry is read to its end, so that its checksum is compared.
///
/// # Errors
/// It is no .xlsx file, is damaged, or holds what no export has.
pub(crate) fn check<F: Read + Seek>(file: &mut F) -> Result<Checked, FileProblem> {
    check_kind(file)?;
    let mut archive = ZipArchive::new(&mut *file).map_err(|error| damaged(&error.to_string()))?;
    let start = archive.central_directory_start();
    let entries = archive.len();
    if entries > ENTRIES {
        return Err(suspicious(format!("it holds {}", counted(entries, "entry", "entries")), "at most 500 entries"));
    }
    let mut checked = Checked::default();
    let (mut unpacked, mut names) = (0_u64, HashSet::new());
    for at in 0..entries {
        let entry = archive.by_index(at).map_err(|error| damaged(&error.to_string()))?;
        let name = entry.name().map_err(|error| damaged(&error.to_string()))?.to_lowercase();
        check_size(&name, entry.size(), entry.compressed_size())?;
        unpacked = unpacked.saturating_add(entry.size());
        if unpacked > UNPACKED {
            return Err(suspicious("it unpacks to more than 512 MiB".to_owned(), "at most 512 MiB"));
        }
        checked.hidden_rows += drain(entry, &name)?;
        names.insert(name);
    }
    drop(archive);
    check_names(file, start, entries)?;
    check_parts(&names)?;
    Ok(checked)
}

fn check_kind<F: Read + Seek>(file: &mut F) -> Result<(), FileProblem> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0)).and_then(|_| file.take(1 << 16).read_to_end(&mut head)).map_err(|e| failed(&e))?;
    file.seek(SeekFrom::Start(0)).map_err(|error| failed(&error))?;
    if head.is_empty() {
        return Err(FileProblem::new("the file has 0 bytes", "an .xlsx workbook", "was the upload finished?"));
    }
    if head.starts_with(b"PK") {
        return Ok(());
    }
    let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let what = if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        if memmem::find(&head, &wide).is_some() {
            "the workbook is protected by a password"
        } else {
            "it is a workbook of the old format .xls, or is protected by a password"
        }
    } else if head.contains(&0) {
        "it is no workbook"
    } else {
        "it is a text file, not a workbook"
    };
    let hint = "open it in a spreadsheet program and save it as .xlsx, without a password";
    Err(FileProblem::new(what, "an .xlsx workbook", hint))
}

fn check_size(name: &str, size: u64, packed: u64) -> Result<(), FileProblem> {
    if size > 1 << 20 && size / RATIO > packed {
        let what = format!("\"{name}\" unpacks from {packed} to {size} bytes");
        return Err(suspicious(what, "sheets that unpack to at most 200 times their size"));
    }
    if name.ends_with("sharedstrings.xml") && size > SHARED_STRINGS {
        return Err(suspicious(format!("its texts unpack to {size} bytes"), "at most 192 MiB of text"));
    }
    Ok(())
}

/// Reads an entry to its end, looks for what no export has, and counts hidden rows.
fn drain(mut entry: impl Read, name: &str) -> Result<usize, FileProblem> {
    /// Marks are found across the border of two buffers if they are shorter than this.
    const OVERLAP: usize = 512;
    let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
    let is_sheet = name.starts_with("xl/worksheets/");
    let (mut buffer, mut kept, mut hidden, mut first) = (vec![0; 256 << 10], 0, 0, true);
    loop {
        let read = entry.read(&mut buffer[kept..]).map_err(|error| damaged(&format!("\"{name}\": {error}")))?;
        let seen = &buffer[..kept + read];
        if is_xml && first && read > 0 {
            check_encoding(seen, name)?;
        }
        if first && read > 0 && name.ends_with("sharedstrings.xml") {
            check_string_count(seen)?;
        }
        if is_xml && memmem::find(seen, b"<!DOCTYPE").is_some() {
            return Err(suspicious(format!("\"{name}\" declares a document type"), "plain XML"));
        }
        if is_sheet {
            hidden += hidden_rows(seen, kept);
        }
        if read == 0 {
            return Ok(hidden);
        }
        first = false;
        let length = seen.len();
        let keep = length.min(OVERLAP);
        buffer.copy_within(length - keep..length, 0);
        kept = keep;
    }
}

/// XML in another encoding could hide from these checks what it declares.
fn check_encoding(head: &[u8], name: &str) -> Result<(), FileProblem> {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || head.iter().take(64).any(|byte| *byte == 0) {
        return Err(suspicious(format!("\"{name}\" is not UTF-8"), "XML in UTF-8"));
    }
    Ok(())
}

/// A reader makes room for as many texts as are declared.
fn check_string_count(head: &[u8]) -> Result<(), FileProblem> {
    for mark in [b"uniqueCount=".as_slice(), b" count="] {
        let Some(at) = memmem::find(head, mark) else { continue };
        let digits = head[at + mark.len()..].iter().skip(1).take_while(|byte| byte.is_ascii_digit());
        let count = digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if count > STRING_COUNT {
            return Err(suspicious(format!("it declares {count} texts"), "at most 20 million texts"));
        }
    }
    Ok(())
}

/// Hidden rows whose mark ends beyond what was seen before.
fn hidden_rows(seen: &[u8], before: usize) -> usize {
    let marks = [b" hidden=\"1\"".as_slice(), b" hidden=\"true\""];
    let found = marks.iter().flat_map(|mark| memmem::find_iter(seen, mark).map(|at| (at, at + mark.len())));
    let in_row = |at: usize| memchr::memrchr(b'<', &seen[..at]).is_some_and(|tag| seen[tag..].starts_with(b"<row"));
    found.filter(|(at, end)| *end > before && in_row(*at)).count()
}

/// Walks the directory of the ZIP file: no name twice, whatever its case, and every entry is called the same in the
/// directory and where it stands.
fn check_names<F: Read + Seek>(file: &mut F, start: u64, entries: usize) -> Result<(), FileProblem> {
    let mut directory = Vec::new();
    file.seek(SeekFrom::Start(start))
        .and_then(|_| file.take(1 << 20).read_to_end(&mut directory))
        .map_err(|error| failed(&error))?;
    let (mut rest, mut names) = (directory.as_slice(), HashSet::new());
    while rest.starts_with(b"PK\x01\x02") {
        let entry = DirectoryEntry::read(rest).ok_or_else(|| damaged("its directory is cut off"))?;
        if !names.insert(entry.name.to_ascii_lowercase()) {
            let what = format!("two entries are called \"{}\"", String::from_utf8_lossy(entry.name));
            return Err(suspicious(what, "one entry of each name"));
        }
        if !entry.stands_in(file).map_err(|error| failed(&error))? {
            let name = String::from_utf8_lossy(entry.name).into_owned();
            return Err(damaged(&format!("\"{name}\" stands in its directory and not in its place")));
        }
        rest = &rest[entry.length..];
    }
    if names.len() == entries { Ok(()) } else { Err(damaged("its directory does not list its entries")) }
}

/// One entry of a ZIP directory.
struct DirectoryEntry<'d> {
    name: &'d [u8],
    /// Compression method.
    method: u16,
    offset: u64,
    /// Bytes that the entry takes in the directory.
    length: usize,
}

impl<'d> DirectoryEntry<'d> {
    const FIXED: usize = 46;

    fn read(bytes: &'d [u8]) -> Option<DirectoryEntry<'d>> {
        let [name, extra, comment] = [28, 30, 32].map(|at| u16_at(bytes, at).map(usize::from));
        let name_end = DirectoryEntry::FIXED + name?;
        let offset = bytes.get(42..46)?.try_into().map(u32::from_le_bytes).ok()?;
        Some(DirectoryEntry {
            name: bytes.get(DirectoryEntry::FIXED..name_end)?,
            method: u16_at(bytes, 10)?,
            offset: u64::from(offset),
            length: name_end + extra? + comment?,
        })
    }

    /// Whether the local header says the same name and method.
    fn stands_in<F: Read + Seek>(&self, file: &mut F) -> io::Result<bool> {
        let mut head = vec![0; 30 + self.name.len()];
        file.seek(SeekFrom::Start(self.offset))?;
        match file.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            other => other?,
        }
        let same_name = u16_at(&head, 26).map(usize::from) == Some(self.name.len()) && &head[30..] == self.name;
        Ok(head.starts_with(b"PK\x03\x04") && same_name && u16_at(&head, 8) == Some(self.method))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().map(u16::from_le_bytes).ok()
}

/// A workbook has these parts; others of its family are not read.
fn check_parts(names: &HashSet<String>) -> Result<(), FileProblem> {
    let hint = "open it in a spreadsheet program and save it as .xlsx";
    let problem = |what: &str| Err(FileProblem::new(what, "an .xlsx workbook", hint));
    if names.contains("xl/workbook.bin") {
        return problem("it is a binary workbook (.xlsb)");
    }
    if names.contains("xl/vbaproject.bin") {
        return problem("it is a workbook with macros (.xlsm)");
    }
    if names.contains("mimetype") || names.contains("content.xml") {
        return problem("it is an OpenDocument file (.ods)");
    }
    if !names.contains("[content_types].xml") || !names.contains("xl/workbook.xml") {
        return problem("it is a ZIP file, and no workbook");
    }
    Ok(())
}

fn damaged(what: &str) -> FileProblem {
    FileProblem::new(
        format!("the workbook is damaged or not complete: {what}"),
        "a whole .xlsx file",
        "was the upload finished? export or upload it again",
    )
}

fn suspicious(what: String, expected: &str) -> FileProblem {
    FileProblem::new(what, expected, "no export looks like that: open it in a spreadsheet program and save it again")
}

fn failed(error: &io::Error) -> FileProblem {
    FileProblem::new(format!("it cannot be read: {error}"), "a readable file", "check the disk and permissions")
}
