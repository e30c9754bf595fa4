//! Bytes become UTF-8 text, never with loss: what an encoding cannot hold refuses the file, or the row.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::ingest::sheet::FileProblem;

/// The byte order mark of UTF-8.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";
/// Why a row of a UTF-8 file is refused.
pub(crate) const NOT_UTF8: &str = "bytes that are not UTF-8";

/// A text with the name of the encoding it came in. A UTF-8 text may hold stray bytes of another encoding; its rows
/// are judged one by one.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, [u8]>,
    pub(crate) encoding: &'static Encoding,
}

/// Decodes a file: by its byte order mark, by what the profile declares, as UTF-8 if it is, else by what its bytes
/// look like.
///
/// # Errors
/// The bytes are not of the declared encoding, or of none that can be told.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::new("the file has 0 bytes", "a header row and rows", "was the upload finished?"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let hint = "unpack it, or set format = \"xlsx\" in the export profile";
        return Err(FileProblem::new("it is a workbook or a ZIP file", "a text file", hint));
    }
    match (Encoding::for_bom(bytes), declared) {
        (Some((encoding, length)), _) if encoding != UTF_8 => strictly(&bytes[length..], encoding),
        (None, Some(encoding)) if encoding != UTF_8 => strictly(bytes, encoding),
        (_, declared) => utf8_or_detected(bytes, declared),
    }
}

fn strictly<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Decoded<'a>, FileProblem> {
    let odd = (encoding == UTF_16LE || encoding == UTF_16BE) && !bytes.len().is_multiple_of(2);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).filter(|_| !odd);
    let text = text.ok_or_else(|| {
        FileProblem::new(
            format!("the bytes are not {}", encoding.name()),
            "one encoding from the first byte to the last",
            "export again as \"CSV UTF-8\", or set encoding in the export profile",
        )
    })?;
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    };
    Ok(Decoded { text, encoding })
}

fn utf8_or_detected<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Result<Decoded<'a>, FileProblem> {
    let mut rest = bytes;
    while let Some(after) = rest.strip_prefix(BOM) {
        rest = after;
    }
    let utf8 = Decoded { text: Cow::Borrowed(rest), encoding: UTF_8 };
    let Err(error) = std::str::from_utf8(rest) else { return Ok(utf8) };
    let marked = rest.len() < bytes.len();
    let before = &rest[..error.valid_up_to()];
    // Letters beyond ASCII before the first stray byte, or a mark: it is UTF-8, and single rows are broken.
    if marked || !before.is_ascii() {
        return Ok(utf8);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(FileProblem::new(
            "it holds NUL bytes",
            "text",
            "it is no CSV file, or it is UTF-16 without a byte order mark: set encoding = \"utf-16le\" in the export profile",
        ));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let looks_like = detector.guess(None, chardetng::Utf8Detection::Deny);
    if declared.is_none() {
        return strictly(bytes, looks_like);
    }
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    Err(FileProblem::new(
        format!("byte {} in line {line} is not UTF-8", error.valid_up_to() + bytes.len() - rest.len() + 1),
        "UTF-8",
        &format!(
            "export again as \"CSV UTF-8\", or set encoding = \"{}\" in the export profile if that is what it is",
            looks_like.name().to_lowercase()
        ),
    ))
}
