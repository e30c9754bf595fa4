//! Ids and names as types: a voucher id cannot stand where a location id is expected. Case and zeros are kept.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta] $name:ident,)+) => {$(
        #[$doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(compact_str::CompactString);

        impl $name {
            /// Takes a text that was already checked: by the reading stage, or against a list of the program file.
            pub fn new(text: &str) -> $name {
                $name(compact_str::CompactString::new(text))
            }

            /// The text as the export or the program file spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    )+};
}

id! {
    /// A voucher, as the customer handed it over.
    VoucherId,
    /// A partner company: its global (PGA) MPN ID.
    PartnerId,
    /// A location of a partner: the location MPN ID, under which vouchers are reserved, redeemed and claimed.
    LocationId,
    /// A customer: the id of the export, where that is blank the name.
    CustomerId,
    /// A consultant of a partner.
    ConsultantId,
    /// The number of an invoice, ours or one that a payment names.
    InvoiceNumber,
    /// A milestone of a program, as its file calls it.
    MilestoneId,
    /// A family of engagements that a partner enrolls for, such as `SSDPS`.
    Offering,
    /// One kind of engagement, by its id in the program file.
    EngagementId,
    /// A competency, by its English name; names that the program file does not know are kept as they are.
    CompetencyName,
    /// The payer's reference of a payment request, or the reference of a claim made before the tool.
    Reference,
}
