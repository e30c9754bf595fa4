//! Currencies of ISO 4217, and how many decimals an amount of each has.

use std::fmt;

/// Codes in their order: list one of the standard as published on 2026-01-01, without what has no minor unit (XAU, XXX),
/// and with those that were replaced and still stand in old exports: BGN, CUC, HRK, SLL, ZWL.
const CODES: [&str; 170] = [
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
    "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP",
    "CNY", "COP", "COU", "CRC", "CUC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR",
    "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF", "IDR",
    "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SLL", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAD",
    "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG", "ZWL",
];

/// An ISO 4217 currency, ordered by its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(u8);

impl Currency {
    /// The currency with this three-letter code, in capitals; codes without minor units, such as XAU, are none.
    pub fn from_code(code: &str) -> Option<Currency> {
        let at = CODES.binary_search(&code).ok()?;
        u8::try_from(at).ok().map(Currency)
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        CODES[usize::from(self.0)]
    }

    /// Decimal places of the currency: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn exponent(self) -> u32 {
        match self.code() {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
            | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::{CODES, Currency};

    #[test]
    fn every_code_is_found_and_stands_in_its_order() {
        assert!(CODES.is_sorted());
        for code in CODES {
            assert_eq!(Currency::from_code(code).map(Currency::code), Some(code));
        }
        for none in ["XAU", "XXX", "eur", "EURO", "EU", ""] {
            assert_eq!(Currency::from_code(none), None, "{none}");
        }
    }

    #[test]
    fn decimals_are_those_of_the_standard() {
        let with = |decimals: u32| {
            let codes =
                CODES.into_iter().filter(|code| Currency::from_code(code).map(Currency::exponent) == Some(decimals));
            codes.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(with(0), "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        assert_eq!(with(3), "BHD IQD JOD KWD LYD OMR TND");
        assert_eq!(with(4), "CLF UYW");
        assert_eq!(Currency::from_code("EUR").map(Currency::exponent), Some(2));
    }
}
