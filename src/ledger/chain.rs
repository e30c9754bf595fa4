//! The chain of events: each is hashed with the one before, so that none can be changed or taken out alone.

use crate::store::sha256_hex;

/// The start of the hash chain.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of an event: it covers the event before, so that no event can be changed or taken out alone.
pub(super) fn event_hash(before: &str, seq: i64, run: i64, kind: &str, payload: &str) -> String {
    sha256_hex(format!("{before}\n{seq}\n{run}\n{kind}\n{payload}").as_bytes())
}
