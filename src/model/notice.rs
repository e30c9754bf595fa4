//! Notices and letters, as the ledger keeps them.

/// Something that a partner is told once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Notice {
    /// The company.
    pub partner: String,
    /// About what.
    pub topic: String,
    /// About which voucher or enrollment.
    pub subject: String,
    /// First, second, … time.
    pub stage: i64,
}

/// A letter as the outbox keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxLetter {
    /// Its id.
    pub letter_id: String,
    /// The header of the mail.
    pub message_id: String,
    /// Address.
    pub recipient: String,
    /// Language tag.
    pub language: String,
    /// Content of the mail.
    pub sha256: String,
}
