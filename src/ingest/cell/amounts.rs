//! How amounts are written, and what decimal number each of them is.

use super::refusal::Refusal;
use crate::ingest::profile::notation::DecimalMark;
use crate::model::Code;

/// The decimal number, with a point, that a text is under a decimal mark. Thousands may be grouped by three, with the
/// other mark, an apostrophe or a space of any width; a minus may be a hyphen or U+2212.
pub(crate) fn decimal_in(text: &str, mark: DecimalMark) -> Option<String> {
    let (own, other) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once(own).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_group_mark =
        |c: char| c == other || matches!(c, '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let separator = whole.chars().find(|c| is_group_mark(*c));
    let whole: String = match separator {
        None => whole.to_owned(),
        Some(separator) => {
            let groups: Vec<&str> = whole.split(separator).collect();
            let (first, others) = groups.split_first()?;
            let grouped = (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
            if !grouped {
                return None;
            }
            groups.concat()
        }
    };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match fraction {
        None if is_digits(&whole) => Some(format!("{sign}{whole}")),
        Some(fraction) if is_digits(&whole) && is_digits(fraction) => Some(format!("{sign}{whole}.{fraction}")),
        _ => None,
    }
}

/// A workbook's number as a decimal to the sixth place, if it is small enough to be exact there.
pub(crate) fn exact_decimal(number: f64) -> Option<String> {
    let small = number.abs() < 1e10;
    let text = format!("{number:.6}");
    small.then(|| text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// The amount of a text in a column of which it is not known how it writes amounts, if both ways say the same.
pub(crate) fn one_amount(text: &str) -> Result<Option<String>, Refusal> {
    match (decimal_in(text, DecimalMark::Point), decimal_in(text, DecimalMark::Comma)) {
        (Some(a), Some(b)) if a == b => Ok(Some(a)),
        (None, None) => Ok(None),
        (a, b) => {
            let readings: Vec<String> = [a, b].into_iter().flatten().collect();
            let what = format!(
                "\"{text}\" may be {}, and other cells of the column say otherwise or nothing",
                readings.join(" or ")
            );
            let hint = "set decimal, or decimal_of for this column, in the export profile";
            Err(Refusal::new(Code::UnreadableAmount, what, "amounts that can be read in one way", hint))
        }
    }
}

/// The refusal of a text that is no amount, also used once its currency is known.
pub(crate) fn not_an_amount(text: &str) -> Refusal {
    Refusal::new(
        Code::UnreadableAmount,
        format!("\"{text}\" is not an amount"),
        "digits with at most one decimal mark and no more places than the currency has, as in 1250.00",
        "correct the row, or set decimal = \"comma\" in the export profile",
    )
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, decimal_in};

    #[test]
    fn amounts_under_each_mark() {
        let rows: &[(&str, Option<&str>, Option<&str>)] = &[
            ("1250", Some("1250"), Some("1250")),
            ("1250.00", Some("1250.00"), None),
            ("1250,00", None, Some("1250.00")),
            ("1.250,00", None, Some("1250.00")),
            ("1,250.00", Some("1250.00"), None),
            ("1,250", Some("1250"), Some("1.250")),
            ("1.250", Some("1.250"), Some("1250")),
            ("1'250.50", Some("1250.50"), None),
            ("1\u{a0}250,50", None, Some("1250.50")),
            ("1\u{202f}250\u{202f}000,5", None, Some("1250000.5")),
            ("1\u{2009}250", Some("1250"), Some("1250")),
            ("\u{2212}5,00", None, Some("-5.00")),
            ("1,25,00", None, None),
            ("12,50.00", None, None),
            ("1 25,00", None, None),
            ("1,250 000.00", None, None),
            ("1250,", None, None),
            (",50", None, None),
            ("(100.00)", None, None),
            ("100-", None, None),
            ("€100", None, None),
            ("1e3", None, None),
            ("+5", None, None),
            ("٣", None, None),
            ("--5", None, None),
            ("", None, None),
        ];
        for (text, point, comma) in rows {
            assert_eq!(decimal_in(text, DecimalMark::Point).as_deref(), *point, "{text} with a point");
            assert_eq!(decimal_in(text, DecimalMark::Comma).as_deref(), *comma, "{text} with a comma");
        }
    }
}
