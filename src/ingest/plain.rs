//! Titles and words without what drifts from one export to the next.

/// A title without what drifts from one export to the next: case, spaces, punctuation, accents, and bytes of UTF-8
/// that were taken for another encoding once.
pub(super) fn plain(title: &str) -> String {
    let twice = title.contains(['Ã', 'Â', 'â', 'å', 'ä', 'ç', 'è', 'é']).then(|| encoded_twice(title)).flatten();
    let letters =
        icu_normalizer::DecomposingNormalizer::new_nfkd().normalize(twice.as_deref().unwrap_or(title)).into_owned();
    letters.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The title whose UTF-8 bytes were read as Windows-1252 and encoded again.
fn encoded_twice(title: &str) -> Option<String> {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(title);
    if lossy { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn case_spaces_accents_and_broken_encodings_drift() {
        for title in ["VOUCHER  number", "voucher_number", "VoucherNumber:", "Vouchër Numb\u{e9}r"] {
            assert_eq!(super::plain(title), "vouchernumber", "{title}");
        }
        assert_eq!(super::plain("verifiÃ«ren"), "verifieren");
        assert_eq!(super::plain("服务级别（天）"), super::plain("服务级别 (天)"));
        assert_eq!(super::plain("État"), "etat");
    }
}
