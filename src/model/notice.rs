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

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxStatus {
    /// Kept as a file, and not sent.
    Captured,
}

impl OutboxStatus {
    /// The word of machine files and of the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            OutboxStatus::Captured => "captured",
        }
    }
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeStatus {
    /// A letter carries it.
    InLetter(OutboxStatus),
    /// Nobody is told.
    NotMailed,
}

impl NoticeStatus {
    /// The word of machine files.
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeStatus::InLetter(status) => status.as_str(),
            NoticeStatus::NotMailed => "not mailed",
        }
    }
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
    /// What became of it.
    pub status: OutboxStatus,
}
