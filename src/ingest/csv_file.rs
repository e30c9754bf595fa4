//! CSV: a strict gate over the bytes, then the csv crate for the fields. The gate is needed because the crate
//! takes any bytes for well-formed CSV: an open quote would swallow the rows after it without a word.

use super::profile::Profile;
use super::sheet::{FileProblem, RawCell, RawRow, Sheet};

/// Reads one CSV file.
///
/// # Errors
/// The file is refused whole when its bytes cannot be trusted: encoding, NUL, quotes.
pub(super) fn read(bytes: &[u8], profile: &Profile) -> Result<Sheet, FileProblem> {
    let text = decode(bytes)?;
    let blank_lines = gate(text)?;
    let mut numbers = (1_u32..).zip(&blank_lines).filter(|(_, blank)| !**blank).map(|(number, _)| number);
    let blank = blank_lines.iter().filter(|blank| **blank).count() as u64;
    let mut sheet = Sheet { blank, ..Sheet::default() };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(profile.delimiter)
        .from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error.to_string()))?;
        let number = numbers.next().ok_or_else(|| unreadable("more records than lines"))?;
        if sheet.titles.is_empty() {
            sheet.titles = record.iter().map(|title| title.trim().to_owned()).collect();
            continue;
        }
        let cells: Vec<RawCell> = record.iter().map(RawCell::text).collect();
        if cells.iter().all(|cell| *cell == RawCell::Blank) {
            sheet.blank += 1;
        } else {
            let (found, wanted) = (cells.len(), sheet.titles.len());
            let misshapen = (found != wanted).then(|| format!("{found} fields, the header has {wanted}"));
            sheet.rows.push(RawRow { number, cells, misshapen });
        }
    }
    match numbers.next() {
        Some(number) => Err(unreadable(&format!("row {number} was not read"))),
        None => Ok(sheet),
    }
}

fn decode(bytes: &[u8]) -> Result<&str, FileProblem> {
    if bytes.is_empty() {
        return Err(FileProblem::new("the file has 0 bytes", "a header row and rows", "was the upload finished?"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        FileProblem::new(
            format!("byte {} is not UTF-8", error.valid_up_to() + 1),
            "UTF-8",
            "export again as \"CSV UTF-8\"",
        )
    })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

fn unreadable(what: &str) -> FileProblem {
    FileProblem::new(what, "records of separated fields", "open the file in a text editor and correct it")
}

/// Checks quotes and NUL bytes in one pass, and says of each record whether it is an empty line: the csv crate
/// skips those without counting.
fn gate(text: &str) -> Result<Vec<bool>, FileProblem> {
    let mut blank_lines = Vec::new();
    let (mut opened_in, mut line_start) = (None::<usize>, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            0 => return Err(nul(blank_lines.len() + 1)),
            b'"' => opened_in = if opened_in.is_some() { None } else { Some(blank_lines.len() + 1) },
            b'\n' if opened_in.is_none() => {
                blank_lines.push(text[line_start..at].trim_end_matches('\r').is_empty());
                line_start = at + 1;
            }
            _ => {}
        }
    }
    if let Some(row) = opened_in {
        return Err(FileProblem::new(
            format!("a quote that is opened in row {row} is never closed"),
            "quotes in pairs",
            "correct the row and export again",
        ));
    }
    if line_start < text.len() {
        blank_lines.push(false);
    }
    Ok(blank_lines)
}

fn nul(row: usize) -> FileProblem {
    FileProblem::new(
        format!("row {row} holds a NUL byte"),
        "text",
        "this is not a CSV file, or it is UTF-16: export again as \"CSV UTF-8\"",
    )
}

#[cfg(test)]
mod tests {
    use super::super::profile::Profile;
    use super::read;

    fn numbers(text: &str) -> Result<(Vec<u32>, u64), String> {
        read(text.as_bytes(), &Profile::canonical())
            .map(|sheet| (sheet.rows.iter().map(|row| row.number).collect(), sheet.blank))
            .map_err(|problem| problem.what)
    }

    #[test]
    fn rows_keep_their_numbers_and_blank_ones_are_counted() {
        assert_eq!(numbers("a,b\n1,2\n\n3,4\n,\n5,6"), Ok((vec![2, 4, 6], 2)));
        assert_eq!(numbers("\u{feff}a\r\n\"x\ny\"\r\n\r\nz\r\n"), Ok((vec![2, 4], 1)));
        assert_eq!(numbers("a,b\n"), Ok((vec![], 0)));
    }

    #[test]
    fn bytes_that_cannot_be_trusted_refuse_the_file() {
        assert_eq!(numbers(""), Err("the file has 0 bytes".to_owned()));
        assert_eq!(numbers("a\n\"x\ny\n"), Err("a quote that is opened in row 2 is never closed".to_owned()));
        assert_eq!(numbers("a\nx\0\n"), Err("row 2 holds a NUL byte".to_owned()));
    }
}
