//! What becomes of a voucher of a load test: what is wrong with it, and which steps nobody takes.

use crate::random::SplitMix;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// RF-01
    UnknownLocation,
    /// RF-03
    Unlisted,
    /// RF-05
    OtherCountry,
    /// DU-01
    Contradiction,
    /// EL-08
    UnknownConsultant,
    /// LC-04
    NoReport,
    /// LC-05
    NoDeliverable,
    /// DT-05
    NoLevel,
    /// DT-09
    LateReservation,
    /// AM-06
    ShortPaid,
}

impl Flaw {
    /// The code that finds it, once the voucher has come so far.
    pub(crate) fn code(self) -> Option<&'static str> {
        Some(match self {
            Flaw::None => return None,
            Flaw::UnknownLocation => "RF-01",
            Flaw::Unlisted => "RF-03",
            Flaw::OtherCountry => "RF-05",
            Flaw::Contradiction => "DU-01",
            Flaw::UnknownConsultant => "EL-08",
            Flaw::NoReport => "LC-04",
            Flaw::NoDeliverable => "LC-05",
            Flaw::NoLevel => "DT-05",
            Flaw::LateReservation => "DT-09",
            Flaw::ShortPaid => "AM-06",
        })
    }
}

const FLAWS: [Flaw; 10] = [
    Flaw::UnknownLocation,
    Flaw::Unlisted,
    Flaw::OtherCountry,
    Flaw::Contradiction,
    Flaw::UnknownConsultant,
    Flaw::NoReport,
    Flaw::NoDeliverable,
    Flaw::NoLevel,
    Flaw::LateReservation,
    Flaw::ShortPaid,
];

/// What becomes of a voucher.
pub(crate) struct Fate {
    pub(crate) flaw: Flaw,
    /// Steps that nobody takes: 0 all are taken, 1 no payment request, 2 no delivery, 3 no reservation.
    pub(crate) given_up: u8,
    /// Days among which it is created.
    pub(crate) span: u64,
}

impl Fate {
    pub(crate) fn usual(random: &mut SplitMix) -> Fate {
        let mut pick = |end: usize| usize::try_from(random.below(end as u64)).unwrap_or(0);
        let flaw = FLAWS.get(pick(250)).copied().unwrap_or(Flaw::None);
        Fate { flaw, given_up: [0, 1, 2, 3].get(pick(60)).copied().unwrap_or(0), span: 252 }
    }

    /// Old, and flawed or given up if it stays open.
    pub(crate) fn settled(stays_open: bool, random: &mut SplitMix) -> Fate {
        let kind = if stays_open { random.below(FLAWS.len() as u64 + 3) } else { u64::MAX };
        let flaw = usize::try_from(kind).ok().and_then(|kind| FLAWS.get(kind)).copied();
        let given_up = if stays_open && flaw.is_none() { kind - FLAWS.len() as u64 + 1 } else { 0 };
        Fate { flaw: flaw.unwrap_or(Flaw::None), given_up: u8::try_from(given_up).unwrap_or(0), span: 100 }
    }
}
