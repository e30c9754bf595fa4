//! The id by which an item stays the same from run to run, and the hash of what a person sees of it.

use sha2::{Digest, Sha256};

use crate::model::{Code, ItemHash, ItemId, Money, Text};

/// An item as far as decisions look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemSnapshot {
    /// Its id.
    pub id: ItemId,
    /// What a person sees of it now.
    pub hash: ItemHash,
    /// Its code.
    pub code: Code,
    /// The money that it is about.
    pub amount: Option<Money>,
    /// The entitled amount, where a decision books that away too.
    pub entitled: Option<Money>,
    /// Of a payment that names no voucher: what it is for, where a later export says so.
    pub listed_for: Option<Vec<Text>>,
}

/// The id of a finding: the same for a case whatever its code within a family, so that a changed code stays one
/// case: the first 16 hex digits of SHA-256 over program, subject kind, subject id and family.
pub fn finding_id(program: &str, subject_kind: &str, subject: &str, code: Code) -> ItemId {
    ItemId::new(first_bytes([program, subject_kind, subject, code.family().as_str()]))
}

/// What a person sees of an item: another hash, another item.
pub fn item_hash(id: ItemId, code: Code, amount: Option<Money>, evidence: &str) -> ItemHash {
    let amount = amount.map_or(String::new(), |amount| format!("{amount} {}", amount.currency()));
    ItemHash::new(first_bytes([&id.to_string(), code.as_str(), &amount, evidence]))
}

/// The first eight bytes of SHA-256 over parts.
fn first_bytes<const N: usize>(parts: [&str; N]) -> u64 {
    let digest = Sha256::digest(parts.join("\u{1f}").as_bytes());
    digest.iter().take(8).fold(0, |bits, byte| (bits << 8) | u64::from(*byte))
}

/// Ids as a person reads them.
pub fn listed(ids: &[Text]) -> String {
    ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
}
